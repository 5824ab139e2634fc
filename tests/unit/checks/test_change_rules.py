"""Rules on change: what needs a decision, what is never edited, versions that rise, the rhythm of updates."""

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest

from generator.checks.ahead import RULES as AHEAD
from generator.checks.cadence import RULES as CADENCE
from generator.checks.change_control import RULES as CONTROL
from generator.checks.immutable import RULES as FIXED
from generator.errors import Finding
from generator.kinds import KINDS
from generator.load import Loaded, assemble, form, is_source, parse
from generator.model.change import changes
from generator.model.judgement import Commit, Judgement, Person, Step, Timeline
from generator.model.kind import Rule
from tests.factories import minimal_files

Files = Mapping[str, bytes]
START = datetime(2026, 3, 2, 9, tzinfo=UTC)


def _loaded(files: Files) -> Loaded:
    trees = {path: parse(form(path), data) for path, data in files.items() if form(path) and is_source(path)}
    return assemble(trees, files, KINDS)


def _past(states: Iterable[Files], days: int = 1) -> Judgement:
    """The judgement of the last state, each state a step, so many days apart."""
    person = Person("Head of Learning", "head-of-learning@northmere.example")
    steps, before = [], _loaded({}).portal
    for number, files in enumerate(states):
        portal = _loaded(files).portal
        at = START + timedelta(days=number * days)
        commit = Commit(f"{number:040x}", "", (), person, at, person, at, "step")
        steps.append(Step(commit, changes(before.canonical, portal.canonical)))
        before = portal
    return Judgement(steps[-1].commit.committed.date(), before, timeline=Timeline(tuple(steps)))


def _edited(files: Files, path: str, old: str, new: str) -> dict[str, bytes]:
    text = files[path].decode()
    assert text.count(old) >= 1, (path, old, text)
    return {**files, path: text.replace(old, new, 1).encode()}


def _found(j: Judgement, rules: tuple[Rule, ...] = (*CONTROL, *FIXED)) -> dict[str, list[Finding]]:
    found = {rule.code: list(rule.check(j)) for rule in rules if rule.check is not None}
    for rule in rules:
        for finding in found[rule.code]:
            assert rule.message.format(**{"key": finding.subject, **finding.values})
    return {code: findings for code, findings in found.items() if findings}


def _decision(number: int, kind: str, affects: str) -> dict[str, bytes]:
    text = (
        f"---\nid: dec-2026-{number}\ntitle: D\ntype: {kind}\nstatus: accepted\ndate: 2026-03-02\nbody: bod-steering\n"
        f'affects: ["{affects}"]\n---\n\nDecided.\n'
    )
    return {f"governance/decisions/dec-2026-{number}.md": text.encode()}


BASE = minimal_files()
EDITS: Mapping[str, tuple[Callable[[Files], dict[str, bytes]], str]] = {
    "target": (lambda files: _edited(files, "kpi/definitions.yaml", "value: 0.95", "value: 0.90"), "kpi-target"),
    "cell": (lambda files: _edited(files, "curriculum/matrix.csv", ",mandatory,30,", ",mandatory,60,"), "scope-change"),
    "phase": (lambda files: _edited(files, "roadmap/roadmap.yaml", "max: P12W", "max: P14W"), "phase-gate"),
}


def _name(kind: str) -> str:
    """What a decision names to cover the edit."""
    j = _past([BASE, EDITS[kind][0](BASE)])
    (finding,) = _found(j)["CHG001"]
    return str(finding.values["subject"])


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_a_controlled_change_needs_a_decision(kind: str) -> None:
    edit, decided = EDITS[kind]
    changed = edit(BASE)
    assert list(_found(_past([BASE, changed]))) == ["CHG001"]
    with_it = {**changed, **_decision(900, decided, _name(kind))}
    assert "CHG001" not in _found(_past([BASE, with_it]))


@pytest.mark.parametrize("kind", sorted(EDITS))
def test_a_decision_may_be_on_record_before_but_not_after(kind: str) -> None:
    edit, decided = EDITS[kind]
    decision = _decision(900, decided, _name(kind))
    changed = edit(BASE)
    assert "CHG001" not in _found(_past([BASE, {**BASE, **decision}, {**changed, **decision}]))
    assert "CHG001" in _found(_past([BASE, changed, {**changed, **decision}]))


def test_a_decision_is_used_up_by_the_first_change() -> None:
    decision = _decision(900, "kpi-target", "kpi-completion#target")
    once = {**EDITS["target"][0](BASE), **decision}
    twice = _edited(once, "kpi/definitions.yaml", "value: 0.90", "value: 0.80")
    (finding,) = _found(_past([BASE, once, twice]))["CHG001"]
    assert finding.values["commit"] == "0000000000"
    assert str(finding.values["day"]) == "2026-03-04"


