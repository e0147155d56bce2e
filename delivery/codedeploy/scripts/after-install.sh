#!/usr/bin/env bash
# AfterInstall: files are there; systemd learns of them. Which deployment put them there is written down for whoever looks at the instance.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
printf '%s\n' "${DEPLOYMENT_ID:-unknown}" > "$SERVICE_HOME/DEPLOYMENT"
systemctl daemon-reload
systemctl enable "$SERVICE.service"
