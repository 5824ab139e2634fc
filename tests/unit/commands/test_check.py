"""`roadmap check` over a whole portal."""

import pytest

from generator.commands.check import check
from generator.commands.programme import Selection
from generator.errors import Severity
from tests.factories import MINIMAL_DAY, minimal_files
from tests.unit.commands.world import world_of

SELECTION = Selection(as_of=MINIMAL_DAY, tree_only=True)


def test_the_minimal_portal_is_clean() -> None:
    assert check(world_of(minimal_files()), SELECTION).count(Severity.ERROR) == 0


@pytest.mark.parametrize("text", [None, b"organisation: [", b"organisatoin: Northmere Bank\n"])
def test_a_portal_without_its_settings_is_refused_once(text: bytes | None) -> None:
    files = minimal_files()
    del files["portal.yaml"]
    report = check(world_of(files if text is None else {**files, "portal.yaml": text}), SELECTION)
    told = [p for p in report.problems if p.position.path == "portal.yaml" and not p.caused_by]
    assert told
    assert [p.message for p in told].count("the portal's settings are missing: there is no portal.yaml") == (
        text is None
    )
