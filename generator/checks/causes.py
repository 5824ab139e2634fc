"""What explains what: findings that follow from another rule's finding, so that one mistake shows as one error."""

from collections.abc import Iterable, Mapping
from dataclasses import replace

from generator.errors import Problem, Severity

# A rule's code -> the codes that explain its findings where one of them is found about anything.
# The table is acyclic: nothing explains what explains it.
EXPLAINED_BY: Mapping[str, tuple[str, ...]] = {
    "BUD001": ("BUD003",),
    "BUD004": ("GOV015",),
    "CMP001": ("CMP003",),
    "CMP003": ("CMP002",),
    "COH001": ("COH007", "ROA001", "ROA002", "ROA003"),
    "COH002": ("COH007",),
    "CUR005": ("CUR004", "CUR023"),
    "CUR006": ("CMP002", "CMP003", "CUR003", "CUR004", "CUR005", "CUR023"),
    "CUR010": ("CUR003",),
    "CUR011": ("CUR004", "CUR005", "CUR008", "CUR012", "CUR023", "CRT001"),
    "CUR012": ("CUR023", "CUR024"),
    "CUR020": ("DAT002", "REF004"),
    "CUR021": ("CUR004", "CUR005", "CUR023"),
    "CUR022": ("CRT001", "CUR020"),
    "DEC007": ("REF001",),
    "GOV003": ("GOV011",),
    "GOV001": ("DAT001",),
    "GOV005": ("DAT001", "GOV001"),
    "GOV007": ("GOV009",),
    "GOV010": ("DEC005", "DEC008", "GOV011"),
    "GOV013": ("GOV010", "GOV011"),
    "GOV014": ("DAT001", "DAT002", "GOV001", "GOV003", "GOV005"),
    "GOV019": ("DAT001",),
    "KPI019": ("KPI022",),
    "SEA001": ("DAT001",),
    "SEA002": ("DAT001",),
    "FND001": ("FND002",),
    "INC004": ("INC001", "KPI001"),
    "KPI003": ("KPI001", "KPI013", "KPI017"),
    "KPI012": ("KPI001",),
    "KPI013": ("KPI001",),
    "OBL001": ("OBL006",),
    "OBL002": ("CUR003", "CUR017", "OBL001", "OBL003", "OBL006"),
    "OBL003": ("OBL001", "OBL006"),
    "OBL005": ("CUR003", "CUR004", "CUR012", "CUR023", "CUR024", "OBL001", "OBL002", "OBL003", "OBL006"),
    "PRF002": ("GOV016",),
    "PRM001": ("PRM002",),
    "PRM002": ("CUR008",),
    "REG001": ("OBL001", "OBL006"),
    "ROA007": ("KPI001", "KPI003", "KPI013", "KPI022", "ROA004", "ROA012"),
    "ROA009": ("ROA001", "ROA003", "ROA011"),
    "ROA002": ("ROA001",),
    "ROA003": ("ROA001", "ROA002"),
    "RSK002": ("CUR003", "CUR017"),
    "RSK006": ("CUR003", "CUR004", "CUR005", "CUR012", "CUR017", "CUR023", "RSK002"),
    "SCH004": ("REF001",),
    "SLA009": ("SLA010",),
    "SGN002": ("SEA002",),
    "SGN003": ("CUR001", "GOV003"),
    "SGN005": ("GOV001", "GOV005"),
    "CHT001": ("ROA001", "ROA002"),
    "CUR013": ("CUR004",),
}
# Findings about a signature follow from anything that is wrong with the wording that was signed.
_FOLLOWS_SUBJECT = frozenset({"SGN001"})


def explained(problems: Iterable[Problem], subjects: Mapping[str, str]) -> tuple[Problem, ...]:
    """The problems, each with its cause where another one explains it; `subjects` are signed records by sign-off."""
    listed = tuple(problems)
    first: dict[str, Problem] = {}
    about: dict[str, Problem] = {}
    for problem in listed:
        if not problem.caused_by:
            first.setdefault(problem.code, problem)
            if problem.key and problem.code not in _FOLLOWS_SUBJECT:
                about.setdefault(problem.key, problem)
    return tuple(_with_cause(problem, first, about.get(subjects.get(problem.key, ""))) for problem in listed)


def _with_cause(problem: Problem, first: Mapping[str, Problem], about: Problem | None) -> Problem:
    if problem.caused_by:
        return problem
    if problem.code in _FOLLOWS_SUBJECT:
        cause = about
    else:
        cause = next((first[code] for code in EXPLAINED_BY.get(problem.code, ()) if code in first), None)
    if cause is None or cause is problem:
        return problem
    if problem.severity is Severity.ERROR and cause.severity is Severity.WARNING:
        return problem  # a warning must not hide an error
    return replace(problem, caused_by=f"{cause.code} {cause.position.path}:{cause.position.line}")
