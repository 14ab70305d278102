{{/* The spec of a Service. Takes {root, component, service, port}: port is the name of the port of the pods. */}}
{{- define "echosounder.serviceSpec" -}}
type: {{ .service.type }}
selector:
  {{- include "echosounder.selector" . | nindent 2 }}
ports:
  - name: {{ .port }}
    port: {{ .service.port }}
    targetPort: {{ .port }}
    protocol: TCP
    appProtocol: {{ include "echosounder.scheme" .root }}
    {{- with .service.nodePort }}
    nodePort: {{ . }}
    {{- end }}
{{- end -}}
