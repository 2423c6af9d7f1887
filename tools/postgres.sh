#!/usr/bin/env bash
# A private PostgreSQL for tests, benchmarks and soaks: its own cluster in a folder of its own, reached through a Unix
# socket in that folder, run by an unprivileged user (root cannot run PostgreSQL), with no part of the system's own.
#
#   tools/postgres.sh start FOLDER [OWNER_PID] [-c NAME=VALUE]...   makes the cluster when FOLDER has none, starts it and
#                                                    prints its URL alone. It stops by itself when OWNER_PID has ended.
#   tools/postgres.sh restart FOLDER [fast|immediate]  immediate: as if the power had failed; it recovers at its start
#   tools/postgres.sh stop FOLDER [fast|immediate]   stops it; no error when it does not run
#   tools/postgres.sh remove FOLDER                  stops it and removes FOLDER
#   tools/postgres.sh run COMMAND [ARGUMENTS]        a cluster in a folder of its own below OUTLAY_POSTGRES_PARENT (default /tmp)
#                                                    for one command, which finds its URL in OUTLAY_POSTGRES_URL; stopped and
#                                                    removed whatever happens
#
# Everything that makes commits durable is at PostgreSQL's defaults. Where it cannot be had: the reason on stderr, exit 3.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)

fail() { echo "postgres.sh: $*" >&2; exit 1; }
unavailable() { echo "postgres.sh: $*" >&2; exit 3; }

