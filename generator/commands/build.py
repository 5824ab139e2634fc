"""`roadmap build` and `roadmap publish`: a site built aside, checked, then put in its place in one step."""

import hashlib
import json
from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace

from generator.commands.editions import BuiltEdition, Maker, built_editions
from generator.commands.pages import site
from generator.commands.programme import Selection
from generator.commands.site_check import site_problems
from generator.errors import StorageError
from generator.ports import Download, Site

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
    editions: tuple[BuiltEdition, ...] = ()


def build(maker: Maker, selection: Selection, directory: str) -> SiteReport:
    """Build, check and swap, with editions beside it; raises the errors of each, and then nothing is changed."""
    world, builder = maker.world, maker.builder
    fresh = builder.temporary(directory)  # first: an unsafe target is refused before anything is read
    try:
        editions = built_editions(maker, selection, directory)
        made = site(world, maker.theme, selection, tuple(one.edition for one in editions))
        placed = {path: data for one in editions for path, data in one.files.items()}
        made = replace(made, downloads=(*made.downloads, *(Download(*pair) for pair in placed.items())))
        files = _checked(made, builder.build(made, fresh), builder.files(fresh), placed.keys())
        manifest = manifest_of(made, files)
        world.files.write(f"{fresh}/{MANIFEST}", manifest)
        builder.swap(fresh, directory)
    except BaseException:
        builder.discard(fresh)
        raise
    total = sum(map(len, files.values()))
    digest = hashlib.sha256(manifest).hexdigest()
    return SiteReport(directory, len(made.pages), len(files), total, digest, editions)


def manifest_of(made: Site, files: Mapping[str, bytes]) -> bytes:
    """Every file of the site with its SHA-256, the commit it was built from, and the ledger's checkpoint."""
    table = {
        "commit": made.commit,
        "checkpoint": {"packs": len(made.packs), "head": made.ledger_head},
        "files": {path: hashlib.sha256(data).hexdigest() for path, data in sorted(files.items())},
    }
    return (json.dumps(table, indent=1, ensure_ascii=False) + "\n").encode()


def _checked(
    made: Site, warned: tuple[str, ...], files: Mapping[str, bytes], placed: AbstractSet[str]
) -> Mapping[str, bytes]:
    """The files of a site without fault; raises StorageError with everything that is wrong.

    Pages of editions were checked when they were built: here they only have to be there.
    """
    expected = [f"{page.path}index.html" for page in made.pages] + [one.path for one in made.downloads]
    problems = (
        *warned,
        *site_problems({path: b"" if path in placed else data for path, data in files.items()}, expected),
    )
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
