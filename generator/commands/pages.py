"""The site from one state of the sources: what the MkDocs plugin, `build` and `publish` share."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time

from generator.commands.anchors import SealAnchors
from generator.commands.programme import NO_SETTINGS, Programme, Selection, load_programme, with_texts
from generator.commands.texts import rendered_texts
from generator.commands.world import World
from generator.errors import ContentError, Problem
from generator.load import Loaded
from generator.model.fields import Classification
from generator.model.judgement import IssuedPack
from generator.model.signature import Signature
from generator.ports import Download, Page, Site
from generator.render.site.build import FinishedPage, site_pages
from generator.render.site.downloads import site_files
from generator.render.site.source import Edition, SiteSource
from generator.render.site.words import plain_day
from generator.render.theme import Theme

EVIDENCE = "evidence/"


@dataclass(frozen=True, slots=True)
class PackIndex:
    """The issued packs that an audience may have, at one checkpoint of the ledger."""

    packs: tuple[IssuedPack, ...] = ()
    ledger: bytes = b""  # empty where it tells of packs for others
    head: str = ""
    root: str = EVIDENCE  # where the packs lie, seen from the site's root

    @property
    def downloads(self) -> Mapping[str, str]:
        """SHA-256 of a pack -> its place in the site."""
        return {pack.sha256: f"{self.root}{pack.file}" for pack in self.packs}


def site(world: World, theme: Theme, selection: Selection, editions: tuple[Edition, ...] = ()) -> Site:
    """Every page of the site in that state, with the issued packs. Raises ContentError when the content has errors."""
    programme = load_programme(world, selection).clean()
    index = pack_index(world, selection.audience)
    made = made_site(world, theme, programme, index, editions)
    downloads = (*made.downloads, *_downloads(world, index))
    return replace(made, commit=made.commit if selection.commit else "", downloads=downloads)


def made_site(
    world: World, theme: Theme, programme: Programme, index: PackIndex, beside: tuple[Edition, ...] | Edition
) -> Site:
    """The pages, calendars and tables of a judged state: of the site with the editions beside it, or of one edition."""
    programme = with_texts(programme, rendered_texts(world, programme.judgement.portal))
    source = replace(
        site_source(programme, index),
        signatures=_signatures(world, programme),
        editions=beside if isinstance(beside, tuple) else (),
        edition=None if isinstance(beside, tuple) else beside,
    )
    commit = programme.commit
    return Site(
        tuple(_page(page) for page in site_pages(source, theme)),
        tuple(Download(path, data) for path, data in site_files(source).items()),
        commit.id if commit else "",
        commit.committed if commit else datetime.combine(source.judgement.as_of, time(), UTC),
        _footer(source, programme.audience),
        tuple(pack.sha256 for pack in index.packs),
        index.head,
        editions=tuple((f"As of {plain_day(one.day)}", one.path) for one in source.editions if not one.problem),
    )


def _signatures(world: World, programme: Programme) -> Mapping[str, Signature]:
    """What is signed of the commits that the history tells of."""
    steps = programme.judgement.timeline.steps
    return world.history.signatures(sorted({commit.id for step in steps for commit in step.writers})) if steps else {}


def pack_index(world: World, audience: Classification) -> PackIndex:
    """What the store has issued; nothing where there is no store. Raises StorageError and VerificationError."""
    ledger = world.store.ledger()
    if not ledger:
        return PackIndex()
    from generator.commands.issue import issued_packs  # reads PDF files: only where there are any
    from generator.evidence.ledger import Ledger

    packs = issued_packs(world.store)
    seen = tuple(pack for pack in packs if pack.audience.level <= audience.level)
    return PackIndex(seen, ledger if seen == packs else b"", Ledger.parse(ledger).head)


def _downloads(world: World, index: PackIndex) -> Iterator[Download]:
    for pack in index.packs:
        yield Download(f"{EVIDENCE}{pack.file}", world.store.pack(pack.sha256))
    if index.ledger:
        yield Download(f"{EVIDENCE}ledger.jsonl", index.ledger)


def site_source(programme: Programme, index: PackIndex) -> SiteSource:
    """What the pages are rendered from."""
    if programme.settings is None:
        raise ContentError((*programme.problems, NO_SETTINGS), programme.source.root)
    seen = tuple(pack for pack in index.packs if pack.as_of <= programme.judgement.as_of)
    return SiteSource(
        replace(programme.judgement, packs=seen, anchors=SealAnchors(index.packs).anchors()),
        programme.settings,
        commit=programme.commit,
        lines=source_lines(programme.loaded),
        problems=programme.shown_problems,
        withheld=len(programme.withheld),
        content_root=programme.source.root,
        downloads=index.downloads,
    )


def source_lines(loaded: Loaded) -> Mapping[str, int]:
    """Record key -> the line in which it begins."""
    return {key: loaded.position(key).line for key in loaded.portal.entries}


def told(problem: Problem, root: str = "content/") -> str:
    """A problem in one line: place, severity, code, message."""
    place = problem.position
    return f"{root}{place.path}:{place.line}:{place.column}: {problem.severity}: {problem.code} {problem.message}"


def _page(page: FinishedPage) -> Page:
    nav = (page.section, page.name) if page.section else ()
    return Page(page.path, page.title, page.html, page.edit_path, page.description, nav, page.order, page.search)


def _footer(source: SiteSource, audience: Classification) -> str:
    """What stands below every page: nothing that changes with each build."""
    settings = source.settings
    parts = [settings.organisation, settings.programme, f"Classification: {str(audience.value).upper()}"]
    return " · ".join([*parts, *([settings.seal.label] if settings.seal.profile == "demo" else [])])
