"""A sealed pack passes; whatever is done to it afterwards does not."""

import hashlib
import io
from collections.abc import Callable
from datetime import timedelta

import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from generator.commands.seal import Sealed
from generator.errors import ContentError, HistoryError, PrintError, StorageError
from generator.evidence.facts import base_of
from generator.evidence.request import PackRequest
from generator.evidence.trust import NOBODY
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench, now, toolchain


def test_a_sealed_pack_passes_in_eight_steps(bench: Bench, sealed: Sealed) -> None:
    verdict = bench.verdict(sealed.data)
    assert [(step.number, step.outcome, step.reason) for step in verdict.steps] == [
        (number, Outcome.PASSED, "") for number in range(1, 9)
    ], list(verdict.lines())
    assert verdict.outcome is Outcome.PASSED


def test_the_base_is_a_prefix_of_the_sealed_pack(base: bytes, sealed: Sealed) -> None:
    assert sealed.data.startswith(base)
    assert base_of(sealed.data) == base
    assert sealed.line.unsigned_sha256 == hashlib.sha256(base).hexdigest()


def _byte_in_base(data: bytes) -> bytes:
    middle = len(base_of(data)) // 2
    return data[:middle] + bytes([data[middle] ^ 1]) + data[middle + 1 :]


def _appended(junk: bytes) -> Callable[[bytes], bytes]:
    return lambda data: data + junk


def _cut_to_base(data: bytes) -> bytes:
    return base_of(data)


def _last_revision_dropped(data: bytes) -> bytes:
    end = data.rfind(b"%%EOF", 0, data.rfind(b"%%EOF"))
    return data[: end + len(b"%%EOF\n")]


