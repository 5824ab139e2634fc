"""The files inside a PDF, unpacked within a limit: a hostile one of a megabyte may hold a gigabyte."""

import zlib
from collections.abc import Iterator
from typing import Any

import pikepdf

from generator.errors import VerificationError


def unpacked(pdf: pikepdf.Pdf, most: int) -> Iterator[tuple[str, bytes]]:
    """Each attachment with its bytes. Raises VerificationError where all together have more bytes than `most`."""
    room = most
    for name, file in pdf.attachments.items():
        data = _bytes(file.get_file().obj, room)
        room -= len(data)
        if room < 0:
            raise VerificationError(f"its attachments unpack to more than {most} bytes")
        yield name, data


def _bytes(stream: Any, room: int) -> bytes:
    """The bytes of a stream, but one more than there is room for at the most where it is packed."""
    raw = bytes(stream.read_raw_bytes())
    if "/Filter" not in stream:
        return raw
    if stream.Filter not in (pikepdf.Name.FlateDecode, pikepdf.Array([pikepdf.Name.FlateDecode])):
        raise VerificationError("an attachment is packed in a way that no pack uses")
    return zlib.decompressobj().decompress(raw, room + 1)
