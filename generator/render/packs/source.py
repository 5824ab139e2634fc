"""What a pack is printed from: one judgement, its request and manifest, and what changed since the last issue."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date
from functools import cached_property

from markupsafe import Markup

from generator.diff.comparison import Comparison
from generator.errors import Problem, Severity
from generator.evidence.manifest import Manifest, Source
from generator.evidence.request import PackRequest
from generator.kinds.assurance import Pack
from generator.kinds.portal import Settings
from generator.model.judgement import Commit, Judgement
from generator.render.packs import format as fmt


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """One line of the contents page's list of attachments."""

    name: str
    what: str
    size: int


@dataclass(frozen=True)
class PackSource:
    """Everything that a pack's pages say follows from this value and from nothing else."""

    request: PackRequest
    request_digest: str
    commit: Commit
    judgement: Judgement  # what the audience may see, judged on the request's as-of date
    pack: Pack
    settings: Settings
    manifest: Manifest
    manifest_digest: str
    comparison: Comparison | None = None  # with the previous issue, or a quarter before the first one
    problems: tuple[Problem, ...] = ()
    hidden_errors: int = 0  # errors about records above the audience: they make a draft all the same
    attached: tuple[AttachedFile, ...] = ()
    withheld: int = 0  # records above the audience

    @property
    def as_of(self) -> date:
        """The effective date."""
        return self.judgement.as_of

    @property
    def demo(self) -> bool:
        """Whether the seal will be a demonstration."""
        return self.request.profile == "demo"

    @cached_property
    def errors(self) -> int:
        """Problems that refuse the content."""
        return sum(problem.severity is Severity.ERROR for problem in self.problems) + self.hidden_errors

    @property
    def draft(self) -> bool:
        """Content with errors, or another day than the pack's own, gives a draft only (PCK004)."""
        return self.errors > 0 or self.other_day

    @property
    def other_day(self) -> bool:
        """Whether it is printed as of another day than its record says."""
        return self.request.as_of != self.pack.as_of

    @property
    def language(self) -> str:
        """The document's language tag."""
        return self.settings.language

    @property
    def marking(self) -> str:
        """What every footer says: classification, DEMO, DRAFT."""
        return " · ".join(
            [str(self.request.audience).upper(), *(["DEMO"] if self.demo else []), *(["DRAFT"] if self.draft else [])]
        )

    @property
    def created(self) -> str:
        """The commit's time, the only time in the document."""
        return self.commit.committed.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    @property
    def cover_title(self) -> tuple[str, str]:
        """The title in two lines, split at its first comma."""
        first, _, second = self.pack.title.partition(", ")
        return first, second[:1].upper() + second[1:]

    def wants(self, field: str, key: str) -> bool:
        """Whether the pack's filter leaves this phase, role or obligation in; an empty filter leaves everything in."""
        chosen = getattr(self.pack.filter, field)
        return not chosen or key in chosen

    def prose(self, markdown: str | None, level: int = 3) -> Markup:
        """A Markdown field as print HTML."""
        if not markdown:
            return Markup("")
        rendered = self.judgement.texts.get(markdown)
        return fmt.prose(rendered, level) if rendered is not None else Markup("<p>%s</p>") % markdown

    def first_sentence(self, markdown: str | None) -> str:
        """The first sentence of a Markdown field as plain words."""
        words = fmt.plain(markdown or "", self.judgement.texts.get(markdown or "", ""))
        head, stop, _ = words.partition(". ")
        return head + stop.strip()

    def origin(self, *paths: str) -> Markup:
        """Where the facts come from and the newest commit among these files or folders (with a final slash)."""
        names = Markup(", ").join(Markup("%s") % name.rstrip("/") for name in paths)
        newest = max(self._rows(paths), key=lambda row: (row.authored, row.path), default=None)
        if newest is None:
            return Markup("From %s") % names
        return Markup("From %s · last changed %s by commit %s") % (
            names,
            fmt.day(newest.authored.date()),
            newest.commit[:8],
        )

    def row(self, path: str) -> Source | None:
        """The manifest's row of that file."""
        return self._by_path.get(path)

    def _rows(self, paths: Iterable[str]) -> list[Source]:
        wanted = tuple(paths)
        return [
            row
            for row in self.manifest.sources
            if any(row.path == p or (p.endswith("/") and row.path.startswith(p)) for p in wanted)
        ]

    @cached_property
    def _by_path(self) -> dict[str, Source]:
        return {row.path: row for row in self.manifest.sources}
