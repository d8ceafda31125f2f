# shellcheck shell=bash
# Shared by run.sh and test.sh: packages, configuration, build. Sourced, with `root` set to the repository's folder afterwards.
set -euo pipefail

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
build=$root/build/release

say() { printf 'maskwright: %s\n' "$*"; }
fail() {
    printf 'maskwright: %s\n' "$*" >&2
    exit 1
}

listed_packages() { sed -e 's/#.*//' "$root/packaging/packages.txt" | tr -s '[:space:]' '\n' | sed '/^$/d'; }

missing_packages() {
    local package
    while read -r package; do
        if [ "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null)" != installed ]; then
            printf '%s\n' "$package"
        fi
    done < <(listed_packages)
}

# Installs what packages.txt lists and the system lacks. Asks for root's rights only then.
install_packages() {
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        say "this is no Debian: install what packaging/packages.txt names in your system's way; going on"
        return
    fi
    local missing
    mapfile -t missing < <(missing_packages)
    if [ ${#missing[@]} -eq 0 ]; then
        say "all $(listed_packages | wc -l) packages are installed"
        return
    fi
    local as_root=()
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null ||
            fail "packages are missing and sudo is not there; as root run: apt-get install --no-install-recommends ${missing[*]}"
        as_root=(sudo)
    fi
    say "installing ${#missing[@]} packages: ${missing[*]}"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -q ||
        say "apt-get update did not go through; trying with the lists that are there"
    "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -q -y --no-install-recommends \
        -o Acquire::Retries=3 -o Dpkg::Use-Pty=0 "${missing[@]}" ||
        fail "apt-get could not install the packages; what it says above tells why"
}

# How many compilers at a time: one a core, and 1.2 GB of free memory for each, which a file that includes LibTorch takes.
jobs() {
    local cores memory
    cores=$(nproc)
    memory=$(awk '/^MemAvailable:/ { print int($2 / 1200000) }' /proc/meminfo 2>/dev/null || true)
    memory=${memory:-1}
    [ "$memory" -ge 1 ] || memory=1
    [ "$cores" -le "$memory" ] && echo "$cores" || echo "$memory"
}

# Configures and builds the targets given, or everything.
build_release() {
    if [ -f "$build/CMakeCache.txt" ] && ! grep -qxF "CMAKE_HOME_DIRECTORY:INTERNAL=$root" "$build/CMakeCache.txt"; then
        say "build/release belongs to a copy of this tree elsewhere; beginning anew"
        rm -rf "$build"
    fi
    say "configuring $build"
    (cd "$root" && cmake --preset release)
    local targets=()
    [ $# -eq 0 ] || targets=(--target "$@")
    local count
    count=$(jobs)
    say "building with $count at a time (the first time takes a while)"
    cmake --build "$build" --parallel "$count" "${targets[@]}"
}
