#!/usr/bin/env bash
# ApplicationStop: ends the revision that runs. On a new instance there is none, which is no failure.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
if systemctl list-unit-files "$SERVICE.service" --no-legend | grep -q .; then
  systemctl stop "$SERVICE.service"
fi
