#!/usr/bin/env bash
# The commands people use. `./do help` lists them.
set -euo pipefail

root=$(cd -- "$(dirname -- "${BASH_SOURCE[0]}")" && pwd)
# Paths that a user gives count from where the user stands.
here=$PWD
cd -- "$root"

jobs=$(nproc)
started=$SECONDS
python=/usr/bin/python3

declare -A packages=(
  [core]="g++ cmake ninja-build libboost-dev librandom123-dev libhdf5-dev libcli11-dev
          libtomlplusplus-dev libfmt-dev nlohmann-json3-dev zlib1g-dev"
  [test]="libgtest-dev librapidcheck-dev python3 python3-h5py python3-xarray python3-h5netcdf
          python3-netcdf4 netcdf-bin dieharder"
  [bench]="libbenchmark-dev"
  [check]="git python3 clang-format-16 clang-tidy-16"
  [clang]="clang-16"
)

# --- Saying what happens ------------------------------------------------------------------------

say() { printf '%s\n' "$*" >&2; }

fail() {
  say "do: $*"
  exit 1
}

# quietly <log> <what> <command...>: runs it into a log, says how long it took, shows the log's end
# when it fails.
quietly() {
  local log=$1 what=$2 since=$SECONDS
  shift 2
  mkdir -p -- "$(dirname -- "$log")"
  if "$@" >"$log" 2>&1; then
    say "$what: $((SECONDS - since)) s"
  else
    local status=$?
    tail -n 60 -- "$log" >&2
    say "$what: failed after $((SECONDS - since)) s; all of it stands in $log"
    return "$status"
  fi
}

# --- What must be installed ---------------------------------------------------------------------

installed() { [[ $(dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

# Debian's Boost 1.74 and 1.81 exclude each other: any Boost that is there will do.
boost_found() {
  local include
  for include in /usr/include /usr/local/include; do
    [[ -e $include/boost/version.hpp ]] && return
  done
  return 1
}

missing_packages() {
  local group package
  for group in "$@"; do
    for package in ${packages[$group]}; do
      if [[ $package == libboost-dev ]] && boost_found; then continue; fi
      installed "$package" || printf '%s\n' "$package"
    done
  done | sort -u
}

deps() {
  local missing as_root=()
  mapfile -t missing < <(missing_packages "$@")
  ((${#missing[@]})) || return 0
  command -v apt-get >/dev/null ||
    fail "no apt-get here: install what stands for these Debian packages: ${missing[*]}"
  if ((EUID != 0)); then
    command -v sudo >/dev/null ||
      fail "these packages are missing, and installing needs root or sudo: ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing: ${missing[*]}"
  local apt=("${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -y -q)
  quietly build/log/apt-update.log "package lists" "${apt[@]}" update
  quietly build/log/apt-install.log "packages" \
    "${apt[@]}" install --no-install-recommends --no-remove "${missing[@]}"
}

# --- Building -----------------------------------------------------------------------------------

# build <preset> <target> [cmake option...]
build() {
  local preset=$1 target=$2
  shift 2
  quietly "build/log/configure-$preset.log" "configure $preset" cmake --preset "$preset" "$@"
  quietly "build/log/build-$preset.log" "build $preset" \
    cmake --build "build/$preset" --target "$target" -j "$jobs"
}

do_deps() {
  local groups=("$@")
  ((${#groups[@]})) || groups=(core test bench check)
  local group
  for group in "${groups[@]}"; do
    [[ -v packages[$group] ]] || fail "no package group '$group'; there are: ${!packages[*]}"
  done
  deps "${groups[@]}"
  say "everything of ${groups[*]} is installed"
}

do_build() {
  deps core
  build release all
}

do_run() {
  do_build
  exec build/release/weir run experiments/scenarios/warmup-90k.toml \
    --variants --replications 200 -o warmup-90k.h5 "$@"
}

do_format() {
  deps check
  git ls-files -z --cached --others --exclude-standard '*.h' '*.cc' |
    xargs -0 -r clang-format-16 -i
}

do_help() {
  cat <<'END'
./do run [OPTION...]   install what is missing, build, run the warm-up comparison (options go to weir)
./do build             Release, leaves the program as build/release/weir
./do test [OPTION...]  Release with assertions, all tests; `./do test --help` names the options
./do check [--all]     format, layers, includes, sizes, words, clang-tidy on what changed (or on all)
./do bench [ARG...]    builds the benchmarks and runs them
./do mutants [NAME...] plants each fault of tests/mutants/ and wants a test to notice
./do format            rewrites the sources by .clang-format
./do deps [GROUP...]   only installs (groups: core test bench check clang)
END
}

command=${1:-help}
shift || true
case $command in
  run | build | deps | format | help) "do_$command" "$@" ;;
  -h | --help) do_help ;;
  *) fail "no command '$command'; ./do help lists them" ;;
esac
