{{- define "echosounder.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 39 | trimSuffix "-" -}}
{{- end -}}

{{/* At most 39 characters: with more, "-prober" and the hash of a ReplicaSet would make Kubernetes cut the names of pods. */}}
{{- define "echosounder.fullname" -}}
{{- $name := include "echosounder.name" . -}}
{{- $own := ternary .Release.Name (printf "%s-%s" .Release.Name $name) (contains $name .Release.Name) -}}
{{- default $own .Values.fullnameOverride | trunc 39 | trimSuffix "-" -}}
{{- end -}}

{{/* The objects of a prober of its own. */}}
{{- define "echosounder.proberName" -}}
{{- include "echosounder.fullname" . }}-prober
{{- end -}}

{{/* The Service at which a user asks for metrics, health and probes. */}}
{{- define "echosounder.queryService" -}}
{{- if include "echosounder.separate" . -}}
{{- include "echosounder.proberName" . -}}
{{- else if include "echosounder.managementPort" . -}}
{{- include "echosounder.fullname" . }}-management
{{- else -}}
{{- include "echosounder.fullname" . -}}
{{- end -}}
{{- end -}}

{{- define "echosounder.queryPort" -}}
{{- if include "echosounder.separate" . -}}
{{- .Values.prober.service.port -}}
{{- else -}}
{{- include "echosounder.managementPort" . | default .Values.service.port -}}
{{- end -}}
{{- end -}}

{{/* Labels that never change. Takes {root, component}. */}}
{{- define "echosounder.selector" -}}
app.kubernetes.io/name: {{ include "echosounder.name" .root }}
app.kubernetes.io/instance: {{ .root.Release.Name }}
app.kubernetes.io/component: {{ .component }}
{{- end -}}

{{/* Takes {root, component}, and labels where there are more. */}}
{{- define "echosounder.labels" -}}
helm.sh/chart: {{ printf "%s-%s" .root.Chart.Name .root.Chart.Version | replace "+" "_" | trunc 63 }}
{{ include "echosounder.selector" . }}
app.kubernetes.io/version: {{ .root.Chart.AppVersion | quote }}
app.kubernetes.io/managed-by: {{ .root.Release.Service }}
{{- with mergeOverwrite (dict) .root.Values.commonLabels (.labels | default dict) }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* Without the chart's version, of which a change would roll the pods. Takes {root, component}. */}}
{{- define "echosounder.podLabels" -}}
{{ include "echosounder.selector" . }}
{{- with mergeOverwrite (dict) .root.Values.commonLabels .root.Values.podLabels }}
{{ toYaml . }}
{{- end }}
{{- end -}}

{{/* The head of an object. Takes {root, component, name}, and annotations and labels where there are any. */}}
{{- define "echosounder.metadata" -}}
metadata:
  name: {{ .name }}
  namespace: {{ .root.Release.Namespace }}
  labels:
    {{- include "echosounder.labels" . | nindent 4 }}
  {{- with .annotations }}
  annotations:
    {{- toYaml . | nindent 4 }}
  {{- end }}
{{- end -}}

{{- define "echosounder.serviceAccountName" -}}
{{- $made := ternary (include "echosounder.fullname" .) "default" .Values.serviceAccount.create -}}
{{- default $made .Values.serviceAccount.name -}}
{{- end -}}

{{/* Takes {root, image}. */}}
{{- define "echosounder.image" -}}
{{- if .image.digest -}}
{{ .image.repository }}@{{ .image.digest }}
{{- else -}}
{{ .image.repository }}:{{ default .root.Chart.AppVersion .image.tag }}
{{- end -}}
{{- end -}}
