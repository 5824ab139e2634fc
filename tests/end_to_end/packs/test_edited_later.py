"""A pack prints a day from a later commit: what was edited in between, and may not be, refuses it all the same."""

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from generator.bootstrap import pack_theme, world
from generator.commands.pack import base_pack, request_for
from generator.commands.programme import Selection, load_programme
from generator.errors import ContentError
from tests.end_to_end.packs.conftest import git

DAY = date(2026, 2, 20)  # the pack's, and that of the first commit
LATER = "2026-06-01T12:00:00+00:00"
EDITS = {
    "a published figure": ("kpi/snapshots/2026-02-13.csv", ",195,200,204,2,2,5,", ",196,200,204,2,2,4,", "KPI007"),
    "a taken decision": ("governance/decisions/dec-2026-001.md", "title: ", "title: Not ", "DEC001"),
    "a target without a decision": ("kpi/definitions.yaml", "value: 0.95", "value: 0.90", "CHG001"),
}


def _commit_later(folder: Path) -> None:
    dates = {"GIT_AUTHOR_DATE": LATER, "GIT_COMMITTER_DATE": LATER}
    who = ("-c", "user.name=Curriculum lead", "-c", "user.email=curriculum@northmere.example")
    command = ["git", *who, "commit", "--quiet", "--all", "--message", "content: tidy"]
    environment = {"PATH": os.environ["PATH"], "HOME": str(folder), **dates}
    subprocess.run(command, cwd=folder, env=environment, check=True)


@pytest.mark.parametrize("name", sorted(EDITS))
def test_what_was_edited_after_the_day_of_the_pack_refuses_it(make_repository: Callable[[], Path], name: str) -> None:
    path, old, new, code = EDITS[name]
    folder = make_repository()
    file = folder / "content" / path
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    _commit_later(folder)
    here = world(str(folder))
    programme = load_programme(here, Selection(git(folder, "rev-parse", "HEAD"), DAY))
    assert code in {problem.code for problem in programme.errors}
    with pytest.raises(ContentError):
        base_pack(here, pack_theme(), request_for(here, "pck-everything"))


def test_a_signature_that_is_not_of_its_sign_off_refuses_the_pack(make_repository: Callable[[], Path]) -> None:
    folder = make_repository()
    (folder / "content/governance/sign-offs/sgn-2026-001.yaml.sig").write_bytes(b"no signature\n")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "sign-offs: signed")
    here = world(str(folder))
    with pytest.raises(ContentError) as told:
        base_pack(here, pack_theme(), request_for(here, "pck-everything"))
    assert "SGN006" in {problem.code for problem in told.value.problems}
