"""`roadmap verify`: gathers what the policy needs and lets it judge, one step after the other."""

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from generator.errors import ContentError, HistoryError, PortalError, PrintError, StorageError
from generator.evidence.expected import Expected
from generator.evidence.facts import PackFacts, base_of
from generator.evidence.ledger import Ledger
from generator.evidence.request import PackRequest
from generator.evidence.seal_policy import chain_step, signature_step, stamp_step
from generator.evidence.trust import NOBODY, Trust
from generator.evidence.verdict import Outcome, Step, Verdict
from generator.evidence.verification import (
    file_step,
    ledger_step,
    manifest_of,
    manifest_step,
    rebuild_step,
    request_of,
    request_step,
)
from generator.ports import History, Inspector

Rebuild = Callable[[PackRequest], bytes]


@dataclass(frozen=True)
class Case:
    """A pack and everything it is held against; what is None was not given and leaves its step undecided."""

    data: bytes
    now: datetime
    trust: Trust = NOBODY
    history: History | None = None
    branch: str = "HEAD"
    rebuild: Rebuild | None = None
    expected: Callable[[PackRequest], Expected] | None = None
    toolchain: Callable[[], Mapping[str, str]] = field(default=dict)
    ledger: Callable[[], bytes] | None = None


def verify(case: Case, inspector: Inspector) -> Verdict:
    """The verdict. Nothing that a file can hold raises: whatever breaks a step fails it."""
    facts = inspector.facts(case.data, case.trust)
    case = replace(case, expected=_once(case.expected))
    return Verdict(
        (
            _guarded(1, "file", lambda: file_step(facts, case.data)),
            _guarded(2, "signatures", lambda: signature_step(facts)),
            _guarded(3, "chain", lambda: chain_step(facts, case.trust, _profile(facts))),
            _guarded(4, "time-stamp", lambda: stamp_step(facts, case.trust, case.now)),
            _guarded(5, "rebuild", lambda: _rebuilt(case, facts)),
            _guarded(6, "request", lambda: _requested(case, facts)),
            _guarded(7, "manifest", lambda: _compared(case, facts)),
            _guarded(8, "ledger", lambda: _issued(case, facts)),
        )
    )


def _once(ask: Callable[[PackRequest], Expected] | None) -> Callable[[PackRequest], Expected] | None:
    """The same answer for two steps: the sources are loaded once."""
    answers: list[Expected] = []

    def answer(request: PackRequest) -> Expected:
        if not answers and ask:
            answers.append(ask(request))
        return answers[0]

    return answer if ask else None


def _guarded(number: int, title: str, judge: Callable[[], Step]) -> Step:
    """The step; missing means make it undecided, and anything else that goes wrong fails it."""
    try:
        return judge()
    except (HistoryError, PrintError, StorageError) as error:
        return Step(number, title, Outcome.INDETERMINATE, error.reason, error.message)
    except PortalError as error:
        return Step(number, title, Outcome.FAILED, error.reason, error.message)
    except (Exception, RecursionError) as error:  # noqa: BLE001 - policy (g): any exception is a failure, never a trace
        return Step(number, title, Outcome.FAILED, "UNREADABLE", f"{type(error).__name__}: {error}"[:200])


def _profile(facts: PackFacts) -> str:
    return "" if facts.problem else request_of(facts).profile


def _rebuilt(case: Case, facts: PackFacts) -> Step:
    if case.rebuild is None:
        return Step(5, "rebuild", Outcome.INDETERMINATE, "NO_REPOSITORY", "no repository was given (--repo)")
    request = request_of(facts)
    own = case.toolchain()
    different = sorted(name for name, version in own.items() if version != request.toolchain.get(name))
    try:
        step = rebuild_step(case.data, case.rebuild(request), same_toolchain=not different)
    except ContentError as error:
        if not different:
            raise
        # The rules of another version may refuse what was clean under those of its own.
        step = Step(5, "rebuild", Outcome.INDETERMINATE, "TOOLCHAIN_DIFFERS", error.message)
    if step.reason != "TOOLCHAIN_DIFFERS":
        return step
    named = ", ".join(
        f"{name} {_short(request.toolchain.get(name))}, here {_short(own.get(name))}" for name in different
    )
    remedy = f"it was printed with {named}: install that, or use --rebuild"
    return Step(step.number, step.title, step.outcome, step.reason, f"{step.detail}; {remedy}")


def _short(version: str | None) -> str:
    return (version or "none")[:24]


def _requested(case: Case, facts: PackFacts) -> Step:
    ledger = Ledger.parse(case.ledger()) if case.ledger else None
    if case.history is None or case.expected is None:
        return request_step(facts, ledger, ancestor=None)
    request, tip = request_of(facts), case.history.resolve(case.branch)
    if not case.history.is_ancestor(request.commit, tip):
        return request_step(facts, ledger, ancestor=False)
    return request_step(facts, ledger, case.expected(request), ancestor=True)


def _compared(case: Case, facts: PackFacts) -> Step:
    if case.history is None or case.expected is None:
        return Step(7, "manifest", Outcome.INDETERMINATE, "NO_REPOSITORY", "no repository was given (--repo)")
    manifest = manifest_of(facts)
    tree = case.history.tree(manifest.commit)
    blobs = tree.files()
    there = [source.path for source in manifest.sources if source.path in blobs]
    contents = tree.read(there)
    files = {tree.root + path: (blobs[path], hashlib.sha256(contents[path]).hexdigest()) for path in there}
    commit = case.history.commit(manifest.commit)
    return manifest_step(facts, commit.tree, files, case.expected(request_of(facts)))


def _issued(case: Case, facts: PackFacts) -> Step:
    if case.ledger is None:
        return Step(8, "ledger", Outcome.INDETERMINATE, "NO_LEDGER", "no store was given (--store)")
    data = case.ledger()
    if not data:
        return Step(8, "ledger", Outcome.INDETERMINATE, "NO_LEDGER", "the store holds no ledger")
    return ledger_step(facts, Ledger.parse(data), hashlib.sha256(base_of(case.data)).hexdigest())
