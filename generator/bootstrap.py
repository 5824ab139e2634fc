"""Fill the ports with real adapters. Here, and only here, adapters are chosen."""

from pathlib import Path

from generator.adapters.cache import SqliteCache, cache_folder
from generator.adapters.clock import SystemClock
from generator.adapters.files import DiskFiles
from generator.adapters.git import GitHistory
from generator.adapters.markup import WorkerMarkup
from generator.adapters.pdf import WeasyPrinter
from generator.adapters.store import opened_store
from generator.adapters.work_tree import WorkTree
from generator.commands.world import World

CONTENT = "content/"


def world(directory: str, store: str = "") -> World:
    """The world of the repository in that folder; nothing is opened before it is asked for."""
    root = str(Path(directory).resolve())
    return World(
        tree=WorkTree(root, CONTENT),
        history=GitHistory(root, CONTENT),
        files=DiskFiles(),
        cache=SqliteCache(cache_folder()),
        clock=SystemClock(),
        markup=WorkerMarkup(cache_folder()),
        printer=WeasyPrinter(Path(theme_folder())),
        store=opened_store(store or ".roadmap", root),
    )


def theme_folder() -> str:
    """Where the theme lies: beside the package in a checkout, inside it in a wheel."""
    package = Path(__file__).resolve().parent
    inside = package / "_theme"
    return str(inside if inside.is_dir() else package.parent / "theme")
