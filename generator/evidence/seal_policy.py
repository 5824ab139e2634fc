"""Steps 2 to 4 of the policy: the signatures, the chains with whose seal it is, the time-stamps."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from generator.evidence.facts import FieldUse, PackFacts, SignatureFacts
from generator.evidence.trust import Trust
from generator.evidence.verdict import Fault, Outcome, Step, judged

APPROVERS = ("Approver1", "Approver2", "Approver3")
ARCHIVES = tuple(f"ArchiveTimestamp{number:02d}" for number in range(1, 9))
PLACED = frozenset({"Seal", *APPROVERS, *ARCHIVES})
"""The signature fields that a base pack may have."""

DEMO = "DEMO"
"""The word in the common name of every demo certificate."""

SKEW = timedelta(minutes=5)
"""How far two clocks may lie apart."""

_HARMLESS = frozenset({"NONE", "LTA_UPDATES", "FORM_FILLING"})
_FILL_FORMS = 2


def signature_step(facts: PackFacts) -> Step:
    """(2) The signatures under our own policy."""
    signed = ", ".join(each.field for each in facts.signatures)
    return judged(2, "signatures", _signature_faults(facts), signed)


def chain_step(facts: PackFacts, trust: Trust, profile: str) -> Step:
    """(3) The chains to the given roots, and who sealed."""
    if not trust.seals:
        return Step(3, "chain", Outcome.INDETERMINATE, "NO_ROOTS", "no root of seals was given (--roots, --trust demo)")
    found = list(_chain_faults(facts, profile))
    if not trust.sealers and facts.seal and not found:
        detail = (
            f"a chain alone does not say whose seal it is: name who may seal (--sealer); this is {_who(facts.seal)}"
        )
        return Step(3, "chain", Outcome.INDETERMINATE, "NO_SEALER", detail)
    found += _sealer_faults(facts, trust, profile)
    return judged(3, "chain", found, f"sealed by {facts.seal.signer if facts.seal else ''}")


def stamp_step(facts: PackFacts, trust: Trust, now: datetime) -> Step:
    """(4) The time-stamps."""
    if not trust.stamps:
        detail = "no root of time-stamps was given (--stamp-roots, --trust demo)"
        return Step(4, "time-stamp", Outcome.INDETERMINATE, "NO_ROOTS", detail)
    stamp = facts.seal.stamp if facts.seal else None
    detail = f"{stamp.time:%Y-%m-%dT%H:%M:%SZ} by {stamp.authority}" if stamp else ""
    return judged(4, "time-stamp", _stamp_faults(facts, now), detail)


def _signature_faults(facts: PackFacts) -> Iterator[Fault]:
    if not facts.signatures:
        yield _unsigned(facts)
        return
    first = facts.signatures[0]
    if first.field != "Seal" or first.use is not FieldUse.SIGNATURE:
        yield "SEAL_MISSING", f"the first signature is {first.field}, not the seal"
    elif first.certifies != _FILL_FORMS:
        yield "NOT_CERTIFIED", f"the seal's permission is {first.certifies or 'absent'}, not {_FILL_FORMS}"
    for each in facts.signatures:
        yield from _one_signature_faults(each)
    if facts.beneath:
        yield "MODIFIED", f"more than signatures was added to the base: {facts.beneath}"
    if strange := sorted(set(facts.fields) - PLACED):
        yield "STRANGE_FIELD", ", ".join(strange)
    if not facts.signatures[-1].whole_file:
        yield "NOT_WHOLE_FILE", f"bytes follow the last signature, {facts.signatures[-1].field}"


def _unsigned(facts: PackFacts) -> Fault:
    return ("UNREADABLE", "its signatures cannot be read") if facts.problem else ("UNSIGNED", "there is no seal")


def _one_signature_faults(each: SignatureFacts) -> Iterator[Fault]:
    if not (each.intact and each.valid):
        yield "BROKEN_SIGNATURE", f"{each.field}: {each.objection or 'its digest or signature is wrong'}"
    if each.changes not in _HARMLESS or not each.permitted:
        yield "MODIFIED", f"the file was changed after {each.field} ({each.changes})"
    if not each.padded_with_zeros:
        yield "PADDING", f"{each.field}: the space behind its signature is not empty"
    if each.field in ARCHIVES and each.use is not FieldUse.TIMESTAMP:
        yield "WRONG_USE", f"{each.field} holds a {each.use.value}"
    if each.field not in ARCHIVES and each.use is not FieldUse.SIGNATURE:
        yield "WRONG_USE", f"{each.field} holds a {each.use.value}"


def _chain_faults(facts: PackFacts, profile: str) -> Iterator[Fault]:
    if facts.seal is None:
        yield _unsigned(facts)
        return
    for each in (each for each in facts.signatures if each.use is FieldUse.SIGNATURE):
        yield from _signer_faults(each)
        if each.long_term not in ("", "PASSED") and (each.trusted or each.long_term != each.objection):
            yield "LONG_TERM", f"{each.field}: not valid by the data inside the file ({_name(each.long_term)})"
    if profile and (DEMO in facts.seal.signer) != (profile == "demo"):
        yield "PROFILE_MISMATCH", f"a {profile} pack is sealed by {facts.seal.signer}"


def _signer_faults(each: SignatureFacts) -> Iterator[Fault]:
    if not each.trusted:
        yield "UNTRUSTED", f"{each.field}: {_why_untrusted(each)}"
    if each.key_problem:
        yield "WEAK_KEY", f"{each.field}: {each.key_problem}"
    if each.purpose_problem:
        yield "WRONG_PURPOSE", f"{each.field}: {each.purpose_problem}"


def _sealer_faults(facts: PackFacts, trust: Trust, profile: str) -> Iterator[Fault]:
    if facts.seal is None or not facts.seal.trusted or not trust.sealers:
        return
    allowed = [sealer for sealer in trust.sealers if sealer.profile in ("", profile)]
    if not any(sealer.is_signer_of(facts.seal) for sealer in allowed):
        yield "WRONG_SEALER", f"{_who(facts.seal)} is not among those who may seal {profile or 'such'} packs"


def _who(seal: SignatureFacts) -> str:
    organisation = f" of {seal.organisation}" if seal.organisation else ""
    return f"{seal.signer}{organisation}, key sha256:{seal.keys[0] if seal.keys else 'unknown'}"


def _why_untrusted(each: SignatureFacts) -> str:
    if not (each.intact and each.valid):
        return "its chain was not judged, for the signature is broken"
    if _name(each.objection) in ("", "NO_CERTIFICATE_CHAIN_FOUND"):
        return "its chain does not end in a given root"
    return f"its certificate is not accepted ({_name(each.objection)})"


def _name(indication: str) -> str:
    """AdESIndeterminate.REVOKED -> REVOKED: the words of EN 319 102-1 without the library's."""
    return indication.rpartition(".")[2]


def _stamp_faults(facts: PackFacts, now: datetime) -> Iterator[Fault]:
    for each in facts.signatures:
        if each.stamp is None:
            yield "NO_TIMESTAMP", f"{each.field} carries no time-stamp"
        elif each.stamp.fault:
            yield "BAD_TIMESTAMP", f"{each.field}: the time-stamp: {each.stamp.fault.words} ({each.stamp.fault})"
        elif each.stamp.time > now + SKEW:
            yield "FUTURE_TIMESTAMP", f"{each.field} is stamped {each.stamp.time:%Y-%m-%dT%H:%M:%SZ}"
        if each.use is FieldUse.TIMESTAMP and each.stamp and not each.stamp.fault:
            yield from _signer_faults(each)
    if not facts.signatures:
        yield _unsigned(facts)
