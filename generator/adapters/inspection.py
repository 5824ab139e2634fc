"""Reads the facts off a sealed pack. It reports what three libraries see; `evidence.verification` decides."""

import asyncio
import hashlib
import io
import logging
import re
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pikepdf
from asn1crypto import cms
from cryptography import x509
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

from generator.adapters.active_content import active_names, hidden_files
from generator.adapters.attachments import unpacked
from generator.adapters.certificates import (
    SEAL_RSA_BITS,
    STAMP_RSA_BITS,
    as_asn1,
    as_x509,
    common_name,
    key_problem,
    loaded,
    organisation,
    seal_purpose_problem,
    spki_sha256,
    stamp_purpose_problem,
)
from generator.adapters.differences import PlacedFieldsPolicy
from generator.adapters.timestamp import response_of, stamper_of, token_fault
from generator.errors import VerificationError
from generator.evidence.facts import (
    FieldUse,
    PackFacts,
    SignatureFacts,
    StampFacts,
    StampFault,
    base_of,
    printed_properties,
    revisions,
)
from generator.evidence.trust import Trust

_STREAM = re.compile(r"stream <[^>]*>: ")  # its address differs each time
_POLICY = PlacedFieldsPolicy()
_LARGEST = 200 * 1024 * 1024
_MANY_SIGNATURES = 16
_MANY_CERTIFICATES = 20
_LARGEST_SIGNATURE = 1024 * 1024
_BASE_END = re.compile(rb"startxref\s+([0-9]{1,10})\s+%%EOF\s*\Z")


@dataclass(frozen=True, slots=True)
class _Roots:
    seals: tuple[x509.Certificate, ...]
    stamps: tuple[x509.Certificate, ...]


class PackInspector:
    """Fills the port `Inspector`."""

    def facts(self, data: bytes, trust: Trust) -> PackFacts:
        """The facts; whatever cannot be read becomes `problem`, never an exception. No roots: nothing is trusted."""
        sha256, size = hashlib.sha256(data).hexdigest(), len(data)
        if size > _LARGEST:
            return PackFacts(sha256, size, f"larger than {_LARGEST} bytes")
        facts = PackFacts(sha256, size, revisions=revisions(data), printed=printed_properties(data))
        roots = _Roots(loaded(trust.seals), loaded(trust.stamps))
        for read in (_content, _signatures):  # each alone: a broken signature leaves the attachments readable
            try:
                with warnings.catch_warnings(), silence():
                    warnings.simplefilter("ignore")
                    facts = read(data, facts, roots)
            except (Exception, RecursionError) as error:  # noqa: BLE001 - a forged file may break any reader anywhere
                facts = replace(
                    facts, problem=facts.problem or _STREAM.sub("", f"{type(error).__name__}: {error}")[:200]
                )
        return facts


def _content(data: bytes, facts: PackFacts, _: _Roots) -> PackFacts:
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return replace(
            facts,
            attachments=dict(unpacked(pdf, _LARGEST)),
            active=tuple(sorted({*active_names(pdf), *hidden_files(pdf)})),
            fields=tuple(sorted(_field_names(pdf))),
        )


def _signatures(data: bytes, facts: PackFacts, roots: _Roots) -> PackFacts:
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


def _signature(reader: Any, each: EmbeddedPdfSignature, roots: _Roots) -> SignatureFacts:
    is_stamp = str(each.sig_object_type) == "/DocTimeStamp"
    stamp = _stamp(each, roots, alone=is_stamp)
    moment = stamp.time if stamp else None
    seals, stamps = _context(roots.seals, moment), _context(roots.stamps, moment)
    status: Any = (
        validate_pdf_timestamp(each, stamps, diff_policy=_POLICY)
        if is_stamp
        else validate_pdf_signature(each, seals, stamps, diff_policy=_POLICY)
    )
    level, signer = each.docmdp_level, as_x509(each.signer_cert)
    return SignatureFacts(
        field=str(each.field_name),
        use=FieldUse.TIMESTAMP if is_stamp else FieldUse.SIGNATURE,
        size=sum(list(each.byte_range)[2:4]),
        intact=bool(status.intact),
        valid=bool(status.valid),
        trusted=bool(status.trusted),
        whole_file=status.coverage.name == "ENTIRE_FILE",
        changes=status.modification_level.name if status.modification_level else "UNKNOWN",
        padded_with_zeros=_padded_with_zeros(each.pkcs7_content),
        certifies=int(level.value) if level and not is_stamp else 0,
        permitted=status.docmdp_ok is not False,
        signer=common_name(each.signer_cert),
        organisation=organisation(each.signer_cert),
        keys=_keys(status),
        key_problem=key_problem(signer, STAMP_RSA_BITS if is_stamp else SEAL_RSA_BITS),
        purpose_problem=(stamp_purpose_problem if is_stamp else seal_purpose_problem)(signer),
        objection=str(status.trust_problem_indic or ""),
        stamp=stamp if is_stamp else _agreed(stamp, status.timestamp_validity),
        long_term=_long_term(reader, each, roots) if not is_stamp else "",
    )


