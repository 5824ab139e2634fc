"""Rules of the profile that portal.yaml declares: the four phases, the three working groups, what banks teach first."""

from collections.abc import Iterator
from datetime import date

from generator.errors import Finding, Severity
from generator.kinds.change_plan import Champion, Communication, Incentive
from generator.kinds.governance import Body
from generator.kinds.module import Module
from generator.kinds.portal import Settings
from generator.kinds.roadmap import Phase
from generator.model.judgement import Judgement
from generator.model.kind import Rule

STAGES = ("pilot", "scale", "integrate", "institutionalize")
WORKSTREAMS = ("curriculum", "tech-delivery", "compliance")
SUBJECTS = ("compliance", "customer-data", "model-explainability", "fraud-detection")
PROFILES = ("programme", "banking")
LAST = date.max


def _profile(j: Judgement) -> str | None:
    """The declared profile, once there is a roadmap to hold it against."""
    declared = next((settings.profile for settings in j.portal.all(Settings)), None)
    return declared if j.portal.all(Phase) else None


def _phases(j: Judgement) -> tuple[Phase, ...]:
    """The phases by their first day."""
    return tuple(sorted(j.portal.all(Phase), key=lambda phase: phase.start))


def _other_stages(j: Judgement) -> Iterator[Finding]:
    phases = _phases(j) if _profile(j) in PROFILES else ()
    found = tuple(phase.stage or "no stage" for phase in phases)
    if phases and found != STAGES:
        wrong = next((n for n, (one, other) in enumerate(zip(found, STAGES, strict=False)) if one != other), -1)
        subject = phases[wrong] if wrong >= 0 or len(phases) > len(STAGES) else phases[-1]
        yield Finding(subject.id, ("stage",), {"found": ", ".join(found), "wanted": ", ".join(STAGES)})


def _working_groups(j: Judgement) -> Iterator[Finding]:
    if _profile(j) not in PROFILES or _phases(j)[0].start > j.as_of:
        return  # until the first phase starts, groups may still be set up
    steering = {body.id for body in j.portal.all(Body) if body.kind == "steering-committee"}
    groups = [body for body in j.portal.all(Body) if body.kind == "working-group"]
    for stream in WORKSTREAMS:
        own = [group for group in groups if group.workstream == stream]
        if not own:
            yield Finding("portal", ("profile",), {"text": f"no working group carries out {stream}"})
        for group in own:
            if group.parent not in steering:
                text = f"{group.id} reports to {group.parent or 'nobody'}, not to the steering committee"
                yield Finding(group.id, ("parent",), {"text": text})


def _untaught_subjects(j: Judgement) -> Iterator[Finding]:
    later = _phases(j)[1:2]
    if _profile(j) != "banking" or not later or later[0].start > j.as_of:
        return  # a pilot tries some of them; whoever scales has all four
    taught = {subject for module in j.portal.all(Module) if module.status == "approved" for subject in module.subjects}
    for subject in SUBJECTS:
        if subject not in taught:
            yield Finding("portal", ("profile",), {"subject": subject})


def _half_a_change_plan(j: Judgement) -> Iterator[Finding]:
    for phase in _phases(j) if _profile(j) in PROFILES else ():
        if phase.start <= j.as_of:
            missing = [name for name, there in _change_plan(j, phase).items() if not there]
            if missing:
                yield Finding(phase.id, ("id",), {"missing": " and no ".join(missing)})


def _change_plan(j: Judgement, phase: Phase) -> dict[str, bool]:
    """Whether a phase has messages, a champion for one of its roles, and an incentive in force during it."""
    messages = [message for message in j.portal.all(Communication) if message.phase == phase.id]
    champions = [champion for champion in j.portal.all(Champion) if champion.role in phase.roles or not phase.roles]
    return {
        "message": any(message.status != "cancelled" for message in messages),
        "champion": any(_meets(phase, champion.from_, champion.to) for champion in champions),
        "incentive": any(_meets(phase, one.from_, one.to) for one in j.portal.all(Incentive)),
    }


def _meets(phase: Phase, first: date, last: date | None) -> bool:
    return first <= (phase.end or LAST) and phase.start <= (last or LAST)


RULES = (
    Rule(
        "PRF001",
        Severity.ERROR,
        "The programme has its four phases in order",
        "Pilot, scale, integrate, institutionalize: each proves what the next one builds on.",
        "Name the stage of each phase, each once and in order, or take profile from portal.yaml.",
        "the phases are {found}; the profile promises {wanted}",
        _other_stages,
    ),
    Rule(
        "PRF002",
        Severity.ERROR,
        "Three working groups carry out what steering decides",
        "Policy is decided in one place; curriculum, delivery and compliance each need hands.",
        "Name the workstream of each working group, and the steering committee as its parent.",
        "{text}",
        _working_groups,
    ),
    Rule(
        "PRF003",
        Severity.ERROR,
        "A bank teaches the priority subjects",
        "A bank is looked at first for compliance, customer data, explainable models and fraud at the front line.",
        "Approve a module on the subject and name it under the module's subjects.",
        "no approved module teaches {subject}",
        _untaught_subjects,
    ),
    Rule(
        "PRF004",
        Severity.WARNING,
        "Every phase that has begun is messaged, championed and rewarded",
        "Training that is only announced, or only rewarded, is put off.",
        "Plan a message of the phase, name a champion for one of its roles, keep an incentive in force.",
        "{key} has no {missing}",
        _half_a_change_plan,
    ),
)
