"""The theme as values: templates, tokens and the files that are published as they are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.render.tokens import Tokens, read_tokens

PAGES = "pages/"


@dataclass(frozen=True)
class Theme:
    """Every file of the theme folder by its path there."""

    files: Mapping[str, bytes]

    @cached_property
    def tokens(self) -> Tokens:
        """The design tokens."""
        return read_tokens(self.files["tokens.json"].decode())

    @cached_property
    def pages(self) -> Mapping[str, str]:
        """The page templates by name."""
        return {
            path.removeprefix(PAGES): data.decode()
            for path, data in self.files.items()
            if path.startswith(PAGES) and path.endswith(".html")
        }
