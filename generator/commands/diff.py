"""`roadmap diff`: what changed between two states, by record and in meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.commands.programme import Programme, Selection, load_programme
from generator.commands.world import World
from generator.diff.comparison import Comparison, Side
from generator.diff.meaning import effects
from generator.diff.records import record_changes
from generator.errors import UsageError
from generator.model.change import changes
from generator.model.fields import Classification
from generator.model.judgement import FileChange
from generator.model.portal import Portal
from generator.views.kpis import head_counts
from generator.views.matrix import people_in

WORK_TREE = "the work tree"


@dataclass(frozen=True, slots=True)
class Range:
    """Two revisions; an empty one is the work tree."""

    old: str
    new: str


def parsed_range(text: str) -> Range:
    """`A..B`; `A..` and `A` compare with the work tree, `..B` starts at HEAD. Raises UsageError."""
    if "..." in text:
        raise UsageError(f'"{text}" has three dots', remedy="write A..B; for a branch, A is where it left the main one")
    old, _, new = text.partition("..")
    return Range(old or "HEAD", new)


def diff(world: World, between: Range, as_of: date | None, audience: Classification) -> Comparison:
    """Compare two states, both judged on one day: the given one, else the newer state's. Raises HistoryError."""
    new = load_programme(world, Selection(between.new, as_of, audience))
    old = load_programme(world, Selection(between.old, new.judgement.as_of, audience))
    return compared(old, new, audience, between)


def compared(old: Programme, new: Programme, audience: Classification, between: Range) -> Comparison:
    """What lies between two programmes that are judged on the same day."""
    # What is withheld now has not gone: it was never there for this audience.
    before, after = _seen(old, audience).withholding(new.never_seen), _seen(new, audience)
    found = changes(before.canonical, after.canonical)
    judged = replace(old.judgement, portal=old.judgement.portal.withholding(new.never_seen))
    meant = effects(judged, new.judgement, found)
    names = (*old.withheld_names, *new.withheld_names)
    touched = tuple(sorted({role for effect in meant for role in effect.roles}))
    everyone = tuple(role for role, _ in head_counts(new.judgement))
    return Comparison(
        _side(between.old, replace(old, judgement=judged), committed=True),
        _side(between.new, new, committed=bool(between.new)),
        record_changes(before, after, found),
        tuple(change for change in file_changes(old.files, new.files) if not any(n in change.path for n in names)),
        meant,
        (people_in(new.judgement, touched), people_in(new.judgement, everyone)),
    )


def _seen(programme: Programme, audience: Classification) -> Portal:
    """Everything on record that the audience may see, also what is dated later than the day of judgement."""
    default = programme.settings.classification if programme.settings else None
    return programme.loaded.portal.for_audience(audience, default or Classification.INTERNAL)


def file_changes(old: Mapping[str, str], new: Mapping[str, str]) -> tuple[FileChange, ...]:
    """The files that differ, by path."""
    found = []
    for path in sorted(old.keys() | new.keys()):
        before, after = old.get(path, ""), new.get(path, "")
        if before != after:
            found.append(FileChange("M" if before and after else "A" if after else "D", path, before, after))
    return tuple(found)


def _side(name: str, programme: Programme, *, committed: bool) -> Side:
    commit = programme.commit if committed else None
    return Side(name if committed else WORK_TREE, commit, programme.judgement, len(programme.errors))
