#!/bin/sh
# Judge a proposal. For pull requests: it holds no secret, and what it builds is thrown away.
# usage: ci/check.sh BASE_COMMIT [DIR]
set -eu

base=${1:?usage: ci/check.sh BASE_COMMIT [DIR]}
target=${2:-build/proposal}

# A pull request may contain anything, so nothing that opens a key or names who is trusted may be within its reach.
if [ -n "${ROADMAP_CONFIG:-}" ]; then
    echo "ci/check.sh: ROADMAP_CONFIG is set; run proposals without the publisher's settings" >&2
    exit 2
fi

mkdir -p "$target"
roadmap check
roadmap diff "$base..HEAD" --format markdown >"$target/comment.md"
roadmap build "$target/site"
