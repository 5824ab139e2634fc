"""The history of one record, as text and as JSON; names and dates are what git recorded, as claims."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping

from generator.diff.records import before_and_after, field_text
from generator.model.change import Change
from generator.model.judgement import Commit, Step

Steps = Iterable[tuple[Step, tuple[Change, ...]]]
_WIDTH = 100


def as_text(key: str, steps: Steps) -> str:
    """One block a step: when, which commit, who by its claim, and each field before and after."""
    return f"{key}\n" + "".join(_block(step, found) for step, found in steps)


def as_json(key: str, steps: Steps) -> str:
    """One JSON object with the steps, newest first."""
    raw = {"key": key, "steps": [_step(step, found) for step, found in steps]}
    return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[str, Steps], str]] = {"text": as_text, "json": as_json}


def authors(step: Step) -> tuple[str, ...]:
    """Who wrote what a step brought, by their own claim: the merged commits' authors, else the commit's."""
    brought = [commit for commit in step.merged if commit.files] or [step.commit]
    return tuple(dict.fromkeys(commit.author.name for commit in brought))


def _block(step: Step, found: tuple[Change, ...]) -> str:
    commit = step.commit
    head = (
        f"\n{commit.committed:%Y-%m-%d %H:%M} UTC  {commit.id[:10]}  {', '.join(authors(step))}\n  {_subject(step)}\n"
    )
    return head + "".join(f"    {line}\n" for line in _lines(found))


def _subject(step: Step) -> str:
    """What a merge is about stands in the commits that it brought."""
    return step.merged[-1].subject if step.merged else step.commit.subject


def _lines(found: tuple[Change, ...]) -> Iterator[str]:
    for change in found:
        if change.added:
            yield "added"
        elif change.removed:
            yield "removed"
        else:
            before, after = before_and_after(change, _WIDTH)
            yield f"{field_text(change)}: {before} -> {after}"


def _step(step: Step, found: tuple[Change, ...]) -> dict[str, object]:
    return {
        "commit": step.commit.id,
        "committed": step.commit.committed.isoformat(),
        "subject": step.commit.subject,
        "authors_claimed": list(authors(step)),
        "merged": [_commit(commit) for commit in step.merged],
        "changes": [{"field": list(change.field), "old": change.old, "new": change.new} for change in found],
    }


def _commit(commit: Commit) -> dict[str, object]:
    return {"commit": commit.id, "subject": commit.subject, "author_claimed": commit.author.name}
