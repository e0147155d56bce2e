# What the hooks have in common; each reads it. SERVICE and SERVICE_HOME are also in appspec.yml and service.service, and need no change: an instance has one
# service. HEALTH_URL is yours: it answers 200 when the service can take requests.
export SERVICE=service
export SERVICE_HOME=${SERVICE_HOME:-/opt/service}
export HEALTH_URL=${HEALTH_URL:-http://127.0.0.1:8080/healthz}
