"""Time-stamps by RFC 3161: every token is checked before anyone uses it.

A signing library embeds tokens that are late, forged or of another year, so each one is verified here with
rfc3161-client (imprint, nonce, signature, chain at its own time, key usage) and held against the clock.
"""

import http.client
import secrets
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

import rfc3161_client
from asn1crypto import algos, cms, keys, tsp
from asn1crypto import x509 as asn1_x509
from cryptography import x509
from cryptography.hazmat.primitives import serialization
from pyhanko.sign.timestamps import DummyTimeStamper, TimeStamper
from pyhanko_certvalidator.registry import SimpleCertificateStore

from generator.adapters.certificates import as_asn1
from generator.adapters.demo_ca import DemoAuthority
from generator.errors import SealError
from generator.evidence.facts import StampFault

TOLERANCE = timedelta(minutes=5)
"""How far a token's time may lie from this machine's clock."""

_TIMEOUT = 10  # seconds
_TRIES = 3
_LARGEST = 64 * 1024  # a reply is about 5 KiB
_DEMO_POLICY = "2.999.3161"  # the arc reserved for examples
_SHA256_SIZE = 32
# What the library and OpenSSL below it say, and what it means.
_FAULTS = (
    ("expired", StampFault.NOT_VALID_THEN),
    ("not yet valid", StampFault.NOT_VALID_THEN),
    ("certificate purpose", StampFault.WRONG_PURPOSE),
    ("certificate verify error", StampFault.NOT_UNDER_ROOT),
    ("Mismatch between messages", StampFault.OTHER_BYTES),
    ("EKU", StampFault.WRONG_PURPOSE),
)
Clock = Callable[[], datetime]


class Answering(Protocol):
    """Something that answers time-stamp requests: DER TimeStampReq to DER TimeStampResp."""

    name: str

    def answer(self, request: bytes) -> bytes:
        """The reply, unchecked. Raises SealError TSA."""


@dataclass(frozen=True, slots=True)
class CheckedAuthority:
    """Fills the port `TimestampAuthority`: asks one authority after another until one gives a token that holds."""

    authorities: tuple[Answering, ...]
    roots: tuple[x509.Certificate, ...]
    now: Clock

    @property
    def name(self) -> str:
        """The authorities' names, in the order in which they are asked."""
        return ", ".join(authority.name for authority in self.authorities)

    def stamp(self, digest: bytes) -> bytes:
        """The DER token over a SHA-256 digest. Raises SealError TSA with every authority's reason."""
        refusals = []
        for authority in self.authorities:
            for _ in range(_TRIES):
                try:
                    return self._stamped(authority, digest)
                except SealError as error:
                    refusals.append(error.message)
        reasons = "; ".join(dict.fromkeys(refusals)) or "none is configured"
        raise SealError(f"no time-stamp authority gave a valid token: {reasons}", reason="TSA")

    def _stamped(self, authority: Answering, digest: bytes) -> bytes:
        nonce = secrets.randbits(64)
        reply = authority.answer(_request(digest, nonce))
        try:
            response = rfc3161_client.decode_timestamp_response(reply)
            if response.tst_info.nonce != nonce:
                raise SealError(f"{authority.name}: the token answers another request", reason="TSA")
            if fault := token_fault(response, digest, self.roots):
                raise SealError(f"{authority.name}: {fault.words} ({fault})", reason="TSA")
            skew = abs(response.tst_info.gen_time.replace(tzinfo=UTC) - self.now())
            token: bytes = tsp.TimeStampResp.load(reply)["time_stamp_token"].dump()
        except (ValueError, TypeError, AttributeError) as error:
            raise SealError(f"{authority.name}: its answer holds no token that can be read", reason="TSA") from error
        if skew > TOLERANCE:
            raise SealError(f"{authority.name}: the token's time is {skew} from this clock", reason="TSA")
        return token


