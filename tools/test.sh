#!/usr/bin/env bash
# Runs the tests of a built preset and reports on every case: tools/test.sh PRESET [ctest options...]
# Fails when a test fails, when one skips that tests/permitted_skips.txt does not name, and when none ran.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

preset=$1
shift
build=build-$preset
[ "$preset" != release ] || build=build
reports=$PWD/$build/reports
rm -rf "$reports"
mkdir -p "$reports/cases"

# The test of docs/api-tour.md runs the real grpcurl, and says why when it cannot.
if grpcurl=$(tools/grpcurl.sh); then
  export OUTLAY_GRPCURL=$grpcurl
else
  export OUTLAY_GRPCURL_MISSING=$grpcurl
  echo "run: WARNING: docs/api-tour.md will not be tested: $grpcurl" >&2
fi

# The PostgreSQL engine runs against a private server, in memory where there is room; it says why when it cannot.
if [ -z "${OUTLAY_POSTGRES_URL:-}" ]; then
  parent=/tmp
  if [ -w /dev/shm ] && [ "$(df --output=avail -k /dev/shm 2>/dev/null | tail -n 1)" -gt 2097152 ]; then parent=/dev/shm; fi
  cluster=$(mktemp -d "$parent/outlay-postgres.XXXXXX")
  trap 'tools/postgres.sh remove "$cluster"' EXIT
  trap 'exit 130' INT
  trap 'exit 143' TERM HUP
  if OUTLAY_POSTGRES_URL=$(tools/postgres.sh start "$cluster" $$ 2>"$cluster.log"); then
    export OUTLAY_POSTGRES_URL
  else
    OUTLAY_POSTGRES_MISSING=$(tail -n 1 "$cluster.log")
    export OUTLAY_POSTGRES_MISSING
    echo "run: WARNING: the PostgreSQL engine will not be tested: $OUTLAY_POSTGRES_MISSING" >&2
  fi
  rm -f "$cluster.log"
fi

suppressions=$PWD/tests/sanitizers
export ASAN_OPTIONS=${ASAN_OPTIONS:-detect_stack_use_after_return=1:strict_string_checks=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}
export TSAN_OPTIONS=${TSAN_OPTIONS:-suppressions=$suppressions/tsan.supp:second_deadlock_stack=1}

result=0
GTEST_OUTPUT=xml:$reports/cases/ ctest --test-dir "$build" --parallel 2 --output-on-failure \
  --output-junit "$reports/junit.xml" "$@" || result=$?

shopt -s nullglob
if [ -e "$reports/junit.xml" ]; then
  binaries=$(find "$build/tests" -maxdepth 1 -type f -executable -printf '%f ' 2>/dev/null || true)
  LC_ALL=C awk -v binaries=" $binaries" -f tools/test_report.awk \
    tests/permitted_skips.txt "$reports/junit.xml" "$reports"/cases/*.xml || result=1
else
  echo "run: ctest wrote no report" >&2
  result=1
fi
[ "$result" -eq 0 ] || exit 1
