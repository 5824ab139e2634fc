"""The ports: what commands may ask of the world. Adapters fill them; tests fill them with fakes."""
# Long because everything that the core asks of the world is seen in one place.

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:  # start-up time: a port's own types are imported by those who fill or use it
    from generator.evidence.facts import PackFacts
    from generator.evidence.trust import Trust
    from generator.model.judgement import Anchor, Commit
    from generator.model.signature import Signature


class SourceTree(Protocol):
    """The files below the content folder, at one moment: the work tree or a commit. Paths are relative to it."""

    root: str  # where the content folder stands in the repository, with a final slash: "content/"
    commit: str  # full id, or empty for the work tree

    def files(self) -> Mapping[str, str]:
        """Path -> git blob id of every regular file; raises HistoryError for symlinks and unusual names."""

    def read(self, paths: Iterable[str]) -> Mapping[str, bytes]:
        """The bytes of these files."""


class History(Protocol):
    """The repository's past, read by plumbing in a hardened environment. Raises HistoryError."""

    def resolve(self, revision: str) -> str:
        """The full commit id that a revision names."""

    def commit(self, revision: str) -> Commit:
        """One commit, without its files."""

    def log(self, tip: str, *, first_parent: bool) -> Iterator[Commit]:
        """The commits reachable from `tip`, oldest first, each with its changes below the content folder."""

    def tree(self, commit: str) -> SourceTree:
        """The content folder as it stood in that commit."""

    def blobs(self, ids: Iterable[str]) -> Iterator[tuple[str, bytes]]:
        """Blob id and bytes, in the order asked, through one process."""

    def refuse_shallow(self) -> None:
        """Raise HistoryError SHALLOW where the past is cut off: its first commit would seem to have added all."""

    def is_ancestor(self, ancestor: str, descendant: str) -> bool:
        """Whether the first commit is reachable from the second."""

    def merge_base(self, one: str, other: str) -> str:
        """The commit where two lines parted."""

    def is_clean(self) -> bool:
        """Whether the work tree's content folder equals HEAD."""

    def signatures(self, commits: Iterable[str]) -> Mapping[str, Signature]:
        """What is signed of these commits, and by which keys; whose keys they are, the caller has to ask."""

    def judged(self, data: bytes, signature: bytes, namespace: str) -> Signature:
        """What a detached SSH signature says of these bytes."""

    def irregularities(self) -> tuple[str, ...]:
        """What could make git lie: replace refs, grafts, a shallow boundary; a sentence each."""


class Repositories(Protocol):
    """Makes new repositories. Raises StorageError and HistoryError."""

    def create(self, directory: str, stream: bytes) -> str:
        """A repository in a new or empty folder, filled from a fast-import stream and checked out; its head commit."""


class Sample(Protocol):
    """The sample bank that comes with the program."""

    def files(self) -> Mapping[str, bytes]:
        """Its repository's files by path: content/..., mkdocs.yml."""

    def history(self) -> Mapping[str, str]:
        """The texts of its history files by name."""


class Files(Protocol):
    """The only way to write files. Raises StorageError."""

    def read(self, path: str) -> bytes:
        """The bytes of a file."""

    def write(self, path: str, data: bytes) -> None:
        """Write a file whole or not at all, making its folder."""

    def exists(self, path: str) -> bool:
        """Whether there is such a file or folder."""


class Clock(Protocol):
    """The only clock."""

    def now(self) -> datetime:
        """This instant, in UTC."""


class Cache(Protocol):
    """Parsed trees and other pure results, by key; may lose anything at any time."""

    def many(self, keys: Iterable[str]) -> Mapping[str, bytes]:
        """The values that are there."""

    def put(self, values: Mapping[str, bytes]) -> None:
        """Keep these values if possible."""


