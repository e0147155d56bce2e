# The container `tools` of agents: what delivery/bin and gitops/bin call, and nothing else. Build it like a service, as platform/tools.
FROM moby/buildkit:v0.20.2-rootless AS buildkit
FROM mikefarah/yq:4.45.1 AS yq
FROM quay.io/argoproj/argocd:v3.4.4 AS argocd

# Since July 2025 it is Amazon Linux 2023 (aws/aws-cli#9586), which has dnf.
FROM public.ecr.aws/aws-cli/aws-cli:2.31.0
RUN dnf install -y git jq tar && dnf clean all
COPY --from=buildkit /usr/bin/buildctl /usr/local/bin/
COPY --from=yq /usr/bin/yq /usr/local/bin/
COPY --from=argocd /usr/local/bin/argocd /usr/local/bin/
USER 1000
ENTRYPOINT []
