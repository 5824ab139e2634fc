"""`roadmap explain`: every rule has words; an unknown code gets the nearest."""

import re

import pytest

from generator.checks import RULES
from generator.commands.explain import explained
from generator.errors import UsageError
from generator.model.kind import Rule
from generator.render.rules import rule_list, rule_text


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: str(rule.code))
def test_every_rule_explains_itself(rule: Rule) -> None:
    text = rule_text(rule)
    assert text.startswith(f"{rule.code} ({rule.severity}): {rule.title}\n")
    assert re.search(r"^Why: +\S", text, re.MULTILINE)
    assert re.search(r"^Way out: +\S", text, re.MULTILINE)
    assert f"rules/#{rule.code}" in text
    assert "{message}" not in text
    assert max(map(len, text.split("\n"))) <= 96


def test_codes_are_unique_and_listed_once() -> None:
    codes = [line.split()[0] for line in rule_list(RULES).splitlines()]
    assert codes == sorted({rule.code for rule in RULES})


def test_the_case_of_a_code_does_not_matter() -> None:
    assert explained(" obl002 ").code == "OBL002"


def test_an_unknown_code_gets_the_nearest() -> None:
    with pytest.raises(UsageError, match=r"did you mean .*OBL002") as caught:
        explained("OBL02")
    assert "--list" in caught.value.remedy
    with pytest.raises(UsageError, match=r'no rule "ZZZ"$'):
        explained("ZZZ")
