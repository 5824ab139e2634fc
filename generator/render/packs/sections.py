"""The sections of a pack in their fixed order: which there are, what turns each on, and which kinds it prints.

A kind that no section prints in a form of its own stands in "Other records", so that no kind is left out.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.render.packs import controls, curriculum, duties, governance, measured, programme
from generator.render.packs.changes import change_log
from generator.render.packs.generic import GenericView, generic_view
from generator.render.packs.source import PackSource


@dataclass(frozen=True)
class Section:
    """A section: its template's name, its words in the contents, and the function that computes what it prints."""

    name: str
    title: str
    subtitle: str
    view: Callable[[PackSource], object]
    asked: frozenset[str] = frozenset()  # names in the pack's `sections` that turn it on; empty: always on
    kinds: frozenset[str] = field(default_factory=frozenset)  # kinds that it prints in a form of its own
    template: str = ""

    @property
    def file(self) -> str:
        """The template's file name."""
        return f"{self.template or self.name}.html"


def _section(  # the written table below reads best with one call a line
    name: str, words: tuple[str, str], view: Callable[[PackSource], object], asked: str = "", kinds: str = ""
) -> Section:
    return Section(name, *words, view, frozenset(asked.split()), frozenset(kinds.split()))


def other_records(source: PackSource) -> GenericView:
    """Every kind of the selected sections that has no form of its own."""
    return generic_view(source, (kind for kind in KINDS if kind.name not in _printed() and _is_asked(source, kind)))


def _printed() -> frozenset[str]:
    return frozenset(name for section in SECTIONS for name in section.kinds)


def _is_asked(source: PackSource, kind: Kind[Any]) -> bool:
    chosen = source.pack.sections
    return not chosen or kind.pack_section is None or kind.pack_section in chosen or kind.pack_section in ALWAYS


ALWAYS = frozenset({"cover", "manifest", "how-to-verify", "open-warnings"})
"""Sections of a pack record that are printed whether or not it asks for them."""

SECTIONS: tuple[Section, ...] = (
    _section("control", ("Document control", "who made it, how, what it proves"), controls.control, "", "portal pack"),
    _section("contents", ("Contents", ""), controls.contents),
    _section("summary", ("Summary", "gaps first"), programme.summary),
    _section(
        "roadmap",
        ("Roadmap", "phases and milestones on the calendar"),
        programme.roadmap,
        "roadmap",
        "roadmap phase milestone checklist-item plan-item",
    ),
    _section("gates", ("Phase gates", "criterion, target, measured, decision"), programme.phase_gates, "gates", "gate"),
    _section(
        "curriculum-matrix",
        ("Role and module matrix", "what each role must do"),
        curriculum.role_matrix,
        "curriculum-matrix",
        "matrix",
    ),
    _section(
        "modules",
        ("Modules", "objectives, assessment, sign-off, blob id"),
        curriculum.training_modules,
        "modules",
        "module",
    ),
    _section(
        "permissions",
        ("Certificates and permissions", "who may do what with which proof"),
        curriculum.permission_links,
        "permissions",
        "certification permission pathway",
    ),
    _section(
        "competencies",
        ("Competencies", "levels, target against reached"),
        curriculum.competency_levels,
        "competencies",
        "competency competency-scale",
    ),
    _section("charters", ("Bodies and charters", "seats, quorum, purpose"), governance.charters, "charters", "body"),
    _section(
        "decision-rights",
        ("Decision rights", "who decides, who is asked, by when"),
        governance.rights,
        "decision-rights",
        "decision-right raci sla escalation",
    ),
    _section(
        "decisions",
        ("Decision log", "newest first, with votes and conditions"),
        governance.decision_log,
        "decisions",
        "decision",
    ),
    _section(
        "sign-offs",
        ("Sign-offs and seats", "whether each still fits what was signed"),
        governance.sign_off_states,
        "modules decisions charters",
        "sign-off seat",
    ),
    _section(
        "obligations",
        ("Obligations", "dated wordings and what answers them"),
        duties.dated_obligations,
        "obligations",
        "obligation",
    ),
    _section(
        "regulatory-changes",
        ("Regulatory changes", "what changed in the law, when it was read"),
        duties.regulation,
        "regulatory-changes",
        "regulatory-change",
    ),
    _section("risks", ("Risks", "before and after treatment"), duties.risk_register, "risks", "risk risk-scale"),
    _section(
        "kpi",
        ("Figures", "with interval, counts, population and source"),
        measured.measured,
        "kpi",
        "kpi snapshot import corrective-action",
    ),
    _section(
        "incidents",
        ("Incidents", "register, counts, rate by exposure"),
        duties.incident_register,
        "incidents",
        "incident exposure",
    ),
    _section(
        "lessons",
        ("Cohorts and lessons", "what was learnt and what came of it"),
        duties.lessons_learned,
        "lessons",
        "cohort retrospective lesson",
    ),
    _section(
        "findings",
        ("Findings and reviews", "what auditors and reviews raised"),
        duties.audit_findings,
        "",
        "finding review",
    ),
    Section("records", "Other records", "every kind without a section of its own", other_records, template="generic"),
    _section("change-log", ("Changes since the last pack", "by meaning"), change_log, "change-log"),
    _section("open-warnings", ("Open warnings", "findings of the rules, waivers"), controls.warnings),
    _section("manifest", ("Manifest", "path, blob, SHA-256, commit, date"), controls.manifest),
    _section("how-to-verify", ("How to verify", "five steps with commands"), controls.verification),
)

WIDE = frozenset({"curriculum-matrix", "manifest"})
"""Sections on landscape pages."""

FLOWING = frozenset(
    {
        "permissions",
        "competencies",
        "decision-rights",
        "sign-offs",
        "regulatory-changes",
        "incidents",
        "lessons",
        "findings",
    }
    | {"open-warnings", "decisions", "risks", "records", "change-log", "kpi", "gates", "charters", "obligations"}
)
"""Sections that begin where the one before ends, to save paper."""


def selected(source: PackSource) -> tuple[Section, ...]:
    """The sections of this pack; a pack that names none gets all."""
    chosen = frozenset(source.pack.sections)
    return tuple(section for section in SECTIONS if not chosen or not section.asked or section.asked & chosen)
