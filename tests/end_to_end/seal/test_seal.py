"""Sealing: what is refused, what is watched, and what programs that are not ours say of the result."""

import io
import os
import re
import subprocess
from dataclasses import replace
from datetime import timedelta
from importlib import metadata
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel, SuspiciousModification

from generator.adapters.demo_ca import Credential, DemoAuthority, demo_authority
from generator.adapters.inspection import PackInspector, silence
from generator.adapters.signing import LongTerm, PadesSigner, demo_signer, simple_signer
from generator.adapters.store import FolderStore
from generator.commands.issue import issue, issued_packs
from generator.commands.seal import Sealed, seal
from generator.errors import SealError
from generator.evidence.facts import base_of
from generator.evidence.ledger import Ledger
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench, Git, now

# page-validation compares an earlier signature with the whole file; veraPDF with the revision that it ends.
# It also takes a stream's last byte for part of the line end when that byte, by chance, is CR.
ALLOWED = {"PDFA3A-SIGNATURE-BYTERANGE-001", "PDFA3A-STREAM-LENGTH-001"}


def test_the_seal_is_long_term_and_certifies(bench: Bench, sealed: Sealed) -> None:
    facts = PackInspector().facts(sealed.data, bench.authority.roots())
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


def _reissued(authority: DemoAuthority, **changes: Any) -> Credential:
    """The seal's certificate with something changed, signed by the same root."""
    key = changes.get("key", authority.seal.key)
    old = authority.seal.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(old.subject)
        .issuer_name(old.issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(changes.get("start", old.not_valid_before_utc))
        .not_valid_after(changes.get("end", old.not_valid_after_utc))
    )
    for extension in old.extensions:
        replaced = changes.get("usage") if extension.oid == x509.KeyUsage.oid else None
        builder = builder.add_extension(replaced or extension.value, extension.critical)
    signed = builder.sign(changes.get("root", authority.root.key), hashes.SHA256())
    return Credential(key, signed)


def _signer(authority: DemoAuthority, credential: Credential) -> PadesSigner:
    good = demo_signer(authority, now)
    return replace(good, signer=simple_signer(credential.key, credential.certificate, [authority.root.certificate]))


_DIGITAL_SIGNATURE_ONLY = x509.KeyUsage(
    digital_signature=True,
    content_commitment=False,
    key_encipherment=False,
    data_encipherment=False,
    key_agreement=False,
    key_cert_sign=False,
    crl_sign=False,
    encipher_only=False,
    decipher_only=False,
)


@pytest.mark.parametrize(
    "changes",
    [
        {"end": now() - timedelta(hours=1)},
        {"start": now() + timedelta(days=1)},
        {"root": ec.generate_private_key(ec.SECP256R1())},
        {"key": rsa.generate_private_key(65537, 1024)},  # noqa: S505 - weak on purpose
        {"key": ec.generate_private_key(ec.SECP192R1())},
        {"usage": _DIGITAL_SIGNATURE_ONLY},
    ],
    ids=["ended", "not begun", "another root", "RSA-1024", "P-192", "no commitment"],
)
@pytest.mark.parametrize("long_term", [True, False])
def test_no_pack_leaves_with_a_bad_certificate(
    bench: Bench, base: bytes, changes: dict[str, object], long_term: bool
) -> None:
    signer = _signer(bench.authority, _reissued(bench.authority, **changes))
    with pytest.raises(SealError):
        replace(signer, long_term=signer.long_term if long_term else None).seal(base)


def test_a_key_of_another_certificate_is_refused(authority: DemoAuthority) -> None:
    with pytest.raises(SealError, match="does not belong") as caught:
        simple_signer(authority.root.key, authority.seal.certificate, [])
    assert caught.value.reason == "KEY"


def test_long_term_without_revocation_data_is_refused(bench: Bench, base: bytes) -> None:
    with pytest.raises(SealError) as caught:
        replace(bench.signer(), long_term=LongTerm()).seal(base)
    assert caught.value.reason == "LONG_TERM"