find_programs() {
  local found
  programs=$(for found in /usr/lib/postgresql/*/bin; do [ ! -x "$found/initdb" ] || echo "$found"; done | sort -V | tail -n 1)
  if [ -z "$programs" ] && found=$(command -v initdb); then programs=$(dirname "$(readlink -f "$found")"); fi
}

require_programs() {
  find_programs
  [ -z "$programs" ] || return 0
  "$here/packages.sh" postgres >&2 || unavailable "PostgreSQL's server could not be installed"
  find_programs
  [ -n "$programs" ] || unavailable "there is no PostgreSQL server (initdb) on this system"
}

# Runs a command as the user that the cluster belongs to: 'postgres', which Debian's package makes, when this is root.
as_owner() {
  if [ "$(id -u)" -ne 0 ]; then
    "$@"
  else
    setpriv --reuid=postgres --regid=postgres --init-groups -- env HOME=/ "$@"
  fi
}

require_owner() {
  [ "$(id -u)" -ne 0 ] || id -u postgres >/dev/null 2>&1 ||
    unavailable "root cannot run PostgreSQL, and there is no user 'postgres' to run it as"
}

url_of() { echo "postgresql://outlay@/postgres?host=$1"; }

check_folder() {
  case $1 in
    /*) ;;
    *) fail "'$1' is not an absolute path" ;;
  esac
  # A socket's path has room for 107 bytes.
  [ "${#1}" -le 80 ] || fail "'$1' is too long to hold a Unix socket (at most 80 bytes)"
  [[ $1 =~ ^[A-Za-z0-9/._-]+$ ]] || fail "'$1' has characters other than letters, digits, '/', '.', '_' and '-'"
}

make_cluster() {
  local folder=$1
  mkdir -p "$folder"
  [ "$(id -u)" -ne 0 ] || chown postgres: "$folder"
  chmod 700 "$folder"
  (cd / && as_owner "$programs/initdb" -D "$folder/data" --username=outlay --auth=trust --encoding=UTF8 \
    --locale=C --no-instructions) >"$folder/initdb.log" 2>&1 || {
    cat "$folder/initdb.log" >&2
    fail "initdb failed in $folder"
  }
  as_owner tee -a "$folder/data/postgresql.conf" >/dev/null <<CONFIG
listen_addresses = ''
unix_socket_permissions = 0700
unix_socket_directories = '$folder'
max_connections = 200
CONFIG
}

# start_server FOLDER [-c NAME=VALUE]...; the settings are kept, a restart has them too.
start_server() {
  local folder=$1 tries
  shift
  while [ $# -gt 0 ]; do
    { [ "$1" = -c ] && [[ ${2:-} =~ ^([a-z_.]+)=(.*)$ ]]; } || fail "'$*' is not '-c NAME=VALUE'"
    echo "${BASH_REMATCH[1]} = '${BASH_REMATCH[2]}'" | as_owner tee -a "$folder/data/postgresql.conf" >/dev/null
    shift 2
  done
  # After an immediate stop its children may hold the shared memory for a moment longer.
  for tries in 1 2 3 4 5; do
    if (cd / && as_owner "$programs/pg_ctl" -D "$folder/data" -l "$folder/data/server.log" -w -t 60 -s start) \
      </dev/null >/dev/null 2>"$folder/start.log"; then
      return 0
    fi
    sleep "$((tries - 1)).3"
  done
  cat "$folder/start.log" >&2
  as_owner tail -n 20 "$folder/data/server.log" >&2 || true
  fail "PostgreSQL did not start in $folder"
}

runs() { as_owner "$programs/pg_ctl" -D "$1/data" status >/dev/null 2>&1; }

stop_server() {
  local folder=$1 mode=${2:-fast}
  [[ $mode =~ ^(fast|immediate)$ ]] || fail "'$mode' is neither fast nor immediate"
  [ -d "$folder/data" ] || return 0
  runs "$folder" || return 0
  (cd / && as_owner "$programs/pg_ctl" -D "$folder/data" -w -t 60 -s -m "$mode" stop) >/dev/null
}

# Stops the cluster when the process is gone, for an owner that was killed.
watch_owner() {
  local folder=$1 owner=$2
  # shellcheck disable=SC2016 # the inner shell expands them
  setsid bash -c '
    while kill -0 "$2" 2>/dev/null && [ -d "$3/data" ]; do sleep 1; done
    [ ! -d "$3/data" ] || "$1" remove "$3"
  ' postgres-watch "$here/postgres.sh" "$owner" "$folder" </dev/null >/dev/null 2>&1 &
}

run_with_cluster() {
  local folder
  [ $# -gt 0 ] || fail "run takes a command"
  folder=$(mktemp -d "${OUTLAY_POSTGRES_PARENT:-/tmp}/outlay-postgres.XXXXXX")
  # shellcheck disable=SC2064 # the folder of now
  trap "'$here/postgres.sh' remove '$folder'" EXIT
  trap 'exit 129' HUP
  trap 'exit 130' INT
  trap 'exit 143' TERM
  OUTLAY_POSTGRES_URL=$("$here/postgres.sh" start "$folder" $$) || exit $?
  export OUTLAY_POSTGRES_URL
  local result=0
  "$@" || result=$?
  return "$result"
}

[ $# -ge 2 ] || { sed -n '2,/^set/{/^#/s/^# \{0,1\}//p}' "${BASH_SOURCE[0]}" >&2; exit 2; }
verb=$1
shift
if [ "$verb" = run ]; then
  run_with_cluster "$@"
  exit
fi
folder=$1
shift
check_folder "$folder"
case $verb in
  start)
    require_programs
    require_owner
    owner=
    if [[ ${1:-} =~ ^[0-9]+$ ]]; then
      owner=$1
      shift
    fi
    [ -d "$folder/data" ] || make_cluster "$folder"
    start_server "$folder" "$@"
    [ -z "$owner" ] || watch_owner "$folder" "$owner"
    url_of "$folder"
    ;;
  restart)
    require_programs
    stop_server "$folder" "${1:-fast}"
    start_server "$folder"
    ;;
  stop)
    require_programs
    stop_server "$folder" "${1:-fast}"
    ;;
  remove)
    find_programs
    [ -z "$programs" ] || stop_server "$folder" immediate
    rm -rf "$folder"
    ;;
  *) fail "no verb is named '$verb'" ;;
esac
