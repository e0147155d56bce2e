#!/usr/bin/env bash
# ValidateService: the deployment of this instance has succeeded when the service answers, not when it was started. Tells the last words of a service
# that does not.
set -euo pipefail
source "$(dirname "${BASH_SOURCE[0]}")/settings.sh"
for ((attempt = 1; attempt <= ${HEALTH_ATTEMPTS:-30}; attempt++)); do
  if curl --silent --show-error --fail --max-time 2 --output /dev/null "$HEALTH_URL"; then exit 0; fi
  sleep "${HEALTH_PAUSE:-3}"
done
echo "validate-service: $HEALTH_URL does not answer" >&2
journalctl --unit "$SERVICE.service" --lines 20 --no-pager >&2 || true
exit 1
