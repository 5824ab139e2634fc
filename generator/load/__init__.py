"""Loading: bytes to positioned trees, trees to a portal, with every problem at its place."""

from generator.load.assemble import Loaded, assemble, form, is_source, parse
from generator.load.extract import FileRecords, file_records
from generator.load.rules import LOAD_RULES
from generator.load.tree import LOADER_VERSION, Tree

__all__ = [
    "LOADER_VERSION",
    "LOAD_RULES",
    "FileRecords",
    "Loaded",
    "Tree",
    "assemble",
    "file_records",
    "form",
    "is_source",
    "parse",
]
