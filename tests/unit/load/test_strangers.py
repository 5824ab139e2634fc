"""A document of named parts holds these parts and nothing else: a misspelt part would drop its records in silence."""

import pytest

from tests.factories import judged, minimal_files, shown


@pytest.mark.parametrize(
    ("path", "text", "expected"),
    [
        (
            "governance/sla.yaml",
            "slass:\n  - {id: sla-x}\n",
            '1:1: error: SCH001 unknown field "slass"; did you mean "slas"?',
        ),
        ("governance/sla.yaml", "- {id: sla-x}\n", "1:1: error: SCH001 expected a mapping with escalations and slas"),
        ("registers/risks.yaml", "- {id: rsk-x}\n", "1:1: error: SCH001 expected a mapping with risks and scale"),
        ("governance/sla.yaml", "# nothing yet\n", ""),
    ],
)
def test_a_stranger_is_told_once(path: str, text: str, expected: str) -> None:
    roots = shown(judged({**minimal_files(), path: text.encode()}).roots)
    own = [line.removeprefix(f"{path}:") for line in roots if line.startswith(path)]
    assert len(own) == (1 if expected else 0)
    assert not expected or own[0].startswith(expected)
