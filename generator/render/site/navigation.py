"""Where pages stand: sections of the navigation, the pages of a section, and the pages of the same section as links."""

from collections.abc import Mapping
from dataclasses import dataclass

# Section -> pages below it, in order, by address. What is in no section stands under the last one.
SECTIONS: Mapping[str, tuple[str, ...]] = {
    "Home": ("",),
    "Roles": ("roles/", "matrix/", "competencies/", "certifications/", "permissions/", "pathways/", "calendar/"),
    "Roadmap": (
        "roadmap/",
        "phases/",
        "gates/",
        "plan/",
        "cadence/",
        "pilots/",
        "cohorts/",
        "lessons/",
        "experiments/",
    ),
    "KPIs": ("kpis/", "kpis/snapshots/", "kpis/actions/", "imports/", "incidents/"),
    "Modules": ("modules/", "scenarios/", "sign-offs/"),
    "Obligations": ("obligations/", "regulatory/", "risks/", "systems/", "traceability/"),
    "Governance": ("governance/", "decisions/", "decision-rights/", "sla/", "seats/", "budget/", "scope-changes/"),
    "Change": ("communications/", "toolkits/", "champions/", "incentives/"),
    "Evidence": (
        "evidence/",
        "gaps/",
        "changes/",
        "as-of/",
        "findings/",
        "reviews/",
        "packs/",
        "rules/",
        "notes/",
        "about/",
    ),
}
NAMES: Mapping[str, str] = {
    "": "Home",
    "roadmap/": "Roadmap",
    "phases/": "Phases",
    "gates/": "Gates",
    "calendar/": "Calendar",
    "plan/": "Plan",
    "cadence/": "Cadence",
    "as-of/": "As of",
    "pilots/": "Pilots",
    "lessons/": "Lessons",
    "governance/": "Bodies",
    "decision-rights/": "Decision rights",
    "sla/": "Time limits",
    "evidence/": "Evidence",
    "changes/": "Changes",
    "gaps/": "Gaps first",
    "rules/": "Rules",
    "notes/": "Notes",
    "about/": "About",
    "traceability/": "Traceability",
    "kpis/": "KPIs",
    "kpis/snapshots/": "Snapshots",
    "kpis/actions/": "Corrective actions",
    "communications/": "Communications",
    "champions/": "Champions",
    "matrix/": "Matrix",
    "risks/": "Risks",
    "regulatory/": "Regulatory changes",
    "competencies/": "Competencies",
    "incidents/": "Incidents",
    "packs/": "Pack plans",
}
LAST = "Evidence"


@dataclass(frozen=True, slots=True)
class Navigation:
    """The pages that stand in the navigation: section, name and address, in order."""

    entries: tuple[tuple[str, str, str], ...]

    def section_of(self, path: str) -> str:
        """The section that a page belongs to: its own or that of the page above it."""
        listed = {address: section for section, _, address in self.entries}
        while path and path not in listed:
            path = path.rstrip("/").rpartition("/")[0]
            path = f"{path}/" if path else ""
        return listed.get(path, LAST) if path else "Home"

    def siblings(self, path: str) -> tuple[tuple[str, str], ...]:
        """Name and address of the pages of the same section; none for home."""
        section = self.section_of(path)
        found = tuple((name, address) for part, name, address in self.entries if part == section)
        return found if len(found) > 1 else ()

    def above(self, path: str) -> str:
        """The nearest page of the navigation that a page outside it lies below; home is above nothing."""
        found = [address for _, _, address in self.entries if address and path.startswith(address)]
        return "" if path in found else max(found, key=len, default="")


def navigation(titles: Mapping[str, str]) -> Navigation:
    """The navigation over the index and view pages that exist, by address and title."""
    listed = [
        (section, NAMES.get(path, titles[path]), path)
        for section, paths in SECTIONS.items()
        for path in paths
        if path in titles
    ]
    known = {path for _, _, path in listed}
    rest = [(LAST, NAMES.get(path, title), path) for path, title in sorted(titles.items()) if path not in known]
    return Navigation(tuple(listed + rest))
