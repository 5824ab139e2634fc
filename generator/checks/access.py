"""From systems through oversight roles and certifications to permissions."""

import itertools
from collections.abc import Iterator

from generator.checks.curriculum import begins_later, mandatory_modules
from generator.errors import Finding, Severity
from generator.kinds.certification import Certification, Pathway, Permission
from generator.kinds.module import Module
from generator.kinds.system import System
from generator.model.judgement import Judgement
from generator.model.kind import Rule
from generator.model.words import numbered


def _outlives(j: Judgement) -> Iterator[Finding]:
    for certification in j.portal.all(Certification):
        for key in certification.requires.modules():
            module = j.portal.find(key, Module)
            if module is None or module.valid_months is None:
                continue
            if certification.valid_months is None or certification.valid_months > module.valid_months:
                valid = numbered(certification.valid_months, "month") if certification.valid_months else "without end"
                values = {"valid": valid, "module": key, "months": numbered(module.valid_months, "month")}
                yield Finding(certification.id, ("valid_months",), values)
                break


def _uncertified_oversight(j: Judgement) -> Iterator[Finding]:
    for system in j.portal.all(System):
        if system.ai_act_class == "high-risk" and system.status != "retired" and system.requires_certification is None:
            yield Finding(system.id, ("ai_act_class",))


def _without_oversight(j: Judgement) -> Iterator[Finding]:
    for system in j.portal.all(System):
        if system.ai_act_class == "high-risk" and system.status != "retired" and not system.oversight_roles:
            yield Finding(system.id, ("ai_act_class",))


def _prohibited(j: Judgement) -> Iterator[Finding]:
    for system in j.portal.all(System):
        if system.ai_act_class == "prohibited" and system.status == "live":
            yield Finding(system.id, ("ai_act_class",))


def _out_of_reach(j: Judgement) -> Iterator[Finding]:
    modules = mandatory_modules(j)
    for permission in j.portal.all(Permission):
        system = j.portal.find(permission.system, System)
        certification = j.portal.find(permission.requires, Certification)
        if system is None or certification is None or system.status == "retired":
            continue
        for role in system.oversight_roles:
            if role not in j.portal or begins_later(j, role):
                continue
            if not certification.requires.met_by(frozenset(m.id for m in modules.get(role, ()))):
                values = {"role": role, "certification": certification.id, "system": system.id}
                yield Finding(permission.id, ("requires",), values)


def _ungated(j: Judgement) -> Iterator[Finding]:
    gated = {permission.system for permission in j.portal.all(Permission)}
    for system in j.portal.all(System):
        if system.requires_certification and system.status == "live" and system.id not in gated:
            values = {"certification": system.requires_certification}
            yield Finding(system.id, ("requires_certification",), values)


def _one_sided_grants(j: Judgement) -> Iterator[Finding]:
    for permission in j.portal.all(Permission):
        certification = j.portal.find(permission.requires, Certification)
        if certification is not None and permission.id not in certification.grants:
            yield Finding(permission.id, ("requires",), {"certification": certification.id})


def _asks_nothing(j: Judgement) -> Iterator[Finding]:
    for certification in j.portal.all(Certification):
        if not certification.requires.modules():
            yield Finding(certification.id, ("requires",))


def _step_order(j: Judgement) -> Iterator[Finding]:
    for pathway in j.portal.all(Pathway):
        for index, key in enumerate(pathway.steps):
            module = j.portal.find(key, Module)
            late = [n for n in (module.prerequisites if module else ()) if n in pathway.steps[index:]]
            if late:
                yield Finding(pathway.id, ("steps", index), {"module": key, "needed": late[0]})
        for (_, one), (index, other) in itertools.combinations(enumerate(pathway.steps), 2):
            if one == other:
                yield Finding(pathway.id, ("steps", index), {"module": other, "needed": one})


def _pathway_falls_short(j: Judgement) -> Iterator[Finding]:
    for pathway in j.portal.all(Pathway):
        certification = j.portal.find(pathway.leads_to, Certification)
        if certification is not None and not certification.requires.met_by(frozenset(pathway.steps)):
            yield Finding(pathway.id, ("leads_to",), {"certification": certification.id})


RULES = (
    Rule(
        "CUR007",
        Severity.ERROR,
        "A certificate is not valid longer than its modules",
        "A certificate must not outlive the knowledge behind it.",
        "Lower valid_months of the certification.",
        "{key} is valid {valid}, its module {module} only {months}",
        _outlives,
    ),
    Rule(
        "CUR008",
        Severity.ERROR,
        "High-risk systems ask for a certification",
        "Oversight of a high-risk system is given to people with the competence for it (obl-aia-26-2).",
        "Name the certification under requires_certification.",
        "{key} is high-risk; its oversight roles need a certification",
        _uncertified_oversight,
    ),
    Rule(
        "CUR011",
        Severity.ERROR,
        "Oversight roles can reach the certificate",
        "A permission that no overseer can earn stops the work or is bypassed.",
        "Make the modules of the certification mandatory for the role.",
        "{key}: {role} oversees {system} and cannot reach {certification} by its mandatory modules",
        _out_of_reach,
    ),
    Rule(
        "CUR020",
        Severity.ERROR,
        "Pathways follow the prerequisites",
        "A step that needs a later one cannot be taken.",
        "Reorder the steps; name each module once.",
        "{key}: {module} needs {needed} before it",
        _step_order,
    ),
    Rule(
        "CUR022",
        Severity.ERROR,
        "Pathways lead where they say",
        "Whoever follows the pathway expects the certificate at its end.",
        "Add the missing steps, or name another certification.",
        "{key} leads to {certification}, and its steps are not enough for it",
        _pathway_falls_short,
    ),
    Rule(
        "CRT001",
        Severity.ERROR,
        "A certification asks for modules",
        "A certificate for nothing proves nothing.",
        "Name modules under requires.",
        "{key} requires no module",
        _asks_nothing,
    ),
    Rule(
        "PRM001",
        Severity.ERROR,
        "Systems that ask for a certification have a permission",
        "Without an entitlement that asks for it the certificate opens and closes nothing.",
        "Add the permission in permissions.yaml.",
        "{key} requires {certification}, and no permission of the system asks for it",
        _ungated,
    ),
    Rule(
        "PRM002",
        Severity.ERROR,
        "Certification and permission agree",
        "What a certificate opens and what a permission asks for are one fact.",
        "Add the permission to grants of the certification.",
        "{key} requires {certification}, which does not grant it",
        _one_sided_grants,
    ),
    Rule(
        "SYS001",
        Severity.ERROR,
        "Prohibited systems are not used",
        "Article 5 of the AI Act leaves no room.",
        "Retire the system, or correct its class.",
        "{key} is of a prohibited class and live",
        _prohibited,
    ),
    Rule(
        "SYS002",
        Severity.ERROR,
        "High-risk systems have an oversight role",
        "Somebody must be able to stop it.",
        "Name the roles under oversight_roles.",
        "{key} is high-risk and has no oversight role",
        _without_oversight,
    ),
)
