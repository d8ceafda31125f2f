#!/usr/bin/env bash
# Builds the whole suite with the address and undefined-behaviour sanitizers, then with the thread sanitizer, and runs it.
#
#   tests/sanitizers.sh [asan] [tsan] [-- ARGUMENTS OF ctest]     both without a name; not 0 where one fails
#
# What the libraries under us do is left out of the reports by tests/suppressions/, each entry with its reason.
set -euo pipefail

# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/../packaging/common.sh"
suppressions=$root/tests/suppressions

presets=()
while [ $# -gt 0 ] && [ "$1" != -- ]; do
    case $1 in
        asan | tsan) presets+=("$1") ;;
        *) fail "usage: tests/sanitizers.sh [asan] [tsan] [-- ARGUMENTS OF ctest]" ;;
    esac
    shift
done
[ $# -eq 0 ] || shift
[ ${#presets[@]} -gt 0 ] || presets=(asan tsan)

# Programs whose leaks cannot be looked for: the leak checker stops all threads of a program that ends and reads their
# registers, and dies where LibTorch's are just ending (LeakSanitizer has encountered a fatal error). Here they are the
# command line's many short runs, a cluster's too; core's code is under the leak checker in the unit tests' own programs.
without_leaks='^(cli$|cluster/)'

run() { ctest --test-dir "$root/build/$1" --output-on-failure --no-tests=ignore "${@:2}"; }

failed=0
for preset in "${presets[@]}"; do
    say "$preset: building (a file that includes LibTorch takes half a minute and more)"
    (cd "$root" && cmake --preset "$preset" >/dev/null)
    cmake --build "$root/build/$preset" --parallel "$(jobs)"
    say "$preset: running the tests"
    # Passive: a waiting thread that spins takes the core from the one that works.
    export OMP_WAIT_POLICY=passive
    if [ "$preset" = asan ]; then
        export LSAN_OPTIONS=suppressions=$suppressions/lsan.txt:print_suppressions=0
        export UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
        ASAN_OPTIONS=detect_leaks=1 run asan -E "$without_leaks" "$@" || failed=1
        ASAN_OPTIONS=detect_leaks=0 run asan -R "$without_leaks" "$@" || failed=1
    else
        # die_after_fork: the sanitizer takes the parent of a QProcess, which forks while sharing its memory, for the
        # child, and would end it at its next thread.
        TSAN_OPTIONS=suppressions=$suppressions/tsan.txt:history_size=7:second_deadlock_stack=1:die_after_fork=0 \
            run tsan "$@" || failed=1
    fi
done
exit "$failed"
