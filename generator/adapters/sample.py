"""The sample bank's files: carried inside an installed package, beside it in a checkout."""

from collections.abc import Mapping
from pathlib import Path

from generator.adapters.files import storage_error
from generator.adapters.work_tree import WorkTree

_PACKAGE = Path(__file__).resolve().parent.parent


class PackagedSample:
    """The sample bank that this copy of the program carries. Raises StorageError."""

    def files(self) -> Mapping[str, bytes]:
        """Its repository's files by path: content/..., mkdocs.yml."""
        inside = (_PACKAGE / "_content").is_dir()
        tree = WorkTree(str(_PACKAGE), "_content/") if inside else WorkTree(str(_PACKAGE.parent), "content/")
        settings = _PACKAGE / "_mkdocs.yml" if inside else _PACKAGE.parent / "mkdocs.yml"
        found = {f"content/{path}": data for path, data in tree.read(sorted(tree.files())).items()}
        return {**found, "mkdocs.yml": _bytes(settings)}

    def history(self) -> Mapping[str, str]:
        """The texts of its history files by name."""
        folder = _PACKAGE / "demo" / "history"
        return {path.name: _bytes(path).decode() for path in sorted(folder.glob("*.yaml"))}


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise storage_error(str(path), "read", error) from error
