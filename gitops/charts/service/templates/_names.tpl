{{/* One release is one service: everything has the release's name, which is the name of its folder in gitops/services/. */}}

{{- define "service.selector" -}}
app.kubernetes.io/name: {{ .Release.Name }}
{{- end }}

{{/* Of pods, too: no chart version here, or a new chart would restart everything. */}}
{{- define "service.podLabels" -}}
{{ include "service.selector" . }}
app.kubernetes.io/version: {{ .Values.image.tag | default (.Values.image.digest | default "none" | trimPrefix "sha256:" | trunc 12) | trunc 63 | trimAll "-_." | quote }}
team: {{ .Values.team }}
{{- end }}

{{- define "service.labels" -}}
{{ include "service.podLabels" . }}
app.kubernetes.io/managed-by: {{ .Release.Service }}
helm.sh/chart: {{ .Chart.Name }}-{{ .Chart.Version }}
{{- end }}

{{- define "service.metadata" -}}
name: {{ .Release.Name }}
labels: {{- include "service.labels" . | nindent 2 }}
{{- end }}

{{/* "true" where pods run until they are replaced; empty for those that end. */}}
{{- define "service.longRunning" -}}
{{ has .Values.kind (list "Deployment" "StatefulSet" "Rollout") | ternary "true" "" }}
{{- end }}

{{/* A digest says more than a tag; with both, the tag is for people. */}}
{{- define "service.image" -}}
{{ .repository }}{{ with .tag }}:{{ . }}{{ end }}{{ with .digest }}@{{ . }}{{ end }}
{{- end }}

{{- define "service.accountName" -}}
{{ .Values.serviceAccount.name | default .Release.Name }}
{{- end }}

{{- define "service.scaleTarget" -}}
apiVersion: {{ eq .Values.kind "Rollout" | ternary "argoproj.io/v1alpha1" "apps/v1" }}
kind: {{ .Values.kind }}
name: {{ .Release.Name }}
{{- end }}
