"""The policy under which a pack is accepted. Signing libraries report; this module and `seal_policy` decide.

 1. File: it can be read, ends where it says, holds nothing active and no file that its manifest does not name with
    that SHA-256.
 2. Signatures: the seal comes first and certifies with permission 2, only fields placed beforehand are signed, every
    revision after the base, sealed or not, adds signatures and validation data only, the last signature covers the
    file to its last byte, and the space around each signature is zero.
 3. Chain: seal and approvals lead to a given root of seals at the time of their time-stamps, with keys that are strong
    enough and certificates meant for documents; the seal is that of somebody who was named beforehand as allowed to.
 4. Time-stamp: two independent readers accept each token under a given root of time-stamps, of which none may seal; no
    time is in the future.
 5. Rebuild: the base pack, printed again from the commit, is a byte prefix of the file.
 6. Request: its commit lies in the trusted history and is not younger than the seal; day, audience and profile are
    those of the pack's record there and of the pack as printed; what it says of earlier issues is what the ledger says.
 7. Manifest: every source is in git with that blob and SHA-256, the pack's commit has that tree, and nothing is left
    out or added to what the commit has for the pack's audience.
 8. Ledger: the file, or the one that it continues with signatures and time-stamps alone (2), was issued by its SHA-256,
    in an unbroken log.

A step that cannot be judged is INDETERMINATE; whatever goes wrong while judging is FAILED UNREADABLE. Steps do not
depend on one another, so that one verdict names everything that is wrong.
"""

import hashlib
from collections.abc import Iterator, Mapping
from itertools import chain

from generator.errors import VerificationError
from generator.evidence.expected import Expected, listing_faults, request_faults
from generator.evidence.facts import PackFacts, ends_cleanly
from generator.evidence.fields import instant_text
from generator.evidence.ledger import Ledger, LedgerLine
from generator.evidence.manifest import MANIFEST_FILE, Manifest
from generator.evidence.request import REQUEST_FILE, PackRequest
from generator.evidence.seal_policy import SKEW
from generator.evidence.verdict import Fault, Outcome, Step, judged


def file_step(facts: PackFacts, data: bytes) -> Step:
    """(1) Whole-file integrity."""
    return judged(1, "file", _file_faults(facts, data), f"{facts.size} bytes, SHA-256 {facts.sha256}")


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


def request_step(
    facts: PackFacts, ledger: Ledger | None, expected: Expected | None = None, *, ancestor: bool | None
) -> Step:
    """(6) What the pack says it was made from; `expected` is what the repository says of that."""
    try:
        request = request_of(facts)
    except VerificationError as error:
        return Step(6, "request", Outcome.FAILED, error.reason, error.message)
    if ancestor is False:
        detail = f"commit {request.commit[:12]} is not in the history of the trusted branch"
        return Step(6, "request", Outcome.FAILED, "NOT_ANCESTOR", detail)
    faults = chain(
        _printed_faults(facts, request),
        request_faults(request, expected) if expected else (),
        _time_faults(facts, expected) if expected else (),
        _request_faults(request, ledger, facts),
    )
    if ancestor is None or expected is None:
        return next(
            (Step(6, "request", Outcome.FAILED, *fault) for fault in faults),
            Step(6, "request", Outcome.INDETERMINATE, "NO_REPOSITORY", "its commit was not looked up"),
        )
    return judged(6, "request", faults, f"{request.pack} as of {request.as_of}, commit {request.commit[:12]}")


def manifest_step(facts: PackFacts, tree: str, files: Mapping[str, tuple[str, str]], expected: Expected) -> Step:
    """(7) The manifest against git: `files` maps path in the repository to (blob id, SHA-256) in the commit."""
    try:
        manifest = manifest_of(facts)
    except VerificationError as error:
        return Step(7, "manifest", Outcome.FAILED, error.reason, error.message)
    if request_of(facts).commit != manifest.commit:
        return Step(7, "manifest", Outcome.FAILED, "MANIFEST_DIFFERS", "request and manifest name different commits")
    agree = f"{len(manifest.sources)} sources agree with git"
    faults = chain(_manifest_faults(manifest, tree, files), listing_faults(manifest, expected))
    return judged(7, "manifest", faults, agree)


def ledger_step(facts: PackFacts, ledger: Ledger, base_sha256: str) -> Step:
    """(8) The file was issued."""
    issued = ledger.issue_of(facts.revisions)
    if issued is None:
        detail = "no line of the ledger has the SHA-256 of this file, nor of one that it continues"
        return Step(8, "ledger", Outcome.FAILED, "NOT_ISSUED", detail)
    line, revision = issued
    detail = f"line {line.seq} of {len(ledger.lines)}, root {ledger.root[:16]}"
    if added := [each.field for each in facts.signatures if each.size > revision.size]:
        detail += f"; signed since it was issued: {', '.join(added)}"
    if later := [each.seq for each in ledger.lines if each.pack == line.pack and each.seq > line.seq]:
        detail += f"; {line.pack} was issued again as line {later[-1]}"
    return judged(8, "ledger", _ledger_faults(facts, line, base_sha256), detail)


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


