"""The history of one record, as text and as JSON; names and dates are what git recorded, as claims."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.diff.records import before_and_after, field_text
from generator.model.change import Change
from generator.model.judgement import Commit, Step

_WIDTH = 100


@dataclass(frozen=True, slots=True)
class Line:
    """One step as it is shown: what changed, the decisions that came with it, and each writer's signature in words."""

    step: Step
    changes: tuple[Change, ...]
    decisions: tuple[str, ...] = ()
    signed: tuple[tuple[Commit, str], ...] = ()


def as_text(key: str, lines: Iterable[Line]) -> str:
    """One block a step: when, which commit, who by its claim, and each field before and after."""
    return f"{key}\n" + "".join(_block(line) for line in lines)


def as_json(key: str, lines: Iterable[Line]) -> str:
    """One JSON object with the steps, newest first."""
    return json.dumps({"key": key, "steps": [_step(line) for line in lines]}, ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[str, Iterable[Line]], str]] = {"text": as_text, "json": as_json}


def _block(line: Line) -> str:
    commit = line.step.commit
    authors = dict.fromkeys(writer.author.name for writer, _ in line.signed) or {commit.author.name: None}
    head = f"\n{commit.committed:%Y-%m-%d %H:%M} UTC  {commit.id[:10]}  {', '.join(authors)}\n"
    subject = line.step.merged[-1].subject if line.step.merged else commit.subject
    decided = f"  decided by {', '.join(line.decisions)}\n" if line.decisions else ""
    signed = "".join(f"  {writer.id[:10]} {words}\n" for writer, words in line.signed if words != "not signed")
    return f"{head}  {subject}\n{decided}{signed}" + "".join(f"    {text}\n" for text in _fields(line.changes))


def _fields(found: tuple[Change, ...]) -> Iterator[str]:
    for change in found:
        if change.added:
            yield "added"
        elif change.removed:
            yield "removed"
        else:
            before, after = before_and_after(change, _WIDTH)
            yield f"{field_text(change)}: {before} -> {after}"


def _step(line: Line) -> dict[str, object]:
    commit = line.step.commit
    return {
        "commit": commit.id,
        "committed_claimed": commit.committed.isoformat(),
        "committer_claimed": commit.committer.name,
        "subject": commit.subject,
        "decisions": list(line.decisions),
        "written_by": [_writer(writer, words) for writer, words in line.signed],
        "changes": [{"field": list(change.field), "old": change.old, "new": change.new} for change in line.changes],
    }


def _writer(commit: Commit, words: str) -> dict[str, object]:
    return {"commit": commit.id, "subject": commit.subject, "author_claimed": commit.author.name, "signature": words}
