"""Packs issued: the line that each one gets, and the index that the site shows."""

import hashlib

from generator.errors import SealError, VerificationError
from generator.evidence.facts import PackFacts, base_of, property_of
from generator.evidence.ledger import Ledger, LedgerLine, Program
from generator.evidence.verification import manifest_of, request_of
from generator.model.fields import Classification
from generator.model.judgement import IssuedPack
from generator.ports import Store


def issue(store: Store, sealed: bytes, facts: PackFacts) -> LedgerLine:
    """Enter a sealed pack in the ledger, file first. Raises SealError STALE where another issue came between."""
    ledger = Ledger.parse(store.ledger())
    request, manifest = request_of(facts), manifest_of(facts)
    if request.since != ledger.since(request.pack):
        raise SealError(
            f"{request.pack} was issued again after this pack was printed", remedy="print it again", reason="STALE"
        )
    stamp = facts.seal.stamp if facts.seal else None
    if stamp is None:
        raise SealError("the pack carries no time-stamp", reason="NO_TIMESTAMP")
    version, _, files = request.toolchain.get("generator", "").partition("+")
    line = LedgerLine(
        seq=len(ledger.lines) + 1,
        pack=request.pack,
        commit=request.commit,
        tree=manifest.tree,
        inputs=manifest.inputs(),
        unsigned_sha256=hashlib.sha256(base_of(sealed)).hexdigest(),
        signed_sha256=facts.sha256,
        program=Program("roadmap-portal", version, files, request.toolchain.get("lock", "")),
        as_of=request.as_of,
        approvals_root=manifest.approvals_root(),
        issued_at=stamp.time,
        prev=ledger.head,
    )
    store.append(line.to_bytes(), facts.sha256, sealed)
    return line


def already_issued(store: Store, base: bytes) -> LedgerLine | None:
    """The line that issued this very base pack, if there is one."""
    digest = hashlib.sha256(base).hexdigest()
    ledger = Ledger.parse(store.ledger())
    return next((line for line in ledger.lines if line.unsigned_sha256 == digest), None)


def issued_packs(store: Store) -> tuple[IssuedPack, ...]:
    """Every pack issued, oldest first. Raises StorageError and VerificationError LEDGER_BROKEN."""
    return tuple(_indexed(line, store.pack(line.signed_sha256)) for line in Ledger.parse(store.ledger()).lines)


def _indexed(line: LedgerLine, data: bytes) -> IssuedPack:
    pages = property_of(data, "pages")
    if not pages.isdecimal():
        raise VerificationError(f"line {line.seq} of the ledger: its file does not say how many pages it has")
    return IssuedPack(
        seq=line.seq,
        pack=line.pack,
        commit=line.commit,
        as_of=line.as_of,
        issued_at=line.issued_at,
        sha256=line.signed_sha256,
        size=len(data),
        base_sha256=line.unsigned_sha256,
        pages=int(pages),
        profile=property_of(data, "profile") or "demo",
        file=f"{line.pack}-{line.as_of}-{line.signed_sha256[:8]}.pdf",
        audience=_audience(property_of(data, "audience")),
    )


def _audience(word: str) -> Classification:
    """For whom a pack says it is; the narrowest where it does not say."""
    return Classification(word) if word in set(Classification) else Classification.RESTRICTED