def _rewritten(data: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as pdf:
        pdf.save(output)
    return output.getvalue()


def _page_added_to(data: bytes) -> bytes:
    from pyhanko.pdf_utils import generic

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _seal_removed(data: bytes) -> bytes:
    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    for reference in writer.root["/AcroForm"]["/Fields"]:
        field = reference.get_object()
        if field["/T"] == "Seal":
            del field["/V"]
            writer.mark_update(reference)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _language_changed(data: bytes) -> bytes:
    from pyhanko.pdf_utils import generic

    writer = IncrementalPdfFileWriter(io.BytesIO(data))
    writer.root["/Lang"] = generic.TextStringObject("de")
    writer.update_root()
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _padding_filled(data: bytes) -> bytes:
    """Other bytes behind a signature, where they are neither signed nor read."""
    start = data.find(b"/Contents <", len(base_of(data)))
    end = data.find(b">", start)
    assert data[end - 8 : end] == b"00000000"
    return data[: end - 8] + b"41414141" + data[end:]


@pytest.mark.parametrize(
    ("tampered", "reason"),
    [
        (_byte_in_base, ""),
        (_appended(b"\n"), "TRAILING_BYTES"),
        (_appended(b"%x\n"), "TRAILING_BYTES"),
        (_appended(b"junk" * 10), "TRAILING_BYTES"),
        (_appended(b"%%EOF\n"), "UNREADABLE"),
        (_cut_to_base, "UNSIGNED"),
        (_last_revision_dropped, "NOT_ISSUED"),
        (_rewritten, "BROKEN_SIGNATURE"),
        (_page_added_to, "MODIFIED"),
        (_seal_removed, "SEAL_MISSING"),
        (_language_changed, "MODIFIED"),
        (_padding_filled, "PADDING"),
        (lambda _: b"", "UNREADABLE"),
        (lambda data: data[:-1000], ""),
        (lambda _: b"%PDF-1.7\n%%EOF\n", "UNREADABLE"),
    ],
)
def test_a_pack_that_was_tampered_with_fails(
    bench: Bench, sealed: Sealed, tampered: Callable[[bytes], bytes], reason: str
) -> None:
    verdict = bench.verdict(tampered(sealed.data))
    assert verdict.outcome is Outcome.FAILED
    assert reason in {"", *(step.reason for step in verdict.steps)}, list(verdict.lines())


def test_every_bit_flipped_is_noticed(bench: Bench, sealed: Sealed) -> None:
    # Without repository: the file, its signatures and the ledger alone have to notice.
    size = len(sealed.data)
    places = [number * size // 60 for number in range(60)]
    for place in places:
        data = bytearray(sealed.data)
        data[place] ^= 1 << (place % 8)
        verdict = bench.verdict(bytes(data), rebuild=None, history=None)
        assert verdict.outcome is Outcome.FAILED, place


def test_another_rebuild_fails(bench: Bench, sealed: Sealed) -> None:
    verdict = bench.verdict(sealed.data, rebuild=lambda _: b"%PDF-1.7 another %%EOF\n")
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, "REBUILD_DIFFERS")


@pytest.mark.parametrize(("version", "outcome"), [("70.0", Outcome.FAILED), ("71.0", Outcome.INDETERMINATE)])
def test_content_refused_by_newer_rules_fails_only_under_the_same_toolchain(
    bench: Bench, sealed: Sealed, version: str, outcome: Outcome
) -> None:
    def refused(request: PackRequest) -> bytes:
        raise ContentError((), request.pack)

    verdict = bench.verdict(sealed.data, rebuild=refused, toolchain=lambda: {**toolchain(), "weasyprint": version})
    assert (verdict.steps[4].outcome, "the content has 0 errors" in verdict.steps[4].detail) == (outcome, True)


def test_another_rebuild_by_another_toolchain_stays_undecided(bench: Bench, sealed: Sealed) -> None:
    verdict = bench.verdict(
        sealed.data,
        rebuild=lambda _: b"%PDF-1.7 another %%EOF\n",
        toolchain=lambda: {**toolchain(), "weasyprint": "71.0"},
    )
    assert (verdict.outcome, verdict.reason) == (Outcome.INDETERMINATE, "TOOLCHAIN_DIFFERS")
    assert "weasyprint 70.0, here 71.0" in verdict.steps[4].detail


@pytest.mark.parametrize(
    ("missing", "reason"),
    [
        ({"trust": NOBODY}, "NO_ROOTS"),
        ({"rebuild": None, "history": None}, "NO_REPOSITORY"),
        ({"ledger": None}, "NO_LEDGER"),
        ({"ledger": lambda: b""}, "NO_LEDGER"),
    ],
)
def test_what_was_not_given_stays_undecided(
    bench: Bench, sealed: Sealed, missing: dict[str, object], reason: str
) -> None:
    verdict = bench.verdict(sealed.data, **missing)
    assert (verdict.outcome, verdict.reason) == (Outcome.INDETERMINATE, reason)


def _no_folder() -> bytes:
    raise StorageError("/nope is not a folder", reason="NO_REPOSITORY")


def test_a_ledger_that_cannot_be_reached_stays_undecided(bench: Bench, sealed: Sealed) -> None:
    verdict = bench.verdict(sealed.data, ledger=_no_folder)
    assert (verdict.outcome, verdict.reason) == (Outcome.INDETERMINATE, "NO_REPOSITORY")


def _no_pango(_: PackRequest) -> bytes:
    raise PrintError("the Pango libraries are not installed", reason="NO_PANGO")


def _unknown_commit(_: PackRequest) -> bytes:
    raise HistoryError("there is no such commit", reason="UNKNOWN_COMMIT")


@pytest.mark.parametrize(("rebuild", "reason"), [(_no_pango, "NO_PANGO"), (_unknown_commit, "UNKNOWN_COMMIT")])
def test_a_rebuild_that_is_not_possible_here_stays_undecided(
    bench: Bench, sealed: Sealed, rebuild: Callable[[PackRequest], bytes], reason: str
) -> None:
    verdict = bench.verdict(sealed.data, rebuild=rebuild)
    assert (verdict.outcome, verdict.reason) == (Outcome.INDETERMINATE, reason)


def test_an_exception_of_any_type_fails_its_step_and_no_other(bench: Bench, sealed: Sealed) -> None:
    def broken(_: PackRequest) -> bytes:
        raise ZeroDivisionError("font-size 1e9")

    verdict = bench.verdict(sealed.data, rebuild=broken)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, "UNREADABLE")
    assert sum(step.outcome is Outcome.FAILED for step in verdict.steps) == 1


def test_a_seal_from_tomorrow_fails(bench: Bench, sealed: Sealed) -> None:
    assert bench.verdict(sealed.data, now=now() - timedelta(days=1)).reason == "FUTURE_TIMESTAMP"


def test_the_seal_still_passes_when_its_certificate_has_ended(bench: Bench, sealed: Sealed) -> None:
    assert bench.verdict(sealed.data, now=now() + timedelta(days=5 * 365)).outcome is Outcome.PASSED
