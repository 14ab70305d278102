{{/* What is wrong with the values beyond their schema, one line each: key: got X, expected Y. */}}
{{- define "echosounder.problems" -}}
{{- include "echosounder.problems.mode" . }}
{{- include "echosounder.problems.scaling" . }}
{{- include "echosounder.problems.disruption" . }}
{{- include "echosounder.problems.config" . }}
{{- include "echosounder.problems.stop" . }}
{{- include "echosounder.problems.environment" . }}
{{- include "echosounder.problems.mounts" . }}
{{- include "echosounder.problems.network" . }}
{{- include "echosounder.problems.monitors" . }}
{{- include "echosounder.problems.web" . }}
{{- include "echosounder.problems.clients" . }}
{{- end -}}

{{- define "echosounder.problems.mode" -}}
{{- if and (eq .Values.prober.mode "embedded") (include "echosounder.several" .) }}
{{- $several := ternary "autoscaling" (printf "%d replicas" (int .Values.replicaCount)) (ne "" (include "echosounder.scaled" .)) }}
prober.mode: got embedded with {{ $several }}, expected auto or separate: each replica would probe every target
{{- end }}
{{- end -}}

{{- define "echosounder.problems.scaling" -}}
{{- range $key := list "autoscaling" "keda" }}
{{- $scaler := get $.Values $key }}
{{- if $scaler.enabled }}
{{- if kindIs "invalid" $scaler.minReplicas }}
{{ $key }}.minReplicas: got none, expected the least number of replicas: without load all but those are taken away
{{- else if gt (int $scaler.minReplicas) (int $scaler.maxReplicas) }}
{{ $key }}.maxReplicas: got {{ int $scaler.maxReplicas }}, expected no less than {{ $key }}.minReplicas, {{ int $scaler.minReplicas }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.keda.enabled (not .Values.keda.serverAddress) }}
keda.serverAddress: got none, expected the URL of Prometheus, such as http://prometheus-server.monitoring.svc
{{- end }}
{{- end -}}

{{- define "echosounder.problems.disruption" -}}
{{- $budget := .Values.podDisruptionBudget }}
{{- $least := include "echosounder.leastReplicas" . | int }}
{{- if $budget.enabled }}
{{- if and (not (kindIs "invalid" $budget.minAvailable)) (not (kindIs "invalid" $budget.maxUnavailable)) }}
podDisruptionBudget: got minAvailable and maxUnavailable, expected one of them
{{- end }}
{{- if and (gt $least 0) (not (kindIs "invalid" $budget.minAvailable)) }}
{{- $stay := int $budget.minAvailable }}
{{- if kindIs "string" $budget.minAvailable }}
{{- $stay = divf (mul (trimSuffix "%" $budget.minAvailable | int) $least) 100 | ceil | int }}
{{- end }}
{{- if ge $stay $least }}
podDisruptionBudget.minAvailable: got {{ $budget.minAvailable }}, expected to leave one of {{ include "echosounder.leastReplicasKey" . }}, {{ $least }}: no node could be drained
{{- end }}
{{- end }}
{{- if has (toString $budget.maxUnavailable) (list "0" "0%") }}
podDisruptionBudget.maxUnavailable: got {{ $budget.maxUnavailable }}, expected 1 or more: no node could be drained
{{- end }}
{{- end }}
{{- end -}}

{{- define "echosounder.problems.config" -}}
{{- $config := .Values.config }}
{{- $http := include "echosounder.httpPort" . }}
{{- if hasKey $config "roles" }}
config.roles: got a value, expected none: prober.mode gives each Deployment its roles
{{- end }}
{{- range $section := list "http" "management" }}
{{- $port := dig $section "port" nil $config }}
{{- if and (not (kindIs "invalid" $port)) (eq (int $port) 0) }}
config.{{ $section }}.port: got 0, expected a port from 1 to 65535: Services cannot find a free one
{{- end }}
{{- end }}
{{- if eq $http (include "echosounder.managementPort" .) }}
config.management.port: got {{ $http }}, expected another port than config.http.port, or none
{{- end }}
{{- if regexMatch "^(127\\.|localhost$|\\[?::1\\]?$)" (dig "http" "host" "" $config) }}
config.http.host: got {{ $config.http.host }}, expected 0.0.0.0 or ::, where probes and Services reach it
{{- end }}
{{- if not .Values.secretConfig }}
{{- include "echosounder.secretsIn" (dict "path" "config.modules" "value" (get $config "modules")) }}
{{- include "echosounder.secretsIn" (dict "path" "config.targets" "value" (get $config "targets")) }}
{{- include "echosounder.secretsOfOthers" $config }}
{{- end }}
{{- end -}}

