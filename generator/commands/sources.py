"""Reading a source tree: each file parsed once ever, by its blob id."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.errors import HistoryError
from generator.load import LOADER_VERSION, Tree, form, is_source, parse
from generator.ports import Cache, SourceTree


@dataclass(frozen=True)
class SourceFiles:
    """The files of a tree: blob ids of all, positioned trees of those we read, and where the folder stands."""

    root: str
    blobs: Mapping[str, str]
    trees: Mapping[str, Tree]


def source_files(tree: SourceTree, cache: Cache) -> SourceFiles:
    """Every file below the content folder; parsed trees come from the cache where it has them."""
    blobs = tree.files()
    wanted = {path: blob for path, blob in blobs.items() if is_source(path) and form(path)}
    keys = {path: cache_key(form(path), blob) for path, blob in wanted.items()}
    cached = cache.many(set(keys.values()))
    missing = [path for path, key in keys.items() if key not in cached]
    contents = tree.read(missing)
    blobs = {**blobs, **{path: _blob_id(data, like=blobs[path]) for path, data in contents.items()}}
    fresh = _parsed(contents)
    # Under the id of the bytes that were parsed: a file that an editor saved meanwhile has another than was listed.
    cache.put({cache_key(form(path), blobs[path]): parsed.dump() for path, parsed in fresh.items()})
    trees = {path: fresh[path] if path in fresh else Tree.load(cached[keys[path]]) for path in wanted}
    return SourceFiles(tree.root, blobs, trees)


def committed_files(tree: SourceTree, cache: Cache) -> SourceFiles:
    """The same of a commit's tree. Raises HistoryError NO_CONTENT where the commit has no content folder."""
    found = source_files(tree, cache)
    if not found.blobs:
        raise HistoryError(
            f"commit {tree.commit[:10]} has no folder {tree.root}",
            remedy="name a commit that has one; `roadmap init` begins one, then commit it",
            reason="NO_CONTENT",
        )
    return found


def cache_key(form_name: str, blob: str) -> str:
    """The key of a parsed file: its form, its bytes' id and the loader's version, never its path."""
    return f"tree:{LOADER_VERSION}:{form_name}:{blob}"


def _blob_id(data: bytes, *, like: str) -> str:
    """The id that git gives these bytes, in the length of the repository's ids."""
    digest = hashlib.sha1 if len(like) == 40 else hashlib.sha256
    return digest(b"blob %d\0" % len(data) + data).hexdigest()


def _parsed(contents: Mapping[str, bytes]) -> dict[str, Tree]:
    return {path: parse(form(path), data) for path, data in contents.items()}


def excerpt_lines(tree: SourceTree, existing: Mapping[str, str], paths: Iterable[str]) -> Mapping[str, tuple[str, ...]]:
    """The lines of those of these files that exist, for excerpts."""
    contents = tree.read(sorted({path for path in paths if path in existing}))
    return {path: tuple(data.decode("utf-8", "replace").split("\n")) for path, data in contents.items()}
