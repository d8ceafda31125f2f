#!/usr/bin/env bash
# The program on a GPU beside the program on the processor: the same masks, all phrases at once, a large picture, memory
# that runs out. Prints what it measured; 77 where there is nothing to try it on, with the reason.
#
#   tests/gpu.sh PROGRAM [MODEL...]     models: those of the repository unless named
#
# With MASKWRIGHT_GPU_SHORT=1 only what depends on the model is tried. It needs python3 with numpy, and a LibTorch with
# CUDA; that of Debian 12 has none.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
program=${1:?the path of maskwright-cli}
shift
[ $# -gt 0 ] || set -- "$root/models/sight" "$root/models/mini"

skip() {
    echo "skipped: $1"
    exit 77
}
said=$("$program" info --model "$1" --device cuda 2>&1) || skip "$(tail -n 1 <<<"$said")"
command -v nvidia-smi >/dev/null || skip "nvidia-smi is not there"
python3 -c 'import numpy' 2>/dev/null || skip "python3 has no numpy"

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
python3 "$root/tests/gpu/checks.py" "$program" "$root/resources/examples" "$scratch" "$@"
