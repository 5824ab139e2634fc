"""Detached signatures of sign-offs: a `.sig` beside a sign-off must be of its bytes, by a key its seat listed then."""

from collections.abc import Iterator

from generator.checks.sign_offs import LISTED_KEY
from generator.errors import Position, Problem
from generator.kinds.seat import Seat, SignOff
from generator.model.portal import Portal
from generator.model.signature import Signature
from generator.ports import History, SourceTree

NAMESPACE = "roadmap-sign-off"
_ENDING = ".sig"


def detached_signatures(history: History, tree: SourceTree, portal: Portal) -> tuple[Problem, ...]:
    """Every detached signature that does not prove its sign-off."""
    return tuple(_problems(history, tree, portal))


def _problems(history: History, tree: SourceTree, portal: Portal) -> Iterator[Problem]:
    files = tree.files()
    for entry in portal.entries_of(SignOff):
        signature = entry.path + _ENDING
        if signature in files and isinstance(entry.record, SignOff):
            contents = tree.read([entry.path, signature])
            found = history.judged(contents[entry.path], contents[signature], NAMESPACE)
            wrong = _wrong(portal, entry.record, found)
            if wrong:
                message = LISTED_KEY.message.format(key=entry.key, text=wrong)
                place = Position(entry.path)
                yield Problem(
                    LISTED_KEY.code, LISTED_KEY.severity, message, place, entry.key, ("seat",), LISTED_KEY.remedy
                )


def _wrong(portal: Portal, one: SignOff, found: Signature) -> str:
    if found.state == "unknown":
        return "its signature is in a form that is not judged here"
    if found.state != "good":
        return "its signature is not of these bytes"
    seat = portal.find(one.seat, Seat)
    holder = seat.holder_on(one.on) if seat else None
    if holder is None or found.key not in holder.keys:
        return f"it is signed by {found.key}, which {one.seat} did not list on {one.on}"
    return ""
