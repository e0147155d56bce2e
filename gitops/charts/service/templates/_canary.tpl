{{/* Behind an Ingress the load balancer shifts by weight; without one, the share of pods does. Source: Argo Rollouts, "AWS Load Balancer Controller". */}}
{{- define "service.canary" -}}
canary:
  maxSurge: 25%
  maxUnavailable: 0
  # By it a check tells the new pods from the old ones (metrics.yaml); Argo Rollouts takes it from the pods when they become stable.
  canaryMetadata: {labels: {track: canary}}
  stableMetadata: {labels: {track: stable}}
  {{- if .Values.ingress }}
  stableService: {{ .Release.Name }}-stable
  canaryService: {{ .Release.Name }}-canary
  trafficRouting:
    alb:
      ingress: {{ .Release.Name }}
      rootService: {{ .Release.Name }}
      servicePort: {{ index .Values.ports (.Values.ingress.port | default "http") }}
  {{- end }}
  {{- if .Values.canary.check }}
  # Beside the steps, from the first weight on: a failed check takes everything back to the old version.
  analysis:
    startingStep: 1
    templates: [{templateName: {{ .Release.Name }}}]
  {{- end }}
  steps:
    {{- range .Values.canary.steps }}
    - setWeight: {{ .weight }}
    {{- with .pause }}
    - pause: {{ eq . "approval" | ternary (dict) (dict "duration" .) | toJson }}
    {{- end }}
    {{- end }}
{{- end }}
