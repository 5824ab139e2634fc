"""`roadmap seal`: a base pack becomes a sealed, issued pack."""

from dataclasses import dataclass

from generator.commands.issue import already_issued, issue
from generator.commands.tampering import refuse_lying_views
from generator.errors import HistoryError, SealError
from generator.evidence.facts import PackFacts, property_of
from generator.evidence.ledger import LedgerLine
from generator.evidence.trust import NOBODY
from generator.evidence.verdict import Outcome
from generator.evidence.verification import request_of, request_step
from generator.ports import History, Inspector, Signer, Store

_NO_HISTORY = ("NO_REPOSITORY", "NO_GIT")  # keys may live where no repository is


@dataclass(frozen=True, slots=True)
class Sealed:
    """A sealed pack and its line in the ledger; `repeated` means that it had been issued before."""

    data: bytes
    line: LedgerLine
    repeated: bool = False


def seal(base: bytes, signer: Signer, inspector: Inspector, store: Store, history: History | None = None) -> Sealed:
    """Seal, judge, issue; a base pack that was issued before gives that issue.

    Raises SealError and StorageError, and HistoryError TAMPERED where git could lie in the repository it runs in.
    """
    if history:
        _refuse_lying_views(history)
    if property_of(base, "draft"):
        raise SealError(
            "the pack is a draft: its content has errors, or it is printed as of another day than its own",
            remedy="mend the content, or leave --as-of out, and print it again",
            reason="DRAFT",
        )
    facts = inspector.facts(base, NOBODY)
    _refuse_other_profile(facts, signer)
    _refuse_other_words(facts)
    if known := already_issued(store, base):
        return Sealed(store.pack(known.signed_sha256), known, repeated=True)
    sealed = signer.seal(base)
    return Sealed(sealed, issue(store, sealed, inspector.facts(sealed, signer.trust)))


def _refuse_lying_views(history: History) -> None:
    try:
        refuse_lying_views(history)
    except HistoryError as error:
        if error.reason not in _NO_HISTORY:
            raise


def _refuse_other_words(facts: PackFacts) -> None:
    """Its pages name the attached request and manifest: what fails without a repository would fail every verifier."""
    step = request_step(facts, None, ancestor=None)
    if step.outcome is Outcome.FAILED:
        raise SealError(
            f"the seal would not pass verification: {step.line()}", remedy="print it again", reason=step.reason
        )


def _refuse_other_profile(facts: PackFacts, signer: Signer) -> None:
    """A demo key never seals a production pack, nor a production key a demo."""
    if facts.problem:
        raise SealError(f"the base pack cannot be read: {facts.problem}", reason="UNREADABLE")
    if facts.signatures:
        raise SealError("the pack is signed already", reason="SIGNED")
    if facts.beneath:
        raise SealError(
            f"the file holds more than the base pack: {facts.beneath}", remedy="print it again", reason="MODIFIED"
        )
    profile = request_of(facts).profile
    if profile != signer.profile:
        raise SealError(
            f"seal.profile is {profile}, the key is of profile {signer.profile}",
            remedy="name a signer of that profile in publish.toml, or change seal.profile in content/portal.yaml",
            reason="PROFILE",
        )
