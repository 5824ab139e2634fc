"""Evidence: issued packs and how to verify them, changes by meaning, rules, findings, reviews."""

from collections.abc import Iterator
from typing import Any

from generator.checks import RULES
from generator.kinds import KINDS
from generator.model.kind import Kind
from generator.render.site import words
from generator.render.site.source import Crumb, Draft, SiteSource
from generator.views.anchors import dated
from generator.views.home import packs
from generator.views.provenance import changed_between
from generator.views.record_history import kind_history, kind_history_path, kinds_with_history
from generator.views.registers import findings, reviews

NEWEST_STEPS = 60


def evidence_pages(source: SiteSource) -> Iterator[Draft]:
    """The packs and how to check them."""
    lines = packs(source.judgement)
    issued = [line for line in lines if line.pack is not None]
    yield Draft(
        "evidence/",
        "Evidence packs and how to check them",
        "evidence.html",
        {
            "issued": issued,
            "planned": [line for line in lines if line.pack is None],
            "downloads": source.downloads,
            "commit": source.commit,
            "editions": source.editions,
            "warnings": len(source.problems),
        },
        lede="Sealed PDF packs, each rebuilt bit for bit from one commit.",
        crumbs=(Crumb("Evidence"),),
        actions=(("Gaps first", "gaps/"), ("Changes", "changes/")),
        shows=tuple(line.ref.key for line in lines if line.ref.key in source.portal),
    )


def change_log_pages(source: SiteSource) -> Iterator[Draft]:
    """What changed in meaning, newest first."""
    versions = changed_between(source.judgement, "")
    known = kinds_with_history(source.judgement)
    told = sorted((kind for kind in KINDS if kind.name in known), key=_plural)
    yield Draft(
        "changes/",
        "Changes by meaning",
        "changes.html",
        {
            "log": versions[:NEWEST_STEPS],
            "total": len(versions),
            "kinds": [(_plural(kind), kind_history_path(kind.name)) for kind in told],
        },
        lede=f"{words.plural(len(versions), 'step')} on the main line changed the programme.",
        crumbs=(Crumb("Evidence", "evidence/"),),
        search=False,
    )
    yield from (_kind_history(source, kind) for kind in told)


def _kind_history(source: SiteSource, kind: Kind[Any]) -> Draft:
    """Every change of the records of one kind, newest first."""
    lines = kind_history(source.judgement, kind.name, source.signatures)
    return Draft(
        kind_history_path(kind.name),
        f"History: {_plural(kind)}",
        "kind-history.html",
        {"lines": lines},
        lede=f"{words.plural(len(lines), 'step')} changed a record of this kind, also records that are gone.",
        crumbs=(Crumb("Changes", "changes/"),),
        judged=False,
        search=False,
    )


def _plural(kind: Kind[Any]) -> str:
    return kind.plural or words.word(kind.name)


def as_of_pages(source: SiteSource) -> Iterator[Draft]:
    """The two clocks, and the editions of earlier dates."""
    yield Draft(
        "as-of/",
        "As of earlier dates",
        "as-of.html",
        {
            "editions": source.editions,
            "edition": source.edition,
            "believed": {one.commit: dated(source.judgement, one.commit) for one in source.editions},
        },
        lede="What the portal said on a day, and what was true on it.",
        crumbs=(Crumb("Evidence", "evidence/"),),
        judged=False,
        search=False,
    )


def rule_pages(source: SiteSource) -> Iterator[Draft]:
    """Every rule that content is held to, and what is open today."""
    yield Draft(
        "rules/",
        "Rules",
        "rules.html",
        {"rules": sorted(RULES, key=lambda rule: rule.code), "problems": source.problems},
        lede=f"{len(RULES)} rules; {words.plural(len(source.problems), 'warning is', 'warnings are')} open today.",
        crumbs=(Crumb("Evidence", "evidence/"),),
    )


def assurance_pages(source: SiteSource) -> Iterator[Draft]:
    """Audit findings and reviews."""
    j = source.judgement
    found = findings(j)
    waiting = sum(one.closed is None for one in found)
    yield Draft(
        "findings/",
        "Audit findings",
        "findings.html",
        {"lines": found},
        lede=f"{words.plural(len(found), 'finding')}, {waiting or 'none'} open.",
        crumbs=(Crumb("Evidence", "evidence/"),),
        shows=tuple(one.ref.key for one in found),
    )
    held = reviews(j)
    planned = sum(one.held is None for one in held)
    yield Draft(
        "reviews/",
        "Reviews",
        "reviews.html",
        {"lines": held},
        lede=f"{words.plural(len(held) - planned, 'review')} held, {planned} planned.",
        crumbs=(Crumb("Evidence", "evidence/"),),
        shows=tuple(one.ref.key for one in held),
    )
