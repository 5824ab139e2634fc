"""A comparison as text for a terminal, as Markdown for a pull request's comment, as JSON for programs."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from itertools import islice

from generator.diff.comparison import Comparison, Side
from generator.diff.effects import Effect, Weight
from generator.diff.records import RecordChange, before_and_after, field_text
from generator.model.change import Change
from generator.views.shown import title_of

MARKER = "<!-- roadmap-diff: this comment is replaced at each push -->"
_SHOWN = 60  # records in one folded list of a comment
_WIDTH = 72  # of a value in text
_PARTS = re.compile("[/#]")
_ESCAPES = {
    "&": "&amp;", "<": "&lt;", ">": "&gt;", "|": "&#124;", "`": "&#96;", "@": "&#64;", "#": "&#35;",
    "*": "\\*", "_": "\\_", "[": "\\[", "]": "\\]", "\n": " ",
}  # fmt: skip


def as_text(found: Comparison) -> str:
    """Effects first, then every record with its fields before and after."""
    lines = [f"{_called(found.old)} .. {_called(found.new)}: {_counted(found)}; judged as of {_day(found)}"]
    for effect in found.effects:
        lines.append("")
        weight, name = effect.weight.word.lower(), _about(found, effect.key)
        lines.append(f"{weight}: {effect.title}: {name}: {effect.before} -> {effect.after}")
        lines.extend(f"  {name}: {text}" for name, text in (("who", effect.affected), ("needs", effect.needs)) if text)
    for record in found.records:
        lines.append("")
        former = f" (formerly {record.formerly})" if record.formerly else ""
        lines.append(
            f"{record.sort:8}{record.kind} {record.key}{former}" + (f"  {record.title}" if record.title else "")
        )
        lines.extend(f"  {line}" for line in _field_lines(record))
    return "\n".join(lines) + "\n"


def as_markdown(found: Comparison) -> str:
    """A comment for a pull request that says what it means, with a hidden marker to replace it by."""
    parts = [
        MARKER,
        "## Roadmap: what this change means",
        f"**{_named(found.old)} → {_named(found.new)}** · {_counted(found)} · judged as of {_day(found)}",
        _verdict(found.effects),
        _effect_table(found),
        _people(found),
        *_missing_decisions(found.effects),
        _folded("What changed, record by record", map(_record_markdown, found.meaningful), len(found.meaningful)),
        _folded("No change of meaning", map(_record_markdown, found.administrative), len(found.administrative)),
        "<sub>Counts of people come from the newest snapshot. This comment is replaced at each push.</sub>",
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def as_json(found: Comparison) -> str:
    """One JSON object: both sides, effects, records with their fields before and after."""
    raw = {
        "old": _side(found.old),
        "new": _side(found.new),
        "as_of": str(_day(found)),
        "effects": [_effect(effect) for effect in found.effects],
        "people_affected": found.people[0].known,
        "roles_not_counted": found.people[0].unknown,
        "records": [_record(record) for record in found.records],
        "files": [{"status": file.status, "path": file.path} for file in found.files],
    }
    return json.dumps(raw, ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Comparison], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _day(found: Comparison) -> date:
    return found.new.judgement.as_of


def _called(side: Side) -> str:
    return side.name if side.commit is None else f"{side.name} ({side.commit.id[:10]})"


def _named(side: Side) -> str:
    name = "the work tree" if side.commit is None else f"<code>{side.commit.id[:10]}</code>"
    return name if side.commit is None or side.commit.id.startswith(side.name) else f"{_safe(side.name)} {name}"


def _counted(found: Comparison) -> str:
    sorts = [record.sort for record in found.records]
    counts = [f"{sorts.count(sort)} {sort}" for sort in ("added", "changed", "renamed", "removed") if sort in sorts]
    files = f"{len(found.files)} source{'' if len(found.files) == 1 else 's'}"
    return f"{files}, {len(sorts)} record{'' if len(sorts) == 1 else 's'}" + (
        f" ({', '.join(counts)})" if counts else ""
    )


def _field_lines(record: RecordChange) -> Iterator[str]:
    for change in record.changes:
        if change.field:
            before, after = before_and_after(change, _WIDTH)
            yield f"{field_text(change)}: {before} -> {after}"


def _verdict(effects: Iterable[Effect]) -> str:
    weights = [effect.weight for effect in effects]
    counts = {weight: weights.count(weight) for weight in Weight}
    if not weights:
        return "> [!NOTE]\n> **Nothing weighs here: no duty, target, gate, sign-off or decision right is touched.**"
    words = f"{counts[Weight.BLOCKS]} blocking, {counts[Weight.NOTE]} to note, {counts[Weight.BETTER]} better"
    if counts[Weight.BLOCKS]:
        return f"> [!CAUTION]\n> **Not ready to merge: {words}.**"
    return f"> [!NOTE]\n> **Nothing blocks: {words}.**"


def _about(found: Comparison, key: str) -> str:
    """The titles of what a key is made of, and the key."""
    names = _titles(found, key)
    return f"{names} ({key})" if names else key


def _titles(found: Comparison, key: str) -> str:
    """What the records in a key are called: "Scale exit, Competency lift" for gat-scale-exit#kpi-competency-lift."""
    portals = (found.new.judgement.portal, found.old.judgement.portal)
    entries = (next((p.entries[part] for p in portals if part in p.entries), None) for part in _PARTS.split(key))
    return ", ".join(title for entry in entries if entry and (title := title_of(entry)) != entry.key)


