"""Serves moto on a free loopback port and says which on its first line of output.

Instead of moto_server: binding to port 0 leaves no gap in which a parallel run could take the port, no line per request is logged
(the gateway has the log), and moto is kept from calling anything outside this machine.
"""

import importlib
import ipaddress
import json
import logging
import os
import socket
import sys
import threading
import traceback
from importlib.metadata import version


def refuse_outside(event, args):
    """A rehearsal calls nothing outside loopback; moto delivers SNS messages and follows URLs that configurations name."""
    if event == "socket.connect" and args[0].family in (socket.AF_INET, socket.AF_INET6):
        host = args[1][0]
        if not ipaddress.ip_address(host).is_loopback:
            raise PermissionError(f"a rehearsal calls nothing outside this machine, refused: {host}")


sys.addaudithook(refuse_outside)
logging.getLogger("werkzeug").setLevel(logging.ERROR)

from moto.moto_server.werkzeug_app import DomainDispatcherApplication, MotoRequestHandler, create_backend_app  # noqa: E402
from werkzeug.serving import make_server  # noqa: E402


def propagating(service):
    app = create_backend_app(service)
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


class Telling:
    """Says in the answer what failed and where; Flask's page for 500 says nothing."""

    def __init__(self, app):
        self.app = app

    def __call__(self, environ, start_response):
        try:
            return self.app(environ, start_response)
        except Exception as error:  # noqa: BLE001
            traceback.print_exc()
            place = traceback.extract_tb(error.__traceback__)[-1]
            where = f"{'/'.join(place.filename.split('/')[-3:])}:{place.lineno}"
            start_response("500 Internal Server Error", [("Content-Type", "text/plain")])
            return [f"{type(error).__name__}: {error} ({where})".encode()]


def warm():
    for service in ("sts", "s3", "kms", "ec2", "iam", "logs", "glue", "athena", "efs", "autoscaling"):
        importlib.import_module(f"moto.{service}.responses")


application = Telling(DomainDispatcherApplication(propagating))
server = make_server("127.0.0.1", 0, application, threaded=True, request_handler=MotoRequestHandler)
os.environ["MOTO_PORT"] = str(server.port)
print(json.dumps({"version": version("moto"), "port": server.port}), flush=True)
# A service's code and data are loaded at its first request, which holds up all others for a second or two. Terraform's start hides that.
threading.Thread(target=warm, daemon=True).start()
server.serve_forever()
