"""Certificates: what their keys are, what they are meant for, and how the two libraries hand them to each other."""

import hashlib

from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.x509.oid import ExtendedKeyUsageOID

SEAL_RSA_BITS = 3072
STAMP_RSA_BITS = 2048
_EC_BITS = 256
_SEALING = frozenset(
    {
        "2.5.29.37.0",  # any
        "1.3.6.1.5.5.7.3.4",  # e-mail protection, which most sealing certificates carry
        "1.3.6.1.5.5.7.3.36",  # document signing, RFC 9336
        "1.3.6.1.4.1.311.10.3.12",  # document signing before that RFC
        "1.2.840.113583.1.1.5",
    }
)


def loaded(pem: bytes) -> tuple[x509.Certificate, ...]:
    """The certificates of a PEM text, each once; none for an empty text. Raises ValueError."""
    return tuple(dict.fromkeys(x509.load_pem_x509_certificates(pem))) if pem.strip() else ()


def as_asn1(certificate: x509.Certificate) -> asn1_x509.Certificate:
    """The same certificate for the libraries that read asn1crypto."""
    return asn1_x509.Certificate.load(certificate.public_bytes(serialization.Encoding.DER))


def as_x509(certificate: asn1_x509.Certificate) -> x509.Certificate:
    """The same certificate for the library that reads keys and extensions."""
    return x509.load_der_x509_certificate(certificate.dump())


def spki_sha256(certificate: x509.Certificate) -> str:
    """The SHA-256 of the public key with its algorithm, which a renewed certificate may keep."""
    public = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    return hashlib.sha256(certificate.public_key().public_bytes(*public)).hexdigest()


def common_name(certificate: asn1_x509.Certificate) -> str:
    """The subject's common name; the whole subject where it has none."""
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))


def organisation(certificate: asn1_x509.Certificate) -> str:
    """The subject's organisation, or empty."""
    return str(certificate.subject.native.get("organization_name", ""))


def key_problem(certificate: x509.Certificate, rsa_bits: int) -> str:
    """Why the key is too weak; empty: it is not."""
    key = certificate.public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "" if key.key_size >= rsa_bits else f"RSA with {key.key_size} bits, at least {rsa_bits} expected"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "" if key.key_size >= _EC_BITS else f"a curve of {key.key_size} bits, at least {_EC_BITS} expected"
    return "" if isinstance(key, ed25519.Ed25519PublicKey) else "a key of an unexpected sort"


def seal_purpose_problem(certificate: x509.Certificate) -> str:
    """Why the certificate is not meant for sealing documents; empty: it is."""
    usage, purposes = _usage(certificate), _purposes(certificate)
    if usage is None or not (usage.content_commitment or usage.digital_signature):
        return "its key usage does not allow signatures"
    if usage.key_cert_sign:
        return "it is an authority's certificate"
    if ExtendedKeyUsageOID.TIME_STAMPING.dotted_string in purposes:
        return "it is a time-stamp authority's certificate"
    if purposes and not purposes & _SEALING:
        return "its extended key usage does not allow documents to be signed"
    return ""


def stamp_purpose_problem(certificate: x509.Certificate) -> str:
    """Why the certificate is not meant for time-stamps alone, as RFC 3161 wants it; empty: it is."""
    usage = _usage(certificate)
    if usage is not None and not (usage.content_commitment or usage.digital_signature):
        return "its key usage does not allow signatures"
    if _purposes(certificate) != {ExtendedKeyUsageOID.TIME_STAMPING.dotted_string}:
        return "its extended key usage is not time-stamping alone"
    return ""


def _usage(certificate: x509.Certificate) -> x509.KeyUsage | None:
    try:
        return certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    except x509.ExtensionNotFound:
        return None


def _purposes(certificate: x509.Certificate) -> set[str]:
    try:
        found = certificate.extensions.get_extension_for_class(x509.ExtendedKeyUsage).value
    except x509.ExtensionNotFound:
        return set()
    return {purpose.dotted_string for purpose in found}
