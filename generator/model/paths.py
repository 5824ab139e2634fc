"""Which names a file below the content folder may have."""

import re

_PART = re.compile(r"(?!-)[A-Za-z0-9._-]+")
_LONGEST = 200


def is_plain(path: str) -> bool:
    """Whether every part is made of letters, digits, dot, hyphen and underscore, and none is . or .. or an option."""
    parts = path.split("/")
    return len(path) <= _LONGEST and all(_PART.fullmatch(part) and part not in (".", "..") for part in parts)
