"""As-of editions: the site as of the ends of quarters, from the commits of then, kept once built."""

import hashlib
import io
import json
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from zoneinfo import ZoneInfo

from generator.commands.pages import EVIDENCE, PackIndex, made_site, pack_index
from generator.commands.programme import Programme, Selection, load_programme
from generator.commands.site_check import site_problems
from generator.commands.world import World
from generator.errors import ConfigError, ContentError, HistoryError, PortalError, Severity, StorageError
from generator.model.judgement import Timeline
from generator.ports import Site, SiteBuilder
from generator.render.site.source import Edition
from generator.render.site.words import instant, plain_day
from generator.render.theme import Theme
from generator.views.past import local_day

MOST = 5
FOLDER = "as-of/"
_UP = "../../"  # from an edition's root to the site's
_LEFT_OUT = ("404.html", "sitemap.xml", "sitemap.xml.gz")
_FORM = "1"  # of what is kept


@dataclass(frozen=True, slots=True)
class BuiltEdition:
    """An edition with its files by path in the site; none where it could not be built."""

    edition: Edition
    files: Mapping[str, bytes]
    reason: str = ""  # why it is left out, in full: for who publishes, not for readers


@dataclass(frozen=True, slots=True)
class Maker:
    """What builds editions: the ports, the theme, and how many are wanted."""

    world: World
    builder: SiteBuilder
    theme: Theme
    most: int = 0


def built_editions(maker: Maker, selection: Selection, directory: str) -> tuple[BuiltEdition, ...]:
    """The newest editions beside the site of a commit, newest first; one that has errors is left out, with why."""
    if not maker.most:
        return ()
    today = load_programme(maker.world, selection)
    zone = ZoneInfo(today.settings.timezone if today.settings else "UTC")
    planned = planned_editions(today.judgement.timeline, today.judgement.as_of, zone)
    index = pack_index(maker.world, selection.audience)
    return tuple(_Making(maker, today, index, directory).built(edition) for edition in planned[: maker.most])


def planned_editions(past: Timeline, today: date, zone: ZoneInfo) -> tuple[Edition, ...]:
    """The quarters that ended before a day and since the history began, newest first, each with its commit.

    It is the last commit of the chain that is dated by then: the chain decides, not the newest date.
    """
    days = [local_day(step.commit.committed, zone) for step in past.steps]
    found = []
    for end in quarter_ends(days[0], today) if days else ():
        last = max((place for place, day in enumerate(days) if day <= end), default=None)
        if last is not None:
            commit = past.steps[last].commit
            found.append(Edition(end, commit.id, commit.committed))
    return tuple(found)


def quarter_ends(since: date, before: date) -> Iterator[date]:
    """The last days of quarters from one day on and before another, newest first."""
    first = date(before.year, 3 * ((before.month - 1) // 3) + 1, 1)
    while (end := first - timedelta(days=1)) >= since:
        yield end
        first = date(end.year, end.month - 2, 1)


@dataclass(frozen=True)
class _Making:
    maker: Maker
    today: Programme
    index: PackIndex
    directory: str

    def built(self, edition: Edition) -> BuiltEdition:
        """The edition from the cache, or built now."""
        packs = tuple(pack for pack in self.index.packs if pack.issued_at.date() <= edition.day)
        index = PackIndex(packs, root=f"{_UP}{EVIDENCE}")
        cache, key = self.maker.world.cache, self._key(edition, index)
        kept = cache.many([key]).get(key)
        files = _unpacked(kept) if kept else None
        if files is None:
            try:
                files = self._files(edition, index)
            except (ContentError, ConfigError, HistoryError, StorageError) as error:
                if isinstance(error, StorageError) and error.reason != "SITE_CHECK":
                    raise
                return BuiltEdition(replace(edition, problem=_why(error)), {}, _in_full(error))
            cache.put({key: _packed(files)})
        return BuiltEdition(edition, {f"{edition.path}{path}": data for path, data in files.items()})

    def _files(self, edition: Edition, index: PackIndex) -> dict[str, bytes]:
        chosen = Selection(edition.commit, edition.day, self.today.audience)
        found = load_programme(self.maker.world, chosen).clean()
        found = found.withholding(self.today.never_seen)  # what is withheld today was never there for this audience
        made = made_site(self.maker.world, self.maker.theme, found, index, edition)
        made = replace(made, edition=_banner(edition))
        builder = self.maker.builder
        fresh = builder.temporary(self.directory)
        try:
            warned = builder.build(made, fresh)
            files = {path: data for path, data in builder.files(fresh).items() if path not in _LEFT_OUT}
        finally:
            builder.discard(fresh)
        _refuse_faulty(made, edition, warned, files, index)
        return files

    def _key(self, edition: Edition, index: PackIndex) -> str:
        decides = [
            _FORM, edition.commit, str(edition.day), str(self.today.audience), sorted(self.today.never_seen),
            [pack.sha256 for pack in index.packs], sorted(self.maker.builder.toolchain().items()),
        ]  # fmt: skip
        return f"edition:{hashlib.sha256(json.dumps(decides).encode()).hexdigest()}"


def _banner(edition: Edition) -> str:
    return (
        f"As of {plain_day(edition.day)}: what was true then, as recorded in commit {edition.commit[:10]}, "
        f"{instant(edition.committed)}, date claimed by committer."
    )


def _refuse_faulty(
    made: Site, edition: Edition, warned: tuple[str, ...], files: Mapping[str, bytes], index: PackIndex
) -> None:
    """Raises StorageError SITE_CHECK where a page is missing or a link is dead, seen from where the edition stands."""
    placed = {f"{edition.path}{path}": data for path, data in files.items()}
    beside = {f"{EVIDENCE}{pack.file}": b"" for pack in index.packs} | {"index.html": b"", f"{FOLDER}index.html": b""}
    expected = [f"{edition.path}{page.path}index.html" for page in made.pages]
    problems = (*warned, *site_problems({**placed, **beside}, expected))
    if problems:
        raise StorageError("\n  ".join(("its pages have problems:", *problems[:10])), reason="SITE_CHECK")


def _why(error: PortalError) -> str:
    """Why an edition is left out, for every reader: nothing of what the sources say."""
    if isinstance(error, ContentError):
        return "its sources have errors by today's rules"
    if isinstance(error, HistoryError):
        return "its commit cannot be read"
    return "its settings or pages do not build today"


def _in_full(error: PortalError) -> str:
    if isinstance(error, ContentError):
        errors = [problem for problem in error.problems if problem.severity is Severity.ERROR]
        first, more = errors[0], len(errors) - 1
        rest = f", and {more} more" if more else ""
        return f"{error.root}{first.position.path}:{first.position.line}: {first.code} {first.message}{rest}"
    return error.message


def _packed(files: Mapping[str, bytes]) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED, compresslevel=6) as archive:
        for path, data in files.items():
            archive.writestr(path, data)
    return held.getvalue()


def _unpacked(data: bytes) -> dict[str, bytes] | None:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return {name: archive.read(name) for name in archive.namelist()}
    except (zipfile.BadZipFile, ValueError, OSError):
        return None
