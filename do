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
  [core]="g++ cmake ninja-build libboost-dev librandom123-dev libeigen3-dev libhdf5-dev libcli11-dev
          libtomlplusplus-dev libfmt-dev nlohmann-json3-dev zlib1g-dev"
  [test]="libgtest-dev librapidcheck-dev python3 python3-h5py python3-xarray python3-h5netcdf
          python3-netcdf4 python3-jsonschema netcdf-bin dieharder libbenchmark-dev"
  [bench]="libbenchmark-dev python3 python3-h5py"
  [peers]="libns3-dev libsimgrid-dev python3-simpy3"
  [check]="git python3 clang-format-16 clang-tidy-16"
  [clang]="clang-16"
  [real]="postfix"
  [cluster]="slurm-wlm munge"
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
  if [[ " ${missing[*]} " == *" postfix "* ]]; then
    # Without a configuration of its own, the machine's Postfix is not started, now or at boot.
    echo "postfix postfix/main_mailer_type select No configuration" |
      "${as_root[@]}" debconf-set-selections
  fi
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
  local output=(-o warmup-90k.h5) argument
  for argument in "$@"; do
    [[ $argument == -o* || $argument == --output* ]] && output=()
  done
  cd -- "$here"
  exec "$root/build/release/weir" run "$root/experiments/scenarios/warmup-90k.toml" \
    --variants --replications 200 "${output[@]}" "$@"
}

# --- Tests --------------------------------------------------------------------------------------

all_labels=(unit law rules golden issues io docs)
# These need much time or things from outside, and run only when asked for.
asked_labels=(stat real cluster browser)

test_help() {
  cat <<'END'
./do test [OPTION...]   builds with assertions and runs the tests of: unit law rules golden issues io docs
  --label L             only these labels (may be repeated)
  --only REGEX          only tests whose name matches
  --asan                labels unit rules io under the address and undefined-behaviour sanitizers
  --tsan                label tsan (sim and the runner) under the thread sanitizer
  --clang               by clang++-16
  --stat | --real | --cluster | --browser    the tests of that label alone
END
}

joined() {
  local IFS='|'
  printf '^(%s)$' "$*"
}

