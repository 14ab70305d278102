#!/usr/bin/env bash
# Loads a running Echosounder with siege, and fails unless the requests that siege made equal those that it counted.
set -euo pipefail

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

usage() {
  cat <<'USAGE'
Usage: siege/run.sh [URL] [options]

Loads the Echosounder at URL (default http://127.0.0.1:8080) with siege, then compares the answers that siege had with
app_requests_count_total, method by method and code by code. Exits with 0 if they are equal, 1 if not, 2 on bad usage.

  -c, --concurrent N       users at a time (default 25)
  -r, --reps N             requests of each user (default 100)
  -t, --time DURATION      go on for about so long instead, such as 30s, 5m or 1h
  -d, --delay SECONDS      each user pauses for up to so long after each answer (default 0)
      --connection MODE    keep-alive (default) or close
      --urls FILE          what to ask for (default siege/urls.txt); $(TARGET) in it is URL
      --metrics URL        where the metrics are (default URL/metrics); needed with management.port
      --settle SECONDS     how long counts must stand still to be final (default 3): more than twice
                           metrics.refresh_interval
  -h, --help

Only siege may send requests meanwhile, and one instance must answer: behind a load balancer the counts of one are not
those of all. With --time, siege runs in rounds of so many requests each, since at the end of a time of its own it gives up
requests under way, which are counted.
USAGE
}

fail() {
  printf 'siege/run.sh: %s\n' "$*" >&2
  exit 1
}

misused() {
  printf 'siege/run.sh: %s; see --help\n' "$*" >&2
  exit 2
}

# The value of an option, if it looks as it should.
valued() {
  [[ $# -ge 4 ]] || misused "$1 needs a value: $2"
  [[ $4 =~ ^($3)$ ]] || misused "$1: got $4, expected $2"
  printf '%s\n' "$4"
}

seconds_of() {
  case $1 in
    *h) echo $((10#${1%h} * 3600)) ;;
    *m) echo $((10#${1%m} * 60)) ;;
    *) echo $((10#${1%s})) ;;
  esac
}

parse() {
  url='' reps='' time='' users=25 delay=0 connection=keep-alive urls=$here/urls.txt metrics='' settle=3
  local natural='[1-9][0-9]{0,6}' number='[0-9]{1,4}(\.[0-9]{1,3})?'
  local a_url='an http or https URL without a path, such as http://127.0.0.1:8080'
  while (($#)); do
    case $1 in
      -h | --help) usage && exit 0 ;;
      -c | --concurrent) users=$(valued "$1" 'a number from 1 on' "$natural" "${@:2:1}") ;;
      -r | --reps) reps=$(valued "$1" 'a number from 1 on' "$natural" "${@:2:1}") ;;
      -t | --time) time=$(valued "$1" 'a duration such as 30s, 5m or 1h' "${natural}[smh]" "${@:2:1}") ;;
      -d | --delay) delay=$(valued "$1" 'seconds' "$number" "${@:2:1}") ;;
      --connection) connection=$(valued "$1" 'keep-alive or close' 'keep-alive|close' "${@:2:1}") ;;
      --urls) urls=$(valued "$1" 'a file' '.+' "${@:2:1}") ;;
      --metrics) metrics=$(valued "$1" 'an http or https URL' 'https?://.+' "${@:2:1}") ;;
      --settle) settle=$(valued "$1" 'a number of seconds from 1 on' "$natural" "${@:2:1}") ;;
      -*) misused "$1 is no option" ;;
      *)
        [[ -z $url ]] || misused "got two URLs, $url and $1"
        [[ $1 =~ ^https?://[^/?#@]+/?$ ]] || misused "got $1, expected $a_url"
        url=${1%/}
        shift
        continue
        ;;
    esac
    shift 2
  done
  [[ -z $reps || -z $time ]] || misused 'got both --reps and --time'
  [[ -r $urls ]] || misused "--urls: cannot read $urls"
  url=${url:-http://127.0.0.1:8080}
  metrics=${metrics:-$url/metrics}
  authority=${url#*://}
  [[ $authority =~ :[0-9]+$ ]] || authority+=:$([[ $url == https:* ]] && echo 443 || echo 80)
}

page() {
  curl -sf --max-time 10 -H 'Accept: text/plain' "$metrics"
}

counts() {
  page >"$work/page" && awk -v authority="$authority" -f "$here/counts.awk" "$work/page" | sort
}

# One process must answer all along, or the counts before and after are not of the same counter.
started_at() {
  awk '$1 == "process_start_time_seconds" { print $2 }' "$work/page"
}

require_service() {
  command -v siege >/dev/null || fail 'siege is not installed; on Debian and Ubuntu: apt-get install siege'
  command -v curl >/dev/null || fail 'curl is not installed'
  curl -s --max-time 10 -o "$work/health" "$url/healthcheck" ||
    fail "no HTTP server answers at $url; start Echosounder first, or name its URL"
  page >"$work/page" || fail "no metrics at $metrics; where management.port is set, name them with --metrics"
  grep -q '^app_requests_count_total' "$work/page" ||
    fail "no app_requests_count_total at $metrics: not Echosounder, or management.port is set; name its metrics with --metrics"
}

# Writes the counts to a file once they stand still: the service merges its counts every metrics.refresh_interval. The number
# of its own probes must stand still too, since they show in two families, in one later than in the other.
settled_counts() {
  local deadline=$((SECONDS + 10 * settle + 30))
  counts >"$1" || fail "the metrics at $metrics are gone"
  while ((SECONDS < deadline)); do
    sleep "$settle"
    counts >"$1.next" || fail "the metrics at $metrics are gone"
    cmp -s "$1" "$1.next" && return
    mv "$1.next" "$1"
  done
  fail "the counts are never at rest for $settle s: something else sends requests, or the service probes itself that often"
}

write_settings() {
  cat "$here/siegerc" - >"$work/siegerc" <<SETTINGS
delay = $delay
limit = $users
connection = $connection
json_output = false
verbose = true
SETTINGS
  # siege writes its own files into HOME.
  export HOME=$work TARGET=$url
}

# Ends siege where nothing is answered for a minute, such as by a 204 over a kept connection.
watch() {
  local quiet=0 last='' now
  while sleep 5; do
    now=$(page | grep '^app_requests_count_total' || true)
    quiet=$([[ $now == "$last" ]] && echo $((quiet + 5)) || echo 0)
    last=$now
    if ((quiet >= 60)); then
      touch "$work/stalled"
      kill "$1"
      return
    fi
  done
}

stop_watch() {
  [[ -z ${watcher:-} ]] || kill "$watcher" 2>/dev/null || true
  watcher=''
}

# Lines of METHOD CODE COUNT from siege's lines, such as "HTTP/1.1 200     0.01 secs:      70 bytes ==> POST URL".
tally() {
  awk '$1 ~ /^HTTP\// && $7 == "==>" { count[$8 " " $2]++ } END { for (row in count) print row, count[row] }'
}

# One siege of so many requests of each user, added to the answers and figures so far.
round() {
  mkfifo "$work/lines"
  tally <"$work/lines" >>"$work/answers" &
  local tallying=$! sieging status=0
  siege --rc="$work/siegerc" --file="$urls" --concurrent="$users" --reps="$1" >"$work/lines" 2>"$work/said" &
  sieging=$!
  watch "$sieging" >"$work/watch" 2>&1 &
  watcher=$!
  wait "$sieging" || status=$?
  wait "$tallying"
  stop_watch
  rm "$work/lines"
  [[ ! -e $work/stalled ]] || fail 'siege got no answer for a minute'
  ((status == 0)) || fail "siege ended with $status: $(tail -n 1 "$work/said")"
  grep -E '^[A-Z][a-z ]+:' "$work/said" >>"$work/figures" || fail "siege told no figures: $(tail -n 1 "$work/said")"
}

milliseconds() {
  local now=${EPOCHREALTIME/[.,]/}
  echo $((now / 1000))
}

# Rounds of at most ten seconds, as the first ones go, until the time is up.
rounds() {
  local begin end last took round=20
  begin=$(milliseconds)
  end=$((begin + 1000 * $(seconds_of "$time")))
  last=$begin
  while ((last < end)); do
    round "$round"
    took=$(($(milliseconds) - last + 1))
    last=$((last + took))
    local next=$((end - last < 10000 ? end - last : 10000))
    round=$((round * next / took))
    ((round > 0)) || round=1
  done
}

load() {
  if [[ -n $time ]]; then
    printf 'siege: %d users for about %s at %s\n' "$users" "$time" "$url"
    rounds
  else
    printf 'siege: %d users, %d requests each, at %s\n' "$users" "${reps:=100}" "$url"
    round "$reps"
  fi
}

compare() {
  local verdict=0
  printf '\n'
  awk -v answers="$work/answers" -f "$here/figures.awk" "$work/answers" "$work/figures" || verdict=1
  printf '\n'
  awk -f "$here/table.awk" file=1 "$work/answers" file=2 "$work/before" file=3 "$work/after" || verdict=$((verdict + 2))
  printf '\n'
  ((verdict < 2)) || fail 'the requests that siege made are not those that were counted'
  ((verdict == 0)) || fail 'siege had no answer to some of its requests'
  echo 'The requests that siege made equal those that were counted.'
}

finish() {
  local status=$?
  stop_watch
  # shellcheck disable=SC2046 # one word for each job
  kill $(jobs -p) 2>/dev/null || true
  rm -rf "$work"
  exit "$status"
}

parse "$@"
work=$(mktemp -d)
trap finish EXIT
require_service
settled_counts "$work/before"
started=$(started_at)
write_settings
load
settled_counts "$work/after"
[[ $(started_at) == "$started" ]] || fail 'the service started anew meanwhile, or several instances answer'
compare
