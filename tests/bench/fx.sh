#!/usr/bin/env bash
# Starts the benchmark of fx with a currency server on Node for its peer.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."

peer=.cache/bench/node_peer
install_peer() {
  command -v npm >/dev/null || { echo "run: no npm here"; return 1; }
  mkdir -p "$peer"
  cp tests/bench/fx/node_peer/* "$peer/"
  npm install --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 --prefix "$peer" >.cache/npm.log 2>&1
}

if install_peer; then
  exec build-bench/bench/fx_bench --node-peer "$peer" "$@"
fi
echo "run: SKIPPED: the peer on Node, which npm could not install (.cache/npm.log)"
exec build-bench/bench/fx_bench "$@"
