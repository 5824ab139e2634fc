"""What views, checks and pages judge: a portal at a date, its past, and the packs issued."""

from __future__ import annotations

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from generator.model.audience import Past, unnamed
from generator.model.change import Change
from generator.model.fields import Classification
from generator.model.portal import Portal
from generator.model.record import Json

NOT_SHOWN = "a change of records that are not shown here"


@dataclass(frozen=True, slots=True)
class Person:
    """Who git recorded, as a claim: the name and e-mail written in the commit."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class FileChange:
    """One file in one commit: A added, M modified, D deleted; blob ids are empty where there is none."""

    status: str
    path: str
    old_blob: str
    new_blob: str


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit as recorded; dates and names are its writer's claims."""

    id: str
    tree: str
    parents: tuple[str, ...]
    author: Person
    authored: datetime
    committer: Person
    committed: datetime
    subject: str
    body: str = ""
    files: tuple[FileChange, ...] = ()
    signature: str = ""  # git's %G?: G, B, U, X, Y, R, E or empty when not asked

    def wordless(self) -> Commit:
        """The commit without its message and files: all that it changed is withheld."""
        return replace(self, subject=NOT_SHOWN, body="", files=())

    def unnamed(self, keys: AbstractSet[str]) -> Commit:
        """The commit with neutral words where its message names one of these keys."""
        subject, body = unnamed(self.subject, keys), unnamed(self.body, keys)
        return self if (subject, body) == (self.subject, self.body) else replace(self, subject=subject, body=body)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the first-parent chain: the commit and what it changed in meaning.

    `problem` names why a commit did not load; its changes are then empty and the next step that loads is compared
    with the last that did. `merged` are the commits that came in with a merge.
    """

    commit: Commit
    changes: tuple[Change, ...]
    problem: str = ""
    merged: tuple[Commit, ...] = ()

    @property
    def writers(self) -> tuple[Commit, ...]:
        """The commits that wrote what it brought: those that a merge brought in, else the commit itself."""
        return self.merged or (self.commit,)


@dataclass(frozen=True, slots=True)
class Timeline:
    """The first-parent steps, oldest first."""

    steps: tuple[Step, ...] = ()

    def of(self, key: str) -> tuple[tuple[Step, tuple[Change, ...]], ...]:
        """The steps that changed the record of that key, oldest first, each with its changes of that record."""
        found = ((step, tuple(c for c in step.changes if c.key == key)) for step in self.steps)
        return tuple((step, changed) for step, changed in found if changed)

    def seen(self, past: Past) -> Timeline:
        """The steps as an audience sees them; one that changed only what is withheld has no words of its own."""
        steps: list[Step] = []
        seen, names = past.of([step.changes for step in self.steps])
        for step, changes in zip(self.steps, seen, strict=True):
            hidden = bool(step.changes) and not changes
            commit, *merged = (one.wordless() if hidden else one.unnamed(names) for one in (step.commit, *step.merged))
            same = commit is step.commit and changes == step.changes and tuple(merged) == step.merged
            steps.append(step if same else replace(step, commit=commit, changes=changes, merged=tuple(merged)))
        return Timeline(tuple(steps))


@dataclass(frozen=True, slots=True)
class IssuedPack:
    """A pack as the ledger tells of it."""

    seq: int
    pack: str
    commit: str
    as_of: date
    issued_at: datetime
    sha256: str
    size: int
    base_sha256: str
    pages: int = 0
    profile: str = "demo"
    file: str = ""  # the download's name
    audience: Classification = Classification.RESTRICTED  # for whom it was printed


@dataclass(frozen=True, slots=True)
class Anchor:
    """That a commit, and so all that came before it, existed by an instant."""

    commit: str
    by: datetime
    proof: str  # what carries the time-stamp


@dataclass(frozen=True)
class Judgement:
    """Every view and check takes one: the portal as it is seen on `as_of`, the one before, its past, the packs.

    `withheld` counts what the audience does not see; `texts` maps a Markdown source text to its safe HTML.
    """

    as_of: date
    portal: Portal
    before: Portal | None = None
    timeline: Timeline = field(default_factory=Timeline)
    packs: tuple[IssuedPack, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)
    anchors: tuple[Anchor, ...] = ()

    def withholding(self, keys: AbstractSet[str]) -> Judgement:
        """The same judgement without these records, now and in the past, and without what needs a link to them."""
        if not keys:
            return self
        portal = self.portal.withholding(keys)
        gone = keys | (self.portal.entries.keys() - portal.entries.keys())
        past = Past(gone, portal.entries.keys(), lambda _: False)
        return replace(self, portal=portal, timeline=self.timeline.seen(past))

    def for_audience(self, audience: Classification, default: Classification) -> Judgement:
        """The same judgement without what is classified above the audience, now and in the past."""
        if audience.level == max(word.level for word in Classification):
            return self
        portal = self.portal.for_audience(audience, default)

        def is_above(classification: Json) -> bool:
            return Classification(str(classification or default)).level > audience.level

        past = Past(self.portal.entries.keys() - portal.entries.keys(), portal.entries.keys(), is_above)
        return replace(
            self,
            portal=portal,
            before=self.before and self.before.for_audience(audience, default),
            timeline=self.timeline.seen(past),
        )
