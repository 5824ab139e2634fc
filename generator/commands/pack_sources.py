"""Which sources a pack lists and carries, and what its record says of it: for printing it and for judging it."""

from collections.abc import Iterable, Mapping

from generator.commands.programme import Programme, Selection, load_programme
from generator.commands.world import World
from generator.errors import ContentError, UsageError
from generator.evidence.expected import Expected
from generator.evidence.request import PackRequest
from generator.kinds.assurance import Pack
from generator.kinds.portal import Settings
from generator.load import Loaded
from generator.model.fields import Classification


def expected_pack(world: World, request: PackRequest) -> Expected:
    """What the repository says of the pack that was asked for. Raises HistoryError, UsageError PACK, ContentError."""
    audience = Classification(request.audience)
    programme = load_programme(world, Selection(request.commit, request.as_of, audience))
    if programme.settings is None:
        raise ContentError(programme.problems, programme.source.root)
    pack, root = pack_record(programme.loaded, request.pack), programme.source.root
    listed = listed_paths(programme)
    readable = readable_sources(programme, world.history.tree(request.commit).read(listed))
    return Expected(
        as_of=pack.as_of,
        audience=audience_of(pack, programme.settings),
        profile=programme.settings.seal.profile,
        committed=world.history.commit(request.commit).committed,
        listed=frozenset(root + path for path in listed),
        attached=frozenset(root + path for path in readable),
    )


def pack_record(loaded: Loaded, pack_id: str) -> Pack:
    """The record of that pack. Raises UsageError PACK."""
    entry = loaded.portal.entry(pack_id)
    if entry is None or not isinstance(entry.record, Pack):
        known = ", ".join(pack.id for pack in loaded.portal.all(Pack)) or "none"
        raise UsageError(f'there is no pack "{pack_id}" at this commit', remedy=f"packs there: {known}", reason="PACK")
    return entry.record


def audience_of(pack: Pack, settings: Settings) -> str:
    """For whom the pack is."""
    return str(pack.classification or settings.classification or Classification.INTERNAL)


def listed_paths(programme: Programme) -> tuple[str, ...]:
    """The files that the manifest lists: all but those whose very names tell of a record above the audience."""
    return tuple(path for path in sorted(programme.files) if not _mentions(path, programme.withheld_names))


def readable_sources(programme: Programme, contents: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files that the audience may read whole, and so are attached."""
    names, held = programme.withheld_names, programme.withheld_paths
    return {
        path: contents[path]
        for path in listed_paths(programme)
        if path not in held and not (names and _mentions(contents[path].decode("utf-8", "replace"), names))
    }


def _mentions(text: str, names: Iterable[str]) -> bool:
    return any(name in text for name in names)
