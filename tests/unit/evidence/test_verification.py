import hashlib
from dataclasses import replace
from datetime import date, timedelta

import pytest

from generator.evidence.facts import FieldUse, PackFacts, StampFacts, StampFault, base_of, property_of, revisions
from generator.evidence.ledger import Ledger
from generator.evidence.manifest import MANIFEST_FILE
from generator.evidence.request import REQUEST_FILE
from generator.evidence.seal_policy import chain_step, signature_step, stamp_step
from generator.evidence.trust import NOBODY, Sealer, Trust
from generator.evidence.verdict import Outcome, Step, Verdict
from generator.evidence.verification import (
    file_step,
    ledger_step,
    manifest_step,
    rebuild_step,
    request_step,
)
from tests.unit.evidence.makers import (
    BLOB,
    COMMIT,
    DATA,
    NOON,
    SOURCE,
    TREE,
    expected,
    facts,
    ledger,
    line,
    printed,
    request,
    signature,
)

ARCHIVE = signature(field="ArchiveTimestamp01", use=FieldUse.TIMESTAMP, certifies=0)
EARLY = signature(whole_file=False, changes="LTA_UPDATES")
TRUST = Trust(b"roots", b"roots", (Sealer(common_name="DEMO seal"), Sealer(common_name="Northmere Bank seal")))
DIGEST = hashlib.sha256(SOURCE).hexdigest()
FILES = {"content/roadmap/roadmap.yaml": (BLOB, DIGEST)}


def _issued(**changes: object) -> Ledger:
    made = line(Ledger(), **changes)
    return Ledger.parse(made.to_bytes() + b"\n")


def _second() -> Ledger:
    """The pack issued after another, whose line it should name."""
    first = ledger("pck-y")
    return Ledger.parse(b"".join(each.to_bytes() + b"\n" for each in (*first.lines, line(first))))


def test_a_good_pack_passes_every_step() -> None:
    steps = (
        file_step(facts(), DATA),
        signature_step(facts()),
        chain_step(facts(), TRUST, "demo"),
        stamp_step(facts(), TRUST, NOON),
        rebuild_step(DATA, base_of(DATA), same_toolchain=True),
        request_step(facts(), _issued(), expected(), ancestor=True),
        manifest_step(facts(), TREE, FILES, expected()),
        ledger_step(facts(), _issued(), "5" * 64),
    )
    assert [step.outcome for step in steps] == [Outcome.PASSED] * 8
    assert (Verdict(steps).outcome, Verdict(steps).reason) == (Outcome.PASSED, "")


