"""Who must learn what, and which duties are served, judged on the day by which all has taken effect."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from generator.diff.effects import Effect, Weight
from generator.kinds.matrix import Requirement
from generator.kinds.module import Module
from generator.model.change import Change
from generator.model.fields import parsed_date
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.dates import written
from generator.views.matrix import Cell, cell
from generator.views.obligations import ObligationView, obligations
from generator.views.people import people_in
from generator.views.shown import ref


def coverage_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Obligations that gain or lose modules or roles."""
    day = horizon(new, found)
    before = {view.ref.key: view for view in obligations(_on(old, day))}
    for view in obligations(_on(new, day)):
        was = before.get(view.ref.key)
        if view.status != "in-force":
            continue
        if was is None or was.status != "in-force":
            if not view.roles:
                yield Effect(Weight.BLOCKS, "coverage-loss", "Duty without cover", view.ref.key, "new", _covered(view))
            continue
        lost, gained = _roles(was) - _roles(view), _roles(view) - _roles(was)
        modules = {r.key for r in was.approved_modules} - {r.key for r in view.approved_modules}
        if lost or (modules and not view.approved_modules):
            text = _people(new, lost, "no longer covered") if lost else "no approved module is left"
            sort, needs = "coverage-loss", f"{view.interpreter.title}, or keep what served it"
            yield Effect(
                Weight.BLOCKS,
                sort,
                "Coverage lost",
                view.ref.key,
                _covered(was),
                _covered(view),
                text,
                needs,
                tuple(sorted(lost)),
            )
        elif gained:
            text = _people(new, gained, f"covered from {_since(new, view, gained)}")
            words = _covered(was), _covered(view), text, ""
            yield Effect(Weight.BETTER, "coverage-gain", "Coverage gained", view.ref.key, *words, tuple(sorted(gained)))


def training_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:
    """Pairs of role and module that become or stop being mandatory."""
    changes = tuple(found)
    day = horizon(new, changes)
    pairs = sorted({pair for change in changes if (pair := _pair(old, new, change.key))})
    grouped: dict[tuple[str, str], list[tuple[str, Cell, Cell]]] = {}
    for role, module in pairs:
        before, after = cell(old, role, module, day), cell(new, role, module, day)
        sort = _training_sort(before, after)
        if sort:
            grouped.setdefault((role, sort), []).append((module, before, after))
    for (role, sort), cells in grouped.items():
        yield _training(new, role, sort, cells)


_TITLES = {"more-to-do": "More to do", "less-to-do": "Less to do", "other-time": "Other time"}


def _training_sort(before: Cell, after: Cell) -> str:
    was, now = before.requirement == "mandatory", after.requirement == "mandatory"
    if was != now:
        return "more-to-do" if now else "less-to-do"
    same = (before.due_days, before.grace_days) == (after.due_days, after.grace_days)
    return "other-time" if now and not same else ""


def _training(new: Judgement, role: str, sort: str, cells: list[tuple[str, Cell, Cell]]) -> Effect:
    """One effect a role: the cell itself where it is one, the modules where they are several."""
    modules = [module for module, _, _ in cells]
    if len(cells) == 1:
        key, words = f"matrix/{role}/{modules[0]}", (_cell(cells[0][1]), _cell(cells[0][2]))
    else:
        titles = "; ".join(ref(new.portal, module).title for module in modules)
        ends = {_cell(after).partition(",")[0] for _, _, after in cells}
        key, words = f"matrix/{role}/", (f"{len(cells)} modules", f"{' or '.join(sorted(ends))}: {titles}")
    return Effect(Weight.NOTE, sort, _TITLES[sort], key, *words, _asked(new, role, modules), roles=(role,))


def horizon(new: Judgement, found: Iterable[Change]) -> date:
    """The day by which every changed row of the matrix and every changed wording is in force."""
    days = [new.as_of]
    for change in found:
        entry = new.portal.entry(change.key) if change.key.startswith(("matrix/", "obl-")) else None
        if entry is None:
            continue
        if isinstance(entry.record, Requirement):
            days.append(entry.record.effective_from)
        days.extend(parsed_date(text) for text in _starts(change.new) if len(text) == len("YYYY-MM-DD"))
    return max(days)


def _starts(value: object) -> Iterator[str]:
    if isinstance(value, dict):
        yield from (str(item) for name, item in value.items() if name in ("from", "from_"))
        for item in value.values():
            yield from _starts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _starts(item)


def _on(j: Judgement, day: date) -> Judgement:
    return j if day == j.as_of else replace(j, as_of=day)


def _roles(view: ObligationView) -> set[str]:
    return {role.key for role in view.roles}


def _since(j: Judgement, view: ObligationView, roles: Iterable[str]) -> str:
    """The day from which the last of these roles must take a module that serves the duty; "now on" once it is over."""
    serving = {module.key for module in view.approved_modules}
    rows = [row for row in j.portal.all(Requirement) if row.requirement == "mandatory" and row.module in serving]
    first = (min((row.effective_from for row in rows if row.role == role), default=j.as_of) for role in roles)
    day = max(first, default=j.as_of)
    return written(day) if day > j.as_of else "now on"


def _covered(view: ObligationView) -> str:
    if not view.approved_modules:
        return "no module"
    return f"{numbered(len(view.approved_modules), 'module')}, {view.people}"


def _people(j: Judgement, roles: Iterable[str], words: str) -> str:
    keys = tuple(sorted(roles))
    titles = ", ".join(ref(j.portal, key).title for key in keys)
    return f"{people_in(j, keys)} {words} ({titles})"


def _pair(old: Judgement, new: Judgement, key: str) -> tuple[str, str] | None:
    row = new.portal.find(key, Requirement) or old.portal.find(key, Requirement)
    return (row.role, row.module) if row and not row.is_default else None


def _cell(found: Cell) -> str:
    if found.requirement != "mandatory":
        return found.requirement
    due = f", due in {numbered(found.due_days, 'day')}" if found.due_days is not None else ""
    return f"mandatory{due}" + (f", from {found.starts}" if found.starts else "")


def _asked(j: Judgement, role: str, modules: list[str]) -> str:
    people = people_in(j, (role,))
    records = [record for module in modules if (record := j.portal.find(module, Module)) is not None]
    title = ref(j.portal, role).title
    if not people.is_known or not records:
        return f"{title}, number unknown"
    hours = round(people.known * sum(record.minutes for record in records) / 60)
    return f"{people} ({title}), {hours:,} {'hour' if hours == 1 else 'hours'}"
