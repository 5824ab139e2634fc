"""References to standard catalogues, checked against the identifiers that are bundled."""

import csv
import io
import pkgutil
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from functools import cache

from generator.errors import FieldPath, Finding, Severity
from generator.kinds.competency import Competency
from generator.kinds.risk import Risk
from generator.kinds.role import Role
from generator.model.judgement import Judgement
from generator.model.kind import Rule

_FILES = {
    "finos-aigf": "finos-aigf.csv",
    "mitre-atlas": "mitre-atlas.csv",
    "nice": "nice.csv",
    "nist-ai-rmf": "nist-ai-rmf.csv",
    "nist-sp-800-53": "nist-sp-800-53.csv",
}
UNBUNDLED = ("iso-42001", "nist-ai-600-1", "owasp-llm")  # known by name; their identifiers are not bundled


@cache
def catalogue(name: str) -> Mapping[str, str]:
    """Identifier -> title of a bundled catalogue; empty when it is not bundled."""
    data = pkgutil.get_data("generator", f"frameworks/{_FILES[name]}") if name in _FILES else None
    rows = csv.DictReader(io.StringIO((data or b"").decode()))
    return {row["id"]: row["title"] for row in rows}


def _references(j: Judgement) -> Iterator[tuple[str, FieldPath, str, str]]:
    """Record, field, catalogue and identifier of every reference."""
    for competency in j.portal.all(Competency):
        for index, place in enumerate(competency.maps_to):
            yield competency.id, ("maps_to", index), place.framework, place.ref
    for risk in j.portal.all(Risk):
        for index, reference in enumerate(risk.taxonomy):
            yield risk.id, ("taxonomy", index), reference.source, reference.ref
    for role in j.portal.all(Role):
        for index, code in enumerate(role.nice):
            yield role.id, ("nice", index), "nice", code


def _unknown(j: Judgement) -> Iterator[Finding]:
    for key, field, name, identifier in _references(j):
        known = catalogue(name)
        if name in UNBUNDLED or identifier in known:
            continue
        place = field if name == "nice" else (*field, "ref" if known else _name_field(field))
        close = get_close_matches(identifier, known, n=1) if known else get_close_matches(name, _FILES, n=1)
        hint = f'; did you mean "{close[0]}"?' if close else ""
        what = f'"{identifier}" is not in {name}' if known else f'the catalogue "{name}" is not known'
        yield Finding(key, place, {"what": what, "hint": hint})


def _name_field(field: FieldPath) -> str:
    return "source" if field[0] == "taxonomy" else "framework"


RULES = (
    Rule(
        "TAX001",
        Severity.ERROR,
        "References to catalogues exist",
        "A reference to an identifier that does not exist maps to nothing.",
        "Correct the identifier; generator/frameworks/ lists those that are bundled.",
        "{key}: {what}{hint}",
        _unknown,
    ),
)
