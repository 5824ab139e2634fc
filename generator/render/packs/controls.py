"""The sections on the pack itself: document control, contents, open warnings, manifest, how to verify."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from generator.errors import Problem, Severity
from generator.evidence.manifest import MANIFEST_FILE, Source
from generator.evidence.request import REQUEST_FILE
from generator.render.packs import format as fmt
from generator.render.packs.source import AttachedFile, PackSource
from generator.views.decisions import waivers
from generator.views.shown import ref

TOOLCHAIN_WORDS = {
    "generator": "Generator",
    "lock": "Lock digest",
    "python": "Python",
    "weasyprint": "WeasyPrint",
    "pango": "Pango",
    "harfbuzz": "HarfBuzz",
    "fontconfig": "FontConfig",
    "fonts": "Fonts digest",
}
LONGEST_VERSION = 24
MOST_ALIKE = 8  # more findings of one rule in one file share a row
FILTERS = (("phases", "phases"), ("roles", "roles"), ("obligations", "obligations"))


@dataclass(frozen=True, slots=True)
class ControlContext:
    """Who the pack is for and how it was made."""

    owner: str
    narrowed: str
    retention: str
    contact: str
    toolchain: tuple[tuple[str, str], ...]
    attached: str
    withheld: str


def control(source: PackSource) -> ControlContext:
    """Facts of the pack record, the settings and the request."""
    portal = source.judgement.portal
    narrowed = [
        f"{word}: {'; '.join(ref(portal, key).title for key in keys)}"
        for field, word in FILTERS
        if (keys := getattr(source.pack.filter, field))
    ]
    years = source.settings.retention_years
    tools = source.request.toolchain
    named = [name for name in TOOLCHAIN_WORDS if name in tools] + sorted(tools.keys() - TOOLCHAIN_WORDS.keys())
    return ControlContext(
        owner=ref(portal, source.pack.owner or source.settings.owner).title,
        narrowed="; ".join(narrowed) or "nothing: the whole programme",
        retention=f"{fmt.plural(years, 'year')}, to 31 December {source.as_of.year + years}",
        contact=source.settings.contact,
        toolchain=tuple((TOOLCHAIN_WORDS.get(name, fmt.words(name)), _version(tools[name])) for name in named),
        attached=f"{fmt.plural(_sources_attached(source), 'source')}, request, manifest",
        withheld=_withheld(source),
    )


def _sources_attached(source: PackSource) -> int:
    return sum(path not in (MANIFEST_FILE, REQUEST_FILE) for path in source.manifest.attachments)


def _withheld(source: PackSource) -> str:
    if not source.withheld:
        return ""
    verb = "is" if source.withheld == 1 else "are"
    amount = fmt.plural(source.withheld, "record")
    return f"{amount} above the audience “{source.request.audience}” {verb} not printed and not attached."


def _version(value: str) -> str:
    version, plus, build = value.partition("+")
    if plus:
        return f"{version} ({build[:12]}…)" if len(build) > LONGEST_VERSION else value
    return f"{value[:16]}…" if len(value) > LONGEST_VERSION else value


@dataclass(frozen=True, slots=True)
class ContentsContext:
    """The sections with their numbers (filled in by the document) and the attachments."""

    attached: tuple[AttachedFile, ...]


def contents(source: PackSource) -> ContentsContext:
    """The list of attachments; the document adds its sections."""
    return ContentsContext(source.attached)


@dataclass(frozen=True, slots=True)
class Lowered:
    """A rule whose errors are warnings until a day."""

    code: str
    until: date
    decision: str


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """What a decision waives."""

    decision: str
    what: str
    until: date | None


@dataclass(frozen=True, slots=True)
class FindingRow:
    """A finding, or the many of one rule in one file: the first one's words and every line."""

    is_error: bool
    code: str
    message: str
    path: str
    lines: str
    more: int


@dataclass(frozen=True, slots=True)
class WarningsContext:
    """What the rules found and what was lowered or waived."""

    problems: tuple[FindingRow, ...]
    lowered: tuple[Lowered, ...]
    raised: tuple[str, ...]
    waivers: tuple[WaiverLine, ...]


def warnings(source: PackSource) -> WarningsContext:
    """Errors first; consequences of another problem are left out."""
    portal = source.judgement.portal
    problems = sorted(
        (problem for problem in source.problems if not problem.caused_by),
        key=lambda p: (p.severity is not Severity.ERROR, p.code, p.position, p.message),
    )
    lowered = (
        Lowered(code, waiver.until, ref(portal, waiver.decision).title)
        for code, waiver in sorted(source.settings.waive.items())
    )
    running = (
        WaiverLine(
            each.decision.title,
            " ".join(filter(None, (each.rule, each.subject.title if each.subject else ""))),
            each.until,
        )
        for each in waivers(source.judgement)
        if each.until is None or each.until >= source.as_of
    )
    return WarningsContext(tuple(finding_rows(problems)), tuple(lowered), source.settings.strict, tuple(running))


def finding_rows(problems: list[Problem]) -> Iterator[FindingRow]:
    """A row a finding; very many of one rule in one file share a row that names all their lines."""
    for (error, code, path), group in groupby(
        problems, key=lambda p: (p.severity is Severity.ERROR, p.code, p.position.path)
    ):
        found = list(group)
        if len(found) <= MOST_ALIKE:
            yield from (FindingRow(error, code, one.message, path, str(one.position.line), 0) for one in found)
        else:
            lines = ", ".join(str(line) for line in sorted({one.position.line for one in found}))
            yield FindingRow(error, code, found[0].message, path, lines, len(found) - 1)


@dataclass(frozen=True, slots=True)
class ManifestContext:
    """Every source file and the digest of the machine-readable list."""

    rows: tuple[Source, ...]
    digest: str


def manifest(source: PackSource) -> ManifestContext:
    """The manifest's rows, by path."""
    return ManifestContext(source.manifest.sources, source.manifest_digest)


def verification(source: PackSource) -> PackSource:
    """How to verify needs nothing but the pack's own facts."""
    return source
