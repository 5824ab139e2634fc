"""Problems as people and machines read them: text with excerpt and caret, JSON, GitHub, GitLab, SARIF 2.1.0."""

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.errors import Problem, Severity
from generator.model.kind import Rule

_WIDTH = 96  # of an excerpt; longer lines are clipped round the caret
_SHOWN_CONSEQUENCES = 3  # of one cause, as text
_GITLAB_SEVERITY = {Severity.ERROR: "major", Severity.WARNING: "minor"}


@dataclass(frozen=True, slots=True)
class Listing:
    """Problems, where the content folder stands, the lines for excerpts, and the rules for machine formats."""

    problems: tuple[Problem, ...]
    root: str
    lines: Mapping[str, Sequence[str]]
    rules: tuple[Rule, ...] = ()

    def path(self, problem: Problem) -> str:
        """The problem's file from the repository's top."""
        return self.root + problem.position.path


def as_text(listing: Listing) -> str:
    """One block a problem: place, severity, code, message, the line with a caret, the way out; then a summary."""
    blocks = [_block(listing, problem) for problem in listing.problems if not problem.caused_by]
    blocks.extend(_consequences(listing))
    return "".join(f"{block}\n" for block in (*blocks, summary(listing.problems)))


def _consequences(listing: Listing) -> Iterator[str]:
    """A few problems a cause, then how many more: hundreds of them would push the mistake itself off the screen."""
    seen = Counter(problem.caused_by for problem in listing.problems if problem.caused_by)
    told: Counter[str] = Counter()
    for problem in listing.problems:
        cause = problem.caused_by
        told[cause] += bool(cause)
        if cause and told[cause] <= _SHOWN_CONSEQUENCES:
            line = f"{_place(listing, problem)}: {problem.severity}: {problem.code} {problem.message}"
            yield f"{line}\n  caused by {_from_top(listing, cause)}"
        elif cause and told[cause] == seen[cause]:
            hidden = seen[cause] - _SHOWN_CONSEQUENCES
            place = _from_top(listing, cause)
            yield f"... and {hidden} more caused by {place}; they go away with it (--format json lists them)"


def _from_top(listing: Listing, cause: str) -> str:
    """A cause with its file from the repository's top."""
    code, _, place = cause.partition(" ")
    return f"{code} {listing.root}{place}"


def summary(problems: Iterable[Problem]) -> str:
    """The closing line: how many errors and warnings, and how many only follow from them."""
    found = list(problems)
    roots = [problem for problem in found if not problem.caused_by]
    errors = sum(problem.severity is Severity.ERROR for problem in roots)
    warnings = len(roots) - errors
    text = f"{errors} error{'' if errors == 1 else 's'}, {warnings} warning{'' if warnings == 1 else 's'}"
    following = len(found) - len(roots)
    return text + (f", {following} more that follow{'s' if following == 1 else ''} from them" if following else "")


def as_json(listing: Listing) -> str:
    """A JSON array with one object a problem; paths from the repository's top."""
    return json.dumps([_object(listing, problem) for problem in listing.problems], ensure_ascii=False, indent=1) + "\n"


def as_github(listing: Listing) -> str:
    """GitHub workflow commands, one annotation a problem."""
    return "".join(
        f"::{problem.severity} file={_property(listing.path(problem))},line={problem.position.line},"
        f"col={problem.position.column},title={_property(problem.code)}::{_data(_sentence(problem))}\n"
        for problem in listing.problems
    )


def as_gitlab(listing: Listing) -> str:
    """A GitLab Code Quality report; fingerprints do not depend on the line."""
    rows = []
    seen: dict[str, int] = {}
    for problem in listing.problems:
        identity = "\0".join((problem.code, listing.path(problem), problem.key, problem.message))
        seen[identity] = seen.get(identity, 0) + 1
        rows.append(
            {
                "description": _sentence(problem),
                "check_name": problem.code,
                "fingerprint": hashlib.sha256(f"{identity}\0{seen[identity]}".encode()).hexdigest(),
                "severity": _GITLAB_SEVERITY[problem.severity],
                "location": {"path": listing.path(problem), "lines": {"begin": problem.position.line}},
            }
        )
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def as_sarif(listing: Listing) -> str:
    """A SARIF 2.1.0 log with the rules that were judged (OASIS sarif-v2.1.0)."""
    driver = {
        "name": "roadmap",
        "rules": [
            {
                "id": rule.code,
                "shortDescription": {"text": rule.title},
                "fullDescription": {"text": rule.why},
                "help": {"text": rule.remedy},
                "defaultConfiguration": {"level": str(rule.severity)},
            }
            for rule in listing.rules
        ],
    }
    results = [_sarif_result(listing, problem) for problem in listing.problems]
    log = {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{"tool": {"driver": driver}, "columnKind": "unicodeCodePoints", "results": results}],
    }
    return json.dumps(log, ensure_ascii=False, indent=1) + "\n"


FORMATS: Mapping[str, Callable[[Listing], str]] = {
    "text": as_text,
    "json": as_json,
    "github": as_github,
    "gitlab": as_gitlab,
    "sarif": as_sarif,
}


def _block(listing: Listing, problem: Problem) -> str:
    lines = [f"{_place(listing, problem)}: {problem.severity}: {problem.code} {problem.message}"]
    excerpt = _excerpt(listing, problem)
    if excerpt:
        lines.extend(excerpt)
    if problem.remedy:
        lines.append(f"  help: {problem.remedy}")
    return "\n".join(lines)


def _place(listing: Listing, problem: Problem) -> str:
    if not problem.position.path:
        return "the repository"
    return f"{listing.path(problem)}:{problem.position.line}:{problem.position.column}"


def _excerpt(listing: Listing, problem: Problem) -> list[str]:
    """The source line and a caret below the place; control characters are shown as �."""
    lines = listing.lines.get(problem.position.path, ())
    number, column = problem.position.line, problem.position.column
    if not 0 < number <= len(lines) or not lines[number - 1].strip():
        return []
    line = "".join(c if c.isprintable() else "\ufffd" for c in lines[number - 1])
    start = max(0, min(column - 1 - _WIDTH // 2, len(line) - _WIDTH))
    shown = ("…" if start else "") + line[start : start + _WIDTH] + ("…" if start + _WIDTH < len(line) else "")
    caret = column - 1 - start + bool(start)
    gutter = f"  {number} | "
    return [gutter + shown, " " * (len(gutter) - 2) + "| " + " " * caret + "^"]


def _sentence(problem: Problem) -> str:
    caused = f" (caused by {problem.caused_by})" if problem.caused_by else ""
    return f"{problem.code} {problem.message}{caused}. {problem.remedy}".rstrip()


def _object(listing: Listing, problem: Problem) -> dict[str, object]:
    return {
        "code": problem.code,
        "severity": str(problem.severity),
        "message": problem.message,
        "path": listing.path(problem),
        "line": problem.position.line,
        "column": problem.position.column,
        "key": problem.key,
        "field": list(problem.field),
        "remedy": problem.remedy,
        "caused_by": problem.caused_by,
    }


def _sarif_result(listing: Listing, problem: Problem) -> dict[str, object]:
    region = {"startLine": max(1, problem.position.line), "startColumn": max(1, problem.position.column)}
    location = {"artifactLocation": {"uri": listing.path(problem)}, "region": region}
    return {
        "ruleId": problem.code,
        "level": str(problem.severity),
        "message": {"text": _sentence(problem)},
        "locations": [{"physicalLocation": location}],
    }


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
