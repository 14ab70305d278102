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

{{/* Of config, http, management and tracing are read at the start only: a change of them rolls the pods, any other does not. */}}
{{- define "echosounder.podAnnotations" -}}
{{- $values := .root.Values -}}
{{- $annotations := dict "echosounder.dev/read-at-start" (pick $values.config "http" "management" "tracing" | toJson | sha256sum | trunc 16) -}}
{{- if $values.rollOnConfigChange -}}
{{- $_ := set $annotations "echosounder.dev/config" (toJson $values.config | sha256sum | trunc 16) -}}
{{- end -}}
{{- if and $values.scrapeAnnotations (not (include "echosounder.monitored" .root)) -}}
{{- $port := include "echosounder.managementPort" .root | default (include "echosounder.httpPort" .root) -}}
{{- $_ := mergeOverwrite $annotations (dict "prometheus.io/scrape" "true" "prometheus.io/port" $port "prometheus.io/path" "/metrics") -}}
{{- end -}}
{{- mergeOverwrite $annotations $values.podAnnotations (.annotations | default dict) | toYaml -}}
{{- end -}}

{{- define "echosounder.container" -}}
{{- $values := .root.Values -}}
{{- $port := include "echosounder.managementPortName" .root -}}
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
    httpGet: {path: /healthcheck, port: {{ $port }}}
    {{- toYaml $values.startupProbe | nindent 4 }}
  livenessProbe:
    httpGet: {path: /healthcheck/live, port: {{ $port }}}
    {{- toYaml $values.livenessProbe | nindent 4 }}
  readinessProbe:
    httpGet: {path: /healthcheck/ready, port: {{ $port }}}
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
  configMap:
    name: {{ include "echosounder.fullname" . }}
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