def _effect_table(found: Comparison) -> str:
    rows = [_effect_row(_titles(found, effect.key), effect) for effect in found.effects]
    head = "| Weight | What | Before | After | Who is affected | Needs |\n|---|---|---|---|---|---|\n"
    return head + "\n".join(rows) if rows else ""


def _effect_row(name: str, effect: Effect) -> str:
    weight = effect.weight.word if effect.weight else f"**{effect.weight.word}**"
    what = f"**{_safe(effect.title)}**<br>" + (f"{_safe(name)}<br>" if name else "")
    texts = (_safe(text) or "–" for text in (effect.before, effect.after, effect.affected, effect.needs))
    return f"| {weight} | {what}<code>{_safe(effect.key)}</code> | {' | '.join(texts)} |"


def _people(found: Comparison) -> str:
    affected, everyone = found.people
    if not affected.is_known:
        return "**People affected: not known**"
    return f"**People affected: {affected.bound}{affected.known:,} of {everyone.known:,}**" if affected.known else ""


def _missing_decisions(effects: Iterable[Effect]) -> Iterator[str]:
    """The record that would cover each change that no decision covers."""
    missing = [effect for effect in effects if effect.sort == "unapproved"]
    if missing:
        yield "### Decision missing"
    for effect in missing:
        kind, body = effect.decision
        lines = [f"type: {kind}", "status: accepted          # proposed does not count", f"body: {body}"]
        affects = effect.key if "#" not in effect.key else f'"{effect.key}"'
        yield "```yaml\n# content/governance/decisions/dec-YYYY-NNN.md\n" + "\n".join(
            [*lines, f"affects: [{affects}]", "```"]
        )


def _record_markdown(record: RecordChange) -> str:
    title = f" {_safe(record.title)}" if record.title else ""
    head = f"- **{record.sort}** {record.kind} <code>{_safe(record.key)}</code>{title}"
    rows = [f"  - {_safe(line)}" for line in _field_lines(record)]
    former = f", formerly <code>{_safe(record.formerly)}</code>" if record.formerly else ""
    return "\n".join([head + former, *rows])


def _folded(title: str, items: Iterable[str], count: int) -> str:
    if not count:
        return ""
    shown = "\n".join(islice(items, _SHOWN))
    more = f"\n- … and {count - _SHOWN} more" if count > _SHOWN else ""
    return f"<details>\n<summary><b>{title}</b> ({count})</summary>\n\n{shown}{more}\n\n</details>"


def _safe(text: str) -> str:
    return "".join(_ESCAPES.get(character, character) for character in text)


def _side(side: Side) -> dict[str, object]:
    commit = side.commit
    return {"name": side.name, "commit": commit.id if commit else "", "errors": side.errors}


def _effect(effect: Effect) -> dict[str, object]:
    return {
        "weight": effect.weight.word.lower(),
        "sort": effect.sort,
        "title": effect.title,
        "key": effect.key,
        "before": effect.before,
        "after": effect.after,
        "affected": effect.affected,
        "needs": effect.needs,
        "roles": list(effect.roles),
    }


def _record(record: RecordChange) -> dict[str, object]:
    return {
        "key": record.key,
        "kind": record.kind,
        "title": record.title,
        "sort": record.sort,
        "path": record.path,
        "administrative": record.administrative,
        "formerly": record.formerly,
        "changes": [_change(change) for change in record.changes],
    }


def _change(change: Change) -> dict[str, object]:
    return {"field": list(change.field), "old": change.old, "new": change.new}
