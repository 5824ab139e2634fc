"""Row 14 of the threat model: names and links that would lead a reader astray, in a commit and on disk."""

from pathlib import Path

import pytest

from generator.adapters.git import GitHistory
from generator.adapters.work_tree import WorkTree
from generator.cli import main
from generator.errors import HistoryError
from tests.repositories import SYMLINK, Spec, git, written

NOTE = b"---\nid: nte-a\ntitle: One\ntopic: method\n---\n"
UNUSUAL = (
    "notes/nte b.md",
    "notes/é.md",
    "notes/a\nb.md",
    "notes/-rf.md",
    "notes/a;b.md",
    "notes/$(id).md",
    "notes/\u202ea.md",
)


@pytest.mark.parametrize("name", [*UNUSUAL, "notes/" + "a" * 220 + ".md"])
def test_row_14_unusual_names_are_refused_in_a_commit_and_on_disk(tmp_path: Path, name: str) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE, name: NOTE})], checkout=True)
    for tree in (GitHistory(str(tmp_path)).tree("HEAD"), WorkTree(str(tmp_path))):
        with pytest.raises(HistoryError, match="outside letters, digits") as caught:
            tree.files()
        assert caught.value.message.isascii()
        assert "\n" not in caught.value.message


@pytest.mark.parametrize("target", ["/etc/passwd", "../../secret", "nte-a.md", "."])
def test_row_14_symbolic_links_are_refused_in_a_commit_and_on_disk(tmp_path: Path, target: str) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE, "notes/nte-b.md": SYMLINK})], checkout=True)
    link = tmp_path / "content" / "notes" / "nte-b.md"
    link.unlink()
    link.symlink_to(target)
    for tree in (GitHistory(str(tmp_path)).tree("HEAD"), WorkTree(str(tmp_path))):
        with pytest.raises(HistoryError, match=r"notes/nte-b\.md is a symbolic link"):
            tree.files()


def test_row_14_a_linked_folder_is_not_entered(tmp_path: Path) -> None:
    written(tmp_path / "bank", [Spec({"notes/nte-a.md": NOTE})], checkout=True)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "nte-b.md").write_bytes(NOTE)
    (tmp_path / "bank" / "content" / "more").symlink_to(tmp_path / "outside")
    with pytest.raises(HistoryError, match="more is a symbolic link"):
        WorkTree(str(tmp_path / "bank")).files()


def test_row_14_a_file_swapped_for_a_link_is_not_followed(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE})], checkout=True)
    tree = WorkTree(str(tmp_path))
    listed = tree.files()
    path = tmp_path / "content" / "notes" / "nte-a.md"
    path.unlink()
    path.symlink_to("/etc/hostname")
    with pytest.raises(Exception, match=r"notes/nte-a\.md") as caught:
        tree.read(listed)
    assert type(caught.value).__name__ == "StorageError"


def test_row_14_names_that_differ_in_case_only_are_refused(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE, "notes/NTE-A.md": NOTE})], checkout=True)
    for tree in (GitHistory(str(tmp_path)).tree("HEAD"), WorkTree(str(tmp_path))):
        with pytest.raises(HistoryError, match="differ in upper and lower case only"):
            tree.files()


@pytest.mark.parametrize("mode", ["160000", "120000"])
def test_row_14_submodules_and_links_that_only_the_commit_knows_are_refused(tmp_path: Path, mode: str) -> None:
    (head,) = written(tmp_path, [Spec({"notes/nte-a.md": NOTE})])
    target = head if mode == "160000" else git(tmp_path, "hash-object", "-w", "--stdin", data=b"/etc").decode().strip()
    git(tmp_path, "read-tree", "HEAD")
    git(tmp_path, "update-index", "--add", "--cacheinfo", f"{mode},{target},content/sub")
    git(tmp_path, "commit", "-q", "-m", "in")
    with pytest.raises(HistoryError, match="sub is a symbolic link, submodule or device"):
        GitHistory(str(tmp_path)).tree("HEAD").files()


def test_row_14_a_tree_that_climbs_out_is_refused(tmp_path: Path) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE})])
    blob = git(tmp_path, "hash-object", "-w", "--stdin", data=NOTE).decode().strip()
    inner = _tree(tmp_path, b"100644 passwd\0", blob)
    content = _tree(tmp_path, b"40000 ..\0", inner)
    top = _tree(tmp_path, b"40000 content\0", content)
    commit = git(tmp_path, "commit-tree", top, "-m", "climb").decode().strip()
    with pytest.raises(HistoryError):
        GitHistory(str(tmp_path)).tree(commit).files()


def _tree(folder: Path, head: bytes, target: str) -> str:
    data = head + bytes.fromhex(target)
    return git(folder, "hash-object", "-t", "tree", "-w", "--literally", "--stdin", data=data).decode().strip()


def test_row_14_an_unusual_file_is_told_on_the_command_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    written(tmp_path, [Spec({"notes/nte-a.md": NOTE, "notes/nte b.md": SYMLINK})], checkout=True)
    assert main(["-C", str(tmp_path), "check"]) == 3
    said = capfd.readouterr().err
    assert "symbolic link" in said
    assert "Traceback" not in said
