"""Broken portals through the command line: exit 1, the place in every message, nothing written."""

from pathlib import Path

import pytest
import yaml

from tests.end_to_end.programme import PACK, Person, programme
from tests.factories import PORTALS, files_below

BROKEN = ("missing-reference", "duplicate-key", "more-than-all", "not-utf-8", "tab")


@pytest.fixture(params=BROKEN, scope="module")
def broken(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A repository with one fault, and what is expected to be said of it."""
    source = PORTALS / "broken" / request.param
    expected = yaml.safe_load((source / "expected.yaml").read_text(encoding="utf-8"))
    changes = {path: data for path, data in files_below(source).items() if path != "expected.yaml"}
    return programme(tmp_path_factory.mktemp(request.param) / "bank", changes), expected


COMMANDS = (("check",), ("build", "OUT"), ("pack", PACK, "--output", "OUT"))
OTHERS = (("check", "--tree"), ("check", "--commit", "HEAD"), ("publish", "OUT"))


@pytest.mark.parametrize("arguments", COMMANDS, ids=" ".join)
def test_a_broken_portal_is_told_and_nothing_is_written(
    broken: tuple[Path, dict[str, str]], arguments: tuple[str, ...], tmp_path: Path
) -> None:
    assert_told(broken, arguments, tmp_path)


@pytest.mark.parametrize("broken", BROKEN[:1], indirect=True)
@pytest.mark.parametrize("arguments", OTHERS, ids=" ".join)
def test_other_commands_tell_it_too(
    broken: tuple[Path, dict[str, str]], arguments: tuple[str, ...], tmp_path: Path
) -> None:
    assert_told(broken, arguments, tmp_path)


def assert_told(broken: tuple[Path, dict[str, str]], arguments: tuple[str, ...], place: Path) -> None:
    bank, expected = broken
    out = place / "out" / "it"
    done = Person(place).roadmap("-C", bank, *(str(out) if word == "OUT" else word for word in arguments))
    said = done.out + done.err
    assert (done.code, "Traceback" in said) == (1, False)
    assert f"{expected['place']}: error: {expected['code']} " in said.replace("content/", "")
    assert "reason:" not in done.err
    assert not out.parent.exists() or list(out.parent.iterdir()) == []
