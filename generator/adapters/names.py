"""Which files a content folder may hold: plain names only, the same in a commit and on disk."""

from collections.abc import Iterable

from generator.errors import HistoryError
from generator.model.paths import is_plain


def refuse_unusual(paths: Iterable[str], irregular: Iterable[str] = ()) -> None:
    """Raise HistoryError that names every symbolic link, unusual name and pair of names that differ in case only."""
    found = [f"{shown_path(path)} is a symbolic link, submodule or device" for path in irregular]
    seen: dict[str, str] = {}
    for path in paths:
        if not is_plain(path):
            found.append(f"{shown_path(path)} has a name outside letters, digits, dot, hyphen and underscore")
        other = seen.setdefault(path.casefold(), path)
        if other != path:
            found.append(f"{shown_path(path)} and {shown_path(other)} differ in upper and lower case only")
    if found:
        raise HistoryError("; ".join(sorted(found)), remedy="rename or remove these files", reason="UNUSUAL_FILE")


def shown_path(path: str) -> str:
    """The path as a message may show it: control characters and broken bytes escaped."""
    return path.encode("unicode_escape", "surrogatepass").decode("ascii") if not is_plain(path) else path