def test_a_seal_without_archive_time_stamp_passes_too(bench: Bench, base: bytes, tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    sealed = seal(base, replace(bench.signer(), long_term=None), PackInspector(), store)
    assert bench.verdict(sealed.data, ledger=store.ledger).outcome is Outcome.PASSED


def test_an_issue_whose_pack_has_no_time_stamp_is_refused(base: bytes, tmp_path: Path) -> None:
    with pytest.raises(SealError, match="carries no time-stamp"):
        issue(FolderStore(tmp_path), base, PackInspector().facts(base, b""))


def test_the_demo_authority_keeps_its_keys_to_itself(tmp_path: Path) -> None:
    folder = tmp_path / "state" / "demo-authority"
    first = demo_authority(folder, now)
    assert sorted(path.name for path in folder.iterdir()) == [
        "root.key", "root.pem", "seal.key", "seal.pem", "stamp.key", "stamp.pem",
    ]  # fmt: skip
    assert {path.stat().st_mode & 0o777 for path in folder.glob("*.key")} == {0o600}
    assert demo_authority(folder, now).roots() == first.roots()
    assert [path.name for path in folder.parent.iterdir()] == ["demo-authority"]


def test_a_broken_demo_authority_is_told_with_the_way_out(tmp_path: Path) -> None:
    folder = tmp_path / "demo-authority"
    demo_authority(folder, now)
    (folder / "seal.key").write_text("no key")
    with pytest.raises(SealError, match="seal cannot be read") as caught:
        demo_authority(folder, now)
    assert (caught.value.reason, caught.value.remedy) == ("KEY", f"delete {folder}")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_demo_authority_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SealError, match="cannot make the demo authority"):
        demo_authority(tmp_path / "demo-authority", now)


@pytest.mark.outside
def test_pdfsig_sees_a_valid_certifying_signature(sealed: Sealed, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(sealed.data)
    told = subprocess.run(["pdfsig", path], capture_output=True, text=True, check=False).stdout
    assert "Signer Certificate Common Name: Roadmap portal DEMO seal" in told
    assert "Signature Validation: Signature is Valid." in told
    assert "Digest Mismatch" not in told


@pytest.mark.outside
def test_qpdf_finds_no_fault_in_a_sealed_pack(sealed: Sealed, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(sealed.data)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.outside
def test_openssl_verifies_the_seal_and_its_time_stamp(bench: Bench, sealed: Sealed, tmp_path: Path) -> None:
    signed, contents = _signed_part(sealed.data)
    (tmp_path / "signed").write_bytes(signed)
    (tmp_path / "seal.der").write_bytes(contents)
    (tmp_path / "root.pem").write_bytes(bench.authority.roots())
    cms = "openssl cms -verify -cades -binary -inform DER -in seal.der -content signed -CAfile root.pem -out out"
    done = subprocess.run([*cms.split(), "-purpose", "any"], cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "CAdES Verification successful" in done.stderr
    token, covered = _token(contents)
    (tmp_path / "token").write_bytes(token)
    (tmp_path / "covered").write_bytes(covered)
    ts = "openssl ts -verify -data covered -in token -token_in -CAfile root.pem"
    done = subprocess.run(ts.split(), cwd=tmp_path, capture_output=True, text=True, check=False)
    assert "Verification: OK" in done.stdout + done.stderr


def _signed_part(data: bytes) -> tuple[bytes, bytes]:
    """The bytes that the first signature covers, and the signature."""
    found = re.search(rb"/ByteRange \[(\d+) (\d+) (\d+) (\d+) *\]", data[len(base_of(data)) :])
    assert found
    start, length, second, rest = (int(number) for number in found.groups())
    contents = bytes.fromhex(data[start + length + 1 : second - 1].decode("ascii"))
    return data[start : start + length] + data[second : second + rest], contents.rstrip(b"\0")


def _token(contents: bytes) -> tuple[bytes, bytes]:
    """The time-stamp token inside a signature, and the bytes that it covers."""
    from asn1crypto import cms

    signer = cms.ContentInfo.load(contents + b"\0")["content"]["signer_infos"][0]
    (attribute,) = [each for each in signer["unsigned_attrs"] if each["type"].native == "signature_time_stamp_token"]
    return attribute["values"][0].dump(), signer["signature"].native


def test_two_seals_of_one_base_differ_but_keep_the_base(bench: Bench, base: bytes) -> None:
    one, two = bench.signer().seal(base), bench.signer().seal(base)
    assert one != two
    assert one[: len(base)] == two[: len(base)] == base
