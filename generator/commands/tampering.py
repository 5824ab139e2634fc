"""Whether the repository itself can be trusted: views that lie, dates that cannot be, history that was rewritten."""

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from generator.checks.tampering import FUTURE, OTHER_NAMES, REWRITTEN, REWRITTEN_VIEW
from generator.errors import HistoryError, Position, Problem
from generator.model.judgement import Timeline
from generator.model.kind import Rule
from generator.ports import History

_SKEW = timedelta(minutes=5)  # clocks of two machines
_VIEWS = ("replace ref", "a graft file", "the clone is shallow")


def tampering(
    history: History, past: Timeline, now: datetime, published: Iterable[tuple[str, str]] = ()
) -> tuple[Problem, ...]:
    """What is wrong with the repository itself; `published` are packs and the commits they were issued from."""
    return (*_irregular(history), *_future(past, now), *_rewritten(history, past, published))


def refuse_lying_views(history: History) -> None:
    """Raise HistoryError where git could show other tools another past than we read: nothing is issued from there."""
    history.refuse_shallow()
    lies = [what for what in history.irregularities() if what.startswith(_VIEWS)]
    if lies:
        raise HistoryError("; ".join(lies), remedy=REWRITTEN_VIEW.remedy, reason="TAMPERED")


def _irregular(history: History) -> Iterator[Problem]:
    for what in history.irregularities():
        rule = REWRITTEN_VIEW if what.startswith(_VIEWS) else OTHER_NAMES
        yield _problem(rule, what=what)


def _future(past: Timeline, now: datetime) -> Iterator[Problem]:
    for step in past.steps:
        if step.commit.committed > now + _SKEW:
            yield _problem(
                FUTURE, commit=step.commit.id[:10], instant=step.commit.committed.isoformat(), now=f"{now:%F %R} UTC"
            )


def _rewritten(history: History, past: Timeline, published: Iterable[tuple[str, str]]) -> Iterator[Problem]:
    if not past.steps:
        return
    tip = past.steps[-1].commit.id
    chain = {step.commit.id for step in past.steps}
    for pack, commit in published:
        if commit not in chain and not _reachable(history, commit, tip):
            yield _problem(REWRITTEN, pack=pack, commit=commit[:10], tip=tip[:10])


def _reachable(history: History, commit: str, tip: str) -> bool:
    try:
        return history.is_ancestor(commit, tip)
    except HistoryError:
        return False


def _problem(rule: Rule, **values: object) -> Problem:
    message = rule.message.format(**values)
    return Problem(rule.code, rule.severity, message, Position("", 0, 0), remedy=rule.remedy)
