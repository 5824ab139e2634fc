"""An authority of one's own for trying things out: a root, a seal and a time-stamp certificate, all named DEMO.

Made on first use in a folder outside the repository. Whoever can read the folder can seal, so a demo seal proves that
the machinery works and nothing else; a production pack refuses it.
"""

import os
import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from generator.adapters.certificates import spki_sha256
from generator.errors import SealError
from generator.evidence.trust import Sealer, Trust

DEMO = "DEMO"
"""The word that every certificate of a demo authority carries in its common name."""

PrivateKey = ec.EllipticCurvePrivateKey | rsa.RSAPrivateKey
_SEAL_NAME = f"Roadmap portal {DEMO} seal"
_YEAR = timedelta(days=365)
_FILES = ("root", "seal", "stamp")


@dataclass(frozen=True, slots=True)
class Credential:
    """A key and its certificate."""

    key: PrivateKey
    certificate: x509.Certificate


@dataclass(frozen=True, slots=True)
class DemoAuthority:
    """The three credentials of a demo authority."""

    root: Credential
    seal: Credential
    stamp: Credential

    def roots(self) -> bytes:
        """The root certificate, PEM."""
        return self.root.certificate.public_bytes(serialization.Encoding.PEM)

    def trust(self) -> Trust:
        """Trust in this authority alone, for demo packs."""
        return _trust(self.root.certificate)

    def revocation_list(self, now: datetime) -> bytes:
        """A list that revokes nothing, DER: what a verifier needs to say that nothing was revoked on that day."""
        builder = x509.CertificateRevocationListBuilder(
            self.root.certificate.subject, last_update=now - timedelta(hours=1), next_update=now + timedelta(days=30)
        )
        number = x509.CRLNumber(int(now.timestamp()))
        key_identifier = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.root.key.public_key())
        signed = builder.add_extension(number, critical=False).add_extension(key_identifier, critical=False)
        return signed.sign(self.root.key, hashes.SHA256()).public_bytes(serialization.Encoding.DER)


def default_folder() -> Path:
    """Where the demo authority lives unless a folder is named: below XDG_STATE_HOME."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "roadmap-portal" / "demo-authority"


def demo_authority(folder: Path, now: Callable[[], datetime]) -> DemoAuthority:
    """The authority in that folder, made there on first use. Raises SealError KEY."""
    if not folder.exists():
        _make(folder, now())
    credentials = [_read(folder, name) for name in _FILES]
    for credential in credentials:
        if not credential.certificate.not_valid_before_utc <= now() <= credential.certificate.not_valid_after_utc:
            raise SealError(
                f"{folder}: the demo certificates are not valid today", remedy=f"delete {folder}", reason="KEY"
            )
    return DemoAuthority(*credentials)


def demo_trust(folder: Path) -> Trust:
    """Trust in the demo authority of that folder. Raises SealError KEY where it has none."""
    try:
        return _trust(x509.load_pem_x509_certificate((folder / "root.pem").read_bytes()))
    except (OSError, ValueError) as error:
        raise SealError(f"{folder} holds no demo authority", remedy="seal a demo pack first", reason="KEY") from error


def _trust(root: x509.Certificate) -> Trust:
    pem = root.public_bytes(serialization.Encoding.PEM)
    return Trust(pem, pem, (Sealer(common_name=_SEAL_NAME, spki_sha256=spki_sha256(root), profile="demo"),))


def _make(folder: Path, now: datetime) -> None:
    """Write all six files aside and move them into place, so that a second process sees all or nothing."""
    root_key = ec.generate_private_key(ec.SECP256R1())
    root = Credential(root_key, _root_certificate(root_key, now))
    seal_key = ec.generate_private_key(ec.SECP256R1())
    stamp_key = rsa.generate_private_key(65537, 3072)
    seal = _leaf(root, seal_key, (_SEAL_NAME, now, 3 * _YEAR), stamp=False)
    stamp = _leaf(root, stamp_key, (f"Roadmap portal {DEMO} time-stamps", now, 9 * _YEAR), stamp=True)
    credentials = (root, Credential(seal_key, seal), Credential(stamp_key, stamp))
    try:
        folder.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        aside = Path(tempfile.mkdtemp(prefix=".demo-", dir=folder.parent))
        for name, credential in zip(_FILES, credentials, strict=True):
            _write(aside, name, credential)
        try:
            aside.rename(folder)
        except OSError:
            shutil.rmtree(aside)  # another process was first, or the folder cannot be made: reading it will tell
    except OSError as error:
        raise SealError(f"cannot make the demo authority in {folder}: {error.strerror}", reason="KEY") from error


def _write(folder: Path, name: str, credential: Credential) -> None:
    key = credential.key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    descriptor = os.open(folder / f"{name}.key", os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(key)
    (folder / f"{name}.pem").write_bytes(credential.certificate.public_bytes(serialization.Encoding.PEM))


def _read(folder: Path, name: str) -> Credential:
    try:
        key = serialization.load_pem_private_key((folder / f"{name}.key").read_bytes(), None)
        certificate = x509.load_pem_x509_certificate((folder / f"{name}.pem").read_bytes())
    except (OSError, ValueError, TypeError) as error:
        raise SealError(
            f"{folder}: the demo authority's {name} cannot be read", remedy=f"delete {folder}", reason="KEY"
        ) from error
    if not isinstance(key, PrivateKey):
        raise SealError(f"{folder}: {name}.key is of another sort", remedy=f"delete {folder}", reason="KEY")
    return Credential(key, certificate)


def _root_certificate(key: ec.EllipticCurvePrivateKey, now: datetime) -> x509.Certificate:
    name = _name(f"Roadmap portal {DEMO} root")
    return (
        _builder(name, name, key, (now, 10 * _YEAR))
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_usage(certificates=True), critical=True)
        .sign(key, hashes.SHA256())
    )


_Naming = tuple[str, datetime, timedelta]  # common name, start and length of validity


def _leaf(root: Credential, key: PrivateKey, named: _Naming, *, stamp: bool) -> x509.Certificate:
    title, now, length = named
    builder = (
        _builder(_name(title), root.certificate.subject, key, (now, length))
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_usage(certificates=False, commitment=not stamp), critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(root.key.public_key()), critical=False)
    )
    if stamp:
        builder = builder.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
    return builder.sign(root.key, hashes.SHA256())


def _builder(
    subject: x509.Name, issuer: x509.Name, key: PrivateKey, span: tuple[datetime, timedelta]
) -> x509.CertificateBuilder:
    now, length = span
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + length)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, f"{DEMO}, no legal entity"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _usage(*, certificates: bool, commitment: bool = False) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not certificates,
        content_commitment=commitment,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=certificates,
        crl_sign=certificates,
        encipher_only=False,
        decipher_only=False,
    )
