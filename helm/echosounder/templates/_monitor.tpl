{{/* The endpoint of a ServiceMonitor or a PodMonitor. Takes {root, monitor}. */}}
{{- define "echosounder.endpoint" -}}
port: {{ include "echosounder.managementPortName" .root }}
path: /metrics
interval: {{ .monitor.interval }}
scrapeTimeout: {{ .monitor.scrapeTimeout }}
{{- with include "echosounder.monitorAccess" .root | trim }}
{{ . }}
{{- end }}
{{- with .monitor.relabelings }}
relabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .monitor.metricRelabelings }}
metricRelabelings:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Selects the pods and Services of both roles. */}}
{{- define "echosounder.bothRoles" -}}
matchLabels:
  app.kubernetes.io/name: {{ include "echosounder.name" . }}
  app.kubernetes.io/instance: {{ .Release.Name }}
matchExpressions:
  - {key: app.kubernetes.io/component, operator: In, values: [echo, prober]}
{{- end -}}
