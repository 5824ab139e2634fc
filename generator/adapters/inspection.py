"""Reads the facts off a sealed pack. It reports what three libraries see; `evidence.verification` decides."""

import asyncio
import hashlib
import io
import logging
import re
import warnings
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, timedelta
from typing import Any

import pikepdf
from asn1crypto import cms
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.ades.report import AdESPassed
from pyhanko.sign.diff_analysis import SuspiciousModification
from pyhanko.sign.validation import EmbeddedPdfSignature, validate_pdf_signature, validate_pdf_timestamp
from pyhanko.sign.validation.ades import ades_lta_validation
from pyhanko.sign.validation.policy_decl import (
    PdfSignatureValidationSpec,
    RevinfoOnlineFetchingRule,
    RevocationInfoGatheringSpec,
    SignatureValidationSpec,
)
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.context import CertValidationPolicySpec
from pyhanko_certvalidator.policy_decl import CertRevTrustPolicy, RevocationCheckingPolicy, RevocationCheckingRule
from pyhanko_certvalidator.registry import SimpleTrustManager

from generator.adapters.differences import PlacedFieldsPolicy
from generator.adapters.timestamp import as_asn1, response_of, verify_token
from generator.errors import VerificationError
from generator.evidence.facts import FieldUse, PackFacts, SignatureFacts, StampFacts, base_of

_STREAM = re.compile(r"stream <[^>]*>: ")  # its address differs each time
_POLICY = PlacedFieldsPolicy()
_RSA_BITS = 3072
_STAMP_RSA_BITS = 2048
_EC_BITS = 256
_DEPTH = 40
_LARGEST = 200 * 1024 * 1024
_MANY_SIGNATURES = 16
_MANY_CERTIFICATES = 20
_LARGEST_SIGNATURE = 1024 * 1024
_SUSPECT = re.compile(
    rb"/(?:JS|JavaScript|Launch|GoToR|GoToE|SubmitForm|ImportData|Rendition|RichMedia|Movie|Sound|XFA|AA|URI)(?![A-Za-z])"
)
_ACTIONS = frozenset(
    f"/{name}"
    for name in ("JavaScript", "Launch", "GoToR", "GoToE", "SubmitForm", "ImportData", "Rendition", "Movie", "Sound")
)
_BASE_END = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")
_LOCAL_SCHEMES = ("file:", "javascript:", "data:", "vbscript:")


class PackInspector:
    """Fills the port `Inspector`."""

    def facts(self, data: bytes, roots: bytes) -> PackFacts:
        """The facts; whatever cannot be read becomes `problem`, never an exception. Empty roots: nothing is trusted."""
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
        if size > _LARGEST:
            return PackFacts(sha256, size, f"larger than {_LARGEST} bytes")
        facts = PackFacts(sha256, size)
        for read in (_content, _signatures):  # each alone: a broken signature leaves the attachments readable
            try:
                with warnings.catch_warnings(), silence():
                    warnings.simplefilter("ignore")
                    facts = read(data, facts, _certificates(roots))
            except (Exception, RecursionError) as error:  # noqa: BLE001 - a forged file may break any reader anywhere
                facts = replace(
                    facts, problem=facts.problem or _STREAM.sub("", f"{type(error).__name__}: {error}")[:200]
                )
        return facts


def _content(data: bytes, facts: PackFacts, _: tuple[x509.Certificate, ...]) -> PackFacts:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return replace(
            facts,
            attachments={name: bytes(spec.get_file().read_bytes()) for name, spec in pdf.attachments.items()},
            active=tuple(sorted(set(_active(pdf)))),
            fields=tuple(sorted(_field_names(pdf))),
        )


def _signatures(data: bytes, facts: PackFacts, roots: tuple[x509.Certificate, ...]) -> PackFacts:
    reader = PdfFileReader(io.BytesIO(data), strict=True)
    embedded = list(reader.embedded_signatures)
    if len(embedded) > _MANY_SIGNATURES:
        raise VerificationError(f"it has {len(embedded)} signatures")
    for each in embedded:
        _refuse_oversized(each)
    return replace(
        facts,
        signatures=tuple(_signature(reader, each, roots) for each in embedded),
        beneath=_beneath(reader, base_of(data)),
    )


