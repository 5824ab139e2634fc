"""Rules across modules, matrix, roles and competencies: what is mandatory is approved, assessed and reachable."""

from collections.abc import Iterator, Mapping

from generator.errors import Finding, Severity
from generator.kinds.competency import Competency
from generator.kinds.decision import Decision
from generator.kinds.matrix import ANY_MODULE, Requirement, in_force, mandatory
from generator.kinds.module import Module, Scenario
from generator.kinds.portal import Settings
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.model.kind import Rule

MINUTES_AN_HOUR, DESIGN_FUNCTIONS = 60, ("legal", "operations")


def mandatory_today(j: Judgement) -> Mapping[str, Mapping[str, Requirement]]:
    """Role -> module -> the row that makes it mandatory on the day of judgement."""
    return mandatory(j.portal.all(Requirement), j.as_of)


def mandatory_modules(j: Judgement) -> dict[str, tuple[Module, ...]]:
    """Role -> its mandatory modules that exist."""
    found: dict[str, tuple[Module, ...]] = {}
    for role, rows in mandatory_today(j).items():
        modules = (j.portal.find(key, Module) for key in sorted(rows))
        found[role] = tuple(module for module in modules if module is not None)
    return found


def begins_later(j: Judgement, role: str) -> bool:
    """Whether a role's first mandatory row lies ahead: its phase has not begun."""
    starts = [r.effective_from for r in j.portal.all(Requirement) if r.role == role and r.requirement == "mandatory"]
    return bool(starts) and min(starts) > j.as_of


def _mandatory_once(j: Judgement) -> list[tuple[Module, str]]:
    """Every module that is mandatory for somebody, with the first role."""
    found: dict[str, tuple[Module, str]] = {}
    for role, modules in sorted(mandatory_modules(j).items()):
        for module in modules:
            found.setdefault(module.id, (module, role))
    return [found[key] for key in sorted(found)]


def _unapproved(j: Judgement) -> Iterator[Finding]:
    accepted = [decision for decision in j.portal.all(Decision) if decision.status == "accepted"]
    for module in j.portal.all(Module):
        if module.status != "approved" or (module.approved_by and module.approved_by not in j.portal):
            continue  # a decision that is dated later is unseen, never a finding
        naming = {decision.id for decision in accepted if decision.covers(module.id)}
        if module.approved_by not in naming:
            field = "approved_by" if module.approved_by else "status"
            blank = f"its approved_by is empty; {min(naming)} names it" if naming and not module.approved_by else ""
            fault = blank or "no accepted decision names it"
            yield Finding(module.id, (field,), {"version": module.version, "fault": fault})


def _not_approved(j: Judgement) -> Iterator[Finding]:
    for module, role in _mandatory_once(j):
        if module.status != "approved":
            yield Finding(module.id, ("status",), {"role": role, "status": module.status})


def _prerequisites(j: Judgement) -> Iterator[Finding]:
    for role, rows in mandatory_today(j).items():
        for key, row in rows.items():
            module = j.portal.find(key, Module)
            for needed in module.prerequisites if module else ():
                if needed not in rows and needed in j.portal:
                    values = {"module": key, "needed": needed, "role": role}
                    yield Finding(j.portal.key_of(row), ("module",), values)


def _unreached(j: Judgement) -> Iterator[Finding]:
    modules = mandatory_modules(j)
    for role in j.portal.all(Role):
        if begins_later(j, role.id):
            continue
        for competency, level in role.competencies.items():
            levels = (module.competencies.get(competency, 0) for module in modules.get(role.id, ()))
            reached = max(levels, default=0)
            if reached < level:
                values = {"competency": competency, "level": level, "reached": reached}
                yield Finding(role.id, ("competencies", competency), values)


def _unassessed(j: Judgement) -> Iterator[Finding]:
    for module, _ in _mandatory_once(j):
        if module.assessment is None or module.assessment.kind == "none":
            yield Finding(module.id, ("assessment",))


