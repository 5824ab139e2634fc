"""Seals packs with pyHanko: PAdES with time-stamp, and archive time-stamp where revocation data is at hand.

pyHanko signs with expired, mismatched and untrusted material without complaint, so a seal is judged under our own
policy before anyone sees it.
"""

import asyncio
import io
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from asn1crypto import crl, keys
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from pyhanko.sign.fields import MDPPerm, SigSeedSubFilter
from pyhanko.sign.signers.pdf_signer import DSSContentSettings, SigDSSPlacementPreference
from pyhanko.stamp.noop import NoOpStampStyle
from pyhanko_certvalidator import ValidationContext
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generator.adapters.certificates import as_asn1, loaded
from generator.adapters.demo_ca import DemoAuthority
from generator.adapters.inspection import PackInspector, silence
from generator.adapters.timestamp import CheckedAuthority, Clock, DemoStampAuthority, TokenSource
from generator.errors import PortalError, SealError
from generator.evidence.seal_policy import chain_step, signature_step, stamp_step
from generator.evidence.trust import Trust
from generator.evidence.verdict import Outcome, Verdict
from generator.evidence.verification import file_step, request_of

# (fix 5) pyHanko writes XMP anew in every revision, which breaks the extension schemas that PDF/A asks for. The method
# is private and reached by writers that pyHanko makes itself, hence for the whole process; a test watches the version.
IncrementalPdfFileWriter._update_meta = lambda _: None  # type: ignore[method-assign]  # noqa: SLF001


@dataclass(frozen=True, slots=True)
class LongTerm:
    """How a seal's revocation data comes into the file: lists at hand, or fetched from where certificates say."""

    lists: tuple[bytes, ...] = ()
    fetch: bool = False


@dataclass(frozen=True)
class PadesSigner:
    """Fills the port `Signer`. `long_term` None: B-T, else B-LTA."""

    profile: str
    signer: signers.Signer
    authority: CheckedAuthority
    trust: Trust
    now: Clock
    long_term: LongTerm | None = None

    def seal(self, base: bytes) -> bytes:
        """The sealed pack, accepted by our own policy. Raises SealError: KEY, TSA, REVOCATION or a verdict's reason."""
        _check_certificate(self.signer.signing_cert, self.now())
        try:
            with silence():
                sealed = asyncio.run(self._sealed(base))
        except PortalError:
            raise
        except Exception as error:  # any library error here means the same: no seal
            reason = "REVOCATION" if self.long_term else "SEAL"
            raise SealError(f"the pack cannot be sealed: {type(error).__name__}: {error}", reason=reason) from error
        self._judge(base, sealed)
        return sealed

    async def _sealed(self, base: bytes) -> bytes:
        writer = IncrementalPdfFileWriter(io.BytesIO(base), strict=True)
        sealer = signers.PdfSigner(
            signers.PdfSignatureMetadata(
                field_name="Seal",
                md_algorithm="sha256",
                subfilter=SigSeedSubFilter.PADES,
                certify=True,
                # Permission 2: NO_CHANGES would refuse the approvers' signatures.
                docmdp_permissions=MDPPerm.FILL_FORMS,
                **self._long_term_settings(),
            ),
            signer=self.signer,
            timestamper=TokenSource(self.authority),
            # (fix 6) The box and its words are drawn in the base: pyHanko's own stamp embeds no font.
            stamp_style=NoOpStampStyle(),
        )
        output = io.BytesIO()
        await sealer.async_sign_pdf(writer, output=output, existing_fields_only=True)
        return output.getvalue()

    def _long_term_settings(self) -> dict[str, Any]:
        if self.long_term is None:
            return {}
        context = ValidationContext(
            trust_roots=[as_asn1(root) for root in loaded(self.trust.seals + self.trust.stamps)],
            crls=[crl.CertificateList.load(each) for each in self.long_term.lists],
            allow_fetching=self.long_term.fetch,
            revocation_mode="hard-fail",
        )
        placement = SigDSSPlacementPreference.TOGETHER_WITH_SIGNATURE
        return {
            "embed_validation_info": True,
            "use_pades_lta": True,
            "timestamp_field_name": "ArchiveTimestamp01",
            "validation_context": context,
            "dss_settings": DSSContentSettings(include_vri=False, placement=placement),
        }

    def _judge(self, base: bytes, sealed: bytes) -> None:
        facts = PackInspector().facts(sealed, self.trust)
        steps = (
            file_step(facts, sealed),
            signature_step(facts),
            chain_step(facts, self.trust, request_of(facts).profile if not facts.problem else ""),
            stamp_step(facts, self.trust, self.now()),
        )
        verdict = Verdict(steps)
        if not sealed.startswith(base):
            raise SealError("the base pack is not a prefix of the sealed file", reason="BASE_DIFFERS")
        if verdict.outcome is not Outcome.PASSED:
            failed = next(step for step in steps if step.outcome is not Outcome.PASSED)
            raise SealError(f"the seal would not pass verification: {failed.line()}", reason=verdict.reason)


def demo_signer(authority: DemoAuthority, now: Clock) -> PadesSigner:
    """Seals as the demo authority, with its own time-stamps and an archive time-stamp, without any network."""
    return PadesSigner(
        profile="demo",
        signer=simple_signer(authority.seal.key, authority.seal.certificate, [authority.root.certificate]),
        authority=CheckedAuthority((DemoStampAuthority(authority, now),), (authority.root.certificate,), now),
        trust=authority.trust(),
        now=now,
        long_term=LongTerm((authority.revocation_list(now()),)),
    )


def simple_signer(key: Any, certificate: x509.Certificate, chain: Iterable[x509.Certificate]) -> signers.SimpleSigner:
    """A signer with its key in memory. Raises SealError KEY where the key is not the certificate's."""
    public = serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo
    if key.public_key().public_bytes(*public) != certificate.public_key().public_bytes(*public):
        raise SealError("the key does not belong to the certificate", reason="KEY")
    private = key.private_bytes(
        serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    store = SimpleCertificateStore()
    store.register_multiple([as_asn1(each) for each in chain])
    return signers.SimpleSigner(as_asn1(certificate), keys.PrivateKeyInfo.load(private), store)


def _check_certificate(certificate: asn1_x509.Certificate | None, now: datetime) -> None:
    if certificate is None:
        raise SealError("the signer has no certificate", reason="KEY")
    if now < certificate.not_valid_before:
        raise SealError(f"the seal's certificate is valid from {certificate.not_valid_before:%Y-%m-%d}", reason="KEY")
    if now > certificate.not_valid_after:
        raise SealError(f"the seal's certificate ended on {certificate.not_valid_after:%Y-%m-%d}", reason="KEY")
