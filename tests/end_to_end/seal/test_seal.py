"""Sealing: what is refused, what is watched, and what programs that are not ours say of the result."""

import io
from dataclasses import replace
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification

from generator.adapters.inspection import PackInspector, silence
from generator.adapters.store import FolderStore
from generator.commands.issue import issued_packs
from generator.commands.seal import Sealed, seal
from generator.errors import SealError
from generator.evidence.ledger import Ledger
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench, Git

# page-validation compares an earlier signature with the whole file; veraPDF with the revision that it ends.
# It also takes a stream's last byte for part of the line end when that byte, by chance, is CR.
ALLOWED = {"PDFA3A-SIGNATURE-BYTERANGE-001", "PDFA3A-STREAM-LENGTH-001"}


def test_the_seal_is_long_term_and_certifies(bench: Bench, sealed: Sealed) -> None:
    facts = PackInspector().facts(sealed.data, bench.authority.trust())
    assert [each.field for each in facts.signatures] == ["Seal", "ArchiveTimestamp01"]
    assert (facts.signatures[0].certifies, facts.signatures[0].long_term) == (2, "PASSED")
    assert "DEMO" in facts.signatures[0].signer


def test_fix_5_sealing_leaves_the_metadata_alone(base: bytes, sealed: Sealed) -> None:
    assert sealed.data[len(base) :].count(b"<rdf:RDF") == 0
    for profile in (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1):
        found = {failure.rule_id for failure in page.validate_pdf_bytes(sealed.data, profile=profile).failures}
        assert found <= ALLOWED


def test_fix_5_depends_on_a_private_method_of_this_very_version() -> None:
    # When this fails: read pyhanko/pdf_utils/writer.py, see that _update_meta still only writes metadata, then move on.
    assert metadata.version("pyhanko") == "0.38.0"
    writer = IncrementalPdfFileWriter(io.BytesIO(_one_page()))
    assert writer._update_meta() is None
    output = io.BytesIO()
    writer.update_root()
    writer.write(output)
    assert b"pyHanko" not in output.getvalue()


def _one_page() -> bytes:
    output = io.BytesIO()
    with pikepdf.new() as pdf:
        pdf.add_blank_page()
        pdf.save(output)
    return output.getvalue()


def test_fix_6_sealing_draws_nothing(base: bytes, sealed: Sealed) -> None:
    added = sealed.data[len(base) :]
    assert b"/FontFile" not in added
    assert b"/Helvetica" not in added
    assert b"/Courier" not in added


def test_fix_8_an_array_in_the_structure_tree_spoils_the_seal_for_other_verifiers(bench: Bench, base: bytes) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(base)) as pdf:
        element: Any = pdf.Root.StructTreeRoot.K[0]
        for form in [kid for kid in element.K if str(kid.get("/S", "")) == "/Form"]:
            form.K = pikepdf.Array([form.K])
        pdf.save(output)

    good, bad = (bench.signer().seal(each) for each in (base, output.getvalue()))

    assert changes_by_default_policy(good) <= ModificationLevel.LTA_UPDATES
    assert changes_by_default_policy(bad) is ModificationLevel.OTHER


def changes_by_default_policy(data: bytes) -> ModificationLevel:
    """What pyHanko's own difference policy says of the revisions behind the seal."""
    seal_field = PdfFileReader(io.BytesIO(data)).embedded_signatures[0]
    with silence():
        seal_field.compute_integrity_info()
    found: Any = seal_field.diff_result
    return (
        ModificationLevel.OTHER
        if isinstance(found, SuspiciousModification)
        else ModificationLevel(found.modification_level)
    )


def test_a_base_pack_that_was_issued_gives_that_issue_again(bench: Bench, base: bytes, sealed: Sealed) -> None:
    again = seal(base, bench.signer(), PackInspector(), bench.store)
    assert again.repeated
    assert again.data == sealed.data
    assert len(Ledger.parse(bench.store.ledger()).lines) == 1


