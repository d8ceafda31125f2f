#!/usr/bin/env bash
# One of the checks beside PyTorch, as a test: tests/reference/check.sh SCRIPT PROGRAM [ARGUMENT...]
# MASKWRIGHT_PYTHON names a Python with torch and transformers; 77 where there is none.
set -euo pipefail

script=$(dirname "${BASH_SOURCE[0]}")/${1:?the script}
export MASKWRIGHT_CLI=${2:?the path of maskwright-cli}
shift 2
if [ -z "${MASKWRIGHT_PYTHON:-}" ]; then
    echo "skipped: MASKWRIGHT_PYTHON names no Python with torch and transformers"
    exit 77
fi
exec "$MASKWRIGHT_PYTHON" "$script" "$@"
