"""Revisions that somebody else appends and closes with a time-stamp anyone can buy: none of them changes the pack."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter, append_signature_field
from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner
from pyhanko.sign.signers.pdf_signer import PdfTimeStamper
from pyhanko.stamp.noop import NoOpStampStyle

from generator.adapters.demo_ca import demo_authority
from generator.adapters.inspection import PackInspector
from generator.adapters.signing import simple_signer
from generator.adapters.store import FolderStore
from generator.adapters.timestamp import CheckedAuthority, DemoStampAuthority, TokenSource
from generator.commands.seal import Sealed, seal
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench, certified, now

Edit = Callable[[Any], None]


def _revised(data: bytes, edit: Edit) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    edit(writer)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _closed(data: bytes, bench: Bench) -> bytes:
    """The file with a valid archive time-stamp over all of it, so that its last signature covers the whole file."""
    source = DemoStampAuthority(bench.authority, now)
    tokens = TokenSource(CheckedAuthority((source,), (bench.authority.root.certificate,), now))
    output = io.BytesIO()
    stamper = PdfTimeStamper(tokens, field_name="ArchiveTimestamp02")
    stamper.timestamp_pdf(IncrementalPdfFileWriter(io.BytesIO(data)), "sha256", output=output)
    return output.getvalue()


def _page(writer: Any) -> Any:
    return writer.root["/Pages"]["/Kids"].raw_get(0)


def _blank(writer: Any) -> None:
    page = _page(writer)
    page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(page)


def _page_into_the_store(writer: Any) -> None:
    store = writer.root["/DSS"]
    store["/Evil"] = _page(writer)
    writer.update_container(store)


def _annotation(writer: Any) -> None:
    page = _page(writer).get_object()
    note = generic.DictionaryObject(
        {
            generic.NameObject("/Type"): generic.NameObject("/Annot"),
            generic.NameObject("/Subtype"): generic.NameObject("/FreeText"),
            generic.NameObject("/Rect"): generic.ArrayObject([generic.NumberObject(n) for n in (0, 0, 99, 99)]),
            generic.NameObject("/Contents"): generic.TextStringObject("all met"),
        }
    )
    page["/Annots"].append(writer.add_object(note))
    writer.update_container(page["/Annots"])
    writer.mark_update(_page(writer))


def _new_field(writer: Any) -> None:
    append_signature_field(writer, SigFieldSpec("Approver9"))


def _appearance(writer: Any) -> None:
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        field["/AP"]["/N"] = writer.add_object(generic.StreamObject(stream_data=b"q Q q Q"))
        writer.mark_update(reference)


def _other_file_inside(writer: Any) -> None:
    specification = writer.root["/AF"][0]
    specification["/EF"]["/F"] = writer.add_object(generic.StreamObject(stream_data=b"other"))
    writer.update_container(specification)


def _other_metadata(writer: Any) -> None:
    writer.root["/Metadata"] = writer.add_object(generic.StreamObject(stream_data=b"<x/>"))
    writer.update_root()


def _script(writer: Any) -> None:
    action = {
        generic.NameObject("/S"): generic.NameObject("/JavaScript"),
        generic.NameObject("/JS"): generic.NullObject(),
    }
    writer.root["/OpenAction"] = writer.add_object(generic.DictionaryObject(action))
    writer.update_root()


def _permission_lifted(writer: Any) -> None:
    del writer.root["/Perms"]
    writer.update_root()


@pytest.mark.parametrize(
    "edits",
    [
        (_blank,),
        (_page_into_the_store, _blank),
        (_annotation,),
        (_new_field,),
        (_appearance,),
        (_other_file_inside,),
        (_other_metadata,),
        (_script,),
        (_permission_lifted,),
    ],
    ids=lambda edits: "-".join(edit.__name__ for edit in edits),
)
def test_a_revision_that_changes_the_pack_fails(bench: Bench, sealed: Sealed, edits: tuple[Edit, ...]) -> None:
    data = sealed.data
    for edit in edits:
        data = _revised(data, edit)
    verdict = bench.verdict(_closed(data, bench))
    assert verdict.steps[1].outcome is Outcome.FAILED, list(verdict.lines())
    assert verdict.steps[1].reason in ("MODIFIED", "STRANGE_FIELD")


def test_an_archive_time_stamp_of_ones_own_is_no_change(bench: Bench, sealed: Sealed) -> None:
    facts = PackInspector().facts(_closed(sealed.data, bench), bench.authority.trust())
    assert [(each.field, each.changes) for each in facts.signatures] == [
        ("Seal", "LTA_UPDATES"),
        ("ArchiveTimestamp01", "LTA_UPDATES"),
        ("ArchiveTimestamp02", "NONE"),
    ]


def test_a_refreshed_pack_passes_as_the_one_issued(bench: Bench, sealed: Sealed) -> None:
    verdict = bench.verdict(_closed(sealed.data, bench))
    assert verdict.outcome is Outcome.PASSED, list(verdict.lines())
    assert verdict.steps[7].detail.endswith("; signed since it was issued: ArchiveTimestamp02")


def _approved(data: bytes, bench: Bench, name: str, field: str = "Approver1") -> bytes:
    """The file with an approver's signature in a field that waits for it."""
    approver = certified(bench.authority, name)
    signer = simple_signer(approver.key, approver.certificate, [bench.authority.root.certificate])
    source = DemoStampAuthority(bench.authority, now)
    tokens = TokenSource(CheckedAuthority((source,), (bench.authority.root.certificate,), now))
    metadata = PdfSignatureMetadata(field, md_algorithm="sha256", subfilter=SigSeedSubFilter.PADES)
    output = io.BytesIO()
    PdfSigner(metadata, signer, timestamper=tokens, stamp_style=NoOpStampStyle()).sign_pdf(
        IncrementalPdfFileWriter(io.BytesIO(data)), output=output, existing_fields_only=True
    )
    return output.getvalue()


def test_a_counter_signed_pack_passes_as_the_one_issued(bench: Bench, base: bytes, tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    # Without revocation data: the approver's certificate brings none, so the long-term rule would not be met.
    issued = seal(base, replace(bench.signer(), long_term=None), PackInspector(), store)
    data = _closed(_approved(issued.data, bench, "DEMO internal audit"), bench)
    verdict = bench.verdict(data, ledger=store.ledger)
    assert verdict.outcome is Outcome.PASSED, list(verdict.lines())
    assert verdict.steps[7].detail.endswith("; signed since it was issued: Approver1, ArchiveTimestamp02")


def test_an_issued_pack_with_another_documents_revision_was_not_issued(bench: Bench, sealed: Sealed) -> None:
    # The issued bytes are there as a prefix, and a reader sees another page: the ledger alone must not decide.
    verdict = bench.verdict(_closed(_revised(sealed.data, _blank), bench))
    assert [(step.number, step.reason) for step in verdict.steps if step.outcome is not Outcome.PASSED] == [
        (2, "MODIFIED")
    ]


def test_somebody_elses_second_signature_fails(bench: Bench, sealed: Sealed, tmp_path: Path) -> None:
    stranger = replace(bench, authority=demo_authority(tmp_path / "stranger", now))
    verdict = bench.verdict(_approved(sealed.data, stranger, "DEMO internal audit"))
    assert {(step.number, step.reason) for step in verdict.steps if step.outcome is Outcome.FAILED} == {
        (3, "UNTRUSTED"), (4, "BAD_TIMESTAMP"),
    }  # fmt: skip
