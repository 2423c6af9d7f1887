#!/usr/bin/env bash
# Prints the path of a grpcurl that works: the one on the PATH, or one built with Go into .cache/tools.
# When there is none to be had, prints the reason instead and exits 1. Progress goes to stderr.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

if command -v grpcurl; then exit 0; fi
tool=$PWD/.cache/tools/grpcurl
if [ -x "$tool" ]; then echo "$tool"; exit 0; fi

if ! command -v go >/dev/null; then
  if ! tools/packages.sh tour >&2; then
    echo "no grpcurl on the PATH, and Go, which builds it, could not be installed"
    exit 1
  fi
fi
# grpcurl 1.9.3 needs a Go of 1.21 or later; Debian bookworm's 1.19 builds 1.8.9, which the tour works with just as well.
version=v1.8.9
if [[ $(go version) =~ go1\.([0-9]+) ]] && [ "${BASH_REMATCH[1]}" -ge 21 ]; then version=v1.9.3; fi

# The 400 MB of sources and objects it takes are thrown away; the tool is 35 MB.
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
echo "run: building grpcurl $version (once, about a minute)" >&2
mkdir -p .cache/tools
if ! GOBIN=$scratch/bin GOPATH=$scratch/path GOCACHE=$scratch/cache GOFLAGS='-modcacherw -trimpath' CGO_ENABLED=0 \
  go install "github.com/fullstorydev/grpcurl/cmd/grpcurl@$version" >.cache/grpcurl.log 2>&1; then
  echo "grpcurl $version could not be built: $(tail -n 1 .cache/grpcurl.log)"
  exit 1
fi
mv "$scratch/bin/grpcurl" "$tool"
echo "$tool"
