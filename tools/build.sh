#!/usr/bin/env bash
# Configures a preset when needed and builds it: tools/build.sh PRESET [TARGET...|--configure-only]
# OUTLAY_JOBS overrides how many compilers run at once.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=$1
shift
build=build-$preset
[ "$preset" != release ] || build=build

# A compiler takes up to 1.5 GB on the files that see gRPC; more at once than fit is slower than fewer.
jobs() {
  local cores memory_mb limit
  cores=$(nproc)
  memory_mb=$(awk '/^MemAvailable:/ { print int($2 / 1024) }' /proc/meminfo)
  limit=$(cat /sys/fs/cgroup/memory.max 2>/dev/null || true)
  if [[ $limit =~ ^[0-9]+$ ]] && [ $((limit / 1048576)) -lt "$memory_mb" ]; then memory_mb=$((limit / 1048576)); fi
  local fit=$((memory_mb / 1536))
  [ "$fit" -ge 1 ] || fit=1
  echo $((fit < cores ? fit : cores))
}

# Off a terminal ninja prints a line a step; every 25th says enough, and all that is not a step is shown.
thin_out() {
  local line count=0
  while IFS= read -r line; do
    if [[ $line =~ ^\[([0-9]+)/([0-9]+)\  ]]; then
      count=$((count + 1))
      if ((count % 25 == 0)) || [ "${BASH_REMATCH[1]}" = "${BASH_REMATCH[2]}" ]; then echo "$line"; fi
    else
      echo "$line"
    fi
  done
}

# ninja itself configures again when a CMakeLists.txt has changed; presets it does not know of.
if [ ! -e "$build/build.ninja" ] || [ CMakePresets.json -nt "$build/build.ninja" ]; then
  echo "run: configuring $build"
  mkdir -p .cache
  if ! cmake --preset "$preset" >.cache/configure.log 2>&1; then
    tail -n 30 .cache/configure.log >&2
    echo "run: configuring failed; all of its output: .cache/configure.log" >&2
    exit 1
  fi
fi
if [ "${1:-}" = --configure-only ]; then
  ninja -C "$build" build.ninja >/dev/null
  exit
fi
export NINJA_STATUS='[%f/%t %es] '
if [ -t 1 ]; then
  exec ninja -C "$build" -j "${OUTLAY_JOBS:-$(jobs)}" "$@"
fi
ninja -C "$build" -j "${OUTLAY_JOBS:-$(jobs)}" "$@" 2>&1 | thin_out