def test_a_decision_of_another_type_or_not_accepted_covers_nothing() -> None:
    changed = EDITS["target"][0](BASE)
    other = {**changed, **_decision(900, "waiver", "kpi-completion#target")}
    assert "CHG001" in _found(_past([BASE, other]))
    (path, data), *_ = _decision(900, "kpi-target", "kpi-completion#target").items()
    proposed = {**changed, path: data.replace(b"accepted", b"proposed")}
    assert "CHG001" in _found(_past([BASE, proposed]))


def test_changes_before_change_control_are_history() -> None:
    late = _edited(BASE, "portal.yaml", "change_control_from: 2026-01-08", "change_control_from: 2026-03-10")
    assert "CHG001" not in _found(_past([late, EDITS["target"][0](late)]))


def test_a_decision_that_was_taken_is_not_edited() -> None:
    path = min(path for path in BASE if path.startswith("governance/decisions/"))
    changed = _edited(BASE, path, "title: ", "title: Not ")
    assert list(_found(_past([BASE, changed]))) == ["DEC001"]
    gone = {name: data for name, data in BASE.items() if name != path}
    assert "DEC001" in _found(_past([BASE, gone]))


def test_a_proposed_decision_may_still_be_written() -> None:
    (path, data), *_ = _decision(900, "waiver", "kpi-completion").items()
    proposed = {**BASE, path: data.replace(b"accepted", b"proposed")}
    accepted = {**BASE, path: data.replace(b"title: D", b"title: Done")}
    assert _found(_past([BASE, proposed, accepted])) == {}


def test_a_published_snapshot_is_not_edited() -> None:
    path = min(path for path in BASE if path.startswith("kpi/snapshots/"))
    lines = BASE[path].decode().splitlines()
    changed = {**BASE, path: ("\n".join([lines[0], lines[1] + "later", *lines[2:]]) + "\n").encode()}
    assert list(_found(_past([BASE, changed]))) == ["KPI007"]


def test_a_snapshot_file_that_was_deleted_is_told_once_under_its_name() -> None:
    (path,) = (path for path in BASE if path.startswith("kpi/snapshots/"))
    two = {**BASE, path: BASE[path] + BASE[path].splitlines(keepends=True)[1].replace(b"bank", b"phase:phs-pilot")}
    assert two[path] != BASE[path]

    findings = _found(_past([two, {name: data for name, data in two.items() if name != path}]))["KPI007"]

    assert [finding.subject for finding in findings] == [path]


def test_a_budget_line_is_not_edited() -> None:
    lines = BASE["governance/budget.csv"].decode()
    first = lines.splitlines()[1]
    changed = {**BASE, "governance/budget.csv": lines.replace(first, first + " corrected").encode()}
    assert "FIX001" in _found(_past([BASE, changed]))


def _decision_edited(files: Files) -> dict[str, bytes]:
    return _edited(
        files, min(path for path in files if path.startswith("governance/decisions/")), "title: ", "title: No "
    )


def _decision_removed(files: Files) -> dict[str, bytes]:
    path = min(path for path in files if path.startswith("governance/decisions/"))
    return {name: data for name, data in files.items() if name != path}


def _budget_edited(files: Files) -> dict[str, bytes]:
    first = files["governance/budget.csv"].decode().splitlines()[1]
    amount = next(cell for cell in first.split(",") if cell.endswith(".00"))
    return _edited(files, "governance/budget.csv", amount, "1" + amount)


@pytest.mark.parametrize(
    "edit", [_decision_edited, _decision_removed, _budget_edited, *(edit for edit, _ in EDITS.values())]
)
def test_an_edit_that_is_taken_back_is_told_no_more(edit: Callable[[Files], dict[str, bytes]]) -> None:
    assert _found(_past([BASE, edit(BASE)]))
    assert _found(_past([BASE, edit(BASE), BASE])) == {}
    assert _found(_past([BASE, edit(BASE), BASE, edit(BASE)]))


def test_to_go_back_behind_a_decision_is_not_to_take_back() -> None:
    decided = {**EDITS["target"][0](BASE), **_decision(900, "kpi-target", "kpi-completion#target")}
    back = {**BASE, **_decision(900, "kpi-target", "kpi-completion#target")}

    (finding,) = _found(_past([BASE, decided, back]))["CHG001"]

    assert str(finding.values["day"]) == "2026-03-04"


