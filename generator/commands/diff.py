"""`roadmap diff`: what changed between two states, by record and in meaning."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from generator.commands.programme import Programme, Selection, load_programme
from generator.commands.world import World
from generator.diff.comparison import Comparison, Side
from generator.diff.meaning import effects, ranked
from generator.diff.records import record_changes
from generator.diff.reissue import reissue_effects
from generator.model.change import changes
from generator.model.fields import Classification
from generator.model.judgement import FileChange
from generator.model.portal import Portal
from generator.views.kpis import head_counts
from generator.views.people import people_in

WORK_TREE = "the work tree"


@dataclass(frozen=True, slots=True)
class Range:
    """Two revisions; an empty one is the work tree."""

    old: str
    new: str
    from_fork: bool = False  # A...B: the older one is where the two lines parted


def parsed_range(text: str) -> Range:
    """`A..B`, or `A...B` from where B left A; `A..` and `A` compare with the work tree, `..B` starts at HEAD."""
    dots = "..." if "..." in text else ".."
    old, _, new = text.partition(dots)
    return Range(old or "HEAD", new, dots == "...")


def diff(world: World, between: Range, as_of: date | None, audience: Classification) -> Comparison:
    """Compare two states, both judged on one day: the given one, else the newer state's. Raises HistoryError."""
    if between.from_fork:
        parted = world.history.merge_base(between.old, between.new or "HEAD")
        between = Range(parted, between.new)
    new = load_programme(world, Selection(between.new, as_of, audience))
    old = load_programme(world, Selection(between.old, new.judgement.as_of, audience))
    found = compared(old, new, audience, between)
    ledger = world.store.ledger()
    if not ledger:
        return found
    changed = changes(found.old.judgement.portal.canonical, found.new.judgement.portal.canonical)
    packs = reissue_effects(found.old.judgement, found.new.judgement, changed, _issued(ledger))
    return replace(found, effects=ranked((*found.effects, *packs)))


def _issued(ledger: bytes) -> frozenset[str]:
    from generator.evidence.ledger import Ledger  # only where there is one: start-up time

    return frozenset(line.pack for line in Ledger.parse(ledger).lines)


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
