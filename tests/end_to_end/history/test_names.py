"""Names that a pushed tag could take over: days, branches, the first digits of a commit."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from generator.adapters.git import GitHistory
from generator.errors import HistoryError
from tests.repositories import START, Spec, git, written

NOTE = b"---\nid: nte-a\ntitle: One\ntopic: method\n---\n"


def _simple(folder: Path) -> list[str]:
    return written(folder, [Spec({"notes/nte-a.md": NOTE}), Spec({"notes/nte-a.md": NOTE.replace(b"One", b"Two")})])


def test_a_tag_does_not_stand_in_for_a_day(tmp_path: Path) -> None:
    first, second = _simple(tmp_path)
    day = f"{datetime.fromtimestamp(START, UTC) + timedelta(days=30):%Y-%m-%d}"
    git(tmp_path, "tag", day, first)
    assert GitHistory(str(tmp_path)).resolve(day) == second


@pytest.mark.parametrize("name", ["main", "abbreviated"])
def test_a_name_that_means_two_commits_is_refused(tmp_path: Path, name: str) -> None:
    first, second = _simple(tmp_path)
    asked = second[:12] if name == "abbreviated" else name
    history = GitHistory(str(tmp_path))
    assert history.resolve(asked) == second
    git(tmp_path, "tag", asked, first)
    git(tmp_path, "config", "core.warnAmbiguousRefs", "false")
    with pytest.raises(HistoryError, match="two commits") as told:
        history.resolve(asked)
    assert told.value.reason == "AMBIGUOUS_NAME"
    assert history.resolve(f"refs/tags/{asked}") == first
    assert history.resolve(second) == second


def test_a_tag_named_head_changes_nothing(tmp_path: Path) -> None:
    first, second = _simple(tmp_path)
    git(tmp_path, "update-ref", "refs/tags/HEAD", first)
    history = GitHistory(str(tmp_path))
    assert (history.resolve("HEAD"), history.resolve("HEAD~1")) == (second, first)
