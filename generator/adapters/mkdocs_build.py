"""Sites by MkDocs: the settings and hand-written pages of a commit or the work tree, our pages handed to the plugin.

1. A commit's mkdocs.yml and content/pages are laid into a temporary folder; MkDocs reads only files.
2. MkDocs builds with the commit's time as its own; its warnings are counted here, because `-q` hides them even from
   its strict mode.
3. What may be replaced, and how, is decided in `site_folder`.
"""

import hashlib
import logging
import os
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager
from datetime import datetime
from importlib import metadata
from pathlib import Path
from typing import Any

import generator
from generator.adapters import site_folder, workshop
from generator.adapters.environment import variable
from generator.adapters.files import storage_error
from generator.adapters.git import GitHistory
from generator.errors import ConfigError, PortalError, StorageError
from generator.ports import Site

SETTINGS = "mkdocs.yml"
HAND_WRITTEN = "content/pages/"
PLUGIN = "roadmap-portal"
_DISTRIBUTIONS = ("jinja2", "markdown", "mkdocs", "mkdocs-material", "nh3", "pydantic", "pyyaml")
_DECIDING = {".py", ".html", ".css", ".js", ".json"}


class MkDocsBuilder:
    """Fills the port `SiteBuilder` for the repository in a folder."""

    def __init__(self, repository: str) -> None:
        self._repository = Path(repository)
        self._workshops: dict[str, workshop.Workshop] = {}

    def build(self, site: Site, directory: str) -> tuple[str, ...]:
        """Write the whole site into an empty folder; what MkDocs warned of. Raises StorageError and ConfigError."""
        with self._settings(site, self._beside(directory)) as settings, _clock(site.created), _warnings() as warned:
            try:
                Path(directory).mkdir(parents=True, exist_ok=True)
                _refuse_full(directory)
                _run(settings, site, directory, warned)
            except OSError as error:
                raise storage_error(str(error.filename or directory), "write", error) from error
        return tuple(warned)

    def temporary(self, directory: str) -> str:
        """An empty folder beside the target. Raises UsageError and StorageError where the target is no site of ours."""
        with site_folder.alone(Path(directory).resolve()):
            target = site_folder.refuse_unsafe(directory, self._repository)
            workshop.clear_abandoned(target)
            made = workshop.opened(target)
        self._workshops[made.site] = made
        return made.site

    def files(self, directory: str) -> Mapping[str, bytes]:
        """Every file below a folder, by path there."""
        root = Path(directory)
        return {
            path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()
        }

    def toolchain(self) -> Mapping[str, str]:
        """The versions that decide a site's bytes: this program with its theme, MkDocs, Material, Jinja, Python."""
        package = Path(generator.__file__).parent
        folders = (package, next((p for p in (package / "_theme", package.parent / "theme") if p.is_dir()), package))
        files = sorted(path for folder in folders for path in folder.rglob("*") if path.suffix in _DECIDING)
        digest = hashlib.sha256(b"".join(hashlib.sha256(path.read_bytes()).digest() for path in files))
        named = {name: metadata.version(name) for name in _DISTRIBUTIONS}
        return named | {"generator": digest.hexdigest(), "python": f"{sys.version_info.major}.{sys.version_info.minor}"}

    def swap(self, fresh: str, directory: str) -> None:
        """Put a finished folder in the target's place in one step; readers see the old site or the new."""
        site_folder.reach_disk(Path(fresh))
        with site_folder.alone(Path(directory).resolve()):
            target = site_folder.refuse_unsafe(directory, self._repository)  # again: much may have happened since
            site_folder.swap(Path(fresh), target)
            self.discard(fresh)

    def discard(self, fresh: str) -> None:
        """Remove a folder that `temporary` made and that was not finished."""
        if fresh in self._workshops:
            self._workshops.pop(fresh).close()

    def _beside(self, directory: str) -> str | None:
        """The workshop that a folder lies in, which a later build clears where this one is killed."""
        made = self._workshops.get(directory)
        return str(made.folder) if made else None

    @contextmanager
    def _settings(self, site: Site, beside: str | None) -> Iterator[Path]:
        if not site.commit and (self._repository / HAND_WRITTEN).is_dir():
            yield self._found(self._repository / SETTINGS)
            return
        with tempfile.TemporaryDirectory(prefix=workshop.SOURCES, dir=beside) as folder:
            for path, data in self._laid_out(site.commit).items():
                target = Path(folder) / path
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(data)
            (Path(folder) / HAND_WRITTEN).mkdir(parents=True, exist_ok=True)
            yield self._found(Path(folder) / SETTINGS)

    def _laid_out(self, commit: str) -> Mapping[str, bytes]:
        """Settings and hand-written pages of a commit; those of a work tree without hand-written pages."""
        if not commit:
            return {SETTINGS: self._found(self._repository / SETTINGS).read_bytes()}
        tree = GitHistory(str(self._repository), "").tree(commit)
        return tree.read([path for path in tree.files() if path == SETTINGS or path.startswith(HAND_WRITTEN)])

    def _found(self, settings: Path) -> Path:
        if not settings.is_file():
            raise ConfigError(
                "there is no mkdocs.yml beside content/", remedy="roadmap init writes one", reason="NO_SETTINGS"
            )
        return settings