def _file_faults(facts: PackFacts, data: bytes) -> Iterator[Fault]:
    if facts.problem:
        yield "UNREADABLE", facts.problem
        return
    if not ends_cleanly(data):
        yield "TRAILING_BYTES", "the file does not end where a PDF ends"
    if facts.active:
        yield "ACTIVE_CONTENT", ", ".join(facts.active)
    try:
        manifest = manifest_of(facts)
    except VerificationError as error:
        yield error.reason, error.message
        return
    named = {*manifest.attachments, MANIFEST_FILE, REQUEST_FILE}
    if strange := sorted(facts.attachments.keys() ^ named):
        yield "UNLISTED_ATTACHMENT", f"the manifest and the files inside differ: {', '.join(strange)}"
    digests = manifest.inputs()
    for name in sorted(facts.attachments.keys() - {MANIFEST_FILE, REQUEST_FILE}):
        if digests.get(name) != hashlib.sha256(facts.attachments[name]).hexdigest():
            yield "ATTACHMENT_DIFFERS", f"the attached {name} is not the one that the manifest lists"


def _time_faults(facts: PackFacts, expected: Expected) -> Iterator[Fault]:
    """A seal cannot be older than the commit it is of: one of the two dates is false."""
    stamp = facts.seal.stamp if facts.seal else None
    if stamp and stamp.time + SKEW < expected.committed:
        times = f"{instant_text(stamp.time)}, its commit is dated {instant_text(expected.committed)}"
        yield "COMMIT_AFTER_SEAL", f"it was sealed at {times}"


def _printed_faults(facts: PackFacts, request: PackRequest) -> Iterator[Fault]:
    """Where the pack calls itself something else than what was asked for."""
    if facts.printed.get("draft"):
        yield "DRAFT", "it is a draft, which nobody may seal"
    manifest = facts.attachments.get(MANIFEST_FILE, b"")
    meant = {
        "pack": request.pack,
        "commit": request.commit,
        "asOf": request.as_of.isoformat(),
        "audience": request.audience,
        "profile": request.profile,
        "requestSha256": hashlib.sha256(facts.attachments[REQUEST_FILE]).hexdigest(),
        "manifestSha256": hashlib.sha256(manifest).hexdigest(),
    }
    for name, value in meant.items():
        if (found := facts.printed.get(name, "")) != value:
            yield "PRINTED_DIFFERS", f"the pack says {name} {found[:40] or 'nowhere'}, its attachments {value[:40]}"


def _request_faults(request: PackRequest, ledger: Ledger | None, facts: PackFacts) -> Iterator[Fault]:
    if request.previous and not request.previous.holds():
        yield "LEDGER_PROOF", "the proofs about earlier issues are wrong"
    issued = ledger.issue_of(facts.revisions) if ledger else None
    if ledger is None or issued is None:
        return  # (8) says so
    line = issued[0]
    before = ledger.before(line.seq)
    if request.since != before.since(request.pack):
        yield "SINCE_DIFFERS", "its previous issue is not the one that the ledger names"
    size = request.previous.size if request.previous else 0
    if before.before(size + 1).proof() != request.previous or (before.lines and not size):
        yield "LEDGER_FORK", "the ledger does not continue the one that the pack was printed with"
    if (line.commit, line.pack, line.as_of) != (request.commit, request.pack, request.as_of):
        yield "LINE_DIFFERS", f"line {line.seq} of the ledger names another pack, commit or date"


def _manifest_faults(manifest: Manifest, tree: str, files: Mapping[str, tuple[str, str]]) -> Iterator[Fault]:
    commit = manifest.commit[:12]
    if manifest.tree != tree:
        yield "MANIFEST_DIFFERS", f"commit {commit} has tree {tree[:12]}, the manifest says {manifest.tree[:12]}"
    for source in manifest.sources:
        path = manifest.root + source.path
        if path not in files:
            yield "MANIFEST_DIFFERS", f"{path} is not in commit {commit}"
        elif files[path] != (source.blob, source.sha256):
            yield "MANIFEST_DIFFERS", f"{path} differs from the file in commit {commit}"


def _ledger_faults(facts: PackFacts, line: LedgerLine, base_sha256: str) -> Iterator[Fault]:
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
