"""`roadmap build` and `roadmap publish`: a site built aside, checked, then put in its place in one step."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from generator.commands.pages import site
from generator.commands.programme import Selection
from generator.commands.site_check import site_problems
from generator.commands.world import World
from generator.errors import StorageError
from generator.ports import Site, SiteBuilder
from generator.render.theme import Theme

MANIFEST = "manifest.json"
MOST_SHOWN = 20


@dataclass(frozen=True, slots=True)
class SiteReport:
    """What was built and where."""

    directory: str
    pages: int
    files: int
    bytes: int
    manifest_sha256: str


def build(world: World, builder: SiteBuilder, theme: Theme, selection: Selection, directory: str) -> SiteReport:
    """Build, check and swap; raises the errors of each, and then nothing is changed."""
    fresh = builder.temporary(directory)  # first: an unsafe target is refused before anything is read
    try:
        made = site(world, theme, selection)
        files = _checked(made, builder.build(made, fresh), builder.files(fresh))
        manifest = manifest_of(made, files)
        world.files.write(f"{fresh}/{MANIFEST}", manifest)
        builder.swap(fresh, directory)
    except BaseException:
        builder.discard(fresh)
        raise
    total = sum(map(len, files.values()))
    return SiteReport(directory, len(made.pages), len(files), total, hashlib.sha256(manifest).hexdigest())


def manifest_of(made: Site, files: Mapping[str, bytes]) -> bytes:
    """Every file of the site with its SHA-256, the commit it was built from, and the ledger's checkpoint."""
    table = {
        "commit": made.commit,
        "checkpoint": {"packs": len(made.packs), "head": made.ledger_head},
        "files": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())},
    }
    return (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode()


def _checked(made: Site, warned: tuple[str, ...], files: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The files of a site without fault; raises StorageError with everything that is wrong."""
    expected = [f"{page.path}index.html" for page in made.pages] + [one.path for one in made.downloads]
    problems = (*warned, *site_problems(files, expected))
    if problems:
        raise _refused(problems)
    return files


def _refused(problems: tuple[str, ...]) -> StorageError:
    shown = "\n  ".join(problems[:MOST_SHOWN])
    rest = f"\n  and {len(problems) - MOST_SHOWN} more" if len(problems) > MOST_SHOWN else ""
    return StorageError(
        f"the built site has problems and was not put in place:\n  {shown}{rest}",
        remedy="mend the pages or links named",
        reason="SITE_CHECK",
    )
