{{/* What the schema cannot say: values that contradict each other. All of it is told at once, each with its path and a remedy. */}}
{{- define "service.checks" -}}
{{- $v := .Values }}
{{- $long := include "service.longRunning" . }}
{{- $problems := list }}
{{- if not (or $v.image.tag $v.image.digest) }}{{ $problems = append $problems "image: give a tag, a digest, or both" }}{{ end }}
{{- if not $long }}
{{- range list "ports" "probes" "autoscaling" "ingress" "metrics" }}
{{- if index $v . }}{{ $problems = append $problems (printf "%s: not for a %s, whose pods end; take it out, or choose another kind" . $v.kind) }}{{ end }}
{{- end }}
{{- end }}
{{- if and (ne $v.kind "StatefulSet") $v.storage }}{{ $problems = append $problems (printf "storage: only for kind StatefulSet; a %s has scratch" $v.kind) }}{{ end }}
{{- if and (eq $v.kind "Rollout") (not $v.canary) }}{{ $problems = append $problems "canary.steps: a Rollout needs them, for example [{weight: 20, pause: 5m}]" }}{{ end }}
{{- if and (ne $v.kind "Rollout") $v.canary }}{{ $problems = append $problems "canary: only for kind Rollout" }}{{ end }}
{{- if and (eq $v.kind "CronJob") (not $v.cron) }}{{ $problems = append $problems "cron.schedule: a CronJob needs one, for example \"0 3 * * *\"" }}{{ end }}
{{- if and (ne $v.kind "CronJob") $v.cron }}{{ $problems = append $problems "cron: only for kind CronJob" }}{{ end }}
{{- if and $long $v.ports (not $v.probes.readiness) }}{{ $problems = append $problems "probes.readiness: needed with ports, or pods get requests before they can answer" }}{{ end }}
{{- $named := dict }}
{{- range $when, $probe := $v.probes }}
{{- if $probe.path }}{{ $_ := set $named (printf "probes.%s.port" $when) ($probe.port | default "http") }}{{ end }}
{{- if $probe.tcp }}{{ $_ := set $named (printf "probes.%s.tcp" $when) $probe.tcp }}{{ end }}
{{- end }}
{{- with $v.ingress }}{{ $_ := set $named "ingress.port" (.port | default "http") }}{{ end }}
{{- with $v.metrics }}{{ $_ := set $named "metrics.port" .port }}{{ end }}
{{- range $name, $allowance := $v.network.from }}
{{- range $allowance.ports }}{{ $_ := set $named (printf "network.from.%s.ports (%s)" $name .) . }}{{ end }}
{{- end }}
{{- range $path, $port := $named }}
{{- if not (hasKey $v.ports $port) }}{{ $problems = append $problems (printf "%s: there is no %q in ports, which has %s" $path $port (keys $v.ports | sortAlpha | join ", " | default "none")) }}{{ end }}
{{- end }}
{{- with $v.autoscaling }}
{{- if gt (int .min) (int .max) }}{{ $problems = append $problems (printf "autoscaling.min: %v is above max %v" .min .max) }}{{ end }}
{{- if and (not .triggers) (not .cpu) (not .memory) }}{{ $problems = append $problems "autoscaling: by what? Give cpu, memory or triggers" }}{{ end }}
{{- if and (not .triggers) (lt (int .min) 1) }}{{ $problems = append $problems "autoscaling.min: only triggers (KEDA) scale to 0; give at least 1" }}{{ end }}
{{- end }}
{{- if ge (int $v.shutdown.drainSeconds) (int $v.shutdown.graceSeconds) }}{{ $problems = append $problems "shutdown.graceSeconds: must be above drainSeconds, or pods are killed while they drain" }}{{ end }}
{{- if $v.ingress }}
{{- $open := false }}
{{- range $v.network.from }}{{ if .cidrs }}{{ $open = true }}{{ end }}{{ end }}
{{- if not $open }}{{ $problems = append $problems "network.from: nothing lets the load balancer in; allow the subnets that it is in, for example {load-balancer: {cidrs: [10.10.0.0/20], ports: [http]}}" }}{{ end }}
{{- end }}
{{- with ($v.ingress).group }}
{{- if not (or (eq . $v.team) (hasPrefix (printf "%s." $v.team) .)) }}{{ $problems = append $problems (printf "ingress.group: %s could be another team's, and the API server refuses it; name it %s, or %s.<more>" . $v.team $v.team) }}{{ end }}
{{- end }}
{{- if eq $v.secrets.scope "namespace" }}
{{- $paths := $v.secrets.all }}
{{- range $v.secrets.data }}{{ $paths = append $paths .path }}{{ end }}
{{- range $paths }}
{{- if not (regexMatch (printf "^/?[^/]+/[^/]+/%s/." $v.team) .) }}{{ $problems = append $problems (printf "secrets: %s is not the team's, whose store reads <project>/<environment>/%s/... alone" . $v.team) }}{{ end }}
{{- end }}
{{- end }}
{{- range $key, $_ := $v.secrets.data }}
{{- if hasKey $v.env $key }}{{ $problems = append $problems (printf "env.%s: is in secrets.data, too; keep one" $key) }}{{ end }}
{{- end }}
{{- if gt (len .Release.Name) 50 }}{{ $problems = append $problems (printf "the release's name %s is longer than 50 characters, and names are made from it" .Release.Name) }}{{ end }}
{{- if $problems }}
{{- $count := len $problems | eq 1 | ternary "a problem" (printf "%d problems" (len $problems)) }}
{{- fail (printf "\n%s has %s:\n  %s\nNothing was rendered." .Release.Name $count (join "\n  " $problems)) }}
{{- /* `helm lint` notes a failure and goes on (pkg/engine, LintMode); a template that is not there stops it, too, and its name is the message. */}}
{{- include (printf "none, because the values have %s: %s" $count (join "; " $problems)) . }}
{{- end }}
{{- end }}
