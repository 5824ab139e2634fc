"""The production signer that publish.toml describes: a PEM pair, a PKCS#12 file or a PKCS#11 token."""

import os
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.serialization import pkcs12

from generator.adapters.certificates import as_asn1, loaded
from generator.adapters.signing import LongTerm, PadesSigner, simple_signer
from generator.adapters.timestamp import CheckedAuthority, Clock, HttpAuthority
from generator.config import Settings, SignerSettings
from generator.errors import ConfigError, SealError
from generator.evidence.trust import Trust

_PULL_REQUEST = ("CI_MERGE_REQUEST_IID", "CHANGE_ID", "SYSTEM_PULLREQUEST_PULLREQUESTID")
_LONGEST_PASSWORD = 4096


def production_signer(settings: Settings, now: Clock) -> PadesSigner:
    """The signer of [signer] with the authorities of [[tsa]]. Raises SealError KEY and ConfigError."""
    _refuse_pull_request()
    signer = settings.signer
    if signer is None:
        raise ConfigError("no [signer] is configured", remedy="add one to publish.toml")
    trust = configured_trust(settings)
    stamps = loaded(trust.stamps)
    return PadesSigner(
        profile="production",
        signer=_opened(settings, signer, list(loaded(trust.seals))),
        authority=CheckedAuthority(tuple(HttpAuthority(each.url) for each in settings.authorities), stamps, now),
        trust=trust,
        now=now,
        long_term=LongTerm(fetch=True) if signer.level == "B-LTA" else None,
    )


def configured_trust(settings: Settings) -> Trust:
    """Whom publish.toml trusts: roots of seals, roots of time-stamps, sealers. Raises ConfigError."""
    stamps = (settings.stamp_roots, *(each.roots for each in settings.authorities))
    return Trust(_roots(settings, (settings.roots,)), _roots(settings, stamps), settings.sealers)


def certificates(pem: bytes, place: str) -> list[x509.Certificate]:
    """The certificates of a PEM file. Raises ConfigError."""
    try:
        return x509.load_pem_x509_certificates(pem)
    except ValueError as error:
        raise ConfigError(f"{place}: it holds no certificates in PEM") from error


def _roots(settings: Settings, names: tuple[str, ...]) -> bytes:
    return _pem([each for name in dict.fromkeys(names) if name for each in _certificates(_path(settings, name))])


def _opened(settings: Settings, signer: SignerSettings, chain: list[x509.Certificate]) -> Any:
    password = _password(signer)
    if signer.kind == "pkcs11":
        return _token(settings, signer, (password, chain))
    if signer.kind == "pkcs12":
        key, certificate, others = _pkcs12(_path(settings, signer.file), password)
        return simple_signer(key, certificate, [*others, *chain])
    path = _path(settings, signer.key)
    certificate, *others = _certificates(_path(settings, signer.certificate))
    if signer.chain:
        others += _certificates(_path(settings, signer.chain))
    try:
        key = serialization.load_pem_private_key(_bytes(path), password)
    except (ValueError, TypeError) as error:
        raise _unreadable(path, error) from error
    return simple_signer(key, certificate, [*others, *chain])


def _pkcs12(path: Path, password: bytes | None) -> tuple[Any, x509.Certificate, list[x509.Certificate]]:
    try:
        key, certificate, others = pkcs12.load_key_and_certificates(_bytes(path), password)
    except (ValueError, TypeError) as error:
        raise _unreadable(path, error) from error
    if key is None or certificate is None:
        raise SealError(f"{path}: it holds no key with a certificate", reason="KEY")
    return key, certificate, list(others)


def _token(settings: Settings, signer: SignerSettings, secret: tuple[bytes | None, list[x509.Certificate]]) -> Any:
    password, chain = secret
    try:
        from pyhanko.config.pkcs11 import TokenCriteria
        from pyhanko.sign.pkcs11 import PKCS11Signer, open_pkcs11_session
    except ImportError as error:
        raise SealError(
            "PKCS#11 needs a library that is not installed", remedy="pip install python-pkcs11", reason="KEY"
        ) from error
    try:
        session = open_pkcs11_session(
            str(_path(settings, signer.library)),
            token_criteria=TokenCriteria(label=signer.token),
            user_pin=password.decode() if password else None,
        )
    except Exception as error:  # the library raises a type of its own for each thing that a token refuses
        raise SealError(f"{signer.library}: the token {signer.token} does not open: {error}", reason="KEY") from error
    return PKCS11Signer(
        session,
        cert_label=signer.label,
        key_label=signer.label,
        ca_chain=[as_asn1(each) for each in chain],
        use_raw_mechanism=signer.raw_ecdsa,
    )


def _password(signer: SignerSettings) -> bytes | None:
    if signer.password_env:
        value = os.environ.get(signer.password_env)
        if value is None:
            raise SealError(f"the environment has no {signer.password_env}", reason="KEY")
        return value.encode()
    if signer.password_fd >= 0:
        try:
            return os.read(signer.password_fd, _LONGEST_PASSWORD).rstrip(b"\r\n")
        except OSError as error:
            raise SealError(f"file descriptor {signer.password_fd} cannot be read", reason="KEY") from error
    return None


def _certificates(path: Path) -> list[x509.Certificate]:
    return certificates(_bytes(path), str(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise SealError(f"{path}: cannot be read: {error.strerror}", reason="KEY") from error


def _unreadable(path: Path, error: Exception) -> SealError:
    # The library's message may repeat what it was given: say which of the two it is, and nothing else.
    why = "it needs a password" if isinstance(error, TypeError) else "the password is wrong, or it is no key"
    return SealError(f"{path}: {why}", remedy="name password_env or password_fd in publish.toml", reason="KEY")


def _path(settings: Settings, name: str) -> Path:
    return Path(settings.place).parent / name


def _pem(certificates: list[x509.Certificate]) -> bytes:
    return b"".join(each.public_bytes(serialization.Encoding.PEM) for each in dict.fromkeys(certificates))


def _refuse_pull_request() -> None:
    """Keys stay shut while strangers' code may run."""
    events = [name for name in _PULL_REQUEST if os.environ.get(name)]
    if os.environ.get("GITHUB_EVENT_NAME", "").startswith("pull_request"):
        events.append("GITHUB_EVENT_NAME")
    if events:
        raise SealError(f"{events[0]} says that this is a pull request", remedy="seal after the merge", reason="KEY")
