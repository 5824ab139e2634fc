"""`roadmap check`: every problem of one state of the sources."""

from collections.abc import Mapping
from dataclasses import dataclass

from generator.commands.programme import NO_SETTINGS, SETTINGS, Programme, Selection, load_programme
from generator.commands.sources import excerpt_lines
from generator.commands.tampering import tampering
from generator.commands.world import World
from generator.errors import Problem, Severity


@dataclass(frozen=True)
class Report:
    """What was found: problems with the lines they stand in, and how much was judged."""

    problems: tuple[Problem, ...]
    root: str
    lines: Mapping[str, tuple[str, ...]]
    note: str
    files: int
    records: int

    def count(self, severity: Severity) -> int:
        """How many problems of that severity are roots, not consequences."""
        return sum(problem.severity is severity and not problem.caused_by for problem in self.problems)


def check(world: World, selection: Selection) -> Report:
    """Load and judge; raises only where sources or history cannot be read."""
    programme = load_programme(world, selection)
    tree = world.history.tree(programme.commit.id) if programme.commit and selection.commit else world.tree
    missing = () if programme.settings or _told(programme, SETTINGS) else (NO_SETTINGS,)
    beside = () if selection.tree_only else _of_the_repository(world, programme)
    lines = excerpt_lines(tree, programme.files, (problem.position.path for problem in programme.problems))
    return Report(
        (*missing, *beside, *programme.problems),
        programme.source.root,
        lines,
        programme.note,
        len(programme.source.trees),
        len(programme.loaded.portal.entries),
    )


def _told(programme: Programme, path: str) -> bool:
    """Whether a problem of that file is listed already."""
    return any(problem.position.path == path for problem in programme.problems)


def _of_the_repository(world: World, programme: Programme) -> tuple[Problem, ...]:
    """What only git can tell: views that lie, history rewritten under packs."""
    return tampering(world.history, programme.judgement.timeline, world.clock.now(), _published(world))


def _published(world: World) -> list[tuple[str, str]]:
    """Each pack issued and the commit it was printed from."""
    if not world.store.ledger():
        return []
    from generator.commands.issue import issued_packs  # start-up time: only where there are any

    return [(pack.pack, pack.commit) for pack in issued_packs(world.store)]
