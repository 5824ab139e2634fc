"""The sample bank's past: a written history, undone from the content commit by commit."""

from generator.demo.history import Entry, entries
from generator.demo.replay import Replayed, replay
from generator.demo.stream import address, fast_import

__all__ = ["Entry", "Replayed", "address", "entries", "fast_import", "replay"]
