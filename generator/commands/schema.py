"""`roadmap schema`: JSON Schemas for editors, written or compared with what is there."""

from collections.abc import Iterable, Mapping

from generator.commands.edits import Edit, written
from generator.errors import StorageError
from generator.kinds import KINDS
from generator.ports import Files
from generator.render.schema import ENDING, editor_settings, schema_texts


def editor_files(folder: str, root: str) -> dict[str, str]:
    """Repository path -> text of every schema and of the editor's settings; `root` is where the sources stand."""
    schemas = {f"{folder}/{name}": text for name, text in schema_texts(KINDS).items()}
    return {**schemas, **editor_settings(KINDS, folder, root)}


def write_schemas(files: Files, directory: str, wanted: Mapping[str, str]) -> tuple[str, ...]:
    """Write those that are not current; their paths. Raises StorageError."""
    stale = [Edit(path, text.encode()) for path, text in wanted.items() if _there(files, directory, path) != text]
    return written(files, directory, stale)


def outdated(files: Files, directory: str, wanted: Mapping[str, str], there: Iterable[str]) -> tuple[str, ...]:
    """What differs from the records, a sentence each; `there` are the schemas that lie in the folder."""
    found = []
    for path, text in wanted.items():
        held = _there(files, directory, path)
        if held != text:
            found.append(f"{path} {'is not current' if held else 'is missing'}")
    found.extend(f"{path} describes no kind" for path in there if path.endswith(ENDING) and path not in wanted)
    return tuple(sorted(found))


def _there(files: Files, directory: str, path: str) -> str:
    """The text of a file that is there; empty where there is none."""
    place = f"{directory}/{path}"
    try:
        return files.read(place).decode() if files.exists(place) else ""
    except (StorageError, UnicodeDecodeError):
        return ""
