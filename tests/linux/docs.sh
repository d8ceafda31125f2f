#!/usr/bin/env bash
# docs.sh CLI DOCS: every subcommand and option that --help shows is in the manual pages and in the completion, and bash
# completes as a person would want.
set -euo pipefail
cli=$1 docs=$2
failed=0
fail() {
    printf '%s\n' "$*" >&2
    failed=1
}

# The options in a help's left column, one a line.
options_of() { "$cli" "$@" --help | grep -oE '^  +(-[A-Za-z],)?--[a-z0-9-]+|^  +-[A-Za-z](,|$| )' | tr ', ' '\n\n' | sed '/^$/d'; }
subcommands_of() { "$cli" "$@" --help | sed -n '/^Subcommands:/,/^$/p' | grep -oE '^  [a-z][a-z-]+' | tr -d ' '; }

# shellcheck source=/dev/null
source "$docs/bash/maskwright-cli"
# What is offered for the words so far.
offered() {
    # shellcheck disable=SC2034  # read by the function
    COMP_WORDS=(maskwright-cli "$@") COMP_CWORD=$#
    COMPREPLY=()
    _maskwright_cli 2>/dev/null
    printf '%s\n' "${COMPREPLY[@]}"
}

# Whether a line is among those of a text.
among() { grep -qxF -- "$1" <<<"$2"; }

check() {
    local page=$1 option text names
    text=$(gzip -dc "$1")
    shift
    names=$(offered "$@" -)
    while read -r option; do
        grep -qF -- "${option//-/\\-}" <<<"$text" || fail "$(basename "$page") does not tell of $* $option"
        among "$option" "$names" || fail "bash does not offer $option after $*"
        grep -qF -- "$option[" "$docs/zsh/_maskwright-cli" || fail "zsh does not know $option"
        case $option in
            --*) grep -qE -- "-l ${option#--}( |$)" "$docs/fish/maskwright-cli.fish" || fail "fish does not know $option" ;;
        esac
    done < <(options_of "$@")
}

count=0
while read -r command; do
    count=$((count + 1))
    page=$docs/man1/maskwright-cli-$command.1.gz
    [ -s "$page" ] || fail "there is no page for $command"
    among "$command" "$(offered "${command:0:1}")" || fail "bash does not offer $command"
    check "$page" "$command"
    while read -r below; do
        check "$page" "$command" "$below"
        among "$below" "$(offered "$command" "")" || fail "bash does not offer $command $below"
    done < <(subcommands_of "$command")
done < <(subcommands_of)
[ "$count" -ge 10 ] || fail "only $count subcommands were found in the help"

[ "$(offered segment --dtype b)" = bfloat16 ] || fail "a choice is not completed"
[ "$(offered models f)" = fetch ] || fail "models f is not completed"
bash -n "$docs/bash/maskwright-cli" || fail "the completion is no bash"
for page in "$docs"/man1/*.gz; do
    # Nothing that roff would read as a request but those that are meant.
    gzip -dc "$page" | grep -E "^[.']" | grep -vE '^\.(\\"|TH|SH|SS|TP|PP|nf|fi|B|BR)( |$|")' &&
        fail "$page has lines that roff misreads"
done
exit "$failed"
