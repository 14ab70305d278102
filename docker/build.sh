#!/usr/bin/env bash
# Builds the container image.
set -euo pipefail
cd "$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/.."

usage() {
  cat <<'USAGE'
Usage: docker/build.sh [--push NAME:VERSION]

Builds the image echosounder/echosounder:VERSION, VERSION being that of pom.xml, tells its size, and
writes what is in it to target/echosounder.cdx.json (CycloneDX).

  --push NAME:VERSION  tags it so too, and pushes that
  --help               this

Needs Docker 20.10 or newer with BuildKit.
USAGE
}

fail() {
  printf 'docker/build.sh: %s\n' "$*" >&2
  exit 1
}

bad_usage() {
  printf 'docker/build.sh: %s; see docker/build.sh --help\n' "$*" >&2
  exit 2
}

is_name_and_version() {
  local name='([a-zA-Z0-9][a-zA-Z0-9.-]*(:[0-9]+)?/)?[a-z0-9]+([._/-]+[a-z0-9]+)*'
  [[ $1 =~ ^$name:[a-zA-Z0-9_][a-zA-Z0-9_.-]{0,127}$ ]]
}

read_arguments() {
  pushed=
  while (($#)); do
    case $1 in
      --help | -h)
        usage
        exit 0
        ;;
      --push)
        (($# > 1)) || bad_usage '--push needs NAME:VERSION'
        is_name_and_version "$2" || bad_usage "--push: got $2, expected NAME:VERSION"
        pushed=$2
        shift 2
        ;;
      *) bad_usage "got $1, which is no option" ;;
    esac
  done
}

check_engine() {
  command -v docker >/dev/null || fail 'docker is not installed'
  local said
  said=$(docker version --format '{{.Server.Version}}' 2>&1) ||
    fail "no Docker engine answers: $(tail -n 1 <<<"$said")"
}

# The first element of that name in pom.xml.
of_pom() {
  sed -nE "s#^ *<$1>(.*)</$1>\$#\1#p" pom.xml | head -n 1
}

# The commit, marked where there is more than it.
revision() {
  local commit
  commit=$(git rev-parse --verify --quiet HEAD 2>/dev/null) || {
    echo unknown
    return
  }
  [[ -z $(git status --porcelain 2>/dev/null) ]] || commit+=-modified
  echo "$commit"
}

build() {
  DOCKER_BUILDKIT=1 docker build --file docker/Dockerfile --tag "$image" \
    --build-arg VERSION="$version" \
    --build-arg REVISION="$(revision)" \
    --build-arg CREATED="$(of_pom project.build.outputTimestamp)" \
    . || fail 'the build failed; the lines above say where'
}

# A container that is never started is how to get at the files of an image.
copy_bill_of_materials() {
  local container
  container=$(docker create "$image")
  mkdir -p target
  docker cp "$container:/app/echosounder.cdx.json" target/echosounder.cdx.json >/dev/null
  docker rm "$container" >/dev/null
}

tell_size() {
  local unpacked compressed
  unpacked=$(docker image inspect --format '{{.Size}}' "$image")
  compressed=$(docker save "$image" | gzip | wc -c)
  awk -v image="$image" -v unpacked="$unpacked" -v compressed="$compressed" \
    'BEGIN { printf "%s: %.1f MB, %.1f MB compressed\n", image, unpacked / 1e6, compressed / 1e6 }'
}

push() {
  docker tag "$image" "$pushed"
  docker push "$pushed" || fail "$pushed was not pushed; the lines above say why"
}

read_arguments "$@"
check_engine
version=$(of_pom version)
image=echosounder/echosounder:$version
build
copy_bill_of_materials
tell_size
[[ -z $pushed ]] || push