def _context(roots: tuple[x509.Certificate, ...], moment: datetime | None) -> ValidationContext:
    trusted = [as_asn1(root) for root in roots]
    return ValidationContext(trust_roots=trusted, allow_fetching=False, revocation_mode="soft-fail", moment=moment)


def _keys(status: Any) -> tuple[str, ...]:
    """The keys of the accepted path, the signer's first; of an unaccepted one only the signer's says anything."""
    if not status.trusted:
        return ()
    return tuple(
        spki_sha256(as_x509(each)) for each in reversed(list(status.validation_path.iter_certs(include_root=True)))
    )


def _stamp(each: EmbeddedPdfSignature, roots: _Roots, *, alone: bool) -> StampFacts | None:
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
    time, stamper = response.tst_info.gen_time.replace(tzinfo=UTC), stamper_of(token)
    fault = token_fault(response, covered, roots.stamps)
    if not fault and stamper:
        fault = _stamper_fault(as_x509(stamper))
    return StampFacts(time, common_name(stamper) if stamper else "unknown", fault)


def _stamper_fault(certificate: x509.Certificate) -> StampFault | None:
    if stamp_purpose_problem(certificate):
        return StampFault.WRONG_PURPOSE
    return StampFault.WEAK_KEY if key_problem(certificate, STAMP_RSA_BITS) else None


def _agreed(stamp: StampFacts | None, second: Any) -> StampFacts | None:
    """The time-stamp, refused where pyHanko does not accept what rfc3161-client does."""
    if stamp is None or stamp.fault or (second and second.intact and second.valid and second.trusted):
        return stamp
    return replace(stamp, fault=StampFault.SECOND_READER)


def _stamp_tokens(signer: Any) -> Iterator[cms.ContentInfo]:
    for attribute in signer["unsigned_attrs"]:
        if attribute["type"].native == "signature_time_stamp_token":
            yield from attribute["values"]


def _long_term(reader: Any, each: EmbeddedPdfSignature, roots: _Roots) -> str:
    """The AdES status with the revocation data inside the file; empty where the file has none or no root is given."""
    if "/DSS" not in reader.root or not roots.seals or not roots.stamps:
        return ""
    specification = PdfSignatureValidationSpec(
        SignatureValidationSpec(
            cert_validation_policy=_revocation_policy(roots.seals),
            ts_cert_validation_policy=_revocation_policy(roots.stamps),
            revinfo_gathering_policy=RevocationInfoGatheringSpec(
                online_fetching_rule=RevinfoOnlineFetchingRule.LOCAL_ONLY
            ),
        ),
        diff_policy=_POLICY,
    )
    result = asyncio.run(ades_lta_validation(each, specification))
    return "PASSED" if result.ades_subindic is AdESPassed.OK else str(result.ades_subindic)


def _revocation_policy(roots: tuple[x509.Certificate, ...]) -> CertValidationPolicySpec:
    rule = RevocationCheckingRule.CRL_OR_OCSP_REQUIRED
    return CertValidationPolicySpec(
        trust_manager=SimpleTrustManager.build([as_asn1(root) for root in roots]),
        revinfo_policy=CertRevTrustPolicy(
            RevocationCheckingPolicy(ee_certificate_rule=rule, intermediate_ca_cert_rule=rule)
        ),
        time_tolerance=timedelta(seconds=10),
    )


def _padded_with_zeros(contents: bytes) -> bool:
    """Whether nothing stands behind the DER structure in the space kept for it."""
    used = len(cms.ContentInfo.load(contents).dump())
    return not contents[used:].strip(b"\0")


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
