"""What is proven of commits' dates: an anchor proves that its commit, and all before it, was there by its time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from generator.model.judgement import Anchor, Judgement
from generator.views.dates import written
from generator.views.memo import remembered


@remembered
def proven(j: Judgement) -> Mapping[str, Anchor]:
    """Commit of the main line, or merged into it -> its earliest anchor; a commit that none covers is absent."""
    anchors: dict[str, list[Anchor]] = defaultdict(list)
    for anchor in j.anchors:
        anchors[anchor.commit].append(anchor)
    found: dict[str, Anchor] = {}
    earliest: Anchor | None = None
    for step in reversed(j.timeline.steps):
        later = [earliest] if earliest else []
        earliest = min((*anchors.get(step.commit.id, ()), *later), key=lambda anchor: anchor.by, default=None)
        if earliest:
            found |= dict.fromkeys((step.commit.id, *(commit.id for commit in step.merged)), earliest)
    return found


def dated(j: Judgement, commit: str) -> str:
    """How far a commit's date can be believed, in words."""
    anchor = proven(j).get(commit)
    if anchor is None:
        return "dated as claimed by committer"
    return f"existed by {written(anchor.by.date())} (time-stamped: {anchor.proof})"
