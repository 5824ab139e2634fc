"""From all trees to one portal: every file claimed, ids unique, links resolved, no personal data.

Problems never stop the rest: what could be read is there, what is wrong is listed, and what only follows from a
record that failed is marked `caused_by` it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import get_close_matches

from generator.errors import FieldPath, Position, Problem, Severity
from generator.load.claims import AnyKind, claimants, glob_of
from generator.load.extract import Failed, FileRecords, file_records, names_in
from generator.load.privacy import personal_data
from generator.load.rules import REMEDIES
from generator.load.tree import Tree
from generator.load.validate import Source, place_of
from generator.model.fields import is_id
from generator.model.portal import Entry, Portal
from generator.model.words import with_article

_FORMS = ("yaml", "md", "csv")
_FORWARD = ("depends_on", "prerequisites", "parent", "superseded_by")  # links that must not come back


@dataclass(frozen=True, slots=True)
class Lost:
    """A record that is not as it was meant: its kind, the code and place of the problem, and the ids it holds.

    Where nobody can tell which ids, `names` is empty: anything of that kind may be missing.
    """

    kind: str
    place: str
    names: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Loaded:
    """Everything that could be read and everything that is wrong."""

    portal: Portal
    problems: tuple[Problem, ...]
    trees: Mapping[str, Tree]
    lost: tuple[Lost, ...]  # what findings may follow from

    def position(self, subject: str, field: FieldPath = ()) -> Position:
        """The place of a record's field, or of a file when the subject is a path."""
        entry = self.portal.entries.get(subject)
        if entry is None:
            path = subject if subject in self.trees else ""
            return Position(path or subject, *(self.trees[path].place(field) if path else (1, 1)))
        return Position(entry.path, *self.trees[entry.path].place((*entry.at, *field)))


def form(path: str) -> str:
    """The form of a source file by its ending: yaml, md or csv; empty when it is none of them."""
    ending = path.rsplit(".", 1)[-1] if "." in path else ""
    return ending if ending in _FORMS else ""


def parse(form_name: str, data: bytes) -> Tree:
    """The positioned tree of a file of that form; never raises on content."""
    from generator.load.readers import READERS  # start-up time: only files that no cache knows are read

    return READERS[form_name](data)


def is_source(path: str) -> bool:
    """Whether a file under the content folder is ours to read: not MkDocs' own pages."""
    return not path.startswith("pages/")


def assemble(trees: Mapping[str, Tree], paths: Iterable[str], kinds: tuple[AnyKind, ...]) -> Loaded:
    """The portal of these trees; `paths` are all files there are, read or not."""
    unclaimed = list(_unclaimed(paths, kinds))
    problems = list(unclaimed)
    files = [file_records(path, trees[path], kinds) for path in sorted(trees) if claimants(path, kinds)]
    for file in files:
        problems.extend(file.problems)
    twice: list[Failed] = []
    entries = list(_unique(files, trees, twice))
    problems.extend(one.problem for one in twice)
    lost = [*(failed for file in files for failed in file.failed), *twice]
    lost.extend(_misplaced(unclaimed, trees, kinds))
    untold = [Lost(one.kind, place_of(one.problem), one.names) for one in lost if one.kind]
    portal = Portal(entries)
    for problem in _link_problems(portal, trees, lost):
        problems.append(problem)
        if not problem.caused_by:  # what reads records of this kind may follow from the link
            entry = portal.entries[problem.key]
            targets = (reference.target for reference in portal.references[entry.key])
            untold.append(Lost(entry.kind.name, place_of(problem), names_in(entry.key, *targets)))
    problems.extend(_circles(portal, trees))
    problems.extend(personal_data(portal, trees))
    ordered = tuple(sorted(problems, key=lambda p: (p.position, p.code, p.message)))
    return Loaded(portal, ordered, trees, tuple(untold))


def _unclaimed(paths: Iterable[str], kinds: tuple[AnyKind, ...]) -> Iterator[Problem]:
    globs = sorted({glob for kind in kinds if (glob := glob_of(kind))})
    known = set(paths)
    for path in sorted(known):
        if not is_source(path) or claimants(path, kinds) or (path.endswith(".sig") and path[:-4] in known):
            continue
        close = get_close_matches(path, globs, n=1, cutoff=0.4)
        hint = f"; the nearest place is {close[0]}" if close else ""
        message = f"no kind claims this file{hint}"
        yield Problem("LAY001", Severity.ERROR, message, Position(path), remedy=REMEDIES["LAY001"])


