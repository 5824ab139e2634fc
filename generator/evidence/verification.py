"""The policy under which a pack is accepted. Signing libraries report; this module decides.

 1. File: it can be read, ends where it says, holds nothing active and no file that its manifest does not name.
 2. Signatures: the seal comes first and certifies with permission 2, only fields placed beforehand are signed, every
    revision after the base, sealed or not, adds signatures and validation data only, the last signature covers the
    file to its last byte, and the space around each signature is zero.
 3. Chain: seal and approvals lead to a given root at the time of their time-stamps, with keys that are strong enough.
 4. Time-stamp: two independent readers accept the seal's token; its time is not in the future.
 5. Rebuild: the base pack, printed again from the commit, is a byte prefix of the file.
 6. Request: its commit lies in the trusted history; what it says of earlier issues is what the ledger says.
 7. Manifest: every source is in git with that blob and SHA-256, and the pack's commit has that tree.
 8. Ledger: the file, by its SHA-256, was issued, in an unbroken log.

A step that cannot be judged is INDETERMINATE; whatever goes wrong while judging is FAILED UNREADABLE. Steps do not
depend on one another, so that one verdict names everything that is wrong.
"""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from generator.errors import VerificationError
from generator.evidence.facts import FieldUse, PackFacts, SignatureFacts, ends_cleanly
from generator.evidence.fields import instant_text
from generator.evidence.ledger import Ledger
from generator.evidence.manifest import MANIFEST_FILE, Manifest
from generator.evidence.request import REQUEST_FILE, PackRequest
from generator.evidence.verdict import Outcome, Step

APPROVERS = ("Approver1", "Approver2", "Approver3")
ARCHIVES = tuple(f"ArchiveTimestamp{number:02d}" for number in range(1, 9))
PLACED = frozenset({"Seal", *APPROVERS, *ARCHIVES})
"""The signature fields that a base pack may have."""

DEMO = "DEMO"
"""The word in the common name of every demo certificate."""

_HARMLESS = frozenset({"NONE", "LTA_UPDATES", "FORM_FILLING"})
_FILL_FORMS = 2
_SKEW = timedelta(minutes=5)
_Fault = tuple[str, str]  # reason code, detail


def file_step(facts: PackFacts, data: bytes) -> Step:
    """(1) Whole-file integrity."""
    return _step(1, "file", _file_faults(facts, data), f"{facts.size} bytes, SHA-256 {facts.sha256}")


def signature_step(facts: PackFacts) -> Step:
    """(2) The signatures under our own policy."""
    signed = ", ".join(each.field for each in facts.signatures)
    return _step(2, "signatures", _signature_faults(facts), signed)


def chain_step(facts: PackFacts, *, roots: bool, profile: str) -> Step:
    """(3) The chain to the given roots."""
    if not roots:
        return Step(3, "chain", Outcome.INDETERMINATE, "NO_ROOTS", "no trust root was given (--roots or --trust demo)")
    signer = facts.seal.signer if facts.seal else ""
    return _step(3, "chain", _chain_faults(facts, profile), f"sealed by {signer}")


def stamp_step(facts: PackFacts, now: datetime, *, roots: bool) -> Step:
    """(4) The seal's time-stamp."""
    if not roots:
        return Step(4, "time-stamp", Outcome.INDETERMINATE, "NO_ROOTS", "no trust root was given")
    stamp = facts.seal.stamp if facts.seal else None
    detail = f"{stamp.time:%Y-%m-%dT%H:%M:%SZ} by {stamp.authority}" if stamp else ""
    return _step(4, "time-stamp", _stamp_faults(facts, now), detail)


def rebuild_step(data: bytes, rebuilt: bytes, *, same_toolchain: bool) -> Step:
    """(5) The rebuilt base pack is a byte prefix of the file."""
    if data.startswith(rebuilt) and rebuilt:
        return Step(5, "rebuild", Outcome.PASSED, "", f"the first {len(rebuilt)} bytes are the rebuilt base pack")
    pairs = zip(data, rebuilt, strict=False)
    place = next((i for i, (ours, theirs) in enumerate(pairs) if ours != theirs), min(len(data), len(rebuilt)))
    detail = f"the rebuilt base pack differs at byte {place}"
    if same_toolchain:
        return Step(5, "rebuild", Outcome.FAILED, "REBUILD_DIFFERS", detail)
    return Step(5, "rebuild", Outcome.INDETERMINATE, "TOOLCHAIN_DIFFERS", detail)


