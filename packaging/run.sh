#!/usr/bin/env bash
# Installs what is missing, builds, and opens the window: packaging/run.sh [ARGUMENTS OF maskwright]
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages
build_release maskwright maskwright-cli
say "starting build/release/bin/maskwright${*:+ $*}"
exec "$build/bin/maskwright" "$@"
