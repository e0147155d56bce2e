#!/usr/bin/env bash
# BeforeInstall: what the files need to be copied: the user, and a folder without the leftovers of an earlier revision.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
id "$SERVICE" >/dev/null 2>&1 || useradd --system --home-dir "$SERVICE_HOME" --shell /sbin/nologin "$SERVICE"
rm -rf "${SERVICE_HOME:?}"
install --directory --owner="$SERVICE" --group="$SERVICE" "$SERVICE_HOME"