@pytest.mark.parametrize(
    ("found", "data", "reason"),
    [
        (facts(problem="zlib.error"), DATA, "UNREADABLE"),
        (facts(), DATA + b"junk", "TRAILING_BYTES"),
        (facts(), b"junk" + DATA, "TRAILING_BYTES"),
        (facts(active=("/JavaScript",)), DATA, "ACTIVE_CONTENT"),
        (facts(attachments={**facts().attachments, "extra.txt": b""}), DATA, "UNLISTED_ATTACHMENT"),
        (facts(attachments={**facts().attachments, "content/roadmap/roadmap.yaml": b""}), DATA, "ATTACHMENT_DIFFERS"),
        (facts(attachments={REQUEST_FILE: b"{}"}), DATA, "ATTACHMENT_MISSING"),
        (facts(attachments={MANIFEST_FILE: b"{}"}), DATA, "MALFORMED"),
        (facts(attachments={MANIFEST_FILE: b"{ }"}), DATA, "NOT_CANONICAL"),
    ],
)
def test_a_file_that_is_not_whole_fails(found: PackFacts, data: bytes, reason: str) -> None:
    step = file_step(found, data)
    assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        (facts(signatures=()), "UNSIGNED"),
        (facts(signatures=(ARCHIVE,)), "SEAL_MISSING"),
        (facts(signatures=(ARCHIVE, signature())), "SEAL_MISSING"),
        (facts(signatures=(signature(certifies=0),)), "NOT_CERTIFIED"),
        (facts(signatures=(signature(certifies=1),)), "NOT_CERTIFIED"),
        (facts(signatures=(signature(certifies=3),)), "NOT_CERTIFIED"),
        (facts(signatures=(signature(intact=False),)), "BROKEN_SIGNATURE"),
        (facts(signatures=(signature(valid=False),)), "BROKEN_SIGNATURE"),
        (facts(signatures=(replace(EARLY, changes="OTHER"), ARCHIVE)), "MODIFIED"),
        (facts(signatures=(replace(EARLY, changes="UNKNOWN"), ARCHIVE)), "MODIFIED"),
        (facts(signatures=(replace(EARLY, permitted=False), ARCHIVE)), "MODIFIED"),
        (facts(signatures=(signature(padded_with_zeros=False),)), "PADDING"),
        (facts(signatures=(EARLY, replace(ARCHIVE, use=FieldUse.SIGNATURE))), "WRONG_USE"),
        (facts(signatures=(EARLY, signature(field="Approver1", use=FieldUse.TIMESTAMP))), "WRONG_USE"),
        (facts(fields=("Seal", "Evil")), "STRANGE_FIELD"),
        (facts(beneath="object 7 of the base is replaced"), "MODIFIED"),
        (facts(signatures=(EARLY, replace(ARCHIVE, whole_file=False))), "NOT_WHOLE_FILE"),
        (facts(signatures=(EARLY,)), "NOT_WHOLE_FILE"),
    ],
)
def test_signatures_outside_the_policy_fail(found: PackFacts, reason: str) -> None:
    step = signature_step(found)
    assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


def test_a_seal_followed_by_an_archive_time_stamp_passes() -> None:
    assert signature_step(facts(signatures=(EARLY, ARCHIVE))).outcome is Outcome.PASSED


@pytest.mark.parametrize(
    ("changes", "profile", "reason"),
    [
        ({"trusted": False}, "demo", "UNTRUSTED"),
        ({"key_problem": "RSA with 1024 bits"}, "demo", "WEAK_KEY"),
        ({"purpose_problem": "it is a time-stamp authority's certificate"}, "demo", "WRONG_PURPOSE"),
        ({"long_term": "REVOKED"}, "demo", "LONG_TERM"),
        ({"signer": "DEMO wiki"}, "demo", "WRONG_SEALER"),
        ({}, "production", "PROFILE_MISMATCH"),
        ({"signer": "Northmere Bank seal"}, "demo", "PROFILE_MISMATCH"),
    ],
)
def test_a_chain_outside_the_policy_fails(changes: dict[str, object], profile: str, reason: str) -> None:
    step = chain_step(facts(signatures=(signature(**changes),)), TRUST, profile)
    assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"objection": "AdESIndeterminate.NO_CERTIFICATE_CHAIN_FOUND"}, "its chain does not end in a given root"),
        ({"objection": "AdESIndeterminate.REVOKED_NO_POE"}, "its certificate is not accepted (REVOKED_NO_POE)"),
        ({"intact": False}, "its chain was not judged, for the signature is broken"),
    ],
)
def test_an_untrusted_chain_says_why_in_words(changes: dict[str, object], words: str) -> None:
    step = chain_step(facts(signatures=(signature(trusted=False, **changes),)), TRUST, "demo")
    assert step.detail == f"Seal: {words}"


@pytest.mark.parametrize(
    ("sealer", "expected"),
    [
        (Sealer(common_name="DEMO seal"), True),
        (Sealer(common_name="DEMO seal", organisation="Northmere Bank"), True),
        (Sealer(spki_sha256="a" * 64), True),
        (Sealer(spki_sha256="b" * 64, profile="demo"), True),
        (Sealer(common_name="DEMO seal", organisation="Another"), False),
        (Sealer(common_name="demo seal"), False),
        (Sealer(spki_sha256="c" * 64), False),
        (Sealer(common_name="DEMO seal", profile="production"), False),
        (Sealer(), False),
    ],
)
def test_a_seal_is_that_of_somebody_named(sealer: Sealer, expected: bool) -> None:
    sealed = signature(organisation="Northmere Bank", keys=("a" * 64, "b" * 64))
    step = chain_step(facts(signatures=(sealed,)), Trust(b"roots", b"roots", (sealer,)), "demo")
    assert (step.outcome is Outcome.PASSED, step.reason) == (expected, "" if expected else "WRONG_SEALER")


