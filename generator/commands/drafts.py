"""What is known of a new record before anybody decides: its id, today, what it is for, who may decide."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

from generator.errors import UsageError
from generator.kinds import KINDS
from generator.kinds.decision import Decision
from generator.kinds.governance import Body
from generator.kinds.portal import Settings
from generator.load.claims import AnyKind
from generator.load.yaml_writer import Value
from generator.model.judgement import Judgement
from generator.model.kind import CsvTable, Nested
from generator.model.portal import Entry, Portal
from generator.model.record import linked_kinds
from generator.model.words import with_article
from generator.render.scaffold import Draft
from generator.render.schema import record_schema
from generator.views.rights import accountable_for
from generator.views.sign_offs import normative_digest

_STARTS = ("draft", "proposed", "planned", "open", "received")  # the states in which records begin
_DECISIONS = {  # what is decided about a kind; a scope change for everything else
    "module": "module-sign-off",
    "scenario": "module-sign-off",
    "body": "charter",
    "pilot-charter": "charter",
    "kpi": "kpi-target",
    "gate": "phase-gate",
    "budget-line": "budget",
    "risk": "risk-acceptance",
    "obligation": "regulatory-interpretation",
    "regulatory-change": "regulatory-interpretation",
}
_SIGNED_AS = "module-sign-off"


@dataclass(frozen=True, slots=True)
class Known:
    """The new record's kind and id, what was said of it, and the programme it joins."""

    kind: AnyKind
    key: str
    title: str
    subject: str  # the key, key#field or prefix that it is for
    judgement: Judgement
    portal: Portal


def drafted(known: Known) -> Draft:
    """The record with every field that follows from what is known. Raises UsageError for an unknown subject."""
    schema, definitions = record_schema(known.kind, KINDS)
    properties = schema["properties"]
    values = dict((*_plain(known, properties), *_links(known, properties)))
    hints: dict[str, str] = {}
    if known.kind.name == "decision":
        values |= _decision(known)
    elif known.kind.name == "sign-off":
        values |= _sign_off(known)
        hints = _signers(known)
    return Draft(schema, definitions, values, hints)


def _plain(known: Known, properties: dict[str, dict[str, object]]) -> Iterator[tuple[str, Value]]:
    if known.key:
        yield "id", known.key
    if known.title and "title" in properties:
        yield "title", known.title
    if known.kind.dated in properties:
        yield known.kind.dated, known.judgement.as_of.isoformat()
    settings = next(iter(known.portal.all(Settings)), None)
    if settings is not None and "timezone" in properties:
        yield "timezone", settings.timezone
    if settings is not None and "language" in properties:
        yield "language", [settings.language]
    for name in ("version", "charter_version"):
        if name in properties:
            yield name, "0.1.0"
    states = properties.get("status", {}).get("enum", ())
    start = next((word for word in _STARTS if isinstance(states, list) and word in states), "")
    if start:
        yield "status", start


def _links(known: Known, properties: dict[str, dict[str, object]]) -> Iterator[tuple[str, Value]]:
    """The field that links to the record it is for; the first one required, else the first."""
    if not known.subject or isinstance(known.kind.shape, Nested) or known.kind.name in ("decision", "sign-off"):
        return
    entry = _entry(known)
    links = linked_kinds(known.kind.record)
    fields = known.kind.record.model_fields
    fitting = [name for name, kinds in links.items() if entry.kind.name in kinds]
    fitting += [name for name, kinds in links.items() if kinds == ("*",) and name in ("links", "subject")]
    if not fitting:
        kind = known.kind.name
        raise UsageError(
            f"{with_article(kind)} links to no {entry.kind.name}", remedy="leave --for out, or name another record"
        )
    best = next((name for name in fitting if fields[name].is_required()), fitting[0])
    name = fields[best].alias or best
    types = properties.get(name, {}).get("type", "")
    many = isinstance(types, list | str) and "array" in types and not isinstance(known.kind.shape, CsvTable)
    yield name, [entry.key] if many else entry.key


def _entry(known: Known) -> Entry:
    key = known.subject.partition("#")[0]
    entry = known.portal.entries.get(key)
    if entry is None:
        close = get_close_matches(key, list(known.portal.entries), n=1)
        hint = f'; did you mean "{close[0]}"?' if close else ""
        raise UsageError(
            f'there is no record "{key}"{hint}',
            remedy="correct the key, or mend the record first: one that `roadmap check` refuses is not known",
        )
    return entry


def _decision(known: Known) -> dict[str, Value]:
    """A proposed decision about a record, a field of it, or all records below a prefix."""
    if not known.subject:
        return {}
    subject = known.subject
    if subject.endswith("/") and any(key.startswith(subject) for key in known.portal.entries):
        kind = subject.partition("/")[0]
    else:
        kind = _decided_kind(known)
    wanted = _DECISIONS.get(kind, "scope-change")
    held = [party.key for party in accountable_for(known.judgement, wanted)]
    body = next((key for key in held if known.portal.find(key, Body)), "")
    values: dict[str, Value] = {"type": wanted, "affects": [subject]}
    if body:
        values["body"] = body
    return values | ({"gate": subject.partition("#")[0]} if kind == "gate" else {})


def _decided_kind(known: Known) -> str:
    """The kind of the record that is decided about; its field, if one is named, must be known."""
    entry = _entry(known)
    field = known.subject.partition("#")[2].partition(".")[0]
    names = [info.alias or name for name, info in entry.kind.record.model_fields.items()]
    if field and field not in names:
        close = get_close_matches(field, names, n=1)
        hint = f"; did you mean {close[0]}?" if close else ""
        raise UsageError(f'{entry.key} has no field "{field}"{hint}', remedy=f"its fields are {', '.join(names)}")
    return entry.kind.name


def _sign_off(known: Known) -> dict[str, Value]:
    if not known.subject:
        raise UsageError("a sign-off is for a record", remedy="name it: --for mod-…")
    entry = _entry(known)
    if known.judgement.portal.entry(entry.key) is None:
        raise UsageError(f"{entry.key} is dated after {known.judgement.as_of}", remedy="sign what is in force")
    return {"subject": entry.key, "digest": normative_digest(known.judgement, entry.key)}


def _signers(known: Known) -> dict[str, str]:
    """Which decisions cover the record and which seats may sign, for the fields that a person fills in."""
    covering = [one for one in known.judgement.portal.all(Decision) if one.covers(known.subject)]
    accepted = sorted((one.date, one.id) for one in covering if one.status == "accepted" and one.type == _SIGNED_AS)
    parties = accountable_for(known.judgement, _SIGNED_AS)
    seats: list[str] = []
    for party in parties:
        body = known.portal.find(party.key, Body)
        seats += sorted(body.voting_seats(known.judgement.as_of)) if body else [party.key]
    newest = f"; the newest that names it is {accepted[-1][1]}" if accepted else "; none names it yet"
    return {
        "decision": f"The accepted decision of type {_SIGNED_AS} under which it is signed{newest}",
        "seat": f"The seat that signs; the right is held by {', '.join(party.key for party in parties) or 'nobody'}"
        + (f": {', '.join(seats)}" if seats else ""),
        "expires": "Last day it counts (YYYY-MM-DD)",
    }
