"""Makers of evidence for tests."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime

from generator.evidence import merkle
from generator.evidence.expected import Expected
from generator.evidence.facts import FieldUse, PackFacts, SignatureFacts, StampFacts, revisions
from generator.evidence.ledger import Ledger, LedgerLine, Program
from generator.evidence.manifest import MANIFEST_FILE, Manifest, Source
from generator.evidence.request import REQUEST_FILE, PackRequest

COMMIT, TREE, BLOB = "1" * 40, "2" * 40, "3" * 40
NOON = datetime(2026, 11, 20, 12, tzinfo=UTC)
DATA = b"%PDF-1.7 base %%EOF\n seal %%EOF\n"
SOURCE = b"phases: []\n"
SHA256 = hashlib.sha256(DATA).hexdigest()


def request(**changes: object) -> PackRequest:
    """A request of the sample pack."""
    made = PackRequest(COMMIT, "pck-x", date(2026, 11, 20), "restricted", "demo", toolchain={"pango": "1.50.12"})
    return replace(made, **changes)  # type: ignore[arg-type]


def manifest(**changes: object) -> Manifest:
    """A manifest with one source."""
    source = Source("roadmap/roadmap.yaml", BLOB, hashlib.sha256(SOURCE).hexdigest(), COMMIT, NOON)
    made = Manifest(COMMIT, TREE, "content/", (source,), ("content/roadmap/roadmap.yaml",))
    return replace(made, **changes)  # type: ignore[arg-type]


def signature(**changes: object) -> SignatureFacts:
    """A seal that nothing is wrong with."""
    made = SignatureFacts(
        field="Seal",
        use=FieldUse.SIGNATURE,
        size=len(DATA),
        intact=True,
        valid=True,
        trusted=True,
        whole_file=True,
        changes="NONE",
        padded_with_zeros=True,
        certifies=2,
        signer="DEMO seal",
        stamp=StampFacts(NOON, "DEMO time-stamps"),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def facts(**changes: object) -> PackFacts:
    """The facts of a pack that nothing is wrong with."""
    attachments = {
        MANIFEST_FILE: manifest().to_bytes(),
        REQUEST_FILE: request().to_bytes(),
        "content/roadmap/roadmap.yaml": SOURCE,
    }
    made = PackFacts(
        SHA256,
        len(DATA),
        attachments=attachments,
        fields=("Seal",),
        signatures=(signature(),),
        revisions=revisions(DATA),
        printed=printed(attachments),
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def expected(**changes: object) -> Expected:
    """What the repository says the sample pack should be."""
    path = frozenset({"content/roadmap/roadmap.yaml"})
    return replace(Expected(date(2026, 11, 20), "restricted", "demo", NOON, path, path), **changes)  # type: ignore[arg-type]


def printed(attachments: Mapping[str, bytes]) -> dict[str, str]:
    """What a pack with these attachments says of itself."""
    asked = PackRequest.from_bytes(attachments[REQUEST_FILE])
    return {
        "pack": asked.pack,
        "commit": asked.commit,
        "asOf": asked.as_of.isoformat(),
        "audience": asked.audience,
        "profile": asked.profile,
        "requestSha256": hashlib.sha256(attachments[REQUEST_FILE]).hexdigest(),
        "manifestSha256": hashlib.sha256(attachments[MANIFEST_FILE]).hexdigest(),
    }


def line(ledger: Ledger, **changes: object) -> LedgerLine:
    """The next line of a ledger: the sample pack."""
    made = LedgerLine(
        seq=len(ledger.lines) + 1,
        pack="pck-x",
        commit=COMMIT,
        tree=TREE,
        inputs=manifest().inputs(),
        unsigned_sha256="5" * 64,
        signed_sha256=SHA256,
        program=Program("roadmap-portal", "0.1.0", "6" * 64, "7" * 64),
        as_of=date(2026, 11, 20),
        approvals_root=merkle.EMPTY_ROOT.hex(),
        issued_at=NOON,
        prev=ledger.head,
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def ledger(*packs: str) -> Ledger:
    """A ledger with one line for each of these packs."""
    made = Ledger()
    data = b""
    for number, pack in enumerate(packs):
        data += line(made, pack=pack, signed_sha256=f"{number:064x}").to_bytes() + b"\n"
        made = Ledger.parse(data)
    return made
