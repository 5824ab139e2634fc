"""The theme's files, read from its folder."""

from collections.abc import Mapping
from pathlib import Path

from generator.errors import StorageError


def theme_files(folder: str, *parts: str) -> Mapping[str, bytes]:
    """The bytes of every file below these parts of the theme folder, by path there, in order."""
    root = Path(folder)
    found = sorted(path for part in parts for path in _files(root / part))
    if not found:
        raise StorageError(f"the theme is missing: {folder}", remedy="install the package again", reason="THEME")
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in found}


def _files(part: Path) -> list[Path]:
    return [part] if part.is_file() else [path for path in part.rglob("*") if path.is_file()]
