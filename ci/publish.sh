#!/bin/sh
# Publish what was merged. For the main branch only, in a protected environment that holds the publisher's settings.
# usage: ci/publish.sh DIR [PACK ...]
# The named packs are issued where the content has changed since their last issue; without names, all that never were.
set -eu

target=${1:?usage: ci/publish.sh DIR [PACK ...]}
shift
: "${ROADMAP_CONFIG:?set it to the file of publishing settings, outside the repository}"
store=branch:evidence
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The ledger and the packs issued so far. The very first run has none.
if git ls-remote --exit-code --heads origin evidence >/dev/null; then
    git fetch --quiet origin +refs/heads/evidence:refs/heads/evidence
fi

# issued_at PACK: the commit of its newest issue, or nothing.
issued_at() {
    git cat-file blob refs/heads/evidence:ledger.jsonl 2>/dev/null | grep -F "\"pack\":\"$1\"" | tail -n 1 |
        sed -n 's/.*"commit":"\([0-9a-f]*\)".*/\1/p'
}

# issue PACK: print, seal, enter in the ledger. Both refuse rather than guess, and nothing is half done.
issue() {
    roadmap pack "$1" --commit HEAD --store "$store" --output "$work/$1.pdf"
    roadmap seal "$work/$1.pdf" --store "$store" --output "$work/$1-sealed.pdf"
    roadmap verify "$work/$1-sealed.pdf" --repo . --store "$store"
}

roadmap check --commit HEAD

if [ $# -gt 0 ]; then
    for pack in "$@"; do
        last=$(issued_at "$pack")
        if [ -z "$last" ] || ! git diff --quiet "$last" HEAD -- content; then issue "$pack"; fi
    done
else
    for file in content/packs/*.yaml; do
        pack=$(basename "$file" .yaml)
        if [ -z "$(issued_at "$pack")" ]; then issue "$pack"; fi
    done
fi

# Without force: if another run was faster this one fails here, and the next starts from the new ledger.
git push --quiet origin refs/heads/evidence
roadmap publish "$target" --store "$store"
