from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.errors import VerificationError
from generator.evidence.canonical import Canonical, canonical, digest, parsed

_TEXT = st.text(st.characters(exclude_categories=["Cs"])).filter(lambda text: text.isascii())
_VALUES: st.SearchStrategy[Canonical] = st.recursive(
    st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | _TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(_TEXT, inner, max_size=4),
    max_leaves=20,
)


def test_names_are_sorted_and_nothing_is_spaced() -> None:
    assert canonical({"b": [1, True], "a": "é"}) == '{"a":"é","b":[1,true]}'.encode()


def test_names_are_sorted_by_utf16_code_units() -> None:
    # RFC 8785 section 3.2.3: U+1F600 is written with surrogates, which come before U+FF21.
    assert canonical({"\uff21": 1, "\U0001f600": 2}) == '{"\U0001f600":2,"\uff21":1}'.encode()


@pytest.mark.parametrize(
    "value",
    [1.5, None, {"a": None}, [float("nan")], 2**53, -(2**53), "e\u0301", {"e\u0301": 1}, "\ud800", {1, 2}, b"bytes"],
)
def test_what_is_not_evidence_is_refused(value: Canonical) -> None:
    with pytest.raises(VerificationError) as caught:
        canonical(value)
    assert caught.value.reason == "NOT_CANONICAL"


def test_a_refusal_names_the_place() -> None:
    wrong: Any = {"list": [0, {"x": 0.5}]}
    with pytest.raises(VerificationError, match=r"\$\.list\[1\]\.x: canonical JSON has no float"):
        canonical(wrong)


@pytest.mark.parametrize(
    "data",
    [
        b'{"a":1, "b":2}',
        b'{"b":1,"a":2}',
        b'{"a":1,"a":2}',
        b'"\\u0041"',
        b"1.0",
        b"1e3",
        b"NaN",
        b"null",
        b"01",
        b'{"a":1}\n',
        b"\xff",
        b"\xef\xbb\xbf1",
        b"[" * 100_000,
        b'"\\ud800"',
        b"",
    ],
)
def test_bytes_that_are_not_exactly_canonical_are_refused(data: bytes) -> None:
    with pytest.raises(VerificationError):
        parsed(data)


@given(_VALUES)
def test_writing_and_reading_gives_the_same(value: Canonical) -> None:
    assert canonical(parsed(canonical(value))) == canonical(value)


def test_digests_of_two_domains_differ() -> None:
    assert digest("one", {"a": 1}) != digest("two", {"a": 1})