def test_a_target_is_not_set_for_days_gone_by() -> None:
    text = BASE["kpi/definitions.yaml"].decode()
    line = next(line for line in text.splitlines() if "target:" in line and "0.95" in line)
    new = line.rstrip("]") + ", {value: 0.80, from: 2026-02-01}]"
    changed = {**BASE, "kpi/definitions.yaml": text.replace(line, new).encode()}
    changed |= _decision(900, "kpi-target", "kpi-completion#target")
    assert list(_found(_past([BASE, changed]))) == ["KPI008"]


def test_a_version_rises_with_its_content() -> None:
    path = min(path for path in BASE if path.startswith("curriculum/modules/"))
    reworded = {**BASE, path: BASE[path] + b"\nOne more sentence.\n"}
    assert list(_found(_past([BASE, reworded]))) == ["CUR009"]
    version = next(line for line in BASE[path].decode().splitlines() if line.startswith("version:"))
    raised = _edited(reworded, path, version, "version: 99.0.0")
    assert _found(_past([BASE, raised])) == {}
    assert _found(_past([BASE, reworded, raised])) == {}
    assert _found(_past([BASE, reworded, BASE])) == {}
    assert list(_found(_past([BASE, raised, {**raised, path: raised[path] + b"\nAnd another.\n"}]))) == ["CUR009"]


def test_every_gap_in_the_rhythm_is_named_with_its_length() -> None:
    weekly = _edited(BASE, "roadmap/roadmap.yaml", "start: 2026-01-12", "start: 2026-03-02")
    weekly = _edited(weekly, "roadmap/roadmap.yaml", "end: 2026-04-03", "end: 2026-05-22")
    other = _edited(weekly, "roadmap/plan.yaml", "title: ", "title: Later ")
    spaces = {**other, "roadmap/plan.yaml": other["roadmap/plan.yaml"] + b"\n# nothing new\n"}
    found = [f for f in _found(_past([weekly, other, spaces], days=14), CADENCE)["CAD001"] if f.subject == "phs-pilot"]
    assert [(str(f.values["since"]), f.values["days"]) for f in found] == [("2026-03-02", 14), ("2026-03-16", 14)]


def test_a_commit_dated_before_its_parent_is_told() -> None:
    j = _past([BASE, _edited(BASE, "roadmap/plan.yaml", "title: ", "title: Later ")], days=-3)
    assert "HIS001" in _found(Judgement(date(2026, 3, 9), j.portal, timeline=j.timeline), CADENCE)


@pytest.mark.parametrize(
    ("written", "later", "found"),
    [
        ("accepted\ndate: 2026-03-03", "", ["dec-2026-9"]),
        ("accepted\ndate: 2026-03-02", "", []),
        ("proposed\ndate: 2026-03-09", "", []),
        ("proposed\ndate: 2026-03-09", "accepted\ndate: 2026-03-09", ["dec-2026-9"]),
        ("proposed\ndate: 2026-03-09", "accepted\ndate: 2026-03-03", []),
    ],
)
def test_a_decision_recorded_before_its_day_is_told_although_it_is_unseen(
    written: str, later: str, found: list[str]
) -> None:
    def state(words: str) -> dict[str, bytes]:
        (path, text), *_ = _decision(9, "scope-change", "phs-pilot").items()
        return {**BASE, path: text.replace(b"accepted\ndate: 2026-03-02", words.encode())}

    j = _past([state(written), *([state(later)] if later else [])])
    seen = Judgement(j.as_of, j.portal.seen_on(j.as_of), timeline=j.timeline)

    assert [one.subject for one in _found(seen, AHEAD).get("DEC010", ())] == found


def test_a_milestone_marked_done_before_its_day_is_told_until_it_is_corrected() -> None:
    path = "roadmap/roadmap.yaml"
    done = re.search(r"done: (2026-\d\d-\d\d)", BASE[path].decode())
    assert done is not None
    ahead = _edited(BASE, path, done.group(), "done: 2026-03-20")

    j = _past([BASE, ahead])
    (finding,) = _found(j, AHEAD)["HIS006"]
    assert (finding.field, str(finding.values["day"]), str(finding.values["recorded"])) == (
        ("done",),
        "2026-03-20",
        "2026-03-03",
    )
    assert _found(_past([BASE, ahead, BASE]), AHEAD) == {}


def test_an_incident_of_a_day_that_has_not_come_is_told() -> None:
    path = "registers/incidents.csv"
    row = BASE[path].decode().splitlines()[-1].split(",")
    row[:4] = ["inc-2026-0999", "2026-12-01", "2026-12-02", "2026-12-03"]
    j = _past([BASE, {**BASE, path: BASE[path] + ",".join(row).encode() + b"\n"}])
    seen = Judgement(j.as_of, j.portal.seen_on(j.as_of), timeline=j.timeline)

    fields = {finding.field for finding in _found(seen, AHEAD)["HIS006"]}

    assert fields == {("occurred",), ("detected",), ("reported",)}
