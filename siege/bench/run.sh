#!/usr/bin/env bash
# Measures Echosounder against its peers, in turns. docs/performance.md has what it found.
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")

usage() {
  cat <<'USAGE'
Usage: siege/bench/run.sh NAME... [options]

  echo       requests, against a bare Vert.x server and aiohttp, and during scrapes
  probe      probes through /probe, against blackbox_exporter
  schedule   probes by the schedule: how many a CPU second has, and whether they start on time
  scrape     a scrape of 10,000 targets
  memory     heap of a target and of a kept result
  start      until the service is ready
  growth     curves: with connections, targets and series
  inner      the inner parts, by JMH

      --rounds N     how many rounds are measured (default 5; 3 with --short)
      --seconds S    how long one round of load lasts (default 5; 2 with --short)
      --short        the form for CI: exits with 1 where a guard of goals.csv does not hold
      --jar FILE     the service (default target/echosounder.jar, which mvn package builds)
      --java HOME    a JDK that runs the service (default the one of this run, and BENCH_JAVA);
                     given twice, what depends on the JDK is measured on both
  -h, --help

Tables go to standard output and target/bench/NAME.md, the figures of every round to target/bench/NAME.json. Exits with 0
whether goals are met or not, with 1 if it cannot measure, with 2 on bad usage. It takes wrk, nginx, python3-aiohttp,
python3-prometheus-client and prometheus-blackbox-exporter of Debian, and a machine that does nothing else.
USAGE
}

case ${1:-} in
  '') usage >&2 && exit 2 ;;
  -h | --help) usage && exit 0 ;;
esac

# Paths are the caller's, and all else runs at the top of the project.
arguments=()
while (($#)); do
  arguments+=("$1")
  case $1 in
    --jar | --java) [[ $# -lt 2 ]] || { arguments+=("$(realpath -m "$2")") && shift; } ;;
  esac
  shift
done

cd "$root"
mvn -q -B -Pbench test-compile exec:exec@class-path >&2
# For as many connections as the curves have.
ulimit -n "$(ulimit -Hn)"
exec java -cp "$(<target/bench/class-path)" dev.echosounder.bench.Bench "${arguments[@]}"
