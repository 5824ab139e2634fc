"""Files are written whole or not at all; failures have a reason code."""

import fcntl
import os
import stat
from pathlib import Path

import pytest

from generator.adapters.files import DiskFiles, storage_error
from generator.errors import StorageError


def test_a_file_is_written_with_its_folders_and_read_again(tmp_path: Path) -> None:
    target = tmp_path / "a" / "b.txt"
    DiskFiles().write(str(target), b"one")
    DiskFiles().write(str(target), b"two")
    assert DiskFiles().read(str(target)) == b"two"
    assert DiskFiles().exists(str(target))
    assert [path.name for path in target.parent.iterdir()] == ["b.txt"]


def test_permissions_are_kept_and_new_files_follow_the_umask(tmp_path: Path) -> None:
    target = tmp_path / "b.txt"
    DiskFiles().write(str(target), b"one")
    mask = os.umask(0)
    os.umask(mask)
    assert target.stat().st_mode & 0o777 == 0o666 & ~mask
    target.chmod(0o640)
    DiskFiles().write(str(target), b"two")
    assert target.stat().st_mode & 0o777 == 0o640


def test_a_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    target = tmp_path / "b.txt"
    DiskFiles().write(str(target), b"old")

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(StorageError) as failed:
        DiskFiles().write(str(target), b"new")
    assert failed.value.reason == "DISK_FULL"
    assert target.read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["b.txt"]


@pytest.mark.parametrize(
    ("number", "reason"), [(28, "DISK_FULL"), (30, "READ_ONLY"), (13, "READ_ONLY"), (2, "NOT_FOUND"), (5, "STORAGE")]
)
def test_every_failure_has_a_reason(number: int, reason: str) -> None:
    assert storage_error("x", "write", OSError(number, "text")).reason == reason


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(StorageError, match="no such file"):
        DiskFiles().read(str(tmp_path / "none"))


# -- a process that was killed in mid-write


def abandoned(folder: Path, name: str = ".b.txt.k1ll3d__.roadmap-part") -> Path:
    """What a killed write leaves."""
    path = folder / name
    path.write_bytes(b"half")
    return path


@pytest.mark.parametrize("other", ["b.txt", "c.txt"])
def test_the_next_write_into_the_folder_removes_what_a_killed_one_left(tmp_path: Path, other: str) -> None:
    abandoned(tmp_path)
    DiskFiles().write(str(tmp_path / other), b"new")
    assert [path.name for path in tmp_path.iterdir()] == [other]


def test_what_another_process_is_writing_stays(tmp_path: Path) -> None:
    with abandoned(tmp_path).open("rb") as living:
        fcntl.flock(living, fcntl.LOCK_EX)
        DiskFiles().write(str(tmp_path / "b.txt"), b"new")
    assert sorted(path.name for path in tmp_path.iterdir()) == [".b.txt.k1ll3d__.roadmap-part", "b.txt"]


@pytest.mark.parametrize(
    "name", [".b.txt.backup12", "b.txt.k1ll3d__.roadmap-part", ".roadmap-part", ".b.txt.notes.roadmap-part"]
)
def test_files_of_other_names_stay(tmp_path: Path, name: str) -> None:
    abandoned(tmp_path, name)
    DiskFiles().write(str(tmp_path / "b.txt"), b"new")
    assert (tmp_path / name).read_bytes() == b"half"


def test_a_link_or_a_folder_of_such_a_name_stays(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").write_bytes(b"mine")
    (tmp_path / ".b.txt.linklink.roadmap-part").symlink_to(tmp_path / "elsewhere")
    (tmp_path / ".b.txt.folder__.roadmap-part").mkdir()
    DiskFiles().write(str(tmp_path / "b.txt"), b"new")
    assert len(list(tmp_path.iterdir())) == 4


def test_a_part_that_is_removed_before_it_is_locked_is_made_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lock = fcntl.flock
    removed: list[Path] = []

    def late(descriptor: int, how: int) -> None:
        if not removed:
            removed.extend(tmp_path.glob(".b.txt.*"))
            removed[0].unlink()
        lock(descriptor, how)

    monkeypatch.setattr(fcntl, "flock", late)
    DiskFiles().write(str(tmp_path / "b.txt"), b"new")
    assert len(removed) == 1
    assert (tmp_path / "b.txt").read_bytes() == b"new"


def test_the_name_reaches_the_disk_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    synced: list[bool] = []
    monkeypatch.setattr(os, "fsync", lambda descriptor: synced.append(stat.S_ISDIR(os.fstat(descriptor).st_mode)))
    DiskFiles().write(str(tmp_path / "b.txt"), b"new")
    assert synced == [False, True]


def test_a_name_of_the_greatest_length_is_written(tmp_path: Path) -> None:
    DiskFiles().write(str(tmp_path / ("x" * 251 + ".txt")), b"new")
    assert [len(path.name) for path in tmp_path.iterdir()] == [255]