def _beneath(reader: PdfFileReader, base: bytes) -> str:
    """What stands over the base but signatures and validation data; empty: nothing.

    A signature vouches for all bytes before it, and the rebuild for the base alone: what is slipped between the two
    would pass both. So the file's oldest revision has to be the base, and every later one is reviewed, signed or not.
    """
    end = _BASE_END.search(base)
    if end is None or reader.xrefs.get_xref_container_info(0).start_location != int(end[1]):
        return "its oldest revision is not the base pack"
    found = _POLICY.review_file(reader, 0)
    return str(found) if isinstance(found, SuspiciousModification) else ""


def _refuse_oversized(each: EmbeddedPdfSignature) -> None:
    """Chains of hostile certificates keep a path builder busy for ever: a seal needs a handful."""
    if len(each.pkcs7_content) > _LARGEST_SIGNATURE:
        raise VerificationError(f"{each.field_name} is larger than {_LARGEST_SIGNATURE} bytes")
    if len(each.signed_data["certificates"]) > _MANY_CERTIFICATES:
        raise VerificationError(f"{each.field_name} brings more than {_MANY_CERTIFICATES} certificates")


def _field_names(pdf: pikepdf.Pdf) -> Iterator[str]:
    form: Any = pdf.Root.get("/AcroForm", pikepdf.Dictionary())
    for each in form.get("/Fields", pikepdf.Array()):
        yield str(each.get("/T", ""))


def _signature(reader: Any, each: EmbeddedPdfSignature, roots: tuple[x509.Certificate, ...]) -> SignatureFacts:
    is_stamp = str(each.sig_object_type) == "/DocTimeStamp"
    stamp = _stamp(each, roots, alone=is_stamp)
    context = ValidationContext(
        trust_roots=[as_asn1(root) for root in roots],
        allow_fetching=False,
        revocation_mode="soft-fail",
        moment=stamp.time if stamp else None,
    )
    status: Any = (
        validate_pdf_timestamp(each, context, diff_policy=_POLICY)
        if is_stamp
        else validate_pdf_signature(each, context, context, diff_policy=_POLICY)
    )
    level = each.docmdp_level
    return SignatureFacts(
        field=str(each.field_name),
        use=FieldUse.TIMESTAMP if is_stamp else FieldUse.SIGNATURE,
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        whole_file=status.coverage.name == "ENTIRE_FILE",
        changes=status.modification_level.name if status.modification_level else "UNKNOWN",
        padded_with_zeros=_padded_with_zeros(each.pkcs7_content),
        certifies=int(level.value) if level and not is_stamp else 0,
        permitted=status.docmdp_ok is not False,
        signer=_common_name(each.signer_cert),
        key_problem=_key_problem(each.signer_cert, _STAMP_RSA_BITS if is_stamp else _RSA_BITS),
        objection=str(status.trust_problem_indic or ""),
        stamp=stamp,
        long_term=_long_term(reader, each, roots) if not is_stamp else "",
    )


def _stamp(each: EmbeddedPdfSignature, roots: tuple[x509.Certificate, ...], *, alone: bool) -> StampFacts | None:
    """The time-stamp over a signature, or the one that a field holds alone, as rfc3161-client sees it."""
    if alone:
        token = cms.ContentInfo.load(each.pkcs7_content).dump()
        covered = each.compute_digest("sha256")
    else:
        found = next(_stamp_tokens(each.signer_info), None)
        if found is None:
            return None
        token, covered = found.dump(), hashlib.sha256(each.signer_info["signature"].native).digest()
    response = response_of(token)
    time = response.tst_info.gen_time.replace(tzinfo=UTC)
    name = _authority(token)
    try:
        verify_token(response, covered, roots)
    except Exception as error:  # noqa: BLE001 - the reader raises many types; each is an objection
        return StampFacts(time, name, f"{error}"[:200] if roots else "no trust root was given")
    return StampFacts(time, name)


def _stamp_tokens(signer: Any) -> Iterator[cms.ContentInfo]:
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            yield from attribute["values"]


def _authority(token: bytes) -> str:
    signed = cms.ContentInfo.load(token)["content"]
    signer = signed["signer_infos"][0]["sid"].chosen
    for choice in signed["certificates"]:
        certificate = choice.chosen
        if certificate.serial_number == signer["serial_number"].native:
            return _common_name(certificate)
    return "unknown"


