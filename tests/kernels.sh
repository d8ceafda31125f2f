#!/usr/bin/env bash
# The suite under each kernel of OpenBLAS that this processor can run, with one thread and with two, and oneDNN with the
# instructions of the same kind of processor: what passes on one machine shall pass on the next, whose kernels add up in
# another order.
#
#   tests/kernels.sh [KERNEL...]     a line each; not 0 where one fails. Without names: all that the processor has.
#
# It needs build/release, made by packaging/test.sh or the preset. With two threads the whole suite runs; with one, what
# depends on the kernel. What the runs said is kept in build/release/kernels/.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release
logs=$build/kernels
# Programs without LibTorch. One that is missing here only costs time.
no_blas='^(architecture/.*|core/(base|image|image_io|text|weights|store|visual_prompt|metrics|data|output)|ui)$'

[ -f "$build/CTestTestfile.cmake" ] || {
    echo "build/release is not there: run packaging/test.sh first" >&2
    exit 2
}
mkdir -p "$logs"

# What the processor must have, as /proc/cpuinfo names it.
needs() {
    case $1 in
        Prescott) echo pni ;;
        Nehalem) echo sse4_2 ;;
        Haswell | Zen) echo avx2 fma ;;
        SkylakeX) echo avx512f avx512cd avx512bw avx512dq avx512vl ;;
        Cooperlake) echo avx512f avx512cd avx512bw avx512dq avx512vl avx512_bf16 ;;
        *) return 1 ;;
    esac
}

# What oneDNN may use on such a processor.
instructions() {
    case $1 in
        Prescott | Nehalem) echo SSE41 ;;
        Haswell | Zen) echo AVX2 ;;
        SkylakeX) echo AVX512_CORE ;;
        *) echo ALL ;;
    esac
}

# Why this kernel is not tried; empty where it is.
obstacle() {
    local wanted flag flags said
    wanted=$(needs "$1") || {
        echo "this script does not know it"
        return
    }
    flags=" $(awk -F: '/^flags/ { print $2; exit }' /proc/cpuinfo) "
    for flag in $wanted; do
        [[ $flags == *" $flag "* ]] || {
            echo "the processor has no $flag"
            return
        }
    done
    # OpenBLAS says which it took; another BLAS says nothing.
    said=$(OPENBLAS_VERBOSE=2 OPENBLAS_CORETYPE=$1 "$build/bin/maskwright-cli" info --model mini 2>&1) || true
    [[ $'\n'$said == *$'\n'"Core: $1"* ]] || echo "LibTorch's BLAS did not take it"
}

# run KERNEL THREADS [ARGUMENTS OF ctest]
run() {
    local kernel=$1 threads=$2 log=$logs/$1-$2.log begun=$SECONDS
    shift 2
    # Passive: a waiting thread that spins takes the core from the one that works.
    if ONEDNN_MAX_CPU_ISA=$(instructions "$kernel") OPENBLAS_CORETYPE=$kernel OPENBLAS_NUM_THREADS=$threads OMP_NUM_THREADS=$threads OMP_WAIT_POLICY=passive \
        ctest --test-dir "$build" --output-on-failure --no-tests=error "$@" >"$log" 2>&1; then
        echo "$kernel, $threads thread(s): passed, $(grep -c ' Passed ' "$log") programs in $((SECONDS - begun)) s"
    else
        echo "$kernel, $threads thread(s): FAILED, see $log"
        sed -n '/^The following tests FAILED/,/^Errors/p' "$log" | grep -E '^\s+[0-9]+ - ' || true
        failed=1
    fi
}

failed=0
tried=0
[ $# -gt 0 ] || set -- Prescott Nehalem Haswell Zen SkylakeX Cooperlake
for kernel in "$@"; do
    why=$(obstacle "$kernel")
    if [ -n "$why" ]; then
        echo "$kernel: skipped, $why"
        continue
    fi
    tried=$((tried + 1))
    run "$kernel" 2
    run "$kernel" 1 -E "$no_blas"
done
[ "$(nproc)" -ge 2 ] || echo "only one processor here: the runs with two threads shared it"
[ "$tried" -gt 0 ] || {
    echo "no kernel could be tried" >&2
    exit 1
}
exit "$failed"