class HttpAuthority:
    """An authority behind an http or https address."""

    def __init__(self, url: str) -> None:
        self.name = url
        self._opener = urllib.request.build_opener(_NoRedirect())

    def answer(self, request: bytes) -> bytes:
        """The body of its reply. Raises SealError TSA: slow, too large, another media type, refused."""
        headers = {"Content-Type": "application/timestamp-query", "Accept": "application/timestamp-reply"}
        try:
            query = urllib.request.Request(self.name, request, headers)  # noqa: S310 - the settings allow http(s) only
            with self._opener.open(query, timeout=_TIMEOUT) as reply:
                media_type = reply.headers.get_content_type()
                body: bytes = reply.read(_LARGEST + 1)
        except (OSError, ValueError, http.client.HTTPException) as error:
            raise SealError(f"{self.name}: {getattr(error, 'reason', error)}", reason="TSA") from error
        if media_type != "application/timestamp-reply":
            raise SealError(f"{self.name}: answered with {media_type}, not a time-stamp", reason="TSA")
        if len(body) > _LARGEST:
            raise SealError(f"{self.name}: answered with more than {_LARGEST} bytes", reason="TSA")
        return body


class DemoStampAuthority(DummyTimeStamper):
    """The demo authority's time-stamps, made in this process."""

    def __init__(self, authority: DemoAuthority, now: Clock) -> None:
        self.name = "the demo time-stamp authority"
        self._now = now
        chain = SimpleCertificateStore()
        chain.register(as_asn1(authority.root.certificate))
        key = authority.stamp.key.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        super().__init__(as_asn1(authority.stamp.certificate), keys.PrivateKeyInfo.load(key), certs_to_embed=chain)

    def answer(self, request: bytes) -> bytes:
        """A token at this instant."""
        self.fixed_dt = self._now().replace(microsecond=0)
        reply: bytes = self.request_tsa_response(tsp.TimeStampReq.load(request)).dump()
        return reply

    def _build_tst_info(self, message_imprint: Any, dt: datetime, req: Any) -> Any:
        info = super()._build_tst_info(message_imprint, dt, req)
        info["policy"] = _DEMO_POLICY  # pyHanko's testing device borrows a real authority's
        return info


class TokenSource(TimeStamper):
    """Hands checked tokens to pyHanko."""

    def __init__(self, authority: CheckedAuthority) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._authority = authority

    async def async_timestamp(self, message_digest: bytes, md_algorithm: str) -> cms.ContentInfo:
        """A token over that digest. Raises SealError TSA."""
        if md_algorithm != "sha256" or len(message_digest) != _SHA256_SIZE:
            raise SealError(f"time-stamps are taken over SHA-256, not {md_algorithm}", reason="TSA")
        return cms.ContentInfo.load(self._authority.stamp(message_digest))


def token_fault(
    response: rfc3161_client.TimeStampResponse, digest: bytes, roots: Iterable[x509.Certificate]
) -> StampFault | None:
    """What is wrong with a token over that digest under these roots; None: nothing."""
    trusted = list(roots)
    if not trusted:
        return StampFault.NO_ROOTS
    try:
        rfc3161_client.VerifierBuilder(roots=trusted).build().verify(response, digest)
    except rfc3161_client.VerificationError as error:
        return next((fault for words, fault in _FAULTS if words in str(error)), StampFault.BROKEN)
    except Exception:  # noqa: BLE001 - the reader raises many types; each means that it cannot be read
        return StampFault.BROKEN
    return None


def stamper_of(token: bytes) -> asn1_x509.Certificate | None:
    """The certificate that signed a token, among those inside it."""
    signed = cms.ContentInfo.load(token)["content"]
    signer = signed["signer_infos"][0]["sid"].chosen
    certificates = (choice.chosen for choice in signed["certificates"])
    named = signer["issuer"], signer["serial_number"].native  # a number alone is one authority's own
    return next((each for each in certificates if (each.issuer, each.serial_number) == named), None)


def response_of(token: bytes) -> rfc3161_client.TimeStampResponse:
    """A bare token as the response it came in, which is what rfc3161-client reads. Raises ValueError."""
    granted = tsp.TimeStampResp({"status": {"status": "granted"}, "time_stamp_token": cms.ContentInfo.load(token)})
    return rfc3161_client.decode_timestamp_response(granted.dump())


def _request(digest: bytes, nonce: int) -> bytes:
    imprint = {"hash_algorithm": algos.DigestAlgorithm({"algorithm": "sha256"}), "hashed_message": digest}
    request = {"version": 1, "message_imprint": imprint, "nonce": nonce, "cert_req": True}
    der: bytes = tsp.TimeStampReq(request).dump()
    return der


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_: Any) -> None:
        """An authority that sends its callers elsewhere is not asked."""