{{/* Those that no file can be named for. Takes config. */}}
{{- define "echosounder.secretsOfOthers" -}}
{{- range $name, $value := dig "tracing" "headers" dict . }}
{{- if $value }}
config.tracing.headers.{{ $name }}: got a secret in a ConfigMap, expected secretConfig: true, which makes config a Secret
{{- end }}
{{- end }}
{{- range $index, $source := get . "targets_http" | default list }}
{{- $url := ternary (get (ternary $source dict (kindIs "map" $source)) "url") $source (kindIs "map" $source) }}
{{- if regexMatch "://[^/?#]*@" (toString $url) }}
config.targets_http[{{ $index }}].url: got userinfo in a ConfigMap, expected secretConfig: true, which makes config a Secret
{{- end }}
{{- end }}
{{- end -}}

{{/* Secrets in the open, which a ConfigMap would show. Takes {path, value}. */}}
{{- define "echosounder.secretsIn" -}}
{{- $path := .path }}
{{- if kindIs "slice" .value }}
{{- range $index, $item := .value }}
{{- include "echosounder.secretsIn" (dict "path" (printf "%s[%d]" $path $index) "value" $item) }}
{{- end }}
{{- else if kindIs "map" .value }}
{{- range $key, $item := omit .value "labels" }}
{{- $file := get (dict "password" "password_file" "bearer_token" "bearer_token_file" "credentials" "credentials_file" "client_secret" "client_secret_file" "key" "key_file" "secrets" "files") $key }}
{{- if and $file $item (not (kindIs "map" $item)) }}
{{ $path }}.{{ $key }}: got a secret in a ConfigMap, expected {{ $file }} with a file of existingSecrets
{{- else if and (regexMatch "(?i)^(authorization|proxy-authorization|cookie)$" $key) (kindIs "string" $item) }}
{{ $path }}.{{ $key }}: got a secret in a ConfigMap, expected http_headers of a module with a file of existingSecrets
{{- else if and (has $key (list "url" "proxy_url")) (regexMatch "://[^/?#]*@" (toString $item)) }}
{{ $path }}.{{ $key }}: got userinfo in a ConfigMap, expected none: {{ ternary "basic_auth takes it from a file of existingSecrets" "proxy_from_environment takes it from extraEnv" (eq $key "url") }}
{{- else }}
{{- include "echosounder.secretsIn" (dict "path" (printf "%s.%s" $path $key) "value" $item) }}
{{- end }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "echosounder.problems.stop" -}}
{{- $stop := include "echosounder.stopSeconds" . | int }}
{{- if le (include "echosounder.graceSeconds" . | int) $stop }}
terminationGracePeriodSeconds: got {{ int .Values.terminationGracePeriodSeconds }}, expected more than {{ $stop }}: preStopSeconds and config.shutdown's delay, drain and linger
{{- end }}
{{- end -}}

{{- define "echosounder.problems.environment" -}}
{{- $instead := dict
  "ECHOSOUNDER_CONFIG" "config"
  "ECHOSOUNDER_ROLES" "prober.mode"
  "ECHOSOUNDER_HTTP_HOST" "config.http.host"
  "ECHOSOUNDER_HTTP_PORT" "config.http.port"
  "ECHOSOUNDER_MANAGEMENT_PORT" "config.management.port"
  "ECHOSOUNDER_WEB_CONFIG_FILE" "web.existingSecret"
  "ECHOSOUNDER_SHUTDOWN_DELAY" "config.shutdown.delay"
  "ECHOSOUNDER_SHUTDOWN_DRAIN" "config.shutdown.drain"
  "ECHOSOUNDER_SHUTDOWN_LINGER" "config.shutdown.linger" }}
{{- range $variable := .Values.extraEnv }}
{{- with get $instead $variable.name }}
extraEnv: got {{ $variable.name }}, expected {{ . }}, which the chart reads or sets
{{- end }}
{{- end }}
{{- end -}}

