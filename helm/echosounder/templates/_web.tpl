{{/* Who may ask, and how: web, and what follows from it. Those that answer a question are "true" or empty. */}}

{{- define "echosounder.webDirectory" -}}/etc/echosounder-web{{- end -}}

{{- define "echosounder.webTlsDirectory" -}}/etc/echosounder-tls{{- end -}}

{{/* Whether the chart makes the Secret of the web configuration. */}}
{{- define "echosounder.makesWeb" -}}
{{- if and (not .Values.web.existingSecret) (or .Values.web.config .Values.web.tls.secretName) -}}true{{- end -}}
{{- end -}}

{{/* The Secret of the web configuration; empty is none. */}}
{{- define "echosounder.webSecret" -}}
{{- if include "echosounder.makesWeb" . -}}
{{- include "echosounder.fullname" . }}-web
{{- else -}}
{{- .Values.web.existingSecret -}}
{{- end -}}
{{- end -}}

{{/* The path of the web configuration; empty is none. */}}
{{- define "echosounder.webFile" -}}
{{- if include "echosounder.webSecret" . -}}
{{- include "echosounder.webDirectory" . }}/web-config.yml
{{- else -}}
{{- dig "web" "config_file" "" .Values.config -}}
{{- end -}}
{{- end -}}

{{/* web.config, with the certificate of web.tls.secretName where it names none itself. */}}
{{- define "echosounder.webConfig" -}}
{{- $config := deepCopy .Values.web.config -}}
{{- if .Values.web.tls.secretName -}}
{{- $directory := include "echosounder.webTlsDirectory" . -}}
{{- $files := dict "cert_file" (printf "%s/tls.crt" $directory) "key_file" (printf "%s/tls.key" $directory) -}}
{{- $_ := set $config "tls_server_config" (mergeOverwrite $files ($config.tls_server_config | default dict)) -}}
{{- end -}}
{{- toYaml $config -}}
{{- end -}}

{{- define "echosounder.tls" -}}
{{- if or .Values.web.tls.enabled .Values.web.tls.secretName .Values.web.config.tls_server_config -}}true{{- end -}}
{{- end -}}

{{- define "echosounder.scheme" -}}
{{- ternary "https" "http" (ne "" (include "echosounder.tls" .)) -}}
{{- end -}}

{{/* Whether a client without a certificate is turned away in the handshake. */}}
{{- define "echosounder.clientCertificates" -}}
{{- $type := dig "tls_server_config" "client_auth_type" "" .Values.web.config -}}
{{- $required := list "RequireAnyClientCert" "RequireClientCert" "RequireAndVerifyClientCert" -}}
{{- if and (include "echosounder.tls" .) (or .Values.web.tls.clientCertificates (has $type $required)) -}}true{{- end -}}
{{- end -}}

{{/* Whether there may be users: of a file that somebody else wrote it is not known. */}}
{{- define "echosounder.users" -}}
{{- if .Values.web.config.basic_auth_users -}}true
{{- else if and (include "echosounder.webFile" .) (not (include "echosounder.makesWeb" .)) -}}true
{{- end -}}
{{- end -}}

{{/* The name that the certificate must have, for those who verify it. */}}
{{- define "echosounder.serverName" -}}
{{- .Values.web.client.serverName | default (printf "%s.%s.svc" (include "echosounder.fullname" .) .Release.Namespace) -}}
{{- end -}}

{{/* How the kubelet asks. It has neither password nor certificate. Takes {root, path}. */}}
{{- define "echosounder.probe" -}}
{{- $port := include "echosounder.managementPortName" .root -}}
{{- if include "echosounder.clientCertificates" .root -}}
tcpSocket: {port: {{ $port }}}
{{- else if include "echosounder.tls" .root -}}
httpGet: {path: {{ .path }}, port: {{ $port }}, scheme: HTTPS}
{{- else -}}
httpGet: {path: {{ .path }}, port: {{ $port }}}
{{- end -}}
{{- end -}}

{{/* How Prometheus asks, by its operator. */}}
{{- define "echosounder.monitorAccess" -}}
{{- $client := .Values.web.client -}}
{{- if include "echosounder.tls" . }}
scheme: https
tlsConfig:
  serverName: {{ include "echosounder.serverName" . }}
  {{- if $client.insecureSkipVerify }}
  insecureSkipVerify: true
  {{- end }}
  {{- with $client.caSecret }}
  ca:
    secret: {name: {{ . }}, key: ca.crt}
  {{- end }}
  {{- with $client.certificateSecret }}
  cert:
    secret: {name: {{ . }}, key: tls.crt}
  keySecret: {name: {{ . }}, key: tls.key}
  {{- end }}
{{- end }}
{{- with $client.basicAuthSecret }}
basicAuth:
  username: {name: {{ . }}, key: username}
  password: {name: {{ . }}, key: password}
{{- end }}
{{- end -}}