def _long_term(reader: Any, each: EmbeddedPdfSignature, roots: tuple[x509.Certificate, ...]) -> str:
    """The AdES status with the revocation data inside the file; empty where the file has none or no root is given."""
    if "/DSS" not in reader.root or not roots:
        return ""
    rule = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
    specification = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=CertValidationPolicySpec(
                trust_manager=SimpleTrustManager.build([as_asn1(root) for root in roots]),
                revinfo_policy=CertRevTrustPolicy(
                    RevocationCheckingPolicy(ee_certificate_rule=rule, intermediate_ca_cert_rule=rule)
                ),
                time_tolerance=timedelta(seconds=10),
            ),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
        ),
        diff_policy=_POLICY,
    )
    result = asyncio.run(ades_lta_validation(each, specification))
    return "PASSED" if result.ades_subindic is AdESPassed.OK else str(result.ades_subindic)


def _padded_with_zeros(contents: bytes) -> bool:
    """Whether nothing stands behind the DER structure in the space kept for it."""
    used = len(cms.ContentInfo.load(contents).dump())
    return not contents[used:].strip(b"\0")


def _key_problem(certificate: asn1_x509.Certificate, rsa_bits: int) -> str:
    key = x509.load_der_x509_certificate(certificate.dump()).public_key()
    if isinstance(key, rsa.RSAPublicKey):
        return "" if key.key_size >= rsa_bits else f"RSA with {key.key_size} bits, at least {rsa_bits} expected"
    if isinstance(key, ec.EllipticCurvePublicKey):
        return "" if key.key_size >= _EC_BITS else f"a curve of {key.key_size} bits, at least {_EC_BITS} expected"
    return "" if isinstance(key, ed25519.Ed25519PublicKey) else "a key of an unexpected sort"


def _active(pdf: pikepdf.Pdf) -> Iterator[str]:
    """The names of what runs or leads to this machine's files, found by content, not by where it hangs."""
    for each in pdf.objects:
        plain: Any = each.stream_dict if isinstance(each, pikepdf.Stream) else each
        if isinstance(plain, pikepdf.Dictionary | pikepdf.Array) and _SUSPECT.search(plain.unparse()):
            for dictionary in _dictionaries(plain, 0):
                yield from _active_names(dictionary)


def _dictionaries(value: Any, depth: int) -> Iterable[Any]:
    """The dictionaries written inside one object; references are followed by `_active`, as objects of their own."""
    if depth > _DEPTH:
        return
    if isinstance(value, pikepdf.Dictionary):
        yield value
    inner = value.values() if isinstance(value, pikepdf.Dictionary) else value
    for item in inner if isinstance(value, pikepdf.Dictionary | pikepdf.Array) else ():
        if isinstance(item, pikepdf.Dictionary | pikepdf.Array) and not item.is_indirect:
            yield from _dictionaries(item, depth + 1)


def _active_names(dictionary: Any) -> Iterator[str]:
    names = set(dictionary.keys())
    yield from sorted(names & {"/JS", "/JavaScript", "/XFA", "/AA", "/RichMediaContent"})
    if "/S" in names and str(dictionary["/S"]) in _ACTIONS:
        yield str(dictionary["/S"])
    if "/URI" in names and isinstance(dictionary["/URI"], pikepdf.String):
        address = str(dictionary["/URI"]).strip().lower()
        if address.startswith(_LOCAL_SCHEMES):
            yield f"a link to {address[:40]}"


def _certificates(pem: bytes) -> tuple[x509.Certificate, ...]:
    return tuple(x509.load_pem_x509_certificates(pem)) if pem.strip() else ()


def _common_name(certificate: asn1_x509.Certificate) -> str:
    return str(certificate.subject.native.get("common_name", certificate.subject.human_friendly))


@contextmanager
def silence() -> Iterator[None]:
    """No log lines from the signing libraries: what they have to say comes back as facts or errors."""
    libraries = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    levels = [library.level for library in libraries]
    for library in libraries:
        library.setLevel(logging.CRITICAL + 1)
    try:
        yield
    finally:
        for library, level in zip(libraries, levels, strict=True):
            library.setLevel(level)
