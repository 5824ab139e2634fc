"""The files that a new programme begins with, as they lie in the package."""

from collections.abc import Mapping
from pathlib import Path

from generator.adapters.files import storage_error

_FOLDER = Path(__file__).resolve().parent.parent / "starter"
_HIDDEN = ("gitignore", "gitattributes", "pre-commit-config.yaml")  # files that tools would obey where they lie here


def starter_files() -> Mapping[str, str]:
    """Path -> text with its places to fill in. Raises StorageError."""
    found: dict[str, str] = {}
    for path in sorted(_FOLDER.rglob("*")):
        if path.is_file():
            name = path.relative_to(_FOLDER).as_posix()
            try:
                found[f".{name}" if name in _HIDDEN else name] = path.read_bytes().decode()
            except OSError as error:
                raise storage_error(str(path), "read", error) from error
    return found
