"""What is slipped between the printed base and the seal: the rebuild is a prefix, yet a reader shows another page."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

from generator.adapters.inspection import PackInspector
from generator.adapters.signing import PadesSigner
from generator.commands.issue import issue
from generator.commands.seal import seal
from generator.errors import SealError
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench


def _blanked(base: bytes) -> bytes:
    """The base with one more revision, unsigned, that empties its first page."""
    writer = IncrementalPdfFileWriter(io.BytesIO(base))
    page = writer.root["/Pages"]["/Kids"].raw_get(0)
    page.get_object()["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.mark_update(page)
    output = io.BytesIO()
    writer.write(output)
    return output.getvalue()


def _hidden(base: bytes) -> bytes:
    """Another document behind the base, which no cross reference leads to any more."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(_blanked(base))) as pdf:
        pdf.save(output, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    body, table, rest = output.getvalue().partition(b"\nxref\n")

    def moved(found: re.Match[bytes]) -> bytes:
        width = len(found[2])
        return found[1] + str(int(found[2]) + len(base)).zfill(width).encode() + found[3]

    rest = re.sub(rb"()(\d{10})( \d{5} n)", moved, rest)
    rest = re.sub(rb"(startxref\n)(\d+)(\n)", moved, rest)
    return base + body + table + rest


def _sealed_unjudged(bench: Bench, base: bytes, monkeypatch: pytest.MonkeyPatch) -> bytes:
    """Sealed and issued by somebody who has the key and leaves our own check out."""
    monkeypatch.setattr(PadesSigner, "_judge", lambda *_: None)
    data = bench.signer().seal(base)
    issue(bench.store, data, PackInspector().facts(data, bench.authority.trust()))
    return data


@pytest.mark.parametrize(
    ("slipped", "detail"),
    [(_blanked, "of the base is replaced"), (_hidden, "its oldest revision is not the base pack")],
)
def test_what_is_slipped_beneath_the_seal_fails(
    fresh_bench: Bench, monkeypatch: pytest.MonkeyPatch, slipped: Callable[[bytes], bytes], detail: str
) -> None:
    base = fresh_bench.printed(fresh_bench.request())
    data = _sealed_unjudged(fresh_bench, slipped(base), monkeypatch)
    verdict = fresh_bench.verdict(data)
    assert detail in verdict.steps[1].detail
    assert [(step.number, step.reason) for step in verdict.steps if step.outcome is not Outcome.PASSED] == [
        (2, "MODIFIED")
    ], list(verdict.lines())


def test_a_base_that_was_changed_is_not_sealed(fresh_bench: Bench) -> None:
    base = _blanked(fresh_bench.printed(fresh_bench.request()))
    with pytest.raises(SealError, match="more than the base pack"):
        seal(base, fresh_bench.signer(), PackInspector(), fresh_bench.store)
    assert fresh_bench.store.ledger() == b""
