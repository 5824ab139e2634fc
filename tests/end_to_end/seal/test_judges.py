"""What programs that are not ours say of a sealed pack."""

import re
import subprocess
from pathlib import Path

import pytest

from generator.commands.seal import Sealed
from generator.evidence.facts import base_of
from tests.end_to_end.seal.conftest import Bench


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
