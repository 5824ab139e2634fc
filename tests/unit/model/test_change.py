"""The generic diff: its laws, and what it says of maps and lists."""

from hypothesis import given
from hypothesis import strategies as st

from generator.model.change import Canonical, Change, applied, changes

_leaf = st.one_of(st.booleans(), st.integers(), st.text(max_size=4), st.lists(st.text(max_size=2), max_size=2))
_map = st.recursive(
    _leaf, lambda inner: st.dictionaries(st.text(min_size=1, max_size=2), inner, max_size=3), max_leaves=6
)
_records = st.dictionaries(
    st.sampled_from(["mod-a", "mod-b", "rol-c"]), st.dictionaries(st.sampled_from("abc"), _map, max_size=3), max_size=3
)


@given(_records, _records)
def test_the_difference_applied_to_the_old_gives_the_new(old: dict, new: dict) -> None:  # type: ignore[type-arg]
    assert applied(old, changes(old, new)) == new


@given(_records)
def test_nothing_differs_from_itself(records: dict) -> None:  # type: ignore[type-arg]
    assert changes(records, records) == ()


def test_a_changed_map_is_entered_and_a_changed_list_is_one_value() -> None:
    old: Canonical = {"mod-a": {"levels": {"1": "x", "2": "y"}, "roles": ["a"]}}
    new: Canonical = {"mod-a": {"levels": {"1": "x", "2": "z"}, "roles": ["a", "b"]}}

    assert changes(old, new) == (
        Change("mod-a", ("levels", "2"), "y", "z"),
        Change("mod-a", ("roles",), ["a"], ["a", "b"]),
    )


def test_records_that_come_and_go_are_whole() -> None:
    found = changes({"mod-a": {"x": "1"}}, {"mod-b": {"x": "1"}})

    assert [(change.key, change.added, change.removed) for change in found] == [
        ("mod-a", False, True),
        ("mod-b", True, False),
    ]
