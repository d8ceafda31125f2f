#!/usr/bin/env bash
# Makes the README's pictures anew from the built window: packaging/screenshots.sh [FOLDER]
# FOLDER is resources/screenshots unless given. Wants build/release/bin/maskwright (packaging/run.sh builds it) and
# Debian's packages xvfb, xdotool, imagemagick and fonts-noto-cjk; it draws on a screen of its own and reads no settings of yours.
# shellcheck source=packaging/common.sh
source "$(dirname "${BASH_SOURCE[0]}")/common.sh"

target=${1:-$root/resources/screenshots}
mkdir -p "$target"
for tool in Xvfb xdotool import compare mogrify; do
    command -v "$tool" >/dev/null || fail "$tool is missing: apt-get install xvfb xdotool imagemagick fonts-noto-cjk"
done
[ -x "$build/bin/maskwright" ] || fail "build/release/bin/maskwright is not there: run packaging/run.sh first"

work=$(mktemp -d)
started=()
finish() {
    [ ${#started[@]} -eq 0 ] || kill "${started[@]}" 2>/dev/null || true
    rm -rf "$work"
}
trap finish EXIT

# The size of a window that was never opened before, which lies at the corner where nobody manages windows.
Xvfb -displayfd 3 -screen 0 1180x780x24 -nolisten tcp 3>"$work/display" 2>/dev/null &
started+=($!)
for _ in $(seq 50); do
    [ -s "$work/display" ] && break
    sleep 0.2
done
[ -s "$work/display" ] || fail "Xvfb does not start"
DISPLAY=:$(cat "$work/display")
# Threads that wait give way, so that the time in the corner is the model's and not that of other work.
export OMP_WAIT_POLICY=passive
export DISPLAY QT_QPA_PLATFORM=xcb XDG_CONFIG_HOME=$work XDG_DATA_HOME=$work

# Until the screen stays the same for two seconds: the model is loaded and the mask drawn.
settle() {
    sleep 4
    import -window root "$work/now.png"
    for _ in $(seq 30); do
        mv "$work/now.png" "$work/before.png"
        sleep 2
        kill -0 "$1" 2>/dev/null || fail "the window closed: $(cat "$work/log")"
        import -window root "$work/now.png"
        [ "$(compare -metric AE "$work/before.png" "$work/now.png" null: 2>&1)" != 0 ] || return 0
    done
    fail "the window does not come to rest"
}

# picture NAME SCHEME LANGUAGE [ARGUMENTS OF maskwright]: SCHEME is 1 for light, 2 for dark. What is found is kept as a
# row and the next of `rows` typed, for each of them.
rows=()
picture() {
    local name=$1 scheme=$2 language=$3
    shift 3
    mkdir -p "$work/Maskwright"
    printf '[window]\nscheme=%s\n' "$scheme" >"$work/Maskwright/maskwright.conf"
    "$build/bin/maskwright" --language "$language" "$@" 2>"$work/log" &
    local window=$!
    started+=("$window")
    settle "$window"
    for row in "${rows[@]}"; do
        xdotool key Return type --delay 40 "$row"
        settle "$window"
    done
    cp "$work/now.png" "$target/$name.png"
    kill "$window"
    wait "$window" 2>/dev/null || true
    started=("${started[0]}")
    # A README is about so wide; 256 colours are half the bytes.
    mogrify -strip -filter Lanczos -resize 860x +dither -colors 256 -define png:compression-level=9 "$target/$name.png"
    say "$target/$name.png"
}

examples=$root/resources/examples
rows=(person "traffic light")
picture street 1 en "$examples/street.jpg" --phrase car
rows=()
picture table 2 en "$examples/table.jpg" --phrase "wine glass"
picture herd 1 ko "$examples/herd.jpg" --phrase 말