def _undecided(j: Judgement) -> Iterator[Finding]:
    modules = [module.id for module in j.portal.all(Module) if module.status != "retired"]
    rows = j.portal.all(Requirement)
    cells = in_force(rows, j.as_of)
    begun = {row.role for row in rows if row.effective_from <= j.as_of}
    coming = {row.role for row in rows} - begun  # what is dated later is unseen, not missing
    for role in j.portal.all(Role):
        decided = cells.get(role.id, {ANY_MODULE: None} if role.id in coming else {})
        missing = [] if ANY_MODULE in decided else [module for module in modules if module not in decided]
        if missing:
            more = f" and {len(missing) - 1} more" if len(missing) > 1 else ""
            yield Finding(role.id, ("id",), {"module": missing[0], "more": more})


def _too_long(j: Judgement) -> Iterator[Finding]:
    modules = mandatory_modules(j)
    for role in j.portal.all(Role):
        minutes = sum(module.minutes for module in modules.get(role.id, ()))
        if role.hours_budget is not None and minutes > role.hours_budget * MINUTES_AN_HOUR:
            values = {"hours": f"{minutes / MINUTES_AN_HOUR:.1f}", "budget": role.hours_budget}
            yield Finding(role.id, ("hours_budget",), values)


def _not_designed_together(j: Judgement) -> Iterator[Finding]:
    for module, _ in _mandatory_once(j):
        part = {one.function.casefold() for one in module.co_design}
        missing = [name for name in DESIGN_FUNCTIONS if not any(name in function for function in part)]
        if missing:
            yield Finding(module.id, ("co_design",), {"missing": " and ".join(missing)})


def _without_reason(j: Judgement) -> Iterator[Finding]:
    for module, role in _mandatory_once(j):
        if not module.risks and not module.obligations:
            yield Finding(module.id, ("id",), {"role": role})


def _unknown_platform(j: Judgement) -> Iterator[Finding]:
    settings = next(iter(j.portal.all(Settings)), None)
    for module in j.portal.all(Module):
        for index, course in enumerate(module.lms):
            if settings is not None and course.platform not in settings.platforms:
                yield Finding(module.id, ("lms", index, "platform"), {"platform": course.platform})


def _unbalanced(j: Judgement) -> Iterator[Finding]:
    modules = mandatory_modules(j)
    for role in j.portal.all(Role):
        shares = [module.dimensions for module in modules.get(role.id, ()) if module.dimensions]
        missing = [name for name in ("technical", "ethical", "business") if not any(getattr(s, name) for s in shares)]
        if shares and missing:
            yield Finding(role.id, ("id",), {"missing": " and ".join(missing)})


def _untaught(j: Judgement) -> Iterator[Finding]:
    taught = {key for module in j.portal.all(Module) if module.status != "retired" for key in module.competencies}
    for competency in j.portal.all(Competency):
        if competency.id not in taught:
            yield Finding(competency.id)


def _level_unknown(j: Judgement) -> Iterator[Finding]:
    holders: tuple[Module | Role, ...] = (*j.portal.all(Module), *j.portal.all(Role))
    for holder in holders:
        for key, level in holder.competencies.items():
            competency = j.portal.find(key, Competency)
            if competency is not None and level not in competency.levels:
                yield Finding(holder.id, ("competencies", key), {"competency": key, "level": level})


def _without_case(j: Judgement) -> Iterator[Finding]:
    cases = {scenario.module for scenario in j.portal.all(Scenario)}
    for module, _ in _mandatory_once(j):
        by_scenario = module.assessment is not None and module.assessment.kind == "scenario"
        if by_scenario and module.id not in cases:
            yield Finding(module.id, ("assessment",))


