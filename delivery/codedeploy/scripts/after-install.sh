#!/usr/bin/env bash
# AfterInstall: files are there; they get their modes, and systemd learns of them. Which deployment put them there is written down for whoever looks at the instance.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
# What a build hands over may have lost its modes: everything can be read, and what stands in bin can be run.
chmod -R u=rwX,go=rX "$SERVICE_HOME"
chmod -R a+x "$SERVICE_HOME/bin"
printf '%s\n' "${DEPLOYMENT_ID:-unknown}" > "$SERVICE_HOME/DEPLOYMENT"
systemctl daemon-reload
systemctl enable "$SERVICE.service"
