"""Portals in memory: the minimal one, the same with edits, and judged ones."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from pathlib import Path

from generator.checks import RULES, lowered
from generator.commands.problems import found_problems
from generator.errors import Problem, Severity
from generator.kinds import KINDS
from generator.kinds.portal import Settings
from generator.load import Loaded, assemble, form, is_source, parse
from generator.load.tree import Tree
from generator.model.judgement import Judgement, Timeline

PORTALS = Path(__file__).parent / "portals"
CONTENT = Path(__file__).parents[1] / "content"
MINIMAL_DAY = date(2026, 2, 20)
BANK_DAY = date(2026, 11, 20)

Files = Mapping[str, bytes]


@dataclass(frozen=True)
class Judged:
    """A portal in memory with everything that was found."""

    loaded: Loaded
    judgement: Judgement
    problems: tuple[Problem, ...]

    @property
    def roots(self) -> tuple[Problem, ...]:
        """The problems that follow from no other."""
        return tuple(problem for problem in self.problems if not problem.caused_by)

    @property
    def codes(self) -> tuple[str, ...]:
        """The codes of the roots."""
        return tuple(problem.code for problem in self.roots)

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The roots that refuse the content."""
        return tuple(problem for problem in self.roots if problem.severity is Severity.ERROR)


def files_below(folder: Path) -> dict[str, bytes]:
    """Path below the folder -> bytes."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


@cache
def _minimal() -> dict[str, bytes]:
    return files_below(PORTALS / "minimal")


def minimal_files() -> dict[str, bytes]:
    """One record of each kind, clean."""
    return dict(_minimal())


@lru_cache(maxsize=1024)
def _parsed(form_name: str, data: bytes) -> Tree:
    return parse(form_name, data)


def loaded(files: Files) -> Loaded:
    """The portal of these files."""
    trees = {path: _parsed(form(path), data) for path, data in files.items() if form(path) and is_source(path)}
    return assemble(trees, files, KINDS)


def judged(files: Files, as_of: date = MINIMAL_DAY, timeline: Timeline | None = None) -> Judged:
    """The portal of these files, judged on a day by every rule."""
    found = loaded(files)
    settings = next(iter(found.portal.all(Settings)), None)
    judgement = Judgement(as_of, found.portal.seen_on(as_of), timeline=timeline or Timeline())
    return Judged(found, judgement, found_problems(found, judgement, lowered(RULES, settings, as_of)))


def edited(files: Files, path: str, old: str, new: str) -> dict[str, bytes]:
    """The files with one text replaced once; fails where it does not stand exactly once."""
    text = files[path].decode()
    if text.count(old) != 1:
        message = f"{path} holds {old!r} {text.count(old)} times"
        raise AssertionError(message)
    return {**files, path: text.replace(old, new).encode()}


def shown(problems: Iterable[Problem]) -> list[str]:
    """One line a problem, as the command prints them."""
    return [
        f"{p.position.path}:{p.position.line}:{p.position.column}: {p.severity}: {p.code} {p.message}" for p in problems
    ]
