#!/usr/bin/env bash
# Installs what is missing, builds, and runs every test: packaging/test.sh [ARGUMENTS OF ctest]
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

install_packages
build_release all
say "running the tests"
exec ctest --test-dir "$build" --output-on-failure --no-tests=error "$@"
