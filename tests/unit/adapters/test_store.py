"""Both stores keep the same promises; a branch is tried in a real repository."""

import hashlib
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from generator.adapters.git_process import Git
from generator.adapters.store import BranchStore, FolderStore, opened_store
from generator.errors import StorageError
from generator.evidence.ledger import Ledger
from tests.unit.evidence.makers import line

Store = FolderStore | BranchStore


def _repository(folder: Path) -> Path:
    subprocess.run(["git", "init", "-q", "-b", "main", str(folder)], check=True)
    return folder


@pytest.fixture(params=[".roadmap", "branch:evidence"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Store:
    return opened_store(request.param, str(_repository(tmp_path)))


def _issue(store: Store, data: bytes) -> str:
    digest = hashlib.sha256(data).hexdigest()
    store.append(line(Ledger.parse(store.ledger()), signed_sha256=digest).to_bytes(), digest, data)
    return digest


def test_a_new_store_has_no_lines(store: Store) -> None:
    assert store.ledger() == b""


def test_what_was_issued_is_there(store: Store) -> None:
    first, second = _issue(store, b"one"), _issue(store, b"two")
    assert (store.pack(first), store.pack(second)) == (b"one", b"two")
    assert [each.signed_sha256 for each in Ledger.parse(store.ledger()).lines] == [first, second]


def test_a_line_that_does_not_follow_is_refused_and_changes_nothing(store: Store) -> None:
    _issue(store, b"one")
    before = store.ledger()
    digest = hashlib.sha256(b"late").hexdigest()
    with pytest.raises(StorageError) as caught:
        store.append(line(Ledger(), signed_sha256=digest).to_bytes(), digest, b"late")
    assert caught.value.reason == "LEDGER_MOVED"
    assert store.ledger() == before
    with pytest.raises(StorageError):
        store.pack(digest)


def test_bytes_of_another_name_are_refused(store: Store) -> None:
    digest = hashlib.sha256(b"one").hexdigest()
    with pytest.raises(StorageError, match="do not have the SHA-256"):
        store.append(line(Ledger(), signed_sha256=digest).to_bytes(), digest, b"two")
    assert store.ledger() == b""


@pytest.mark.parametrize("name", ["../../etc/passwd", "", "A" * 64])
def test_a_pack_is_named_by_its_digest_only(store: Store, name: str) -> None:
    _issue(store, b"one")
    with pytest.raises(StorageError):
        store.pack(name)


def test_a_ledger_changed_by_hand_stops_the_next_issue(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    _issue(store, b"one")
    ledger = tmp_path / "ledger.jsonl"
    ledger.write_bytes(ledger.read_bytes().replace(b"pck-x", b"pck-y") + b"junk\n")
    with pytest.raises(StorageError) as caught:
        store.append(b"{}", hashlib.sha256(b"two").hexdigest(), b"two")
    assert caught.value.reason == "LEDGER_BROKEN"


def test_a_file_swapped_in_the_folder_is_noticed(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    digest = _issue(store, b"one")
    (tmp_path / "packs" / f"{digest}.pdf").write_bytes(b"another")
    with pytest.raises(StorageError) as caught:
        store.pack(digest)
    assert caught.value.reason == "STORE_DIFFERS"


def test_two_who_issue_at_once_never_mix(tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    lines = Ledger.parse(store.ledger())

    def issue(number: int) -> bool:
        data = f"pack {number}".encode()
        digest = hashlib.sha256(data).hexdigest()
        try:
            store.append(line(lines, signed_sha256=digest).to_bytes(), digest, data)
        except StorageError:
            return False
        return True

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(issue, range(16))) == 1
    assert len(Ledger.parse(store.ledger()).lines) == 1


class _Overtaken(BranchStore):
    """A store whose next issue is overtaken by another, after it has read the branch."""

    other: BranchStore | None = None

    def _stored(self, git: Git, data: bytes) -> str:
        other, self.other = self.other, None
        if other:
            _issue(other, b"the other's")
        return super()._stored(git, data)


def test_a_branch_that_moved_meanwhile_is_not_set_back(tmp_path: Path) -> None:
    repository = str(_repository(tmp_path))
    other, mine = BranchStore(repository, "evidence"), _Overtaken(repository, "evidence")
    _issue(other, b"the first")
    mine.other = other
    with pytest.raises(StorageError) as caught:
        _issue(mine, b"mine")
    assert caught.value.reason == "LEDGER_MOVED"
    names = [hashlib.sha256(data).hexdigest() for data in (b"the first", b"the other's")]
    assert [each.signed_sha256 for each in Ledger.parse(other.ledger()).lines] == names


def test_the_branch_shares_nothing_with_the_work_tree(tmp_path: Path) -> None:
    repository = _repository(tmp_path)
    _issue(opened_store("branch:evidence", str(repository)), b"one")
    status = subprocess.run(["git", "-C", repository, "status", "--short"], capture_output=True, text=True, check=True)
    assert status.stdout == ""
    fsck = subprocess.run(["git", "-C", repository, "fsck", "--strict"], capture_output=True, text=True, check=False)
    assert fsck.returncode == 0, fsck.stderr


def test_a_clone_reads_the_branch_and_goes_on_from_it(tmp_path: Path) -> None:
    origin = _repository(tmp_path / "origin")
    first = _issue(opened_store("branch:evidence", str(origin)), b"one")
    subprocess.run(["git", "clone", "-q", str(origin), str(tmp_path / "clone")], check=True, capture_output=True)
    clone = opened_store("branch:evidence", str(tmp_path / "clone"))
    assert clone.pack(first) == b"one"
    _issue(clone, b"two")
    assert len(Ledger.parse(clone.ledger()).lines) == 2
    # Forward only: the origin takes it without force.
    push = ["git", "-C", str(tmp_path / "clone"), "push", "-q", "origin", "evidence"]
    subprocess.run(push, check=True, capture_output=True)


def _cloned(tmp_path: Path) -> tuple[BranchStore, BranchStore, Path]:
    """The stores of a repository and of a clone that has a branch of its own, and the clone's folder."""
    origin = BranchStore(str(_repository(tmp_path / "origin")), "evidence")
    _issue(origin, b"one")
    clone = tmp_path / "clone"
    subprocess.run(["git", "clone", "-q", str(tmp_path / "origin"), str(clone)], check=True, capture_output=True)
    subprocess.run(["git", "-C", clone, "branch", "-q", "evidence", "origin/evidence"], check=True)
    return origin, BranchStore(str(clone), "evidence"), clone


def _fetch(clone: Path) -> None:
    subprocess.run(["git", "-C", clone, "fetch", "-q"], check=True)


def test_a_stale_branch_of_ones_own_does_not_hide_the_newer_one(tmp_path: Path) -> None:
    origin, clone, folder = _cloned(tmp_path)
    second = _issue(origin, b"two")
    _fetch(folder)
    assert clone.ledger() == origin.ledger()
    assert clone.pack(second) == b"two"
    _issue(clone, b"three")
    assert len(Ledger.parse(clone.ledger()).lines) == 3


def test_what_was_not_pushed_yet_is_read_from_the_branch_of_ones_own(tmp_path: Path) -> None:
    _, clone, folder = _cloned(tmp_path)
    _issue(clone, b"two")
    _fetch(folder)
    assert len(Ledger.parse(clone.ledger()).lines) == 2


def test_two_branches_that_parted_are_told_with_the_way_out(tmp_path: Path) -> None:
    origin, clone, folder = _cloned(tmp_path)
    _issue(origin, b"two")
    _issue(clone, b"another")
    _fetch(folder)
    with pytest.raises(StorageError, match="evidence and origin/evidence have parted") as caught:
        clone.ledger()
    assert caught.value.reason == "LEDGER_DIVERGED"
    assert "git branch -f evidence origin/evidence" in caught.value.remedy


def test_without_a_repository_there_is_no_branch(tmp_path: Path) -> None:
    with pytest.raises(StorageError) as caught:
        BranchStore(str(tmp_path), "evidence").ledger()
    assert caught.value.reason == "NO_REPOSITORY"


@pytest.mark.parametrize("name", ["--output=x", "a..b", "", "a b", "refs@{1}"])
def test_what_cannot_name_a_branch_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(StorageError, match="cannot name a branch"):
        BranchStore(str(_repository(tmp_path)), name).ledger()
