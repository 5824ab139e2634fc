"""What can be read off a sealed pack: plain facts, gathered by an adapter, judged by `verification`."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

_END = b"%%EOF\n"
_MANY_REVISIONS = 64
PRINTED = ("pack", "commit", "tree", "asOf", "audience", "profile", "requestSha256", "manifestSha256", "draft")
"""The XMP properties that say what a pack is."""

_SAFE = re.compile(r"[A-Za-z][A-Za-z0-9]*")


class FieldUse(StrEnum):
    """What a signature field holds."""

    SIGNATURE = "signature"
    TIMESTAMP = "time-stamp"


class StampFault(StrEnum):
    """Why a time-stamp token is not accepted."""

    NO_ROOTS = "NO_ROOTS"
    NOT_UNDER_ROOT = "NOT_UNDER_ROOT"
    NOT_VALID_THEN = "NOT_VALID_THEN"
    OTHER_BYTES = "OTHER_BYTES"
    BROKEN = "BROKEN"
    WRONG_PURPOSE = "WRONG_PURPOSE"
    WEAK_KEY = "WEAK_KEY"
    SECOND_READER = "SECOND_READER"

    @property
    def words(self) -> str:
        """The fault as a clause about the token."""
        return _STAMP_WORDS[self]


_STAMP_WORDS = {
    StampFault.NO_ROOTS: "no root of time-stamps was given",
    StampFault.NOT_UNDER_ROOT: "its chain does not end in a given root of time-stamps",
    StampFault.NOT_VALID_THEN: "a certificate in its chain was not valid at its own time",
    StampFault.OTHER_BYTES: "it is over other bytes",
    StampFault.BROKEN: "its signature is wrong, or it cannot be read",
    StampFault.WRONG_PURPOSE: "its certificate is not meant for time-stamps alone",
    StampFault.WEAK_KEY: "its key is too weak",
    StampFault.SECOND_READER: "a second, independent reader does not accept it",
}


@dataclass(frozen=True, slots=True)
class StampFacts:
    """A time-stamp token: when, by whom, and the fault that either of two independent readers finds with it."""

    time: datetime
    authority: str
    fault: StampFault | None = None


@dataclass(frozen=True, slots=True)
class SignatureFacts:
    """One signed field, oldest first in `PackFacts.signatures`."""

    field: str
    use: FieldUse
    size: int  # it covers the file up to here
    intact: bool  # the digest is that of the bytes it covers
    valid: bool  # and the signature is the signer's
    trusted: bool  # and the signer's chain ends in a given root at the time-stamp's time
    whole_file: bool  # it covers the file to its last byte
    changes: str  # what came after it: NONE, LTA_UPDATES, FORM_FILLING or worse
    padded_with_zeros: bool
    certifies: int = 0  # DocMDP permission of a certifying signature, 0: it does not certify
    permitted: bool = True  # later changes respect the permission
    signer: str = ""
    organisation: str = ""  # the signer's
    keys: tuple[str, ...] = ()  # SHA-256 of the public keys from the signer's to the root's, where it is trusted
    key_problem: str = ""  # why the signer's key is too weak
    purpose_problem: str = ""  # why the signer's certificate is not meant for this
    objection: str = ""  # why it is not trusted
    stamp: StampFacts | None = None
    long_term: str = ""  # the AdES status with embedded revocation data: PASSED, a reason, or empty (none embedded)


@dataclass(frozen=True, slots=True)
class Revision:
    """A place where the file once ended, or seems to have, and the SHA-256 of all bytes up to there."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class PackFacts:
    """A file as read. `problem` says why it cannot be read; the rest is then empty."""

    sha256: str
    size: int
    problem: str = ""
    active: tuple[str, ...] = ()  # scripts, launches, links to files: what no pack has
    attachments: Mapping[str, bytes] = field(default_factory=dict)
    fields: tuple[str, ...] = ()  # the names of all signature fields, signed or not
    signatures: tuple[SignatureFacts, ...] = ()
    revisions: tuple[Revision, ...] = ()  # oldest first; the last is the file
    printed: Mapping[str, str] = field(default_factory=dict)  # the XMP properties that every page's words go by
    beneath: str = ""  # what a revision changes in the base beside signing it, also before the seal; empty: nothing

    @property
    def seal(self) -> SignatureFacts | None:
        """The organisation's seal."""
        return next((each for each in self.signatures if each.field == "Seal"), None)


def base_of(data: bytes) -> bytes:
    """The first revision of a pack: the bytes up to its first end of file."""
    end = data.find(_END)
    return data[: end + len(_END)] if end >= 0 else data


def revisions(data: bytes) -> tuple[Revision, ...]:
    """The file's revisions; of a file with more than any pack has, the first ones and the file itself."""
    digest, start = hashlib.sha256(), 0
    found: list[Revision] = []
    while len(found) < _MANY_REVISIONS and (end := data.find(_END, start)) >= 0:
        end += len(_END)
        digest.update(data[start:end])
        found.append(Revision(end, digest.hexdigest()))
        start = end
    if start < len(data):
        digest.update(data[start:])
        found.append(Revision(len(data), digest.hexdigest()))
    return tuple(found)


def printed_properties(data: bytes) -> dict[str, str]:
    """What the base's XMP says that the pack is."""
    base = base_of(data)
    return {name: property_of(base, name) for name in PRINTED}


def ends_cleanly(data: bytes) -> bool:
    """Whether the file begins as a PDF and ends with its end of file."""
    return data.startswith(b"%PDF-") and data.endswith((b"%%EOF", b"%%EOF\n", b"%%EOF\r\n"))


def property_of(data: bytes, name: str) -> str:
    """One of our XMP properties (commit, pack, profile, pages), read without opening the file; empty: not there."""
    if not _SAFE.fullmatch(name):
        return ""
    found = re.search(rb"<ep:%b>([^<]{0,200})</ep:%b>" % (name.encode(), name.encode()), data)
    return found.group(1).decode("utf-8", "replace") if found else ""
