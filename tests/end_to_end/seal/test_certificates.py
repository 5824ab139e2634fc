"""Certificates, keys and the demo authority: what is refused before or after signing."""

import os
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec, rsa

from generator.adapters.demo_ca import Credential, DemoAuthority, demo_authority
from generator.adapters.inspection import PackInspector
from generator.adapters.production import production_signer
from generator.adapters.signing import LongTerm, PadesSigner, demo_signer, simple_signer
from generator.adapters.store import FolderStore
from generator.commands.issue import issue
from generator.commands.seal import seal
from generator.config import AuthoritySettings, Settings, SignerSettings
from generator.errors import SealError
from generator.evidence.trust import NOBODY
from generator.evidence.verdict import Outcome
from tests.end_to_end.seal.conftest import Bench, now


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
        issue(FolderStore(tmp_path), base, PackInspector().facts(base, NOBODY))


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


def test_a_token_that_does_not_open_is_told(tmp_path: Path, authority: DemoAuthority) -> None:
    (tmp_path / "roots.pem").write_bytes(authority.roots())
    token = SignerSettings("pkcs11", library="nowhere.so", token="evidence", label="seal")
    settings = Settings(
        place=str(tmp_path / "publish.toml"),
        roots="roots.pem",
        stamp_roots="roots.pem",
        signer=token,
        authorities=(AuthoritySettings("http://127.0.0.1:9/"),),
    )
    with pytest.raises(SealError, match=r"PKCS#11 needs a library|the token evidence does not open") as caught:
        production_signer(settings, now)
    assert caught.value.reason == "KEY"
