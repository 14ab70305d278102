# shellcheck shell=bash
# What scripts that try the running service share. They run in a scratch directory
# whose *.log say what went wrong.

fail() {
  printf '%s\n' "$*" >&2
  tail -n 30 ./*.log >&2 2>/dev/null || true
  exit 1
}

# Looks again and again whether a command succeeds.
eventually() {
  local deadline=$((SECONDS + 90))
  until "$@"; do
    ((SECONDS < deadline)) || fail "not within 90 s: $*"
    sleep 0.2
  done
}

# The port that follows a text in a log, which may not be there yet.
port_in() {
  sed -nE "s#.*$2:([0-9]+).*#\1#p" "$1" 2>/dev/null | head -n 1
}

told() {
  [[ -n $(port_in "$1" "$2") ]]
}

# The answer of Prometheus to a query, as JSON.
# shellcheck disable=SC2154 # whoever calls this has set $prometheus
query() {
  curl -sf --max-time 10 -G --data-urlencode "query=$1" "$prometheus/api/v1/query"
}

# How many series an expression gives; fails where it is no expression.
series() {
  query "$1" | jq -e '.data | if .resultType == "vector" then .result | length else 1 end'
}

# Whether the value of an expression, if it is one series, meets a condition of jq such as '. > 0'.
has() {
  query "$1" | jq -e ".data.result | length == 1 and (.[0].value[1] | tonumber | $2)" >/dev/null 2>&1
}
