{{/* Who probes, and how many echo. Those that answer a question are "true" or empty. */}}

{{- define "echosounder.scaled" -}}
{{- if or .Values.autoscaling.enabled .Values.keda.enabled -}}true{{- end -}}
{{- end -}}

{{- define "echosounder.several" -}}
{{- if or (include "echosounder.scaled" .) (gt (int .Values.replicaCount) 1) -}}true{{- end -}}
{{- end -}}

{{/* Whether the prober has a Deployment of its own. */}}
{{- define "echosounder.separate" -}}
{{- $mode := .Values.prober.mode -}}
{{- if or (eq $mode "separate") (and (eq $mode "auto") (include "echosounder.several" .)) -}}true{{- end -}}
{{- end -}}

{{/* The least number of echo pods that there may be. */}}
{{- define "echosounder.leastReplicas" -}}
{{- if .Values.autoscaling.enabled -}}{{- .Values.autoscaling.minReplicas | default 0 | int -}}
{{- else if .Values.keda.enabled -}}{{- .Values.keda.minReplicas | default 0 | int -}}
{{- else -}}{{- .Values.replicaCount | int -}}
{{- end -}}
{{- end -}}

{{/* The key that says so. */}}
{{- define "echosounder.leastReplicasKey" -}}
{{- if .Values.autoscaling.enabled -}}autoscaling.minReplicas
{{- else if .Values.keda.enabled -}}keda.minReplicas
{{- else -}}replicaCount
{{- end -}}
{{- end -}}

{{/* Whether somebody outside of the cluster may be let in to the port of echo. */}}
{{- define "echosounder.exposed" -}}
{{- if or .Values.ingress.enabled .Values.httpRoute.enabled (ne .Values.service.type "ClusterIP") -}}true{{- end -}}
{{- end -}}

{{/* Whether the Prometheus operator is told of the pods. */}}
{{- define "echosounder.monitored" -}}
{{- if or .Values.serviceMonitor.enabled .Values.podMonitor.enabled -}}true{{- end -}}
{{- end -}}

{{/* Requests per second of each echo pod. The dashes keep the pods of the prober and of siege out. */}}
{{- define "echosounder.rateQuery" -}}
sum(rate(app_requests_count_total{namespace="{{ .Release.Namespace }}",pod=~"{{ include "echosounder.fullname" . }}-[^-]+-[^-]+"}[1m]))
{{- end -}}