{{- define "echosounder.problems.mounts" -}}
{{- $paths := list "/etc/echosounder" (include "echosounder.webDirectory" .) (include "echosounder.webTlsDirectory" .) }}
{{- range .Values.existingSecrets }}
{{- $paths = include "echosounder.secretPath" . | append $paths }}
{{- end }}
{{- range .Values.extraVolumeMounts }}
{{- $paths = append $paths .mountPath }}
{{- end }}
{{- range $index, $path := $paths }}
{{- if has $path (slice $paths 0 $index) }}
{{ $path }}: got two volumes there, expected one: of config, web, existingSecrets and extraVolumeMounts
{{- else if hasPrefix "/etc/echosounder/" $path }}
{{ $path }}: got a volume in that of config, expected another place
{{- end }}
{{- end }}
{{- end -}}

{{- define "echosounder.problems.network" -}}
{{- range $key, $service := dict "service" .Values.service "prober.service" .Values.prober.service }}
{{- if and $service.nodePort (eq $service.type "ClusterIP") }}
{{ $key }}.nodePort: got {{ int $service.nodePort }}, expected none with {{ $key }}.type ClusterIP
{{- end }}
{{- end }}
{{- if and .Values.ingress.enabled (not .Values.ingress.hosts) }}
ingress.hosts: got none, expected a host, such as {host: echo.example}
{{- end }}
{{- if and .Values.httpRoute.enabled (not .Values.httpRoute.parentRefs) }}
httpRoute.parentRefs: got none, expected a Gateway, such as {name: public}
{{- end }}
{{- end -}}

{{- define "echosounder.problems.monitors" -}}
{{- range $key := list "serviceMonitor" "podMonitor" }}
{{- $monitor := get $.Values $key }}
{{- if gt (include "echosounder.milliseconds" $monitor.scrapeTimeout | int64) (include "echosounder.milliseconds" $monitor.interval | int64) }}
{{ $key }}.scrapeTimeout: got {{ $monitor.scrapeTimeout }}, expected no longer than {{ $key }}.interval, {{ $monitor.interval }}
{{- end }}
{{- end }}
{{- end -}}

{{- define "echosounder.problems.web" -}}
{{- $web := .Values.web }}
{{- if and $web.existingSecret $web.config }}
web.config: got a value beside web.existingSecret, expected one of them
{{- end }}
{{- if and (include "echosounder.webSecret" .) (dig "web" "config_file" "" .Values.config) }}
config.web.config_file: got a value, expected none: web has the chart name the file
{{- end }}
{{- if and $web.tls.enabled (not (include "echosounder.webFile" .)) }}
web.tls.enabled: got true, expected the Secret of a certificate in web.tls.secretName, or a file that names one
{{- end }}
{{- if and $web.tls.clientCertificates (not (include "echosounder.tls" .)) }}
web.tls.clientCertificates: got true, expected false without TLS
{{- end }}
{{- end -}}

{{/* Clients of the chart's own that would be turned away. */}}
{{- define "echosounder.problems.clients" -}}
{{- $client := .Values.web.client }}
{{- if include "echosounder.monitored" . }}
{{- if and .Values.web.config.basic_auth_users (not $client.basicAuthSecret) }}
web.client.basicAuthSecret: got none, expected the Secret of one of web.config.basic_auth_users, for Prometheus
{{- end }}
{{- if and (include "echosounder.clientCertificates" .) (not $client.certificateSecret) }}
web.client.certificateSecret: got none, expected the Secret of a client's certificate, for Prometheus
{{- end }}
{{- end }}
{{- if and .Values.siege.enabled (include "echosounder.clientCertificates" .) }}
siege.enabled: got true, expected false: clients must have a certificate, and siege has none
{{- end }}
{{- end -}}