def request_step(facts: PackFacts, ledger: Ledger | None, *, ancestor: bool | None) -> Step:
    """(6) What the pack says it was made from."""
    try:
        request = request_of(facts)
    except VerificationError as error:
        return Step(6, "request", Outcome.FAILED, error.reason, error.message)
    if ancestor is False:
        detail = f"commit {request.commit[:12]} is not in the history of the trusted branch"
        return Step(6, "request", Outcome.FAILED, "NOT_ANCESTOR", detail)
    faults = _request_faults(request, ledger, facts.sha256)
    if ancestor is None:
        return next(
            (Step(6, "request", Outcome.FAILED, *fault) for fault in faults),
            Step(6, "request", Outcome.INDETERMINATE, "NO_REPOSITORY", "its commit was not looked up"),
        )
    return _step(6, "request", faults, f"{request.pack} as of {request.as_of}, commit {request.commit[:12]}")


def manifest_step(facts: PackFacts, tree: str, files: Mapping[str, tuple[str, str]]) -> Step:
    """(7) The manifest against git: `files` maps path in the repository to (blob id, SHA-256) in the commit."""
    try:
        manifest = manifest_of(facts)
    except VerificationError as error:
        return Step(7, "manifest", Outcome.FAILED, error.reason, error.message)
    if request_of(facts).commit != manifest.commit:
        return Step(7, "manifest", Outcome.FAILED, "MANIFEST_DIFFERS", "request and manifest name different commits")
    agree = f"{len(manifest.sources)} sources agree with git"
    return _step(7, "manifest", _manifest_faults(manifest, tree, files), agree)


def ledger_step(facts: PackFacts, ledger: Ledger, base_sha256: str) -> Step:
    """(8) The file was issued."""
    line = ledger.line_of(facts.sha256)
    if line is None:
        return Step(8, "ledger", Outcome.FAILED, "NOT_ISSUED", "no line of the ledger has this file's SHA-256")
    detail = f"line {line.seq} of {len(ledger.lines)}, root {ledger.root[:16]}"
    return _step(8, "ledger", _ledger_faults(facts, ledger, base_sha256), detail)


def request_of(facts: PackFacts) -> PackRequest:
    """The attached request. Raises VerificationError."""
    return PackRequest.from_bytes(_attachment(facts, REQUEST_FILE))


def manifest_of(facts: PackFacts) -> Manifest:
    """The attached manifest. Raises VerificationError."""
    return Manifest.from_bytes(_attachment(facts, MANIFEST_FILE))


def _attachment(facts: PackFacts, name: str) -> bytes:
    try:
        return facts.attachments[name]
    except KeyError:
        raise VerificationError(f"the pack has no attachment {name}", reason="ATTACHMENT_MISSING") from None


def _file_faults(facts: PackFacts, data: bytes) -> Iterator[_Fault]:
    if facts.problem:
        yield "UNREADABLE", facts.problem
        return
    if not ends_cleanly(data):
        yield "TRAILING_BYTES", "the file does not end where a PDF ends"
    if facts.active:
        yield "ACTIVE_CONTENT", ", ".join(facts.active)
    try:
        named = {*manifest_of(facts).attachments, MANIFEST_FILE, REQUEST_FILE}
    except VerificationError as error:
        yield error.reason, error.message
        return
    if strange := sorted(facts.attachments.keys() ^ named):
        yield "UNLISTED_ATTACHMENT", f"the manifest and the files inside differ: {', '.join(strange)}"


def _signature_faults(facts: PackFacts) -> Iterator[_Fault]:
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


def _unsigned(facts: PackFacts) -> _Fault:
    return ("UNREADABLE", "its signatures cannot be read") if facts.problem else ("UNSIGNED", "there is no seal")


def _one_signature_faults(each: SignatureFacts) -> Iterator[_Fault]:
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


def _chain_faults(facts: PackFacts, profile: str) -> Iterator[_Fault]:
    if facts.seal is None:
        yield _unsigned(facts)
        return
    for each in facts.signatures:
        if not each.trusted:
            yield "UNTRUSTED", f"{each.field}: {_why_untrusted(each)}"
        if each.key_problem:
            yield "WEAK_KEY", f"{each.field}: {each.key_problem}"
        if each.long_term not in ("", "PASSED") and (each.trusted or each.long_term != each.objection):
            yield "LONG_TERM", f"{each.field}: not valid by the data inside the file ({_name(each.long_term)})"
    if profile and (DEMO in facts.seal.signer) != (profile == "demo"):
        yield "PROFILE_MISMATCH", f"a {profile} pack is sealed by {facts.seal.signer}"