class Markup(Protocol):
    """Markdown to safe HTML."""

    def render(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Text -> HTML for all of them, in one bounded worker; a text that cannot be rendered comes back escaped."""


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file inside a pack."""

    name: str
    data: bytes
    description: str
    relationship: str = "Source"  # PDF/A-3 AFRelationship: Source, Data, Supplement
    media_type: str = "application/octet-stream"


@dataclass(frozen=True, slots=True)
class SignatureField:
    """An empty signature field placed at the element with the id `anchor`; no anchor: a zero rectangle on page 1."""

    name: str
    label: str
    anchor: str = ""
    width: float = 0  # points
    height: float = 0


@dataclass(frozen=True, slots=True)
class PrintJob:
    """Everything that decides a base pack's bytes: HTML, its assets by URL, attachments, fields, XMP properties."""

    html: str
    assets: Mapping[str, bytes]  # "asset:pack.css", "asset:fonts/Inter.ttf" ...: the only URLs that resolve
    attachments: tuple[Attachment, ...]
    fields: tuple[SignatureField, ...]
    created: datetime  # written into the document; the commit's time
    properties: Mapping[str, str] = field(default_factory=dict)  # XMP: commit, tree, pack, ...


class PdfPrinter(Protocol):
    """HTML to deterministic PDF/A-3a + PDF/UA-1 bytes. Raises PrintError."""

    def print(self, job: PrintJob) -> bytes:
        """The base pack: same job and toolchain, same bytes."""

    def toolchain(self) -> Mapping[str, str]:
        """The versions that decide bytes: Python, Pango, HarfBuzz, FontConfig, the fonts' and the lock's digest."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the site: its address, title, HTML body and where its source is edited."""

    path: str  # "roles/rol-fraud-analyst/" - a folder with a final slash, or "" for home
    title: str
    html: str
    edit_path: str = ""  # repository path of the source, empty: no edit button
    description: str = ""
    nav: tuple[str, ...] = ()  # section and name in the navigation; empty: not in it
    order: int = 0  # place in the navigation
    search: bool = True


@dataclass(frozen=True, slots=True)
class Download:
    """A file of the site that is not a page."""

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Site:
    """Everything that decides a site's bytes: pages, downloads, the commit of its settings and hand-written pages."""

    pages: tuple[Page, ...]
    downloads: tuple[Download, ...]
    commit: str  # full id; empty: the work tree's settings and hand-written pages
    created: datetime  # the commit's time
    footer: str  # one line below every page
    packs: tuple[str, ...] = ()  # SHA-256 of the packs it shows
    ledger_head: str = ""  # the checkpoint of the ledger it shows
    edition: str = ""  # "as of 31 Mar 2026, ..." on every page of an edition; empty: the site itself, with search
    editions: tuple[tuple[str, str], ...] = ()  # words and folder of those that stand beside it, newest first


class SiteBuilder(Protocol):
    """Pages and downloads to a folder of static files. Raises StorageError or ConfigError."""

    def build(self, site: Site, directory: str) -> tuple[str, ...]:
        """Write the whole site into an empty folder; what the builder warned of, a sentence each."""

    def temporary(self, directory: str) -> str:
        """An empty folder beside the one that will be replaced."""

    def files(self, directory: str) -> Mapping[str, bytes]:
        """Every file below a folder, by path there."""

    def toolchain(self) -> Mapping[str, str]:
        """What decides the bytes of a site beside its pages."""

    def swap(self, fresh: str, directory: str) -> None:
        """Put a finished folder in the place of another in one step; readers see the old or the new."""

    def discard(self, fresh: str) -> None:
        """Remove a folder that was not finished."""


class TimestampAuthority(Protocol):
    """An RFC 3161 time-stamp authority. Raises SealError."""

    @property
    def name(self) -> str:
        """What people call it."""

    def stamp(self, digest: bytes) -> bytes:
        """The DER TimeStampToken over a SHA-256 digest, checked before it is returned."""


class Signer(Protocol):
    """Seals a base pack. Raises SealError."""

    @property
    def profile(self) -> str:
        """Which packs it may seal: demo or production."""

    def seal(self, base: bytes) -> bytes:
        """The sealed pack; the base is a byte prefix of it."""

    @property
    def trust(self) -> Trust:
        """Under whom a seal of its own is judged."""


class Inspector(Protocol):
    """Reads what a pack says about itself and its signatures; never raises for a broken file."""

    def facts(self, data: bytes, trust: Trust) -> PackFacts:
        """The facts, with chains followed to these roots, of seals and of time-stamps."""


class Store(Protocol):
    """Issued packs: ledger and files by SHA-256, in a folder or on the `evidence` branch. Raises StorageError."""

    def ledger(self) -> bytes:
        """The ledger's lines, oldest first."""

    def pack(self, sha256: str) -> bytes:
        """The bytes of an issued pack."""

    def append(self, line: bytes, sha256: str, data: bytes) -> None:
        """Add one issued pack: file first, then its ledger line; never rewrites."""


class Anchors(Protocol):
    """Where proven times of commits come from: seals of packs, or tokens over commits. Raises StorageError."""

    def anchors(self) -> tuple[Anchor, ...]:
        """Every proof at hand, in any order."""


class Machine(Protocol):
    """What is installed here."""

    def python(self) -> str:
        """The interpreter's version."""

    def program(self, name: str) -> str:
        """What a program says of its version; empty when it is not installed."""

    def package(self, name: str) -> str:
        """The version of a Python package; empty when it is not installed."""

    def missing_libraries(self) -> tuple[str, ...]:
        """The text layout libraries that printing needs and that cannot be loaded."""

    def install_line(self) -> str:
        """The line that installs those libraries."""


YamlFormatter = Callable[[str], str]  # one document in the house form, its comments kept; raises StorageError


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet of a workbook: its name, rows of text, and whether people see it."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    hidden: bool = False


class Spreadsheets(Protocol):
    """Workbooks as sheets of text. Raises StorageError for what cannot be read within the limits."""

    def write(self, sheets: tuple[Sheet, ...], created: datetime) -> bytes:
        """A workbook; the same sheets and instant give the same bytes."""

    def read(self, data: bytes) -> tuple[Sheet, ...]:
        """Its sheets; formulas are refused."""