def test_without_a_sealer_named_the_chain_alone_stays_undecided() -> None:
    step = chain_step(facts(), Trust(b"roots", b"roots"), "demo")
    assert (step.outcome, step.reason) == (Outcome.INDETERMINATE, "NO_SEALER")
    assert "this is DEMO seal, key sha256:" in step.detail


def test_a_broken_chain_fails_whether_a_sealer_is_named_or_not() -> None:
    step = chain_step(facts(signatures=(signature(trusted=False),)), Trust(b"roots", b"roots"), "demo")
    assert (step.outcome, step.reason) == (Outcome.FAILED, "UNTRUSTED")


def test_an_archive_time_stamp_is_judged_with_the_time_stamps() -> None:
    found = facts(signatures=(EARLY, replace(ARCHIVE, trusted=False)))
    assert chain_step(found, TRUST, "demo").outcome is Outcome.PASSED
    assert stamp_step(found, TRUST, NOON).reason == "UNTRUSTED"


def test_a_time_stamp_that_is_not_accepted_says_why_in_words_and_by_code() -> None:
    stamp = StampFacts(NOON, "tsa", StampFault.OTHER_BYTES)
    step = stamp_step(facts(signatures=(signature(stamp=stamp),)), TRUST, NOON)
    assert step.detail == "Seal: the time-stamp: it is over other bytes (OTHER_BYTES)"


def test_without_roots_chain_and_time_stamp_stay_undecided() -> None:
    steps = chain_step(facts(), NOBODY, "demo"), stamp_step(facts(), NOBODY, NOON)
    assert {(step.outcome, step.reason) for step in steps} == {(Outcome.INDETERMINATE, "NO_ROOTS")}


@pytest.mark.parametrize(
    ("stamp", "reason"),
    [
        (None, "NO_TIMESTAMP"),
        (StampFacts(NOON, "tsa", StampFault.OTHER_BYTES), "BAD_TIMESTAMP"),
        (StampFacts(NOON + timedelta(days=30), "tsa"), "FUTURE_TIMESTAMP"),
    ],
)
def test_a_wrong_time_stamp_fails(stamp: StampFacts | None, reason: str) -> None:
    step = stamp_step(facts(signatures=(signature(stamp=stamp),)), TRUST, NOON)
    assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


@pytest.mark.parametrize(
    ("rebuilt", "same", "outcome", "reason"),
    [
        (b"%PDF-1.7 evil %%EOF\n", True, Outcome.FAILED, "REBUILD_DIFFERS"),
        (b"%PDF-1.7 evil %%EOF\n", False, Outcome.INDETERMINATE, "TOOLCHAIN_DIFFERS"),
        (base_of(DATA), False, Outcome.PASSED, ""),
        (b"", True, Outcome.FAILED, "REBUILD_DIFFERS"),
        (DATA + b"more", True, Outcome.FAILED, "REBUILD_DIFFERS"),
    ],
)
def test_the_rebuilt_base_decides(rebuilt: bytes, same: bool, outcome: Outcome, reason: str) -> None:
    step = rebuild_step(DATA, rebuilt, same_toolchain=same)
    assert (step.outcome, step.reason) == (outcome, reason)


def test_the_first_differing_byte_is_named() -> None:
    assert "differs at byte 9" in rebuild_step(DATA, b"%PDF-1.7 evil", same_toolchain=True).detail


def _with_request(**changes: object) -> PackFacts:
    attachments = {**facts().attachments, REQUEST_FILE: request(**changes).to_bytes()}
    return facts(attachments=attachments, printed=printed(attachments))


