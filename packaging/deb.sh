#!/usr/bin/env bash
# Makes the Debian package and tries it: packaging/deb.sh [ROOT]
# The package comes to build/release. Without ROOT that is all. With ROOT, a folder, it is installed and run in a bare
# Debian 12 there: made by debootstrap where the folder is not there yet (as root, with a network). Nothing else of the
# system is touched.
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

bare=${1:-}
install_packages
build_release maskwright maskwright-cli maskwright-vocabulary maskwright_docs maskwright_manual maskwright_changelog
say "packing"
rm -f "$build"/maskwright_*.deb
(cd "$build" && cpack -G DEB >"$build/cpack.log" 2>&1) || fail "cpack could not make the package: see $build/cpack.log"
package=$(ls "$build"/maskwright_*.deb)
say "$package"
dpkg-deb -I "$package"
if command -v lintian >/dev/null; then
    lintian --fail-on error "$package" || fail "lintian finds errors in the package"
fi
[ -n "$bare" ] || exit 0

[ "$(id -u)" -eq 0 ] || fail "a bare Debian is made and entered by root"
if [ ! -d "$bare/etc" ]; then
    command -v debootstrap >/dev/null || fail "debootstrap is missing: apt-get install debootstrap"
    say "making a bare Debian 12 in $bare"
    debootstrap --variant=minbase bookworm "$bare" "${MASKWRIGHT_DEBIAN_MIRROR:-http://deb.debian.org/debian}"
fi
cp "$package" "$bare/tmp/maskwright.deb"
cp "$root/resources/examples/cat.png" "$root/resources/examples/street.jpg" "$bare/tmp/"
# The network's names are the host's.
cp /etc/resolv.conf "$bare/etc/resolv.conf" 2>/dev/null || true

# A program finds what lies beside it by /proc.
mount -t proc proc "$bare/proc" || fail "/proc cannot be mounted in $bare"
trap 'umount "$bare/proc"' EXIT

inside() { chroot "$bare" env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp LANG=C.UTF-8 DEBIAN_FRONTEND=noninteractive "$@"; }
say "installing the package there, with what it depends on and nothing else"
inside apt-get update -q
inside apt-get purge -q -y maskwright >/dev/null 2>&1 || true
inside apt-get install -q -y --no-install-recommends -o Dpkg::Use-Pty=0 /tmp/maskwright.deb

say "the command line, both built-in models"
inside maskwright-cli models list
for model in sight mini; do
    inside maskwright-cli segment /tmp/cat.png --phrase cat --model "$model" -o "/tmp/cat-$model.png" --json
    inside test -s "/tmp/cat-$model.png" || fail "$model made no mask"
done
say "an expression, a noun phrase, a vocabulary's trainer, https"
inside maskwright-cli refer /tmp/street.jpg --expression "the car on the left" -o /tmp/car.png --json >/dev/null
[ "$(inside maskwright-cli noun-phrase 'kid on far left wearing stripes' | cut -f2)" = kid ] ||
    fail "the dictionary of noun phrases is not there"
inside test -x /usr/lib/maskwright/maskwright-vocabulary || fail "the trainer of vocabularies is not there"
said=$(inside maskwright-cli models fetch clipseg-rd16 --mirror https://127.0.0.1:9 2>&1 || true)
case $said in
    *"refuses the connection"*) ;;
    *) fail "https does not work there: $said" ;;
esac
say "the window, without a screen"
inside env QT_QPA_PLATFORM=offscreen timeout 20 maskwright /tmp/cat.png --phrase cat >"$build/window.log" 2>&1 &&
    fail "the window ended by itself: $(cat "$build/window.log")"
[ $? -ne 0 ] || true
grep -qi "could not\|cannot\|error" "$build/window.log" && fail "the window says: $(cat "$build/window.log")"
missing=$(inside sh -c 'ldd /usr/lib/maskwright/*.so /usr/bin/maskwright* /usr/lib/*/qt6/plugins/platforms/libqxcb.so /usr/lib/*/qt6/plugins/tls/*.so /usr/lib/*/qt6/plugins/imageformats/*.so' | grep "not found" || true)
[ -z "$missing" ] || fail "libraries are missing there: $missing"
say "removing it"
inside apt-get purge -q -y maskwright
inside sh -c '! find / -xdev -ipath "*maskwright*" -not -path "/proc/*" -not -path "/tmp/*" | grep .' ||
    fail "something of it stayed"
say "the package works in a bare Debian"
