"""Counts and articles agree with their nouns, and no message of a rule sets a plural by itself."""

import re

import pytest

from generator.checks import RULES
from generator.model.words import amid, numbered, with_article

HARD_PLURAL = re.compile(r"\{(?:n|votes|present|months|seats|planned|taken)\} [a-z]+s\b")


def test_a_count_and_its_noun_agree() -> None:
    assert [numbered(n, "vote") for n in (0, 1, 2)] == ["0 votes", "1 vote", "2 votes"]
    assert numbered(3, "person", "people") == "3 people"


def test_a_title_amid_a_sentence_keeps_what_is_said_letter_by_letter() -> None:
    titles = ("Budget line", "KPI", "HR integration", "AI system", "")
    assert [amid(title) for title in titles] == ["budget line", "KPI", "HR integration", "AI system", ""]


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("module", "a module"),
        ("obligation", "an obligation"),
        ("sla", "an sla"),
        ("hr-integration", "an hr-integration"),
    ],
)
def test_a_noun_has_its_article(noun: str, text: str) -> None:
    assert with_article(noun) == text


def test_messages_of_rules_count_in_words_that_agree() -> None:
    allowed = {"CLU001", "GOV002", "GOV017"}  # none or several, never one
    assert {rule.code for rule in RULES if HARD_PLURAL.search(rule.message)} <= allowed
