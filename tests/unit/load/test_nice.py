"""Somebody else's register at scale: 52 roles, 2,280 items and 7,490 links, of which some lead nowhere."""

import resource
import sys
import tracemalloc
from pathlib import Path

import pytest

from generator.kinds.competency import Competency
from generator.kinds.role import Role
from generator.views.traceability import role_by_competency
from tests.factories import MINIMAL_DAY, Judged, judged
from tests.nice import ROLES, Framework, competency_id, nice_files, read_framework, role_id


@pytest.fixture(scope="module")
def framework(outside_data: Path) -> Framework:
    """The framework as published."""
    return read_framework(outside_data)


@pytest.fixture(scope="module")
def nice(framework: Framework) -> Judged:
    """Its portal, judged by every rule."""
    return judged(nice_files(framework), MINIMAL_DAY)


def test_every_role_item_and_link_is_there(framework: Framework, nice: Judged) -> None:
    portal = nice.loaded.portal
    assert len(portal.all(Role)) == len(framework.roles) == 52
    assert len(portal.all(Competency)) == len(framework.items) == 2280
    assert sum(len(role.competencies) for role in portal.all(Role)) == len(framework.links) == 7490
    edges = sum(len(portal.outgoing(role.id)) for role in portal.all(Role))
    assert edges == len(framework.links) - len(framework.dangling)


def test_each_dangling_link_is_named_at_its_line_and_no_other(framework: Framework, nice: Judged) -> None:
    dangling = [problem for problem in nice.problems if problem.code == "REF002" and problem.position.path == ROLES]
    meant = {(role_id(framework.roles[role]), competency_id(framework, item)) for role, item in framework.dangling}
    assert {(problem.key, str(problem.field[-1])) for problem in dangling} == meant
    assert len(dangling) == len(meant)
    lines = nice_files(framework)[ROLES].decode().split("\n")
    for problem in dangling:
        assert str(problem.field[-1]) in lines[problem.position.line - 1]
        assert str(problem.field[-1]) in problem.message


def test_every_role_has_a_dangling_link(framework: Framework) -> None:
    # The release names items of a catalogue that it does not carry: two in nearly every role.
    assert len({role for role, _ in framework.dangling}) == 52
    assert len(framework.dangling) == 104


def test_nothing_else_is_wrong_with_how_it_was_read(nice: Judged) -> None:
    found = {problem.code for problem in nice.roots if problem.position.path.startswith("registers/")}
    assert not {code for code in found if code.startswith(("SRC", "SCH", "PII", "LAY")) or code in ("REF001", "REF003")}


def test_the_matrix_of_roles_and_competencies_takes_all_of_it(nice: Judged) -> None:
    matrix = role_by_competency(nice.judgement)
    assert len(matrix.rows) == 52


def test_memory_is_bounded(framework: Framework) -> None:
    files = nice_files(framework)
    tracemalloc.start()
    judged(files, MINIMAL_DAY)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    cpu = resource.getrusage(resource.RUSAGE_SELF).ru_utime
    sys.stderr.write(f"NICE: {peak >> 20} MiB at most, {cpu:.1f} s of CPU in this process so far\n")
    assert peak < 200 << 20
