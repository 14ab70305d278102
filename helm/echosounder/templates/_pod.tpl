{{/* The pod template of a role. Takes {root, component, roles, resources, annotations}. */}}
{{- define "echosounder.podTemplate" -}}
{{- $values := .root.Values -}}
metadata:
  labels:
    {{- include "echosounder.podLabels" . | nindent 4 }}
  annotations:
    {{- include "echosounder.podAnnotations" . | nindent 4 }}
spec:
  serviceAccountName: {{ include "echosounder.serviceAccountName" .root }}
  automountServiceAccountToken: false
  enableServiceLinks: false
  terminationGracePeriodSeconds: {{ include "echosounder.graceSeconds" .root }}
  {{- with $values.imagePullSecrets }}
  imagePullSecrets:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  securityContext:
    {{- toYaml $values.podSecurityContext | nindent 4 }}
  containers:
    {{- include "echosounder.container" . | nindent 4 }}
  volumes:
    {{- include "echosounder.volumes" .root | nindent 4 }}
  {{- with $values.priorityClassName }}
  priorityClassName: {{ . }}
  {{- end }}
  {{- with $values.dnsConfig }}
  dnsConfig:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.nodeSelector }}
  nodeSelector:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.tolerations }}
  tolerations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- with $values.affinity }}
  affinity:
    {{- toYaml . | nindent 4 }}
  {{- end }}
  {{- if eq .component "echo" }}
  {{- with include "echosounder.spread" . }}
  topologySpreadConstraints:
    {{- trim . | nindent 4 }}
  {{- end }}
  {{- end }}
{{- end -}}

{{/* Of config, http, management and tracing are read at the start only, of web whether TLS and HTTP/2 are spoken: a change
of them rolls the pods, any other does not. */}}
{{- define "echosounder.podAnnotations" -}}
{{- $values := .root.Values -}}
{{- $start := pick $values.config "http" "management" "tracing" -}}
{{- if include "echosounder.tls" .root -}}
{{- $http2 := dig "http_server_config" "http2" true $values.web.config -}}
{{- $start = merge (dict "web" (dict "tls" true "http2" $http2)) $start -}}
{{- end -}}
{{- $annotations := dict "echosounder.dev/read-at-start" (toJson $start | sha256sum | trunc 16) -}}
{{- if $values.rollOnConfigChange -}}
{{- $_ := set $annotations "echosounder.dev/config" (list (include "echosounder.config" .root) (include "echosounder.webConfig" .root) | toJson | sha256sum | trunc 16) -}}
{{- end -}}
{{- if and $values.scrapeAnnotations (not (include "echosounder.monitored" .root)) -}}
{{- $port := include "echosounder.managementPort" .root | default (include "echosounder.httpPort" .root) -}}
{{- $_ := mergeOverwrite $annotations (dict "prometheus.io/scrape" "true" "prometheus.io/port" $port "prometheus.io/path" "/metrics") -}}
{{- if include "echosounder.tls" .root -}}
{{- $_ := set $annotations "prometheus.io/scheme" "https" -}}
{{- end -}}
{{- end -}}
{{- mergeOverwrite $annotations $values.podAnnotations (.annotations | default dict) | toYaml -}}
{{- end -}}

{{- define "echosounder.container" -}}
{{- $values := .root.Values -}}
{{- /* /healthcheck is for users, and counted by the rate limit. */ -}}
{{- $started := ternary "/healthcheck/ready" "/healthcheck" (ne "" (include "echosounder.webFile" .root)) -}}
- name: echosounder
  image: {{ include "echosounder.image" (dict "root" .root "image" $values.image) }}
  imagePullPolicy: {{ $values.image.pullPolicy }}
  env:
    - name: ECHOSOUNDER_CONFIG
      value: /etc/echosounder/echosounder.yaml
    - name: ECHOSOUNDER_ROLES
      value: {{ .roles }}
    {{- with $values.extraEnv }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
  ports:
    - name: http
      containerPort: {{ include "echosounder.httpPort" .root }}
      protocol: TCP
    {{- with include "echosounder.managementPort" .root }}
    - name: management
      containerPort: {{ . }}
      protocol: TCP
    {{- end }}
  startupProbe:
    {{- include "echosounder.probe" (dict "root" .root "path" $started) | nindent 4 }}
    {{- toYaml $values.startupProbe | nindent 4 }}
  livenessProbe:
    {{- include "echosounder.probe" (dict "root" .root "path" "/healthcheck/live") | nindent 4 }}
    {{- toYaml $values.livenessProbe | nindent 4 }}
  readinessProbe:
    {{- include "echosounder.probe" (dict "root" .root "path" "/healthcheck/ready") | nindent 4 }}
    {{- toYaml $values.readinessProbe | nindent 4 }}
  {{- if gt (int $values.preStopSeconds) 0 }}
  lifecycle:
    preStop:
      sleep: {seconds: {{ $values.preStopSeconds }}}
  {{- end }}
  resources:
    {{- toYaml .resources | nindent 4 }}
  securityContext:
    {{- toYaml $values.securityContext | nindent 4 }}
  volumeMounts:
    # A directory, not a subPath: only so does the kubelet put a changed ConfigMap into a pod that runs.
    - name: config
      mountPath: /etc/echosounder
      readOnly: true
    {{- if include "echosounder.webSecret" .root }}
    - name: web
      mountPath: {{ include "echosounder.webDirectory" .root }}
      readOnly: true
    {{- end }}
    {{- if $values.web.tls.secretName }}
    - name: web-tls
      mountPath: {{ include "echosounder.webTlsDirectory" .root }}
      readOnly: true
    {{- end }}
    {{- range $values.existingSecrets }}
    - name: {{ include "echosounder.secretVolume" . }}
      mountPath: {{ include "echosounder.secretPath" . }}
      readOnly: true
    {{- end }}
    {{- with $values.extraVolumeMounts }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
{{- end -}}

{{- define "echosounder.volumes" -}}
- name: config
  {{- if .Values.secretConfig }}
  secret:
    secretName: {{ include "echosounder.fullname" . }}
    # 0440: for the group of the pod.
    defaultMode: 288
  {{- else }}
  configMap:
    name: {{ include "echosounder.fullname" . }}
  {{- end }}
{{- with include "echosounder.webSecret" . }}
- name: web
  secret:
    secretName: {{ . }}
    defaultMode: 288
{{- end }}
{{- with .Values.web.tls.secretName }}
- name: web-tls
  secret:
    secretName: {{ . }}
    defaultMode: 288
{{- end }}
{{- range .Values.existingSecrets }}
- name: {{ include "echosounder.secretVolume" . }}
  secret:
    secretName: {{ .name }}
    # 0440: for the group of the pod.
    defaultMode: 288
    {{- with .items }}
    items:
      {{- toYaml . | nindent 6 }}
    {{- end }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Unique for a place, since one Secret may be mounted at two. */}}
{{- define "echosounder.secretVolume" -}}
secret-{{ include "echosounder.secretPath" . | sha256sum | trunc 8 }}
{{- end -}}

{{- define "echosounder.secretPath" -}}
{{- .mountPath | default (printf "/etc/echosounder-secrets/%s" .name) -}}
{{- end -}}

{{- define "echosounder.spread" -}}
{{- $selector := dict "matchLabels" (include "echosounder.selector" . | fromYaml) -}}
{{- range .root.Values.topologySpreadConstraints }}
- {{ ternary . (merge (dict "labelSelector" $selector) .) (hasKey . "labelSelector") | toYaml | nindent 2 | trim }}
{{- end }}
{{- end -}}
