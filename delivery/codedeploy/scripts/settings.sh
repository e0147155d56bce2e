# What the hooks of this service have in common; each reads it. HEALTH_URL answers 200 when the service can take requests.
export SERVICE=${SERVICE:-service}
export SERVICE_HOME=${SERVICE_HOME:-/opt/service}
export HEALTH_URL=${HEALTH_URL:-http://127.0.0.1:8080/healthz}
