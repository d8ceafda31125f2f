#!/usr/bin/env bash
# desktop.sh WINDOW FOLDER: the window's page tells of every option, and the desktop's files fit together and are valid as
# far as this system's tools can say.
set -euo pipefail
window=$1 folder=$2
failed=0
fail() {
    printf '%s\n' "$*" >&2
    failed=1
}

while read -r option; do
    grep -qF -- "${option//-/\\-}" "$folder/maskwright.1" || fail "maskwright.1 does not tell of $option"
done < <(QT_QPA_PLATFORM=offscreen "$window" --help | grep -oE -- '(^  |, )--?[A-Za-z][a-z-]*' | tr -d ' ,')
type=$(grep -oE 'mime-type type="[^"]+"' "$folder/maskwright.mime.xml" | cut -d'"' -f2)
grep -qE "^MimeType=.*$type;" "$folder/maskwright.desktop" || fail "the desktop file does not name $type, which the window opens"
grep -qF "<mediatype>$type</mediatype>" "$folder/maskwright.metainfo.xml" || fail "the metainfo does not name $type"
grep -qF '<launchable type="desktop-id">maskwright.desktop</launchable>' "$folder/maskwright.metainfo.xml" ||
    fail "the metainfo does not name the desktop file"
if command -v desktop-file-validate >/dev/null; then
    desktop-file-validate "$folder/maskwright.desktop" || fail "maskwright.desktop is not valid"
fi
if command -v appstreamcli >/dev/null; then
    appstreamcli validate --no-net "$folder/maskwright.metainfo.xml" >&2 || fail "maskwright.metainfo.xml is not valid"
fi
exit "$failed"
