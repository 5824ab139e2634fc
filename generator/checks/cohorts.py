"""Rules on cohorts, sessions, pilot charters, lessons and experiments: the closed learning loop."""

import itertools
from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta

from generator.errors import Finding, Severity
from generator.kinds.cohort import CHARTER_DAYS, Cohort, Experiment, Lesson, PilotCharter, Retrospective, Session
from generator.kinds.decision import STANDING, Decision
from generator.kinds.module import Module
from generator.kinds.roadmap import Gate, Phase
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.words import numbered
from generator.views.experiments import needed_per_arm

RETROSPECTIVE_DAYS = 10


def _outside_phase(j: Judgement) -> Iterator[Finding]:
    for cohort in j.portal.all(Cohort):
        phase = j.portal.find(cohort.phase, Phase)
        if phase is None:
            continue
        if cohort.start < phase.start or (phase.end is not None and cohort.end > phase.end):
            values = {"start": cohort.start, "end": cohort.end, "phase": phase.id, "from": phase.start}
            field = "start" if cohort.start < phase.start else "end"
            yield Finding(cohort.id, (field,), values | {"to": phase.end or "an open end"})


def _outside_cohort(j: Judgement) -> Iterator[Finding]:
    for session in j.portal.all(Session):
        cohort = j.portal.find(session.cohort, Cohort)
        if cohort is not None and not cohort.start <= session.date <= cohort.end:
            values = {"date": session.date, "cohort": cohort.id, "start": cohort.start, "end": cohort.end}
            yield Finding(session.id, ("date",), values)


def _no_retrospective(j: Judgement) -> Iterator[Finding]:
    held = {one.cohort for one in j.portal.all(Retrospective)}
    for cohort in j.portal.all(Cohort):
        if cohort.end + timedelta(days=RETROSPECTIVE_DAYS) < j.as_of and cohort.id not in held:
            yield Finding(cohort.id, ("end",), {"end": cohort.end})


def _too_few_seats(j: Judgement) -> Iterator[Finding]:
    seats: dict[str, int] = defaultdict(int)
    for session in j.portal.all(Session):
        if session.kind in ("session", "workshop", "make-up"):
            seats[session.cohort] += session.seats
    for cohort in j.portal.all(Cohort):
        if cohort.enrol_open <= j.as_of and seats[cohort.id] < cohort.planned:
            yield Finding(
                cohort.id,
                ("planned",),
                {"seats": numbered(seats[cohort.id], "seat"), "planned": numbered(cohort.planned, "person", "people")},
            )


def _same_place(j: Judgement) -> Iterator[Finding]:
    by_place: dict[tuple[date, str], list[Session]] = defaultdict(list)
    for session in j.portal.all(Session):
        if session.place.casefold() != "online":
            by_place[session.date, session.place].append(session)
    for (_, place), sessions in sorted(by_place.items()):
        ordered = sorted(sessions, key=lambda session: (session.start, session.id))
        for one, other in itertools.pairwise(ordered):
            if other.start < one.end:
                yield Finding(other.id, ("start",), {"other": one.id, "place": place})


def _other_modules(j: Judgement) -> Iterator[Finding]:
    for session in j.portal.all(Session):
        cohort = j.portal.find(session.cohort, Cohort)
        if cohort is not None and session.module not in cohort.modules:
            yield Finding(session.id, ("module",), {"module": session.module, "cohort": cohort.id})


def _enrol_late(j: Judgement) -> Iterator[Finding]:
    for cohort in j.portal.all(Cohort):
        if cohort.enrol_open > cohort.start or cohort.end < cohort.start:
            field = "enrol_open" if cohort.enrol_open > cohort.start else "end"
            values = {"open": cohort.enrol_open, "start": cohort.start, "end": cohort.end}
            yield Finding(cohort.id, (field,), values)