def _refuse_full(directory: str) -> None:
    """MkDocs empties the folder it builds into; it gets none that has anything to lose."""
    if any(Path(directory).iterdir()):
        raise StorageError(f"{directory} is not empty", remedy="build into a new folder", reason="NOT_A_SITE")


def _run(settings: Path, site: Site, directory: str, told: list[str]) -> None:
    """Build; what MkDocs told before it gave up is in `told`."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")  # a notice about another product's future, on every build
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import Abort, MkDocsException

    try:
        config = load_config(config_file=str(settings), site_dir=directory, strict=False)
        plugin: Any = config.plugins.get(PLUGIN)
        if plugin is None:
            raise ConfigError(f"mkdocs.yml does not name the plugin {PLUGIN}", remedy=f"add it under plugins: {PLUGIN}")
        plugin.given = site
        if site.edition:
            _without_search(config)
        build(config)
    except PortalError:
        raise
    except Abort as error:
        raise ConfigError("\n  ".join(["MkDocs gave up:", *told]), remedy="mend what is named") from error
    except MkDocsException as error:
        raise ConfigError(f"MkDocs refused: {error}", remedy="mend mkdocs.yml or the pages it names") from error


def _without_search(config: Any) -> None:
    """Take the search out: what is found is the site of today."""
    for name in ("search", "material/search"):
        search = config.plugins.pop(name, None)
        for methods in config.plugins.events.values() if search is not None else ():
            methods[:] = [method for method in methods if getattr(method, "__self__", None) is not search]


def _clock(created: datetime) -> AbstractContextManager[None]:
    """MkDocs takes the time of a build from the environment."""
    return variable("SOURCE_DATE_EPOCH", str(int(created.timestamp())))


class _Collected(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


@contextmanager
def _warnings() -> Iterator[list[str]]:
    """What MkDocs and its plugins say at level WARNING and above; nothing of it is printed twice."""
    collected, logger = _Collected(), logging.getLogger("mkdocs")
    before = logger.propagate
    logger.addHandler(collected)
    logger.propagate = False
    try:
        yield collected.messages
    finally:
        logger.removeHandler(collected)
        logger.propagate = before


def serve(settings: str, address: str) -> None:
    """Serve with MkDocs' own server until it is interrupted; raises ConfigError."""
    os.environ.setdefault("NO_MKDOCS_2_WARNING", "1")
    from mkdocs.commands.serve import serve as mkdocs_serve
    from mkdocs.exceptions import Abort, MkDocsException

    logging.basicConfig(level=logging.INFO, format="%(message)s")
    try:
        mkdocs_serve(config_file=settings, dev_addr=address, livereload=True)
    except Abort as error:
        raise ConfigError("the site cannot be served", remedy="see the lines above") from error
    except MkDocsException as error:
        raise ConfigError(str(error), remedy="mend what is named") from error
