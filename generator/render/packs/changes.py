"""The change log: what changed in meaning since the last issue, weaker things first, then the records by kind."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from generator.diff.comparison import Comparison
from generator.diff.effects import Effect, Weight
from generator.diff.records import RecordChange
from generator.kinds import KINDS
from generator.model.change import Change
from generator.render.packs import format as fmt
from generator.render.packs.source import PackSource
from generator.views.changes import Sentence, sentences
from generator.views.shown import ref

MOST_NAMES = 8
MOST_EDITS = 24
LONGEST_EDIT = 170
LONGEST_AFFECTED = 95
DAY = re.compile(r"\b(?:19|20)\d\d-(?:0[1-9]|1[0-2])-[0-3]\d\b")
KEY = re.compile(r"\b(?:phase|role|cohort|unit|system):([a-z][a-z0-9-]*)")
SIGNS = {Weight.BLOCKS: ("▼", "Weaker"), Weight.NOTE: ("◆", "To be noted"), Weight.BETTER: ("▲", "Stronger")}
QUIET = frozenset({"snapshot", "import", "exposure"})  # kinds that only grow: counted, not named


@dataclass(frozen=True, slots=True)
class EffectRow:
    """One consequence of the changes."""

    sign: str
    meaning: str
    title: str
    about: str
    key: str
    before: str
    after: str
    needs: str
    affected: str


@dataclass(frozen=True, slots=True)
class Grown:
    """Records of one kind that came or went."""

    kind: str
    came: str
    went: str


@dataclass(frozen=True, slots=True)
class ChangesContext:
    """The change log."""

    sentence: str
    comparison: Comparison | None
    effects: tuple[EffectRow, ...]
    edits: tuple[Sentence, ...]
    edits_left: int
    grown: tuple[Grown, ...]
    administrative: int


def change_log(source: PackSource) -> ChangesContext:
    """What lies between the previous issue and this one, judged on the same day."""
    found = source.comparison
    if found is None:
        return ChangesContext("First issue: there is no earlier state to compare with", None, (), (), 0, (), 0)
    edits = _edits(source, found)
    return ChangesContext(
        _sentence(source, found),
        found,
        tuple(_effect_rows(source, found.effects)),
        edits[:MOST_EDITS],
        max(len(edits) - MOST_EDITS, 0),
        tuple(_grown(found.records)),
        len(found.administrative),
    )


def _sentence(source: PackSource, found: Comparison) -> str:
    commit = found.old.commit
    begin = f"{commit.id[:8]} of {fmt.day(commit.committed.date())}" if commit else found.old.name
    what = "the previous issue" if source.request.since else "the state a quarter before, for this is the first issue"
    return (
        f"From {what}, commit {begin}, to this pack as recorded up to {fmt.day(source.commit.committed.date())}; "
        f"both judged on {fmt.day(source.as_of)} · "
        f"{fmt.plural(len(found.meaningful), 'record')} changed in meaning, "
        f"{fmt.plural(len(found.effects), 'consequence')}"
    )


def _effect_rows(source: PackSource, effects: Iterable[Effect]) -> list[EffectRow]:
    """A row an effect; the cells of the matrix that change alike for the same people share one."""
    groups: dict[tuple[object, ...], list[Effect]] = {}
    for effect in effects:
        alone = () if effect.key.startswith("matrix/") else (effect.key, effect.after)
        groups.setdefault(
            (effect.weight, effect.sort, effect.affected, effect.before, effect.needs, *alone), []
        ).append(effect)
    return [_effect_row(source, group) for group in groups.values()]


def _effect_row(source: PackSource, group: list[Effect]) -> EffectRow:
    first = group[0]
    sign, meaning = SIGNS[first.weight]
    afters = list(dict.fromkeys(effect.after for effect in group))
    return EffectRow(
        sign,
        meaning,
        first.title,
        "; ".join(_about(source, effect.key) for effect in group),
        first.key,
        _spoken(source, first.before),
        "; ".join(_spoken(source, after) for after in afters),
        first.needs.removeprefix("nothing: "),  # the column is of decisions, not of what is needed
        _clipped(first.affected, LONGEST_AFFECTED),
    )


def _about(source: PackSource, key: str) -> str:
    """What an effect is about: the record, or for a cell of the matrix its module, for several the role."""
    portal = source.judgement.portal
    parts = key.partition("#")[0].split("/")
    return ref(portal, (parts[2] or parts[1]) if parts[0] == "matrix" and len(parts) > 2 else "/".join(parts)).title


def _spoken(source: PackSource, text: str) -> str:
    """Days, operators and records in a change the way the rest of the pack writes them."""
    portal = source.judgement.portal
    text = DAY.sub(lambda match: fmt.partial_day(match[0]), text)
    text = KEY.sub(lambda match: ref(portal, match[1]).title, text)
    return (
        text.replace(">=", f"≥{fmt.NO_BREAK}")
        .replace("<=", f"≤{fmt.NO_BREAK}")
        .replace(f"{fmt.NO_BREAK} ", fmt.NO_BREAK)
    )


def _clipped(text: str, longest: int) -> str:
    return text if len(text) <= longest else text[:longest].rsplit(" ", 1)[0] + " …"


def _edits(source: PackSource, found: Comparison) -> tuple[Sentence, ...]:
    changed: list[Change] = [
        change for record in found.meaningful if record.sort == "changed" for change in record.changes
    ]
    told = sentences(source.judgement.portal, changed, found.old.judgement.portal)
    return tuple(each for each in told if len(each.text) <= LONGEST_EDIT)


def _grown(records: Iterable[RecordChange]) -> list[Grown]:
    whole = sorted((record for record in records if record.sort != "changed"), key=lambda record: record.kind)
    groups = {kind: list(group) for kind, group in groupby(whole, key=lambda record: record.kind)}
    return [
        Grown(
            kind.plural or kind.title,
            _named([record for record in groups[kind.name] if record.sort == "added"], kind.name),
            _named([record for record in groups[kind.name] if record.sort == "removed"], kind.name),
        )
        for kind in KINDS
        if kind.name in groups
    ]


def _named(records: Sequence[RecordChange], kind: str) -> str:
    if not records:
        return ""
    titles = [] if kind in QUIET else [record.title for record in records if record.title]
    names = list(dict.fromkeys(titles))
    if not names:
        return f"{len(records):,}"
    more = f"; and {len(names) - MOST_NAMES} more" if len(names) > MOST_NAMES else ""
    return f"{len(records):,}: {'; '.join(names[:MOST_NAMES])}{more}"
