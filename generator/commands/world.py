"""The world as commands see it: every port behind one name, opened only when it is asked for."""

from typing import Protocol

from generator.ports import Cache, Clock, Files, History, Markup, PdfPrinter, SourceTree, Store


class World(Protocol):
    """Every port a command may call."""

    @property
    def tree(self) -> SourceTree:
        """The content folder of the work tree."""

    @property
    def history(self) -> History:
        """The repository's past."""

    @property
    def files(self) -> Files:
        """The disk."""

    @property
    def cache(self) -> Cache:
        """Results kept between runs."""

    @property
    def clock(self) -> Clock:
        """The clock."""

    @property
    def markup(self) -> Markup:
        """Markdown to safe HTML."""

    @property
    def printer(self) -> PdfPrinter:
        """HTML to PDF."""

    @property
    def store(self) -> Store:
        """Issued packs."""
