"""What a hostile file unpacks to is bounded."""

import io
import zlib

import pikepdf
import pytest

from generator.adapters import inspection
from generator.adapters.inspection import PackInspector
from generator.evidence.trust import NOBODY


def _with_attachment(packed: bytes, sort: pikepdf.Name) -> bytes:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.attachments["a.json"] = pikepdf.AttachedFileSpec(
        pdf, b"x", filename="a.json", description="", mime_type="", creation_date="", mod_date=""
    )
    pdf.attachments["a.json"].obj.EF.F.write(packed, filter=sort)
    output = io.BytesIO()
    pdf.save(output, compress_streams=False, stream_decode_level=pikepdf.StreamDecodeLevel.none)
    return output.getvalue()


@pytest.mark.parametrize(
    ("packed", "sort", "problem"),
    [
        (zlib.compress(bytes(2 << 20), 9), pikepdf.Name.FlateDecode, "its attachments unpack to more than 1048576"),
        (b"61>", pikepdf.Name.ASCIIHexDecode, "an attachment is packed in a way that no pack uses"),
    ],
    ids=["a bomb", "another filter"],
)
def test_an_attachment_that_no_pack_has_is_told_and_not_unpacked(
    packed: bytes, sort: pikepdf.Name, problem: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inspection, "_LARGEST", 1 << 20)
    facts = PackInspector().facts(_with_attachment(packed, sort), NOBODY)
    assert problem in facts.problem
    assert facts.attachments == {}


def test_an_attachment_is_unpacked() -> None:
    facts = PackInspector().facts(_with_attachment(zlib.compress(b"{}"), pikepdf.Name.FlateDecode), NOBODY)
    assert facts.attachments == {"a.json": b"{}"}