# run_tests <preset> <label...>: builds what carries these labels and runs it.
run_tests() {
  local preset=$1 label targets=() skipped=()
  shift
  quietly "build/log/configure-$preset.log" "configure $preset" cmake --preset "$preset"
  for label in "$@"; do
    if grep -qx -- "$label" "build/$preset/labels.txt"; then targets+=("tests_$label"); fi
  done
  if ((${#targets[@]} == 0)); then
    if [[ "$*" == "${all_labels[*]}" ]]; then
      say "there is no test yet: nothing ran"
      return 0
    fi
    fail "no test carries the label $* yet"
  fi
  quietly "build/log/build-$preset.log" "build $preset" \
    cmake --build "build/$preset" --target "${targets[@]}" -j "$jobs"
  for label in "${asked_labels[@]}"; do
    [[ " $* " == *" $label "* ]] || skipped+=("$label")
  done
  local filter=(-L "$(joined "$@")")
  ((${#skipped[@]})) && filter+=(-LE "$(joined "${skipped[@]}")")
  [[ -n $only ]] && filter+=(-R "$only")
  run_ctest "$preset" "${filter[@]}"
}

run_ctest() {
  local preset=$1 log="build/log/test-$1.log" since=$SECONDS wrapper=()
  shift
  # The thread sanitizer of g++ 12 cannot map its memory where addresses are much randomised.
  if [[ $preset == tsan ]] && setarch -R true 2>/dev/null; then wrapper=(setarch -R); fi
  export UBSAN_OPTIONS=print_stacktrace=1 TSAN_OPTIONS=halt_on_error=1
  local status=0
  "${wrapper[@]}" ctest --test-dir "build/$preset" --output-on-failure --no-tests=error \
    -j "$jobs" "$@" >"$log" 2>&1 || status=$?
  if ((status)) && grep -q '^No tests were found' "$log"; then
    fail "no test of these labels matches '$only'"
  fi
  if ((status)); then
    grep -vE '^ *(Start +[0-9]+:|[0-9]+/[0-9]+ Test .* Passed)' "$log" >&2 || true
    fail "tests ($preset) failed after $((SECONDS - since)) s; all of it stands in $log"
  fi
  say "tests ($preset): $(grep -E '^[0-9]+% tests passed' "$log"), $((SECONDS - since)) s"
}

do_test() {
  local labels=() presets=() asked=() option
  only=""
  while (($#)); do
    option=$1
    shift
    case $option in
      --label | --only)
        (($#)) || fail "$option needs a value"
        if [[ $option == --label ]]; then labels+=("$1"); else only=$1; fi
        shift
        ;;
      --asan | --tsan | --clang) presets+=("${option#--}") ;;
      --stat | --real | --cluster | --browser) labels+=("${option#--}") ;;
      -h | --help)
        test_help
        return
        ;;
      *) fail "no option '$option'; ./do test --help lists them" ;;
    esac
  done
  ((${#presets[@]})) || presets=(test)
  deps core test
  local label
  for label in real cluster; do
    if [[ " ${labels[*]} " == *" $label "* ]]; then deps "$label"; fi
  done
  local preset
  for preset in "${presets[@]}"; do
    asked=("${labels[@]}")
    if ((${#asked[@]} == 0)); then
      case $preset in
        asan) asked=(unit rules io) ;;
        tsan) asked=(tsan) ;;
        *) asked=("${all_labels[@]}") ;;
      esac
    fi
    [[ $preset == clang ]] && deps clang
    [[ $preset == asan ]] && export LSAN_OPTIONS="suppressions=$PWD/cmake/leaks.txt:print_suppressions=0"
    run_tests "$preset" "${asked[@]}"
  done
}

do_mutants() {
  deps core test check
  "$python" -B cmake/mutants.py --jobs "$jobs" "$@"
}

# --- Checks -------------------------------------------------------------------------------------

sources() { git -c safe.directory='*' ls-files -z "$@" -- '*.h' '*.cc'; }

check_format() { sources | xargs -0 -r clang-format-16 --dry-run -Werror; }

do_check() {
  local tidy=() check failed=()
  case ${1:-} in
    "") ;;
    --all) tidy=(--all) ;;
    *) fail "no option '$1'; there is only --all" ;;
  esac
  deps core test bench check
  quietly build/log/check-format.log format check_format || failed+=(format)
  for check in layers includes sizes words names; do
    quietly "build/log/check-$check.log" "$check" "$python" -B "cmake/checks/$check.py" ||
      failed+=("$check")
  done
  quietly build/log/configure-check.log "configure check" cmake --preset check
  local what="clang-tidy, changed files"
  ((${#tidy[@]})) && what="clang-tidy, all files"
  quietly build/log/check-tidy.log "$what" \
    "$python" -B cmake/checks/tidy.py --build build/check "${tidy[@]}" || failed+=(clang-tidy)
  ((${#failed[@]} == 0)) || fail "check failed: ${failed[*]}"
  say "check: $(tail -n 1 build/log/check-tidy.log); all in $((SECONDS - started)) s"
}

# --- Benchmarks ---------------------------------------------------------------------------------

# Each by itself: SimGrid needs another Boost than some packages, and then its rows stay out.
install_peers() {
  local package
  for package in ${packages[peers]}; do
    packages[peer]=$package
    (deps peer) || say "$package cannot be installed beside what is there: its rows stay out"
  done
}

do_bench() {
  local options=() option
  deps core bench
  while (($#)); do
    option=$1
    shift
    options+=("$option")
    case $option in
      --peers) install_peers ;;
      --json)
        # A path counts from where the user stands, the program runs at the root.
        if [[ ${1:-} == [!/-]* ]]; then
          options+=("$here/$1")
          shift
        fi
        ;;
    esac
  done
  build release weir_bench -DWEIR_BUILD_BENCH=ON
  exec build/release/bench/weir_bench "${options[@]}" </dev/null
}

do_format() {
  deps check
  sources --cached --others --exclude-standard | xargs -0 -r clang-format-16 -i
}

do_help() {
  cat <<'END'
./do run [OPTION...]   install what is missing, build, run the warm-up comparison (options go to weir)
./do build             Release, leaves the program as build/release/weir
./do test [OPTION...]  Release with assertions, all tests; `./do test --help` names the options
./do check [--all]     format, layers, includes, sizes, words, clang-tidy on what changed (or on all)
./do bench [OPTION...] builds the benchmarks and prints their table; `./do bench --help` names the options
./do mutants [NAME...] plants each fault of tests/mutants/ and wants a test to notice
./do format            rewrites the sources by .clang-format
./do deps [GROUP...]   only installs (groups: core test bench peers check clang real)
END
}

command=${1:-help}
shift || true
case $command in
  run | build | deps | format | test | check | bench | mutants | help) "do_$command" "$@" ;;
  -h | --help) do_help ;;
  *) fail "no command '$command'; ./do help lists them" ;;
esac
