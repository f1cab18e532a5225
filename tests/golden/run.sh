#!/usr/bin/env bash
# run.sh PROGRAM: holds any build of weir against the golden results.
set -euo pipefail
(($# == 1)) || { echo "usage: ${0##*/} PROGRAM" >&2; exit 1; }
WEIR_PROGRAM=$(realpath -- "$1")
export WEIR_PROGRAM PYTHONDONTWRITEBYTECODE=1
exec /usr/bin/python3 "$(dirname -- "${BASH_SOURCE[0]}")/golden_test.py"
