"""From a selection (which commit, which day, which audience) to a judged programme: what every command starts with."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from zoneinfo import ZoneInfo

from generator.checks import RULES, lowered
from generator.commands.detached import detached_signatures
from generator.commands.problems import found_problems
from generator.commands.sources import SourceFiles, committed_files, source_files
from generator.commands.timeline import timeline
from generator.commands.world import World
from generator.errors import ContentError, Position, Problem, Severity
from generator.kinds import KINDS
from generator.kinds.portal import Settings
from generator.load import Loaded, assemble
from generator.model.fields import Classification, is_id
from generator.model.judgement import Commit, Judgement, Timeline
from generator.views.past import local_day

SETTINGS = "portal.yaml"
NO_SETTINGS = Problem(
    "SCH002",
    Severity.ERROR,
    "the portal's settings are missing: there is no portal.yaml",
    Position(SETTINGS),
    remedy="Restore the file from git; a new programme gets one by `roadmap init`.",
)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which state is judged, on which day, for whom.

    An empty `commit` is the work tree; no `as_of` is the commit's day, or today with uncommitted changes;
    `tree_only` leaves history, and the rules on change, out.
    """

    commit: str = ""
    as_of: date | None = None
    audience: Classification = Classification.RESTRICTED
    tree_only: bool = False


@dataclass(frozen=True)
class Programme:
    """A judged state: the portal with its past, all problems, the files it came from, the commit if there is one."""

    judgement: Judgement
    loaded: Loaded
    settings: Settings | None
    source: SourceFiles
    commit: Commit | None
    note: str
    problems: tuple[Problem, ...] = field(default=())
    audience: Classification = Classification.RESTRICTED

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that refuse the content."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    @cached_property
    def withheld(self) -> frozenset[str]:
        """The keys of the records that the audience does not see."""
        seen = self.loaded.portal.seen_on(self.judgement.as_of)
        return frozenset(seen.entries.keys() - self.judgement.portal.entries.keys())

    @cached_property
    def never_seen(self) -> frozenset[str]:
        """The keys of the records that this audience sees on no day."""
        default = (self.settings and self.settings.classification) or Classification.INTERNAL
        seen = self.loaded.portal.for_audience(self.audience, default)
        return frozenset(self.loaded.portal.entries.keys() - seen.entries.keys())

    @cached_property
    def withheld_names(self) -> tuple[str, ...]:
        """The ids of records that this audience sees on no day."""
        return tuple(sorted(key for key in self.never_seen if is_id(key)))

    @cached_property
    def withheld_paths(self) -> frozenset[str]:
        """The files that hold a record that this audience sees on no day."""
        return frozenset(self.loaded.portal.entries[key].path for key in self.never_seen)

    @property
    def shown_problems(self) -> tuple[Problem, ...]:
        """The problems that tell of no record withheld from the audience."""
        names = (*self.withheld_names, *(key for key in self.withheld if "/" in key))
        return tuple(
            problem
            for problem in self.problems
            if problem.key not in self.never_seen
            and (problem.key or problem.position.path not in self.withheld_paths)
            and not any(name in problem.message or name in problem.position.path for name in names)
        )

    @property
    def files(self) -> Mapping[str, str]:
        """Path below the content folder -> blob id."""
        return self.source.blobs

    def withholding(self, keys: frozenset[str]) -> "Programme":
        """The same programme without these records, now and in the past, and without problems that name one."""
        if not keys:
            return self
        problems = tuple(
            problem
            for problem in self.problems
            if problem.key not in keys
            and not any(key in problem.message or key in problem.position.path for key in keys if is_id(key))
        )
        return replace(self, judgement=self.judgement.withholding(keys), problems=problems)

    def clean(self) -> "Programme":
        """The same programme; raises ContentError when it has errors."""
        if self.errors:
            raise ContentError(self.problems, self.source.root)
        return self


def load_programme(world: World, selection: Selection) -> Programme:
    """Load, judge and check one state of the sources. Raises HistoryError and StorageError, never ContentError."""
    commit = _commit(world, selection)
    committed = bool(commit and selection.commit)
    tree = world.history.tree(commit.id) if commit and committed else world.tree
    source = (committed_files if committed else source_files)(tree, world.cache)
    loaded = assemble(source.trees, source.blobs, KINDS)
    settings = next(iter(loaded.portal.all(Settings)), None)
    as_of, note = _as_of(world, selection, commit, settings)
    past = timeline(world.history, world.cache, commit.id) if commit else Timeline()
    judgement = Judgement(as_of, loaded.portal.seen_on(as_of), timeline=past)
    problems = found_problems(loaded, judgement, lowered(RULES, settings, as_of), _as_recorded(judgement, loaded))
    if not selection.tree_only:
        problems = (*detached_signatures(world.history, tree, loaded.portal), *problems)
    default = settings.classification if settings else None
    shown = judgement.for_audience(selection.audience, default or Classification.INTERNAL)
    return Programme(shown, loaded, settings, source, commit, note, problems, selection.audience)


def _as_recorded(judgement: Judgement, loaded: Loaded) -> Judgement:
    """The same state on the day of its newest commit, where that is later: an edit since the day asked for counts."""
    settings = next(iter(loaded.portal.all(Settings)), None)
    zone = ZoneInfo(settings.timezone if settings else "UTC")
    days = (local_day(step.commit.committed, zone) for step in judgement.timeline.steps)
    last = max(days, default=judgement.as_of)
    return replace(judgement, as_of=last, portal=loaded.portal.seen_on(last)) if last > judgement.as_of else judgement


def with_texts(programme: Programme, texts: Mapping[str, str]) -> Programme:
    """The programme with rendered Markdown at hand."""
    return replace(programme, judgement=replace(programme.judgement, texts=texts))


def _commit(world: World, selection: Selection) -> Commit | None:
    if selection.commit:
        return world.history.commit(selection.commit)
    if selection.tree_only:
        return None
    return world.history.commit("HEAD")


def _as_of(world: World, selection: Selection, commit: Commit | None, settings: Settings | None) -> tuple[date, str]:
    zone = ZoneInfo(settings.timezone if settings else "UTC")
    if selection.as_of:
        return selection.as_of, f"judged as of {selection.as_of} (given)"
    if commit is not None and (selection.commit or world.history.is_clean()):
        day = local_day(commit.committed, zone)
        return day, f"judged as of {day}, the day of commit {commit.id[:10]}"
    day = world.clock.now().astimezone(zone).date()
    reason = (
        "no history is read"
        if commit is None
        else ("there are uncommitted changes; rules on change judge commits: `roadmap diff HEAD..` says what these do")
    )
    return day, f"judged as of {day}, today, because {reason}"
