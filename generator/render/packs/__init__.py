"""Evidence packs as HTML for print."""

from generator.render.packs.document import pack_html
from generator.render.packs.source import AttachedFile, PackSource

__all__ = ["AttachedFile", "PackSource", "pack_html"]