def test_the_index_of_issued_packs_is_read_from_the_store(bench: Bench, sealed: Sealed) -> None:
    (only,) = issued_packs(bench.store)
    assert (only.seq, only.pack, only.profile, only.pages) == (1, "pck-sample", "demo", 2)
    assert (only.sha256, only.size) == (sealed.line.signed_sha256, len(sealed.data))


def test_a_second_issue_names_and_proves_the_first(fresh_bench: Bench, git: Git) -> None:
    bench = fresh_bench
    inspector = PackInspector()
    first = seal(bench.printed(bench.request()), bench.signer(), inspector, bench.store)
    git("commit", "-q", "--allow-empty", "-m", "A week later")
    ledger = Ledger.parse(bench.store.ledger())
    request = bench.request(since=first.line.commit, previous=ledger.proof())
    second = seal(bench.printed(request), bench.signer(), inspector, bench.store)
    assert (second.line.seq, second.line.prev) == (2, ledger.head)
    assert bench.verdict(second.data).outcome is Outcome.PASSED
    assert bench.verdict(first.data).outcome is Outcome.PASSED


def test_a_pack_printed_before_another_issue_is_refused(fresh_bench: Bench) -> None:
    bench = fresh_bench
    inspector = PackInspector()
    late = bench.printed(bench.request(as_of=bench.request().as_of - timedelta(days=1)))
    seal(bench.printed(bench.request()), bench.signer(), inspector, bench.store)
    with pytest.raises(SealError) as caught:
        seal(late, bench.signer(), inspector, bench.store)
    assert caught.value.reason == "STALE"


def test_a_commit_that_left_the_history_fails(fresh_bench: Bench, git: Git) -> None:
    sealed = seal(fresh_bench.printed(fresh_bench.request()), fresh_bench.signer(), PackInspector(), fresh_bench.store)
    git("commit", "-q", "--amend", "-m", "Begin, rewritten")
    verdict = fresh_bench.verdict(sealed.data)
    assert (verdict.outcome, verdict.reason) == (Outcome.FAILED, "NOT_ANCESTOR")


def test_a_production_pack_refuses_the_demo_key(bench: Bench) -> None:
    base = bench.printed(bench.request(profile="production"))
    with pytest.raises(SealError, match=r"seal\.profile is production, the key is of profile demo") as caught:
        seal(base, bench.signer(), PackInspector(), bench.store)
    assert caught.value.reason == "PROFILE"


def test_a_demo_pack_refuses_a_production_key(bench: Bench, base: bytes, tmp_path: Path) -> None:
    signer = replace(bench.signer(), profile="production")
    with pytest.raises(SealError, match=r"seal\.profile is demo"):
        seal(base, signer, PackInspector(), FolderStore(tmp_path))


def test_a_demo_certificate_never_passes_for_production(bench: Bench) -> None:
    base = bench.printed(bench.request(profile="production"))
    with pytest.raises(SealError) as caught:
        replace(bench.signer(), profile="production").seal(base)
    assert caught.value.reason == "PROFILE_MISMATCH"


def test_a_sealed_pack_is_not_sealed_again(bench: Bench, sealed: Sealed) -> None:
    with pytest.raises(SealError, match="signed already"):
        seal(sealed.data, bench.signer(), PackInspector(), bench.store)


@pytest.mark.parametrize("junk", [b"", b"%PDF-1.7\n%%EOF\n", b"\0" * 1000, b"<html>"])
def test_what_is_no_pack_is_not_sealed(bench: Bench, junk: bytes) -> None:
    with pytest.raises(SealError) as caught:
        seal(junk, bench.signer(), PackInspector(), bench.store)
    assert caught.value.reason == "UNREADABLE"


def test_two_seals_of_one_base_differ_but_keep_the_base(bench: Bench, base: bytes) -> None:
    one, two = bench.signer().seal(base), bench.signer().seal(base)
    assert one != two
    assert one[: len(base)] == two[: len(base)] == base
