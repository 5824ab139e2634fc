"""Every broken portal gives one clear message at its place, and only what follows from it besides."""

from pathlib import Path

import pytest
import yaml

from tests.factories import MINIMAL_DAY, PORTALS, files_below, judged, minimal_files

BROKEN = sorted(path for path in (PORTALS / "broken").iterdir() if path.is_dir())
EXPECTED = "expected.yaml"


def test_the_minimal_portal_is_clean() -> None:
    assert judged(minimal_files(), MINIMAL_DAY).problems == ()


def test_there_are_enough_broken_portals() -> None:
    assert len(BROKEN) >= 25


@pytest.mark.parametrize("folder", BROKEN, ids=lambda folder: folder.name)
def test_a_broken_portal_is_told_once_at_its_place(folder: Path) -> None:
    expected = yaml.safe_load((folder / EXPECTED).read_text())
    overlay = {path: data for path, data in files_below(folder).items() if path != EXPECTED}

    found = judged({**minimal_files(), **overlay})
    first = found.roots[0]

    place = f"{first.position.path}:{first.position.line}:{first.position.column}"
    assert (first.code, place, first.message) == (expected["code"], expected["place"], expected["message"])
    assert sorted(found.codes[1:]) == sorted(expected.get("also", []))
    assert first.remedy


def test_a_million_brackets_are_refused_without_a_crash() -> None:
    path = "registers/obligations.yaml"
    files = minimal_files()

    found = judged({**files, path: files[path] + b"- " + b"[" * 1_000_000})

    assert [problem.code for problem in found.errors][:1] in (["SRC006"], ["SRC007"])
