"""Fill the ports with real adapters. Here, and only here, adapters are chosen."""

from pathlib import Path

from generator.adapters.cache import SqliteCache, cache_folder
from generator.adapters.clock import SystemClock
from generator.adapters.files import DiskFiles
from generator.adapters.git import GitHistory
from generator.adapters.markup import WorkerMarkup
from generator.adapters.pdf import WeasyPrinter
from generator.adapters.store import opened_store
from generator.adapters.theme import theme_files
from generator.adapters.work_tree import WorkTree
from generator.commands.pack import base_pack
from generator.commands.world import World
from generator.evidence.request import PackRequest
from generator.render.theme import Theme

CONTENT = "content/"


def world(directory: str, store: str = "", content: str = CONTENT) -> World:
    """The world of the repository in that folder; nothing is opened before it is asked for."""
    root = str(Path(directory).resolve())
    return World(
        tree=WorkTree(root, content),
        history=GitHistory(root, content),
        files=DiskFiles(),
        cache=SqliteCache(cache_folder()),
        clock=SystemClock(),
        markup=WorkerMarkup(cache_folder()),
        printer=WeasyPrinter(Path(theme_folder())),
        store=opened_store(store or ".roadmap", root),
    )


def theme() -> Theme:
    """The theme's page templates, tokens and published files."""
    return Theme(theme_files(theme_folder(), "tokens.json", "pages"))


def theme_folder() -> str:
    """Where the theme lies: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "_theme"
    return str(inside if inside.is_dir() else package.parent / "theme")


def pack_theme() -> Theme:
    """The files that packs are printed with."""
    return Theme(theme_files(theme_folder(), "packs"))


def print_pack(repository: str, request: PackRequest) -> bytes:
    """The base pack of a request, from the repository in that folder; runs in any process."""
    return base_pack(world(repository), pack_theme(), request)
