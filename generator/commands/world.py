"""The world as commands see it: one frozen value of ports."""

from dataclasses import dataclass

from generator.ports import Cache, Clock, Files, History, Markup, PdfPrinter, SourceTree, Store


@dataclass(frozen=True)
class World:
    """Every port a command may call; each opens what it needs only when it is called."""

    tree: SourceTree
    history: History
    files: Files
    cache: Cache
    clock: Clock
    markup: Markup
    printer: PdfPrinter
    store: Store
