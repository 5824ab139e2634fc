"""Why a sign-off does not count, whatever the wording is today: hand, right, decision, quorum.

1. Its digest was the record's when it was recorded.
2. Nobody of the seat wrote what was changed since the last sign-off that was valid, up to this one.
3. The seat voted on that day in the body that decided, or holds the right itself.
4. The decision behind it is accepted, was taken by the day of the signature, and names the record.
5. The decision had its quorum.
"""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

from generator.kinds.decision import STANDING, Decision
from generator.kinds.governance import Body
from generator.kinds.seat import Seat, SignOff
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.memo import remembered
from generator.views.then import quorum_then, rights_then
from generator.views.wording import changes_of_meaning, digest_at


@dataclass(frozen=True, slots=True)
class SignOffFault:
    """One reason: the rule it breaks, the field it stands in, and the words."""

    code: str
    field: str
    text: str


@remembered
def sign_off_faults(j: Judgement, key: str) -> tuple[SignOffFault, ...]:
    """Every reason for which the sign-off of that key does not count, in the order of the list above."""
    one = j.portal.find(key, SignOff)
    if one is None:
        return ()
    return (*_other_wording(j, one), *_own_work(j, one), *_without_right(j, one), *_without_decision(j, one))


def address_digest(email: str) -> str:
    """The digest under which a seat lists an address."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()


@remembered
def recorded_in(j: Judgement) -> dict[str, int]:
    """Key of a sign-off -> the step that recorded it."""
    return {
        change.key: index
        for index, step in enumerate(j.timeline.steps)
        for change in step.changes
        if change.added and change.key.startswith("sgn-")
    }


def _other_wording(j: Judgement, one: SignOff) -> Iterator[SignOffFault]:
    at = recorded_in(j).get(one.id)
    then = None if at is None else digest_at(j, one.subject, at)
    if then is not None and then != one.digest:
        yield SignOffFault("SGN007", "digest", f"its digest was never that of {one.subject} when it was recorded")


def _own_work(j: Judgement, one: SignOff) -> Iterator[SignOffFault]:
    seat = j.portal.find(one.seat, Seat)
    holder = seat.holder_on(one.on) if seat else None
    at = recorded_in(j).get(one.id)
    if holder is None or at is None:
        return
    since = _last_valid(j, one, at)
    places = {id(step): index for index, step in enumerate(j.timeline.steps)}
    for step in changes_of_meaning(j, one.subject):
        if since < places[id(step)] <= at:
            for commit in step.writers:
                if address_digest(commit.author.email) in holder.git:
                    text = f"{one.seat} is among those who changed {one.subject} since (commit {commit.id[:10]})"
                    yield SignOffFault("SGN002", "seat", text)
                    return


def _last_valid(j: Judgement, one: SignOff, at: int) -> int:
    """The step that recorded the last sign-off before this one that counted then, or -1."""
    if digest_at(j, one.subject, len(j.timeline.steps)) is None:
        return -1
    found = -1
    for other in j.portal.all(SignOff):
        index = recorded_in(j).get(other.id)
        if other.subject == one.subject and index is not None and found < index < at:
            found = index if not sign_off_faults(j, other.id) else found
    return found


def _without_right(j: Judgement, one: SignOff) -> Iterator[SignOffFault]:
    decision = j.portal.find(one.decision, Decision)
    if decision is None:
        return
    body = j.portal.find(decision.body, Body)
    if body is not None and one.seat in body.voting_seats(one.on):
        return
    rights = (right for table in rights_then(j, decision) for right in table)
    if not any((r.decision_type, r.party, r.right) == (decision.type, one.seat, "A") for r in rights):
        yield SignOffFault("SGN003", "seat", f"{one.seat} did not vote in {decision.body} on {one.on}")


def _without_decision(j: Judgement, one: SignOff) -> Iterator[SignOffFault]:
    decision = j.portal.find(one.decision, Decision)
    if decision is None:
        return
    if decision.status not in STANDING:
        yield SignOffFault("SGN003", "decision", f"{decision.id} is {decision.status}, not accepted")
    elif decision.date > one.on:
        yield SignOffFault("SGN003", "decision", f"{decision.id} was taken on {decision.date}, after the signature")
    elif not decision.covers(one.subject):
        yield SignOffFault("SGN003", "decision", f"{decision.id} does not name {one.subject}")
    quorum = quorum_then(j, decision)
    if quorum is not None and decision.votes is not None and decision.votes.cast < quorum:
        text = f"{numbered(decision.votes.cast, 'vote')} in {decision.id}, the quorum of {decision.body} is {quorum}"
        yield SignOffFault("SGN005", "decision", text)
