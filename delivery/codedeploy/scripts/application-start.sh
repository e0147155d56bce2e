#!/usr/bin/env bash
# ApplicationStart: starts the new revision. systemd starts it again at every boot.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
systemctl restart "$SERVICE.service"
