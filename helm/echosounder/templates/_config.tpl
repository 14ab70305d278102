{{/* What follows from the configuration file. Defaults are those of the program. */}}

{{/* The file itself: config, and where the web configuration is. */}}
{{- define "echosounder.config" -}}
{{- $config := deepCopy .Values.config -}}
{{- if include "echosounder.webSecret" . -}}
{{- $config = mergeOverwrite $config (dict "web" (dict "config_file" (include "echosounder.webFile" .))) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

{{- define "echosounder.httpPort" -}}
{{- dig "http" "port" 8080 .Values.config | int -}}
{{- end -}}

{{/* Empty where everything is on the one port. */}}
{{- define "echosounder.managementPort" -}}
{{- $port := dig "management" "port" nil .Values.config -}}
{{- if not (kindIs "invalid" $port) -}}{{- $port | int -}}{{- end -}}
{{- end -}}

{{/* The name of the port of health, metrics and probes, in pods and Services. */}}
{{- define "echosounder.managementPortName" -}}
{{- ternary "management" "http" (ne "" (include "echosounder.managementPort" .)) -}}
{{- end -}}

{{/* Milliseconds of a duration as the program reads it: 250ms, 1m30s, or a number of seconds. */}}
{{- define "echosounder.milliseconds" -}}
{{- $text := toString . -}}
{{- if regexMatch "^[0-9]+(\\.[0-9]+)?$" $text -}}
{{- mulf $text 1000 | ceil | int64 -}}
{{- else -}}
{{- $form := "^(?:([0-9]+)h)?(?:([0-9]+)m)?(?:([0-9.]+)s)?(?:([0-9]+)ms)?$" -}}
{{- $parts := splitList "," (regexReplaceAll $form $text "${1},${2},${3},${4}") -}}
{{- $hours := index $parts 0 | default "0" | mulf 3600000 -}}
{{- $minutes := index $parts 1 | default "0" | mulf 60000 -}}
{{- $seconds := index $parts 2 | default "0" | mulf 1000 -}}
{{- addf $hours $minutes $seconds (index $parts 3 | default "0") | ceil | int64 -}}
{{- end -}}
{{- end -}}

{{/* The seconds from the end of a pod's endpoints to the end of its process, at most. */}}
{{- define "echosounder.stopSeconds" -}}
{{- $milliseconds := 0 -}}
{{- range $window, $default := dict "delay" "2s" "drain" "20s" "linger" "2s" -}}
{{- $duration := dig "shutdown" $window $default $.Values.config -}}
{{- $milliseconds = include "echosounder.milliseconds" $duration | int64 | add $milliseconds -}}
{{- end -}}
{{- divf $milliseconds 1000 | ceil | int64 | add .Values.preStopSeconds -}}
{{- end -}}

{{- define "echosounder.graceSeconds" -}}
{{- if kindIs "invalid" .Values.terminationGracePeriodSeconds -}}
{{- include "echosounder.stopSeconds" . | int64 | add 5 -}}
{{- else -}}
{{- .Values.terminationGracePeriodSeconds | int64 -}}
{{- end -}}
{{- end -}}

{{/* The base URL that traces are sent to, of the environment or of the file; empty is none. */}}
{{- define "echosounder.otlpEndpoint" -}}
{{- $endpoint := dig "tracing" "otlp_endpoint" "" .Values.config -}}
{{- range .Values.extraEnv -}}
{{- if eq .name "ECHOSOUNDER_TRACING_OTLP_ENDPOINT" -}}{{- $endpoint = .value | default "" -}}{{- end -}}
{{- end -}}
{{- $endpoint -}}
{{- end -}}

{{- define "echosounder.otlpPort" -}}
{{- $url := include "echosounder.otlpEndpoint" . | urlParse -}}
{{- $otherwise := ternary "443" "80" (eq $url.scheme "https") -}}
{{- regexFind ":[0-9]+$" $url.host | trimPrefix ":" | default $otherwise -}}
{{- end -}}
