"""Whether each sign-off counts: today's wording, by another hand, under a right, with a quorum."""

import hashlib
from collections.abc import Iterator

from generator.errors import Finding, Severity
from generator.kinds.decision import Decision
from generator.kinds.governance import Body, DecisionRight
from generator.kinds.seat import Seat, SignOff
from generator.model.judgement import Commit, Judgement, Step
from generator.model.kind import Rule
from generator.views.sign_offs import changes_of_meaning, sign_offs


def _lapsed(j: Judgement) -> Iterator[Finding]:
    for view in sign_offs(j):
        if view.status == "lapsed":
            changed = f"changed in {view.lapsed_in}, {view.lapsed_on}" if view.lapsed_in else "it reads otherwise now"
            yield Finding(view.ref.key, ("digest",), {"subject": view.subject.key, "changed": changed})


def _own_work(j: Judgement) -> Iterator[Finding]:
    recorded = {change.key: i for i, step in enumerate(j.timeline.steps) for change in step.changes if change.added}
    for one in j.portal.all(SignOff):
        seat = j.portal.find(one.seat, Seat)
        holder = seat.holder_on(one.on) if seat else None
        if holder is None or one.id not in recorded:
            continue
        for step in _since_last(j, one, recorded):
            for commit in writers(step):
                if holder.git and address_digest(commit.author.email) in holder.git:
                    values = {"seat": one.seat, "subject": one.subject, "commit": commit.id[:10]}
                    yield Finding(one.id, ("seat",), values)


def _since_last(j: Judgement, one: SignOff, recorded: dict[str, int]) -> Iterator[Step]:
    """The steps that changed the subject's meaning after the sign-off before this one, up to this one."""
    earlier = [recorded[o.id] for o in j.portal.all(SignOff) if o.subject == one.subject and o.id in recorded]
    first = max((index for index in earlier if index < recorded[one.id]), default=-1)
    index_of = {id(step): index for index, step in enumerate(j.timeline.steps)}
    for step in changes_of_meaning(j, one.subject):
        if first < index_of[id(step)] <= recorded[one.id]:
            yield step


def writers(step: Step) -> tuple[Commit, ...]:
    """The commits that wrote what a step brought: those that a merge brought in, else the commit itself."""
    return step.merged or (step.commit,)


def address_digest(email: str) -> str:
    """The digest under which a seat lists an address."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


def _without_right(j: Judgement) -> Iterator[Finding]:
    rights = {(row.decision_type, row.party) for row in j.portal.all(DecisionRight) if row.right == "A"}
    for one in j.portal.all(SignOff):
        decision = j.portal.find(one.decision, Decision)
        if decision is None:
            continue
        body = j.portal.find(decision.body, Body)
        serves = body is not None and one.seat in body.voting_seats(one.on)
        if not serves and (decision.type, one.seat) not in rights:
            yield Finding(one.id, ("seat",), {"seat": one.seat, "type": decision.type, "body": decision.body})
        elif not decision.covers(one.subject):
            yield Finding(one.id, ("decision",), {"seat": one.seat, "type": one.decision, "body": one.subject})


def _without_quorum(j: Judgement) -> Iterator[Finding]:
    for one in j.portal.all(SignOff):
        decision = j.portal.find(one.decision, Decision)
        body = j.portal.find(decision.body, Body) if decision else None
        if decision and body and decision.votes and decision.votes.cast < body.quorum:
            values = {"votes": decision.votes.cast, "decision": decision.id, "quorum": body.quorum}
            yield Finding(one.id, ("decision",), values)


RULES = (
    Rule(
        code="SGN001",
        severity=Severity.WARNING,
        title="A sign-off is of today's wording",
        why="A signature under other words does not count.",
        remedy="Have the seat sign again: `roadmap sign-off` prints the digest of today's wording.",
        message="{key}: the digest is of an earlier wording of {subject} ({changed}): sign-off lapsed",
        check=_lapsed,
    ),
    Rule(
        code="SGN002",
        severity=Severity.ERROR,
        title="Nobody signs off their own work",
        why="Separation of duties: who wrote it cannot be the one who approves it.",
        remedy="Let another seat that holds the right sign.",
        message="{key}: {seat} is among those who changed {subject} since the sign-off before (commit {commit})",
        check=_own_work,
    ),
    Rule(
        code="SGN003",
        severity=Severity.ERROR,
        title="The seat held the right when it signed",
        why="A sign-off counts under the charter and decision rights of its day only.",
        remedy="Let a voting seat of the accountable body sign, under a decision that names the record.",
        message="{key}: {seat} held no right for it on that day ({type}, {body})",
        check=_without_right,
    ),
    Rule(
        code="SGN005",
        severity=Severity.ERROR,
        title="The decision behind a sign-off had its quorum",
        why="A decision without quorum is none.",
        remedy="Decide again with enough votes.",
        message="{key}: {votes} votes in {decision}, the quorum is {quorum}",
        check=_without_quorum,
    ),
)
