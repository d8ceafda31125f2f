#!/usr/bin/env bash
# What the model's parts are worth: the recipe of train.json, shortened, once as it is and once without each part.
#   models/mini/ablation.sh [FOLDER]      (default build/ablation; ../shared/data must be there)
# A run that was stopped goes on where it was. The figures are those `train` reports on all of val at its best threshold.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
root=$(cd "$here/../.." && pwd)
cli=${MASKWRIGHT_CLI:-$root/build/release/bin/maskwright-cli}
out=$(realpath -m "${1:-$root/build/ablation}")
text_steps=${TEXT_STEPS:-300}
steps=${STEPS:-300}

# variant NAME SED_EXPRESSION...: train.json with the changes, every path made absolute.
variant() {
    local name=$1
    shift
    mkdir -p "$out/$name"
    local changes=(-e "s|\"output\": \"[^\"]*\"|\"output\": \"model\"|" -e "s|\"work\": \"[^\"]*\"|\"work\": \"work\"|"
        -e "s|\"\\.\\./\\.\\./\\.\\./shared|\"$(dirname "$root")/shared|"
        -e "s|\"text\": {\"steps\": [0-9]*|\"text\": {\"steps\": $text_steps|"
        -e "s|\"steps\": 4200|\"steps\": $steps|" -e "s|\"warmup\": 150|\"warmup\": 50|"
        -e "s|\"evaluate_every\": [0-9]*|\"evaluate_every\": $steps|")
    for change in "$@"; do
        changes+=(-e "$change")
    done
    sed "${changes[@]}" "$here/train.json" >"$out/$name/train.json"
    # The vocabulary and the text tower are the same for all: trained once, by the first.
    if [ "$name" != whole ]; then
        mkdir -p "$out/$name/work"
        cp -n "$out/whole/work/tokenizer.model" "$out/whole/work/text.safetensors" "$out/$name/work/"
    fi
    "$cli" train "$out/$name/train.json" --resume | tee -a "$out/$name/log.txt"
}

variant whole
variant no-similarity 's|"similarity_map": true|"similarity_map": false|'
variant no-pyramid 's|"pyramid_layers": \[6, 3\]|"pyramid_layers": []|' 's|"pyramid_channels": \[32, 16\]|"pyramid_channels": []|'
variant frozen 's|"support": 0.2|"support": 0.2, "frozen_encoder": true|'

for name in whole no-similarity no-pyramid frozen; do
    printf '%-14s %s\n' "$name" "$(grep -h 'validation:' "$out/$name/log.txt" | tail -1 | sed 's|^[^:]*: ||')"
done
