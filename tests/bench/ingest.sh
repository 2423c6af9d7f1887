#!/usr/bin/env bash
# Starts the benchmark of ingest with a private PostgreSQL for its peer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# The services refuse environment variables of Outlay that they do not know.
# shellcheck disable=SC2016 # the inner shell's variables
exec tools/postgres.sh run bash -c '
  url=$OUTLAY_POSTGRES_URL
  unset OUTLAY_POSTGRES_URL
  exec build-bench/bench/ingest_bench --postgres "$url" "$@"' ingest "$@"