@pytest.mark.parametrize(
    ("found", "made", "reason"),
    [
        (_with_request(since="9" * 40), _issued(), "SINCE_DIFFERS"),
        (facts(), _issued(commit="9" * 40), "LINE_DIFFERS"),
        (facts(), _issued(pack="pck-y"), "LINE_DIFFERS"),
        (_with_request(previous=ledger("pck-y").proof()), _issued(), "LEDGER_FORK"),
        (_with_request(since=COMMIT), _second(), "LEDGER_FORK"),
        (
            _with_request(previous=replace(ledger("a", "b").proof(), leaf="8" * 64)),  # type: ignore[type-var]
            _issued(),
            "LEDGER_PROOF",
        ),
    ],
)
def test_a_request_that_the_ledger_contradicts_fails(found: PackFacts, made: Ledger, reason: str) -> None:
    step = request_step(found, made, expected(), ancestor=True)
    assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"as_of": date(2026, 9, 30)}, "as_of is 2026-11-20, the record of pck-x at its commit says 2026-09-30"),
        ({"audience": "internal"}, "audience is restricted, the record of pck-x at its commit says internal"),
        ({"profile": "production"}, "profile is demo, the record of pck-x at its commit says production"),
    ],
)
def test_a_request_that_its_record_contradicts_fails(changes: dict[str, object], words: str) -> None:
    step = request_step(facts(), _issued(), expected(**changes), ancestor=True)
    assert (step.outcome, step.reason, step.detail) == (Outcome.FAILED, "REQUEST_DIFFERS", words)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("pack", "pck-y", "PRINTED_DIFFERS"),
        ("commit", "9" * 40, "PRINTED_DIFFERS"),
        ("asOf", "2026-09-30", "PRINTED_DIFFERS"),
        ("audience", "public", "PRINTED_DIFFERS"),
        ("profile", "production", "PRINTED_DIFFERS"),
        ("requestSha256", "9" * 64, "PRINTED_DIFFERS"),
        ("manifestSha256", "", "PRINTED_DIFFERS"),
        ("draft", "true", "DRAFT"),
    ],
)
def test_a_pack_that_calls_itself_something_else_fails(name: str, value: str, reason: str) -> None:
    found = facts(printed={**facts().printed, name: value})
    for ancestor in (True, None):
        step = request_step(found, _issued(), expected(), ancestor=ancestor)
        assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


def test_a_seal_older_than_its_commit_fails() -> None:
    step = request_step(facts(), _issued(), expected(committed=NOON + timedelta(minutes=6)), ancestor=True)
    assert (step.outcome, step.reason) == (Outcome.FAILED, "COMMIT_AFTER_SEAL")
    later = request_step(facts(), _issued(), expected(committed=NOON + timedelta(minutes=4)), ancestor=True)
    assert later.outcome is Outcome.PASSED


def test_a_commit_outside_the_trusted_history_fails() -> None:
    assert request_step(facts(), _issued(), ancestor=False).reason == "NOT_ANCESTOR"


@pytest.mark.parametrize(
    ("tree", "files", "detail"),
    [
        ("9" * 40, FILES, "has tree"),
        (TREE, {}, "is not in commit"),
        (TREE, {"roadmap/roadmap.yaml": FILES["content/roadmap/roadmap.yaml"]}, "is not in commit"),
        (TREE, {"content/roadmap/roadmap.yaml": (BLOB, "9" * 64)}, "differs from the file"),
        (TREE, {"content/roadmap/roadmap.yaml": ("9" * 40, DIGEST)}, "differs from the file"),
    ],
)
def test_a_manifest_that_git_contradicts_fails(tree: str, files: dict[str, tuple[str, str]], detail: str) -> None:
    step = manifest_step(facts(), tree, files, expected())
    assert (step.outcome, step.reason) == (Outcome.FAILED, "MANIFEST_DIFFERS")
    assert detail in step.detail


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"listed": frozenset()}, "is listed, and the commit has no such file for this audience"),
        ({"attached": frozenset()}, "is attached, and should not be for this audience"),
        ({"listed": frozenset({*FILES, "content/registers/risks.yaml"})}, "risks.yaml is missing from the manifest"),
        ({"attached": frozenset({*FILES, "content/registers/risks.yaml"})}, "risks.yaml is not attached"),
    ],
)
def test_a_manifest_that_leaves_a_source_out_or_adds_one_fails(changes: dict[str, object], words: str) -> None:
    step = manifest_step(facts(), TREE, FILES, expected(**changes))
    assert (step.outcome, step.reason) == (Outcome.FAILED, "MANIFEST_DIFFERS")
    assert words in step.detail