def _why_untrusted(each: SignatureFacts) -> str:
    if not (each.intact and each.valid):
        return "its chain was not judged, for the signature is broken"
    if _name(each.objection) in ("", "NO_CERTIFICATE_CHAIN_FOUND"):
        return "its chain does not end in a given root"
    return f"its certificate is not accepted ({_name(each.objection)})"


def _name(indication: str) -> str:
    """AdESIndeterminate.REVOKED -> REVOKED: the words of EN 319 102-1 without the library's."""
    return indication.rpartition(".")[2]


def _stamp_faults(facts: PackFacts, now: datetime) -> Iterator[_Fault]:
    for each in facts.signatures:
        if each.stamp is None:
            yield "NO_TIMESTAMP", f"{each.field} carries no time-stamp"
        elif each.stamp.objection:
            yield "BAD_TIMESTAMP", f"{each.field}: {each.stamp.objection}"
        elif each.stamp.time > now + _SKEW:
            yield "FUTURE_TIMESTAMP", f"{each.field} is stamped {each.stamp.time:%Y-%m-%dT%H:%M:%SZ}"
    if not facts.signatures:
        yield _unsigned(facts)


def _request_faults(request: PackRequest, ledger: Ledger | None, sha256: str) -> Iterator[_Fault]:
    if request.previous and not request.previous.holds():
        yield "LEDGER_PROOF", "the proofs about earlier issues are wrong"
    line = ledger.line_of(sha256) if ledger else None
    if ledger is None or line is None:
        return  # (8) says so
    before = ledger.before(line.seq)
    if request.since != before.since(request.pack):
        yield "SINCE_DIFFERS", "its previous issue is not the one that the ledger names"
    size = request.previous.size if request.previous else 0
    if before.before(size + 1).proof() != request.previous or (before.lines and not size):
        yield "LEDGER_FORK", "the ledger does not continue the one that the pack was printed with"
    if (line.commit, line.pack, line.as_of) != (request.commit, request.pack, request.as_of):
        yield "LINE_DIFFERS", f"line {line.seq} of the ledger names another pack, commit or date"


def _manifest_faults(manifest: Manifest, tree: str, files: Mapping[str, tuple[str, str]]) -> Iterator[_Fault]:
    commit = manifest.commit[:12]
    if manifest.tree != tree:
        yield "MANIFEST_DIFFERS", f"commit {commit} has tree {tree[:12]}, the manifest says {manifest.tree[:12]}"
    for source in manifest.sources:
        path = manifest.root + source.path
        if path not in files:
            yield "MANIFEST_DIFFERS", f"{path} is not in commit {commit}"
        elif files[path] != (source.blob, source.sha256):
            yield "MANIFEST_DIFFERS", f"{path} differs from the file in commit {commit}"


def _ledger_faults(facts: PackFacts, ledger: Ledger, base_sha256: str) -> Iterator[_Fault]:
    line = ledger.line_of(facts.sha256)
    if line is None:
        return
    if line.unsigned_sha256 != base_sha256:
        yield "BASE_DIFFERS", f"line {line.seq} names another base pack"
    try:
        manifest = manifest_of(facts)
        if dict(line.inputs) != manifest.inputs():
            yield "LINE_DIFFERS", f"line {line.seq} names other sources than the manifest"
        if (line.tree, line.approvals_root) != (manifest.tree, manifest.approvals_root()):
            yield "LINE_DIFFERS", f"line {line.seq} names another tree or other sign-offs than the manifest"
    except VerificationError as error:
        yield error.reason, error.message
    stamp = facts.seal.stamp if facts.seal else None
    if stamp and stamp.time.replace(microsecond=0) != line.issued_at:
        times = f"{instant_text(line.issued_at)}, the seal's time-stamp {instant_text(stamp.time)}"
        yield "LINE_DIFFERS", f"line {line.seq} says that it was issued at {times}"


def _step(number: int, title: str, faults: Iterator[_Fault], detail: str) -> Step:
    """FAILED with the first fault's code and all details, or PASSED."""
    found = list(faults)
    if not found:
        return Step(number, title, Outcome.PASSED, "", detail)
    more = f" (and {len(found) - 3} more)" if len(found) > 3 else ""
    return Step(number, title, Outcome.FAILED, found[0][0], "; ".join(each for _, each in found[:3]) + more)