RULES = (
    Rule(
        "CUR001",
        Severity.ERROR,
        "Approved modules are approved by decision",
        "Approval is an act of the body that holds the right, not a word in a file.",
        "Record the decision with the module under affects, and name it under approved_by.",
        "{key} {version} is approved but {fault}",
        _unapproved,
    ),
    Rule(
        "CUR003",
        Severity.ERROR,
        "Mandatory modules are approved",
        "Staff must not be bound to learn what nobody has approved.",
        "Have the module approved, or make the row optional.",
        "{key} is mandatory for {role} but its status is {status}",
        _not_approved,
    ),
    Rule(
        "CUR005",
        Severity.ERROR,
        "Prerequisites are mandatory too",
        "A mandatory module that cannot be started cannot be completed.",
        "Make the prerequisite mandatory for the role.",
        "{module} needs {needed} first, which is not mandatory for {role}",
        _prerequisites,
    ),
    Rule(
        "CUR006",
        Severity.WARNING,
        "Mandatory modules reach the level a role needs",
        "A role that cannot reach its level by its training stays below it.",
        "Add a module that reaches the level, or lower the level of the role.",
        "{key} needs {competency} level {level}; its mandatory modules reach {reached}",
        _unreached,
    ),
    Rule(
        "CUR010",
        Severity.WARNING,
        "Mandatory modules are assessed",
        "Without an assessment completion is attendance.",
        "Describe the assessment.",
        "{key} is mandatory and has no assessment",
        _unassessed,
    ),
    Rule(
        "CUR012",
        Severity.ERROR,
        "Every pair of role and module is decided",
        "A blank cell is a question that nobody answered.",
        "Add a row, or a default row with module * and not-applicable.",
        "{key} x {module} is undecided{more}",
        _undecided,
    ),
    Rule(
        "CUR013",
        Severity.WARNING,
        "Mandatory hours stay within a role's budget",
        "Hours that no manager can free are not spent.",
        "Shorten modules, or raise hours_budget by decision.",
        "{key}: its mandatory modules take {hours} hours, its budget is {budget}",
        _too_long,
    ),
    Rule(
        "CUR016",
        Severity.WARNING,
        "Mandatory modules are designed with legal and operations",
        "What legal and operations have not seen does not fit the work.",
        "Enter who took part, and when, under co_design.",
        "{key} is mandatory and was designed without {missing}",
        _not_designed_together,
    ),
    Rule(
        "CUR017",
        Severity.ERROR,
        "Mandatory modules have a reason",
        "Mandatory training answers a risk or an obligation.",
        "Name the risks or obligations that it serves.",
        "{key} is mandatory for {role} and serves no risk and no obligation",
        _without_reason,
    ),
    Rule(
        "CUR019",
        Severity.ERROR,
        "Courses lie in a known platform",
        "The enrol button would lead nowhere.",
        "Name a platform of portal.yaml, or add it there.",
        '{key}: the platform "{platform}" is not in portal.yaml',
        _unknown_platform,
    ),
    Rule(
        "CUR021",
        Severity.WARNING,
        "Every role learns all three dimensions",
        "Technical capability, ethical decisions and business context belong together.",
        "Add a module with the missing dimension.",
        "{key}: its mandatory modules have no {missing} content",
        _unbalanced,
    ),
    Rule(
        "CMP001",
        Severity.WARNING,
        "Competencies are taught",
        "A competency that no module teaches is a wish.",
        "Let a module teach it, or remove it.",
        "{key} is taught by no module",
        _untaught,
    ),
    Rule(
        "CMP003",
        Severity.ERROR,
        "Levels are described",
        "A level that nobody described cannot be observed.",
        "Describe the level in the competency, or name another.",
        "{key} names {competency} level {level}, which is not described",
        _level_unknown,
    ),
    Rule(
        "SCN002",
        Severity.WARNING,
        "Scenario assessments have a case",
        "Cases that mirror the work are what pilots in risk and fraud are for.",
        "Add a scenario under curriculum/scenarios/.",
        "{key} is assessed by scenario and has none",
        _without_case,
    ),
)