def test_request_and_manifest_must_name_one_commit() -> None:
    assert manifest_step(_with_request(commit="9" * 40), TREE, FILES, expected()).reason == "MANIFEST_DIFFERS"


@pytest.mark.parametrize(
    ("made", "base", "reason"),
    [
        (Ledger(), "5" * 64, "NOT_ISSUED"),
        (_issued(signed_sha256="8" * 64), "5" * 64, "NOT_ISSUED"),
        (_issued(), "8" * 64, "BASE_DIFFERS"),
        (_issued(inputs={"content/x.yaml": "8" * 64}), "5" * 64, "LINE_DIFFERS"),
        (_issued(tree="8" * 40), "5" * 64, "LINE_DIFFERS"),
        (_issued(approvals_root="8" * 64), "5" * 64, "LINE_DIFFERS"),
        (_issued(issued_at=NOON + timedelta(days=1)), "5" * 64, "LINE_DIFFERS"),
    ],
)
def test_a_pack_that_the_ledger_does_not_know_fails(made: Ledger, base: str, reason: str) -> None:
    step = ledger_step(facts(), made, base)
    assert (step.outcome, step.reason) == (Outcome.FAILED, reason)


def test_a_pack_that_was_signed_since_is_the_one_issued() -> None:
    approved = DATA + b"approval\n%%EOF\n"
    approval = signature(field="Approver1", size=len(approved), certifies=0)
    found = facts(sha256="9" * 64, revisions=revisions(approved), signatures=(EARLY, approval))
    step = ledger_step(found, _issued(), "5" * 64)
    assert (step.outcome, "signed since it was issued: Approver1" in step.detail) == (Outcome.PASSED, True)
    assert request_step(found, _issued(commit="9" * 40), expected(), ancestor=True).reason == "LINE_DIFFERS"


def test_a_pack_cut_back_to_before_its_issue_was_not_issued() -> None:
    step = ledger_step(facts(revisions=revisions(base_of(DATA))), _issued(), "5" * 64)
    assert step.reason == "NOT_ISSUED"


def test_an_older_issue_names_the_newer_one() -> None:
    first = line(Ledger())
    older = Ledger.parse(first.to_bytes() + b"\n")
    both = Ledger.parse(b"".join(each.to_bytes() + b"\n" for each in (first, line(older, signed_sha256="8" * 64))))
    step = ledger_step(facts(), both, "5" * 64)
    assert (step.outcome, step.detail.endswith("; pck-x was issued again as line 2")) == (Outcome.PASSED, True)


def test_a_file_of_many_ends_is_not_hashed_for_each() -> None:
    found = revisions(b"%%EOF\n" * 100_000)
    assert (len(found), found[-1].size) == (65, 600_000)


def test_a_verdict_is_as_bad_as_its_worst_step() -> None:
    good = Step(1, "file", Outcome.PASSED)
    open_ = Step(2, "chain", Outcome.INDETERMINATE, "NO_ROOTS", "no trust root was given")
    bad = Step(3, "ledger", Outcome.FAILED, "NOT_ISSUED")
    assert Verdict((good, open_)).outcome is Outcome.INDETERMINATE
    assert Verdict((good, open_, bad)).reason == "NOT_ISSUED"
    assert list(Verdict((good, open_)).lines()) == [
        "1. file: PASSED",
        "2. chain: INDETERMINATE NO_ROOTS - no trust root was given",
        "INDETERMINATE NO_ROOTS",
    ]


def test_properties_are_read_from_the_bytes() -> None:
    assert property_of(b"<ep:pages>23</ep:pages>", "pages") == "23"
    assert property_of(b"<ep:pages>23</ep:pages>", "(.*)") == ""
    assert (COMMIT, base_of(b"no end")) == (COMMIT, b"no end")
