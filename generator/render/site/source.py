"""What the site is rendered from, and what a page is before it is rendered."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from generator.errors import Problem
from generator.kinds.portal import Settings
from generator.model.judgement import Commit, Judgement
from generator.model.portal import Portal
from generator.model.signature import Signature


@dataclass(frozen=True, slots=True)
class Edition:
    """The site as of a quarter's end, as recorded then; `problem` says why there is none."""

    day: date
    commit: str
    committed: datetime  # as the committer claims
    problem: str = ""

    @property
    def path(self) -> str:
        """Where it stands in the site."""
        return f"as-of/{self.day}/"


@dataclass(frozen=True)
class SiteSource:
    """Everything that the pages follow from."""

    judgement: Judgement  # what the audience may see
    settings: Settings
    commit: Commit | None = None  # shown on home and evidence only: bodies carry no build-wide value
    lines: Mapping[str, int] = field(default_factory=dict)  # record key -> line in its source file
    problems: tuple[Problem, ...] = ()
    withheld: int = 0  # records above the audience
    content_root: str = "content/"
    downloads: Mapping[str, str] = field(default_factory=dict)  # pack id -> path of its PDF in the site
    signatures: Mapping[str, Signature] = field(default_factory=dict)  # commit id -> what is signed of it
    editions: tuple[Edition, ...] = ()  # those that stand beside this site, newest first
    edition: Edition | None = None  # which edition this is; None: the site itself

    @property
    def portal(self) -> Portal:
        """The records seen."""
        return self.judgement.portal


@dataclass(frozen=True, slots=True)
class Crumb:
    """A step on the way to a page; without an address it is plain text."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Draft:
    """A page before it is rendered: where it stands, what it says first, its template and the values for it."""

    path: str
    title: str
    template: str
    values: Mapping[str, object] = field(default_factory=dict)
    lede: str = ""
    crumbs: tuple[Crumb, ...] = ()
    actions: tuple[tuple[str, str], ...] = ()  # words and address of the buttons in the head
    shows: tuple[str, ...] = ()  # keys of the records it shows: their last change is the page's
    source: str = ""  # key of the record whose source the edit button opens
    judged: bool = True  # whether the as-of date decides what it says
    history: str = ""  # key of the record whose history it tells
    search: bool = True
