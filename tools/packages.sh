#!/usr/bin/env bash
# Installs what is missing of the named groups of tools/packages.txt: tools/packages.sh GROUP...
# Asks dpkg every time rather than trusting a stamp, so a removed package is noticed; that takes some 20 ms.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

fail() { echo "run: $*" >&2; exit 1; }

groups=" $* "
mapfile -t wanted < <(awk -v groups="$groups" '/^[a-z]/ && index(groups, " " $1 " ") { print $2 }' tools/packages.txt)
[ "${#wanted[@]}" -gt 0 ] || fail "tools/packages.txt has no package of the groups '$*'"

if ! command -v dpkg-query >/dev/null; then
  echo "run: this is not a Debian system; taking it that these are here in another form: ${wanted[*]}" >&2
  exit 0
fi
installed=" $(dpkg-query -W -f='${db:Status-Status}=${Package} ' "${wanted[@]}" 2>/dev/null || true)"
missing=()
for package in "${wanted[@]}"; do
  [[ $installed == *" installed=$package "* ]] || missing+=("$package")
done
[ "${#missing[@]}" -gt 0 ] || exit 0

as_root=()
if [ "$(id -u)" -ne 0 ]; then
  command -v sudo >/dev/null ||
    fail "these packages are missing, and this is neither root nor is there sudo. As root: apt-get install ${missing[*]}"
  as_root=(sudo)
  if [ ! -t 0 ]; then
    sudo -n true 2>/dev/null ||
      fail "these packages are missing, and sudo asks for a password without a terminal. As root: apt-get install ${missing[*]}"
  fi
fi

mkdir -p .cache
log=.cache/apt.log
apt() {
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o DPkg::Lock::Timeout=300 \
    -o Acquire::Retries=3 "$@" >>"$log" 2>&1
}
echo "run: installing ${#missing[@]} Debian packages: ${missing[*]}"
: >"$log"
start=$SECONDS
# The lists are fetched only when they lack a package or name a version that the mirror has replaced.
if ! apt install --no-install-recommends "${missing[@]}"; then
  apt update || { tail -n 5 "$log" >&2; fail "apt-get update failed; all of its output: $log"; }
  apt install --no-install-recommends "${missing[@]}" || { tail -n 8 "$log" >&2; fail "apt-get install failed; all of its output: $log"; }
fi
echo "run: installed in $((SECONDS - start)) s"
