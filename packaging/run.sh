#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window: packaging/run.sh [ARGUMENTS OF maskwright]
# Without arguments a sample photograph is open and "cat" is typed.
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages
build_release maskwright maskwright-cli
if [ $# -eq 0 ]; then
    set -- "$root/resources/examples/cat.png" --phrase cat
fi
say "starting build/release/bin/maskwright $*"
exec "$build/bin/maskwright" "$@"
