"""Sign-offs and whether they still hold: valid, lapsed because the wording changed, expired, or replaced."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from generator.kinds.seat import Seat, SignOff
from generator.model.judgement import Judgement, Step
from generator.views.memo import remembered
from generator.views.rights import accountable_for
from generator.views.shown import Ref, State, Tone, ref
from generator.views.sign_off_faults import sign_off_faults
from generator.views.wording import changes_of_meaning, normative_digest

__all__ = [
    "SignOffView",
    "SubjectSignOff",
    "changes_of_meaning",
    "normative_digest",
    "sign_off_of",
    "sign_offs",
]


@dataclass(frozen=True, slots=True)
class SignOffView:
    """One sign-off and its state on the as-of date."""

    ref: Ref
    subject: Ref
    seat: Ref
    holder: str
    decision: Ref
    on: date
    expires: date | None
    signed_digest: str
    digest_now: str
    status: str  # valid | lapsed | invalid | expired | replaced | subject-missing
    lapsed_in: str  # commit that changed the wording, short; empty when unknown
    lapsed_on: date | None
    state: State


@dataclass(frozen=True, slots=True)
class SubjectSignOff:
    """How a record stands: its newest sign-offs, who may sign, who must be asked."""

    subject: Ref
    state: State
    sign_offs: tuple[SignOffView, ...]  # newest first
    accountable: tuple[Ref, ...]
    consulted: tuple[Ref, ...]
    changed_by: tuple[str, ...]  # authors since the last valid sign-off, as git claims


_DECISION_TYPE = "module-sign-off"
_STATES = {
    "valid": State(Tone.OK, "Signed off"),
    "lapsed": State(Tone.BAD, "Sign-off lapsed"),
    "invalid": State(Tone.BAD, "Sign-off does not count"),
    "expired": State(Tone.BAD, "Sign-off expired"),
    "replaced": State(Tone.MUTE, "Replaced"),
    "subject-missing": State(Tone.BAD, "Subject missing"),
}


@remembered
def sign_offs(j: Judgement) -> tuple[SignOffView, ...]:
    """Every sign-off, newest first."""
    found = sorted(j.portal.all(SignOff), key=lambda one: (one.on, one.id), reverse=True)
    return tuple(_view(j, one) for one in found)


@remembered
def sign_off_of(j: Judgement, subject: str) -> SubjectSignOff:
    """How a record stands with its sign-offs."""
    own = tuple(view for view in sign_offs(j) if view.subject.key == subject)
    current = [view for view in own if view.status != "replaced"]
    worst = next(
        (v for status in ("lapsed", "invalid", "expired", "valid") for v in current if v.status == status), None
    )
    return SubjectSignOff(
        subject=ref(j.portal, subject),
        state=worst.state if worst else State(Tone.WAIT, "Not signed off"),
        sign_offs=own,
        accountable=accountable_for(j, _DECISION_TYPE),
        consulted=accountable_for(j, _DECISION_TYPE, "C"),
        changed_by=_changed_by(j, subject, max((view.on for view in own), default=None)),
    )


def _view(j: Judgement, one: SignOff) -> SignOffView:
    missing = j.portal.entry(one.subject) is None
    now = "" if missing else normative_digest(j, one.subject)
    status = _status(j, one, now)
    lapsed = _lapsed_in(j, one) if status == "lapsed" else None
    seat = j.portal.find(one.seat, Seat)
    holder = seat.holder_on(one.on) if seat else None
    day = lapsed.commit.committed.date() if lapsed else None
    short = lapsed.commit.id[:7] if lapsed else ""
    state = _STATES[status]
    if status == "lapsed":
        reason = f"the wording changed in {short}, {day}" if lapsed else "the digest is not of the wording now"
        state = State(state.tone, state.word, reason)
    elif status == "invalid":
        state = State(state.tone, state.word, "; ".join(fault.text for fault in sign_off_faults(j, one.id)))
    elif status == "expired":
        state = State(state.tone, state.word, f"on {one.expires}")
    return SignOffView(
        ref=ref(j.portal, one.id),
        subject=ref(j.portal, one.subject),
        seat=ref(j.portal, one.seat),
        holder=holder.holder if holder else "",
        decision=ref(j.portal, one.decision),
        on=one.on,
        expires=one.expires,
        signed_digest=one.digest,
        digest_now=now,
        status=status,
        lapsed_in=short,
        lapsed_on=day,
        state=state,
    )


def _status(j: Judgement, one: SignOff, now: str) -> str:
    if not now:
        return "subject-missing"
    if any(
        other.subject == one.subject and other.seat == one.seat and (other.on, other.id) > (one.on, one.id)
        for other in j.portal.all(SignOff)
    ):
        return "replaced"
    if one.digest != now:
        return "lapsed"
    if sign_off_faults(j, one.id):
        return "invalid"
    return "expired" if one.expires is not None and one.expires < j.as_of else "valid"


def _lapsed_in(j: Judgement, one: SignOff) -> Step | None:
    """The first change of meaning after the signature."""
    later = (step for step in changes_of_meaning(j, one.subject) if step.commit.committed.date() > one.on)
    return next(later, None)


def _changed_by(j: Judgement, subject: str, since: date | None) -> tuple[str, ...]:
    steps = [s for s in changes_of_meaning(j, subject) if since is None or s.commit.committed.date() > since]
    commits = (commit for step in steps for commit in (step.commit, *step.merged))
    return tuple(dict.fromkeys(commit.author.name for commit in commits))