def _roles_without_a_cohort(j: Judgement) -> Iterator[Finding]:
    served = {(cohort.phase, role) for cohort in j.portal.all(Cohort) for role in cohort.roles}
    for phase in j.portal.all(Phase):
        for index, role in enumerate(phase.roles if phase.start <= j.as_of else ()):
            if (phase.id, role) not in served:
                yield Finding(phase.id, ("roles", index), {"role": role})


def _charter_spans(j: Judgement) -> Iterator[Finding]:
    for charter in j.portal.all(PilotCharter):
        days = (charter.end - charter.start).days + 1
        if not 0 < days <= CHARTER_DAYS:
            yield Finding(charter.id, ("end",), {"text": f"it spans {days} days; {CHARTER_DAYS} at most"})
        phase = j.portal.find(charter.phase, Phase)
        part, box = charter.delivery, phase.timebox if phase is not None else None
        if part is None:
            yield Finding(charter.id, ("start",), {"text": "it does not say when delivery starts and ends"})
            continue
        after = part.end + timedelta(days=1)
        weeks = f"delivery lasts {(after - part.start).days / 7:.1f} weeks"
        if box and ((box.min and after < box.min.after(part.start)) or (box.max and after > box.max.after(part.start))):
            yield Finding(charter.id, ("delivery",), {"text": f"{weeks}; the timebox is {box.min} to {box.max}"})
        if part.start < charter.start or part.end > charter.end:
            yield Finding(charter.id, ("delivery",), {"text": "delivery lies outside the days of the charter"})


def _charter_criteria(j: Judgement) -> Iterator[Finding]:
    for charter in j.portal.all(PilotCharter):
        measured = {c.kpi for gate in j.portal.children(charter.phase, Gate) for c in gate.criteria}
        for index, kpi in enumerate(charter.success):
            if measured and kpi not in measured:
                yield Finding(charter.id, ("success", index), {"kpi": kpi, "phase": charter.phase})


def _charter_unapproved(j: Judgement) -> Iterator[Finding]:
    for charter in j.portal.all(PilotCharter):
        if charter.approved_by is not None and charter.approved_by not in j.portal:
            continue
        decision = j.portal.find(charter.approved_by, Decision)
        if decision is None or decision.status not in STANDING or not decision.covers(charter.id):
            yield Finding(charter.id, ("approved_by",) if charter.approved_by else ("id",))


def _too_small(j: Judgement) -> Iterator[Finding]:
    for experiment in j.portal.all(Experiment):
        needed = needed_per_arm(experiment)
        if needed is not None and experiment.planned_n_per_arm < needed:
            values = {"n": experiment.planned_n_per_arm, "effect": experiment.minimal_effect, "needed": needed}
            yield Finding(experiment.id, ("planned_n_per_arm",), values | {"power": experiment.power})


def _newer(version: str, than: str) -> bool:
    return _parts(version) > _parts(than)


def _parts(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in (version + ".0").split(".")[:3])


def _version_on(j: Judgement, module: Module, day: date) -> str | None:
    """The version that the module had on a day, by its timeline; None where the timeline does not tell."""
    for step, changed in j.timeline.of(module.id):
        for change in changed:
            if change.field == ("version",) and step.commit.committed.date() > day:
                return str(change.old)
    return None


def _nothing_changed(j: Judgement) -> Iterator[Finding]:
    for lesson in j.portal.all(Lesson):
        module = j.portal.find(lesson.target, Module)
        if lesson.status != "done" or module is None:
            continue
        parent = j.portal.parent(lesson.id)
        held = parent.record.date if parent is not None and isinstance(parent.record, Retrospective) else j.as_of
        before = _version_on(j, module, held)
        carried = lesson.version is not None and not _newer(lesson.version, module.version)
        if not carried or (before is not None and not _newer(module.version, before)):
            values = {"module": module.id, "version": module.version}
            yield Finding(lesson.id, ("version",) if lesson.version else ("status",), values)


