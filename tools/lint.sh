#!/usr/bin/env bash
# Formatting of all files, the contracts, the shell scripts, clang-tidy on the changed files: tools/lint.sh [--all|--quick]
# --all: clang-tidy on all files; --quick: no clang-tidy.
# Changed: against the branch point from origin/main, else since the last tag, else since the last commit but one.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

all='' quick=''
case ${1:-} in
  --all) all=1 ;;
  --quick) quick=1 ;;
  '') ;;
  *)
    echo "run: lint takes --all or --quick, not '$1'" >&2
    exit 2
    ;;
esac
if ! git rev-parse --git-dir >/dev/null 2>&1; then
  echo "run: lint needs git and a clone, to know the project's files" >&2
  exit 1
fi

failures=0
step() {
  local name=$1
  shift
  if "$@"; then echo "lint: $name: ok"; else
    echo "lint: $name: FAILED" >&2
    failures=$((failures + 1))
  fi
}

own_files() { git ls-files --cached --others --exclude-standard -- "$@" | while IFS= read -r f; do [ ! -f "$f" ] || echo "$f"; done; }

base_commit() {
  local head base
  head=$(git rev-parse HEAD)
  base=$(git merge-base HEAD origin/main 2>/dev/null || true)
  if [ -z "$base" ] || [ "$base" = "$head" ]; then base=$(git rev-list -n 1 "$(git describe --tags --abbrev=0 2>/dev/null)" 2>/dev/null || true); fi
  if [ -z "$base" ] || [ "$base" = "$head" ]; then base=$(git rev-parse --verify -q HEAD~1 || true); fi
  echo "${base:-$head}"
}

changed_sources() {
  if [ -n "$all" ]; then own_files '*.cc'; return; fi
  { git diff --name-only --diff-filter=d "$(base_commit)" -- '*.cc'
    git ls-files --others --exclude-standard -- '*.cc'; } | sort -u
}

check_format() { own_files '*.cc' '*.h' | xargs -r -d '\n' clang-format-14 --dry-run --Werror; }

check_scripts() { own_files run '.ci/run' '*.sh' | xargs -r -d '\n' shellcheck -x; }

# clang-tidy cannot read GCC's precompiled headers: it gets the commands with the plain header in their place.
tidy_database() {
  local out=.cache/tidy header kind
  mkdir -p "$out"
  for header in build/CMakeFiles/outlay_pch_*.dir/cmake_pch.hxx; do
    kind=${header#*/outlay_pch_}
    cp "$header" "$out/${kind%%.*}.hxx"
  done
  sed -E -e "s#-include [^ ]*/outlay_pch_([a-z_]+)\.dir/cmake_pch\.hxx#-include $PWD/$out/\1.hxx#g" -e 's/-Winvalid-pch//g' \
    build/compile_commands.json >"$out/compile_commands.json"
}

check_tidy() {
  local sources known=() source
  mapfile -t sources < <(changed_sources)
  for source in "${sources[@]}"; do
    if grep -qF "\"file\": \"$PWD/$source\"" .cache/tidy/compile_commands.json; then known+=("$source"); fi
  done
  echo "lint: clang-tidy reads ${#known[@]} files"
  [ "${#known[@]}" -gt 0 ] || return 0
  printf '%s\n' "${known[@]}" | xargs -d '\n' -n 1 -P "$(nproc)" clang-tidy-14 --quiet -p .cache/tidy --warnings-as-errors='*' 2> >(grep -v 'warnings\? generated\.$' >&2)
}

find_buf() {
  if command -v buf; then return; fi
  local tools=.cache/tools
  if [ ! -x $tools/node_modules/.bin/buf ] && command -v npm >/dev/null; then
    mkdir -p $tools
    npm install --silent --no-audit --no-fund --fetch-retries=1 --fetch-timeout=30000 --prefix $tools @bufbuild/buf@1.47.2 >.cache/npm.log 2>&1 || return 1
  fi
  [ -x $tools/node_modules/.bin/buf ] && echo $tools/node_modules/.bin/buf
}

check_contracts() {
  local buf tag
  buf=$(find_buf) || { echo "lint: contracts: SKIPPED: no buf on the PATH, and npm could not fetch it"; return 0; }
  step "buf lint" "$buf" lint
  tag=$(git describe --tags --abbrev=0 2>/dev/null || true)
  if [ -n "$tag" ]; then step "buf breaking against $tag" "$buf" breaking --against ".git#tag=$tag"; fi
}

step "clang-format" check_format
step "shellcheck" check_scripts
check_contracts
if [ -z "$quick" ] && [ -n "$(changed_sources)" ]; then
  # clang-tidy needs the generated headers, not the libraries.
  tools/build.sh release --configure-only
  mapfile -t generated < <(ninja -C build -t targets all | sed -n -E 's#^([^ ]*\.pb\.h):.*#\1#p')
  [ "${#generated[@]}" -eq 0 ] || tools/build.sh release "${generated[@]}"
  tidy_database
  step "clang-tidy" check_tidy
fi
[ "$failures" -eq 0 ] || exit 1
