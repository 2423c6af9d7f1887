#!/usr/bin/env bash
# Starts the benchmark of ingest with a private PostgreSQL for its peer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

# shellcheck disable=SC2016 # the inner shell's variables
exec tools/postgres.sh run bash -c 'exec build-bench/bench/ingest_bench --postgres "$OUTLAY_POSTGRES_URL" "$@"' ingest "$@"