def _misplaced(unclaimed: Iterable[Problem], trees: Mapping[str, Tree], kinds: tuple[AnyKind, ...]) -> Iterator[Failed]:
    """The records that links miss because their file has the wrong name, folder or ending."""
    by_prefix = {kind.prefix: kind.name for kind in kinds if kind.prefix}
    for problem in unclaimed:
        path = problem.position.path
        value = trees[path].value if path in trees else None
        for one in value if isinstance(value, list) else [value]:
            key = one.get("id") if isinstance(one, dict) else None
            if isinstance(key, str) and is_id(key):
                yield Failed(key, by_prefix.get(key.partition("-")[0], ""), problem)
        if path.endswith(".yml"):
            yield from (Failed("", kind.name, problem) for kind in claimants(f"{path[:-4]}.yaml", kinds))


def _unique(files: Iterable[FileRecords], trees: Mapping[str, Tree], twice: list[Failed]) -> Iterator[Entry]:
    first: dict[str, Entry] = {}
    for file in files:
        for entry in file.entries:
            other = first.get(entry.key)
            if other is None:
                first[entry.key] = entry
                yield entry
                continue
            line, _ = trees[other.path].place(other.at)
            word = "id" if entry.kind.key == ("id",) else "row"
            message = f'{word} "{entry.key}" is already used in {other.path}:{line}'
            field = (*entry.at, "id") if word == "id" else entry.at
            problem = Source(entry.path, trees[entry.path]).problem("REF001", message, field)
            twice.append(Failed("", entry.kind.name, problem))  # one of the two may have meant another id


def _link_problems(portal: Portal, trees: Mapping[str, Tree], lost: list[Failed]) -> Iterator[Problem]:
    causes = {one.key: one.problem for one in lost}
    nameless = {one.kind: one.problem for one in lost if not is_id(one.key)}  # any link may have meant these
    ids_by_kind: dict[str, list[str]] = defaultdict(list)
    for entry in portal.entries.values():
        ids_by_kind[entry.kind.name].append(entry.key)
    for entry in portal.entries.values():
        for reference in portal.references[entry.key]:
            target = portal.entries.get(reference.target)
            if target is not None and (
                not reference.kinds or target.kind.name in reference.kinds or "*" in reference.kinds
            ):
                continue
            name = ".".join(str(part) for part in reference.field if not isinstance(part, int))
            if target is not None:
                wanted = " or ".join(reference.kinds)
                found = with_article(target.kind.name)
                message = f'{name}: "{reference.target}" is {found}, {with_article(wanted)} is needed'
                code = "REF003"
            else:
                known = [key for kind in reference.kinds for key in ids_by_kind.get(kind, ())]
                close = [] if _numbered(reference.target) else get_close_matches(reference.target, known, n=1)
                message = f'{name}: "{reference.target}" does not exist'
                message += f'; did you mean "{close[0]}"?' if close else ""
                code = "REF002"
            problem = Source(entry.path, trees[entry.path]).problem(code, message, (*entry.at, *reference.field))
            kinds = reference.kinds if "*" not in reference.kinds else nameless
            cause = causes.get(reference.target) or next((nameless[k] for k in kinds if k in nameless), None)
            cause = cause if target is None else None
            yield replace(problem, key=entry.key, caused_by=place_of(cause) if cause else "")


def _numbered(key: str) -> bool:
    """Whether only a number tells the id from its neighbours, so that the nearest one is never what was meant."""
    return key.rsplit("-", 1)[-1].isdigit()


def _circles(portal: Portal, trees: Mapping[str, Tree]) -> Iterator[Problem]:
    """One problem a circle, at its smallest key."""
    graph: dict[str, list[tuple[str, FieldPath]]] = defaultdict(list)
    for key in portal.entries:
        for reference in portal.references[key]:
            if reference.field[0] in _FORWARD and reference.target in portal.entries:
                graph[key].append((reference.target, reference.field))
    for key in sorted(graph):
        circle = _circle(key, graph)
        if circle and min(circle) == key:
            entry = portal.entries[key]
            field = next(field for target, field in graph[key] if target == circle[1 % len(circle)])
            message = f"{' -> '.join((*circle, key))} is a circle"
            problem = Source(entry.path, trees[entry.path]).problem("REF004", message, (*entry.at, *field))
            yield replace(problem, key=key)


def _circle(start: str, graph: Mapping[str, list[tuple[str, FieldPath]]]) -> tuple[str, ...]:
    """The shortest way from `start` back to it, or nothing."""
    ways: list[tuple[str, ...]] = [(start,)]
    seen: set[str] = set()
    while ways:
        longer: list[tuple[str, ...]] = []
        for way in ways:
            for target, _ in graph.get(way[-1], ()):
                if target == start:
                    return way
                if target not in seen:
                    seen.add(target)
                    longer.append((*way, target))
        ways = longer
    return ()
