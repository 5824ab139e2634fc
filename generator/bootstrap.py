"""Fill the ports with real adapters. Here, and only here, adapters are chosen."""

from __future__ import annotations

import os
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from generator.adapters.cache import SqliteCache, cache_folder
from generator.adapters.clock import SystemClock
from generator.adapters.files import DiskFiles
from generator.adapters.git import GitHistory
from generator.adapters.work_tree import WorkTree
from generator.commands.world import World
from generator.errors import ConfigError
from generator.ports import Inspector, Markup, PdfPrinter, Signer, SiteBuilder, Spreadsheets, Store, YamlFormatter

if TYPE_CHECKING:
    from generator.config import Settings
    from generator.evidence.expected import Expected
    from generator.evidence.request import PackRequest
    from generator.evidence.trust import Sealer, Trust
    from generator.render.theme import Theme

CONTENT = "content/"


class RealWorld:
    """The ports of one repository; an adapter is imported when its port is first asked for (start-up time)."""

    def __init__(self, directory: str, store: str, content: str) -> None:
        self._root = str(Path(directory).resolve())
        self._store = store or ".roadmap"
        self._content = content

    @cached_property
    def tree(self) -> WorkTree:
        """The content folder on disk."""
        return WorkTree(self._root, self._content)

    @cached_property
    def history(self) -> GitHistory:
        """Git."""
        return GitHistory(self._root, self._content)

    @cached_property
    def files(self) -> DiskFiles:
        """The disk."""
        return DiskFiles()

    @cached_property
    def cache(self) -> SqliteCache:
        """One SQLite file of this user."""
        return SqliteCache(cache_folder())

    @cached_property
    def clock(self) -> SystemClock:
        """The machine's clock."""
        return SystemClock()

    @cached_property
    def markup(self) -> Markup:
        """A worker process with limits."""
        from generator.adapters.markup import WorkerMarkup

        return WorkerMarkup(cache_folder())

    @cached_property
    def printer(self) -> PdfPrinter:
        """WeasyPrint with the theme's fonts."""
        from generator.adapters.pdf import WeasyPrinter

        return WeasyPrinter(Path(theme_folder()))

    @cached_property
    def store(self) -> Store:
        """A folder or a branch."""
        from generator.adapters.store import opened_store

        return opened_store(self._store, self._root)


def world(directory: str, store: str = "", content: str = CONTENT) -> World:
    """The world of the repository in that folder; nothing is opened before it is asked for."""
    return RealWorld(directory, store, content)


def site_builder(directory: str) -> SiteBuilder:
    """What writes sites for the repository in that folder."""
    from generator.adapters.mkdocs_build import MkDocsBuilder

    return MkDocsBuilder(str(Path(directory).resolve()))


def yaml_formatter() -> YamlFormatter:
    """What rewrites YAML; its library comes with the extra `editors`. Raises ConfigError without it."""
    try:
        from generator.adapters.yaml_text import house_form
    except ImportError as error:
        raise ConfigError("ruamel.yaml is not installed", remedy="pip install roadmap-portal[editors]") from error
    return house_form


def spreadsheets() -> Spreadsheets:
    """What reads and writes workbooks; its libraries come with the extra `feeds`. Raises ConfigError without them."""
    try:
        from generator.adapters.spreadsheet import Workbooks
    except ImportError as error:
        raise ConfigError(
            "openpyxl or xlsxwriter is not installed", remedy="pip install roadmap-portal[feeds]"
        ) from error
    return Workbooks()


def theme() -> Theme:
    """The theme's page templates, tokens and published files."""
    return _theme("tokens.json", "pages")


def theme_folder() -> str:
    """Where the theme lies: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "_theme"
    return str(inside if inside.is_dir() else package.parent / "theme")


def pack_theme() -> Theme:
    """The files that packs are printed with."""
    return _theme("packs")


def _theme(*parts: str) -> Theme:
    from generator.adapters.theme import theme_files
    from generator.render.theme import Theme

    return Theme(theme_files(theme_folder(), *parts))


def print_pack(repository: str, request: PackRequest) -> bytes:
    """The base pack of a request, from the repository in that folder; runs in any process."""
    from generator.commands.pack import base_pack  # pages of a pack are loaded only when one is printed

    return base_pack(world(repository), pack_theme(), request)


def expected_pack(repository: str, request: PackRequest) -> Expected:
    """What the repository in that folder says a pack of that request should be."""
    from generator.commands import pack_sources

    return pack_sources.expected_pack(world(repository), request)


def reprint_pack(repository: str, request: PackRequest) -> bytes:
    """The base pack of a request as the repository's own generator prints it: that party's code runs."""
    from generator.adapters.rebuild import rebuilt_by_repository

    return rebuilt_by_repository(repository, request)


def settings(config: str) -> Settings:
    """The publishing settings of that file, else of ROADMAP_CONFIG, else the defaults."""
    from generator.config import Settings, parsed_settings

    place = config or os.environ.get("ROADMAP_CONFIG", "")
    return parsed_settings(DiskFiles().read(place), place) if place else Settings()


def inspector() -> Inspector:
    """What reads the facts off packs; imports the signing libraries."""
    from generator.adapters.inspection import PackInspector

    return PackInspector()


def signer(chosen: Settings, keys: str = "") -> Signer:
    """The configured production signer, or the demo authority in the folder `keys`, made there on first use."""
    from generator.adapters.demo_ca import default_folder, demo_authority
    from generator.adapters.production import production_signer
    from generator.adapters.signing import demo_signer

    now = SystemClock().now
    if chosen.signer:
        return production_signer(chosen, now)
    return demo_signer(demo_authority(Path(keys) if keys else default_folder(), now), now)


@dataclass(frozen=True, slots=True)
class Given:
    """Whom a verifier's command line trusts: files of roots, sealers, and the demo authority of a folder."""

    roots: str = ""
    stamp_roots: str = ""
    sealers: tuple[Sealer, ...] = ()
    demo: bool = False
    keys: str = ""


def trust(chosen: Settings, given: Given) -> Trust:
    """Whom to verify under: what the command line names and, where it names nothing, what the settings do."""
    from generator.adapters.demo_ca import default_folder, demo_trust
    from generator.adapters.production import configured_trust
    from generator.evidence.trust import NOBODY, Trust

    named = Trust(_roots(given.roots), _roots(given.stamp_roots), given.sealers)
    if given.demo:
        return named.with_more(demo_trust(Path(given.keys) if given.keys else default_folder()))
    other = configured_trust(chosen) if chosen.place else NOBODY
    return Trust(named.seals or other.seals, named.stamps or other.stamps, named.sealers or other.sealers)


def _roots(name: str) -> bytes:
    from generator.adapters.production import certificates

    pem = DiskFiles().read(name) if name else b""
    if pem:
        certificates(pem, name)  # refused here, where its name is known
    return pem
