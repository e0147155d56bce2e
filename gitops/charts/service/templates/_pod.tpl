{{/* What the containers of a pod have in common: the image, the environment and the restricted security context. */}}
{{- define "service.container" -}}
image: {{ include "service.image" .Values.image }}
{{- if or .Values.env .Values.secrets.data .Values.secrets.all }}
envFrom:
  {{- if .Values.env }}
  - configMapRef: {name: {{ .Release.Name }}}
  {{- end }}
  {{- if or .Values.secrets.data .Values.secrets.all }}
  - secretRef: {name: {{ .Release.Name }}}
  {{- end }}
{{- end }}
resources:
  requests: {{- toYaml .Values.resources.requests | nindent 4 }}
  limits:
    {{- toYaml .Values.resources.limits | nindent 4 }}
    {{- with .Values.gpu }}
    nvidia.com/gpu: {{ . }}
    {{- end }}
securityContext:
  allowPrivilegeEscalation: false
  readOnlyRootFilesystem: true
  capabilities: {drop: [ALL]}
{{- if or .Values.scratch .Values.files .Values.storage }}
volumeMounts:
  {{- range $path, $_ := .Values.scratch }}
  - {name: {{ include "service.volumeName" $path }}, mountPath: {{ $path }}}
  {{- end }}
  {{- with .Values.files }}
  - {name: files, mountPath: {{ .path }}, readOnly: true}
  {{- end }}
  {{- range $name, $volume := .Values.storage }}
  - {name: {{ $name }}, mountPath: {{ $volume.path }}}
  {{- end }}
{{- end }}
{{- end }}

{{- define "service.volumeName" -}}
scratch-{{ regexReplaceAll "[^a-z0-9]+" (lower .) "-" | trimAll "-" }}
{{- end }}

{{- define "service.probe" -}}
{{- with .path }}
httpGet: {path: {{ . }}, port: {{ $.port | default "http" }}}
{{- end }}
{{- with .tcp }}
tcpSocket: {port: {{ . }}}
{{- end }}
{{- with .command }}
exec: {command: {{ toJson . }}}
{{- end }}
periodSeconds: {{ .everySeconds | default 10 }}
timeoutSeconds: {{ .timeoutSeconds | default 2 }}
failureThreshold: {{ .failures | default 3 }}
{{- end }}

{{/* metadata and spec of a pod: restricted by pod security, spread over zones and hosts, new when its configuration is. */}}
{{- define "service.podTemplate" -}}
metadata:
  labels: {{- include "service.podLabels" . | nindent 4 }}
  {{- if or .Values.env .Values.files }}
  annotations:
    checksum/config: {{ toJson (list .Values.env .Values.files) | sha256sum }}
  {{- end }}
spec:
  serviceAccountName: {{ include "service.accountName" . }}
  # Pods talk to AWS by pod identity, which has its own token, and not to the Kubernetes API.
  automountServiceAccountToken: false
  enableServiceLinks: false
  securityContext:
    runAsNonRoot: true
    seccompProfile: {type: RuntimeDefault}
    {{- with .Values.runAs.user }}
    runAsUser: {{ . | int64 }}
    {{- end }}
    {{- with .Values.runAs.group }}
    runAsGroup: {{ . | int64 }}
    fsGroup: {{ . | int64 }}
    # Only where the owner is another: a large volume is not walked at every start.
    fsGroupChangePolicy: OnRootMismatch
    {{- end }}
  {{- if include "service.longRunning" . }}
  terminationGracePeriodSeconds: {{ .Values.shutdown.graceSeconds }}
  topologySpreadConstraints:
    {{- range $key, $unsatisfiable := dict "topology.kubernetes.io/zone" .Values.spread.zone "kubernetes.io/hostname" .Values.spread.host }}
    - topologyKey: {{ $key }}
      maxSkew: 1
      whenUnsatisfiable: {{ $unsatisfiable }}
      labelSelector: {matchLabels: {app.kubernetes.io/name: {{ $.Release.Name }}}}
    {{- end }}
  {{- else }}
  restartPolicy: Never
  {{- end }}
  {{- with .Values.placement.priorityClass }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with .Values.placement.nodeSelector }}
  nodeSelector: {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if or .Values.placement.tolerations .Values.gpu }}
  tolerations:
    {{- with .Values.placement.tolerations }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    {{- if .Values.gpu }}
    - {key: nvidia.com/gpu, operator: Exists, effect: NoSchedule}
    {{- end }}
  {{- end }}
  {{- with .Values.init }}
  initContainers:
    {{- range $name, $step := . }}
    - name: {{ $name }}
      command: {{ toJson $step.command }}
      {{- include "service.container" $ | nindent 6 }}
    {{- end }}
  {{- end }}
  containers:
    - name: {{ .Release.Name }}
      {{- with .Values.command }}
      command: {{ toJson . }}
      {{- end }}
      {{- with .Values.args }}
      args: {{ toJson . }}
      {{- end }}
      {{- include "service.container" . | nindent 6 }}
      {{- with .Values.ports }}
      ports:
        {{- range $name, $port := . }}
        - {name: {{ $name }}, containerPort: {{ $port }}}
        {{- end }}
      {{- end }}
      {{- range $when, $probe := .Values.probes }}
      {{ $when }}Probe: {{- include "service.probe" $probe | trim | nindent 8 }}
      {{- end }}
      {{- if and (include "service.longRunning" .) .Values.ports .Values.shutdown.drainSeconds }}
      # The load balancer still sends for a moment after a pod was told to end. By the kubelet: no shell needed in the image.
      lifecycle: {preStop: {sleep: {seconds: {{ .Values.shutdown.drainSeconds }}}}}
      {{- end }}
  {{- if or .Values.scratch .Values.files }}
  volumes:
    {{- range $path, $room := .Values.scratch }}
    - name: {{ include "service.volumeName" $path }}
      emptyDir: {sizeLimit: {{ $room.size }}{{ if $room.memory }}, medium: Memory{{ end }}}
    {{- end }}
    {{- if .Values.files }}
    - {name: files, configMap: {name: {{ .Release.Name }}-files}}
    {{- end }}
  {{- end }}
{{- end }}
