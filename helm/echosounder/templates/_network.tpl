{{/* Peers of a rule: nothing where there are none, which is anywhere. Takes {key, peers}. */}}
{{- define "echosounder.peers" -}}
{{- with .peers }}
{{ $.key }}:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end -}}

{{/* Pods of this release that ask the others: helm test and siege. */}}
{{- define "echosounder.ownPeers" -}}
- from:
    - podSelector:
        matchLabels:
          app.kubernetes.io/name: {{ include "echosounder.name" . }}
          app.kubernetes.io/instance: {{ .Release.Name }}
        matchExpressions:
          - {key: app.kubernetes.io/component, operator: In, values: [siege, test]}
{{- end -}}

{{/* By number: a name server may be a pod, a node's own cache, or outside. */}}
{{- define "echosounder.dnsEgress" -}}
- ports:
    - {protocol: UDP, port: 53}
    - {protocol: TCP, port: 53}
{{- end -}}

{{- define "echosounder.otlpEgress" -}}
{{- if include "echosounder.otlpEndpoint" . -}}
- ports:
    - {protocol: TCP, port: {{ include "echosounder.otlpPort" . }}}
  {{- include "echosounder.peers" (dict "key" "to" "peers" .Values.networkPolicy.otlpTo) | trim | nindent 2 }}
{{- end -}}
{{- end -}}

{{/* The rules for one role. Takes {root, component, echoes, probes}. */}}
{{- define "echosounder.networkPolicySpec" -}}
{{- $policy := .root.Values.networkPolicy -}}
podSelector:
  matchLabels:
    {{- include "echosounder.selector" . | nindent 4 }}
policyTypes: [Ingress, Egress]
ingress:
  {{- if .echoes }}
  - ports:
      - {protocol: TCP, port: {{ include "echosounder.httpPort" .root }}}
    {{- include "echosounder.peers" (dict "key" "from" "peers" $policy.echoFrom) | trim | nindent 4 }}
  {{- end }}
  - ports:
      - {protocol: TCP, port: {{ include "echosounder.managementPort" .root | default (include "echosounder.httpPort" .root) }}}
    {{- include "echosounder.peers" (dict "key" "from" "peers" $policy.metricsFrom) | trim | nindent 4 }}
  {{- include "echosounder.ownPeers" .root | nindent 2 }}
  {{- with $policy.extraIngress }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
egress:
  {{- include "echosounder.dnsEgress" . | nindent 2 }}
  {{- with include "echosounder.otlpEgress" .root }}
  {{- . | nindent 2 }}
  {{- end }}
  {{- if .probes }}
  # At any port, and without targetsTo anywhere.
  - {{ ternary (dict "to" $policy.targetsTo) (dict) (not (empty $policy.targetsTo)) | toYaml | nindent 4 | trim }}
  {{- end }}
  {{- with $policy.extraEgress }}
  {{- toYaml . | nindent 2 }}
  {{- end }}
{{- end -}}