RULES = (
    Rule(
        "CHT001",
        Severity.ERROR,
        "A pilot charter spans 90 days, its delivery the timebox",
        "90 days are 12.9 weeks: preparation and retrospective lie around 8 to 12 weeks of delivery.",
        "Correct start and end, or the delivery inside them.",
        "{key}: {text}",
        _charter_spans,
    ),
    Rule(
        "CHT002",
        Severity.ERROR,
        "A pilot charter measures what the gate measures",
        "Success must mean the same in the charter and at the gate.",
        "Add the KPI to the gate, or take it from the charter.",
        "{key}: {kpi} is no criterion of the gate of {phase}",
        _charter_criteria,
    ),
    Rule(
        "CHT003",
        Severity.ERROR,
        "A pilot charter is approved",
        "A pilot without approval has no sponsor to stop it.",
        "Name the accepted decision, with the charter under its affects.",
        "{key} is not approved by an accepted decision that names it",
        _charter_unapproved,
    ),
    Rule(
        "COH001",
        Severity.ERROR,
        "Cohorts run inside their phase",
        "Comparisons between cohorts hold within a phase.",
        "Move the cohort, or put it into the other phase.",
        "{key} runs {start} to {end}, outside {phase} ({from} to {to})",
        _outside_phase,
    ),
    Rule(
        "COH002",
        Severity.ERROR,
        "Sessions lie inside their cohort",
        "A session after the end is attended by nobody who is counted.",
        "Move the session, or extend the cohort.",
        "{key} on {date} lies outside {cohort} ({start} to {end})",
        _outside_cohort,
    ),
    Rule(
        "COH003",
        Severity.WARNING,
        "Every cohort ends with a retrospective",
        "Ten days later people have forgotten.",
        "Hold it and record its lessons.",
        "{key} ended {end} and has no retrospective",
        _no_retrospective,
    ),
    Rule(
        "COH004",
        Severity.ERROR,
        "There are seats for everybody",
        "Whoever finds no seat is overdue through no fault of his own.",
        "Add sessions or seats.",
        "{key}: its sessions have {seats} for {planned}",
        _too_few_seats,
    ),
    Rule(
        "COH005",
        Severity.ERROR,
        "A place holds one session at a time",
        "Two sessions in one room on one hour: one does not take place.",
        "Move one of them.",
        "{key} overlaps {other} in {place}",
        _same_place,
    ),
    Rule(
        "COH006",
        Severity.ERROR,
        "Sessions teach modules of their cohort",
        "A session on another module is not part of the comparison.",
        "Correct the module, or add it to the cohort.",
        "{key} teaches {module}, which {cohort} does not take",
        _other_modules,
    ),
    Rule(
        "COH007",
        Severity.ERROR,
        "Enrolment opens, then the cohort starts, then it ends",
        "A window that opens too late is missed.",
        "Correct enrol_open, start or end.",
        "{key}: enrolment opens {open}, it starts {start} and ends {end}",
        _enrol_late,
    ),
    Rule(
        "ENR001",
        Severity.WARNING,
        "Every role of a phase has a cohort",
        "A role without a slot is not trained in the phase.",
        "Plan a cohort for the role.",
        "{key}: no cohort of the phase takes {role}",
        _roles_without_a_cohort,
    ),
    Rule(
        "EXP001",
        Severity.WARNING,
        "Experiments are large enough",
        "A test that is too small finds nothing or chance.",
        "Plan more people, or a larger effect.",
        "{key}: {n} per arm cannot show an effect of {effect}; {needed} are needed at power {power}",
        _too_small,
    ),
    Rule(
        "LES002",
        Severity.ERROR,
        "A lesson that is done shows in a newer version",
        "Done means that the module changed.",
        "Raise the module's version and name it under version.",
        "{key} is done, but {module} {version} is no newer version that carries it",
        _nothing_changed,
    ),
)
