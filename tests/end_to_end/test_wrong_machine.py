"""What a command says when the machine is wrong: one line, the remedy, `reason: CODE`, exit 3, nothing half written."""

import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.end_to_end.programme import PACK, Person, beside, commit, programme, refused, standing
from tests.repositories import git

NO_PANGO = """\
import ctypes.util
ctypes.util.find_library = lambda name: None
try:
    import cffi
except ImportError:
    pass
else:
    opened = cffi.FFI.dlopen
    def dlopen(self, name, flags=0):
        if name and "pango" in str(name):
            raise OSError(f"cannot load library {name!r}")
        return opened(self, name, flags)
    cffi.FFI.dlopen = dlopen
"""


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small programme in git; tests that change it copy it."""
    return programme(tmp_path_factory.mktemp("machine") / "bank")


@pytest.fixture(scope="session")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One home for the tests that may share caches and keys."""
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="session")
def person(home: Path) -> Person:
    """Somebody who has all that is needed."""
    return Person(home)


@pytest.fixture(scope="session")
def site(bank: Path, person: Person, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published site; tests copy it."""
    target = tmp_path_factory.mktemp("published") / "site"
    done = person.roadmap("-C", bank, "publish", target)
    assert done.code == 0, done.err
    return target


@pytest.fixture(scope="session")
def pack(bank: Path, person: Person, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A base pack."""
    target = tmp_path_factory.mktemp("printed") / "base.pdf"
    done = person.roadmap("-C", bank, "pack", PACK, "--output", target)
    assert done.code == 0, done.err
    return target


# -- the repository


READING = (("check",), ("build", "OUT"), ("publish", "OUT"), ("pack", PACK, "--output", "OUT"))
HISTORY = (*READING, ("history", "mod-basics"), ("diff", "HEAD..HEAD"))


def ran(person: Person, bank: Path, arguments: tuple[str, ...], out: Path) -> tuple[int, list[str], str]:
    return person.roadmap("-C", bank, *(str(out) if word == "OUT" else word for word in arguments)).form


@pytest.fixture(scope="session")
def shallow(bank: Path, person: Person, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A real clone of depth 1, of a repository whose timeline the cache knows."""
    copy = tmp_path_factory.mktemp("shallow")
    shutil.copytree(bank, copy / "whole")
    commit_again(copy / "whole")
    assert person.roadmap("-C", copy / "whole", "check").code == 0  # the cache is warm now
    git(copy, "clone", "-q", "--depth", "1", (copy / "whole").as_uri(), "clone")
    return copy / "clone"


def commit_again(bank: Path) -> None:
    with (bank / "content" / "registers" / "risks.yaml").open("a", encoding="utf-8") as file:
        file.write("# looked at again\n")
    commit(bank, "risks: look again")


@pytest.mark.parametrize("arguments", HISTORY, ids=" ".join)
def test_a_shallow_clone_is_refused_even_with_a_warm_cache(
    person: Person, shallow: Path, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    assert ran(person, shallow, arguments, tmp_path / "out") == refused("SHALLOW")
    assert list(tmp_path.iterdir()) == []


def test_files_alone_are_checked_in_a_shallow_clone(person: Person, shallow: Path) -> None:
    assert person.roadmap("-C", shallow, "check", "--tree", "--as-of", "2026-02-20").code == 0


@pytest.mark.parametrize("arguments", READING, ids=" ".join)
def test_a_folder_that_is_no_repository_is_refused(
    person: Person, bank: Path, arguments: tuple[str, ...], tmp_path: Path
) -> None:
    shutil.copytree(bank / "content", tmp_path / "plain" / "content")
    assert ran(person, tmp_path / "plain", arguments, tmp_path / "out") == refused("NO_REPOSITORY")
    assert not (tmp_path / "out").exists()


def test_a_repository_without_a_commit_is_refused(person: Person, bank: Path, tmp_path: Path) -> None:
    shutil.copytree(bank / "content", tmp_path / "content")
    git(tmp_path, "init", "-q", "--template=", ".")
    assert ran(person, tmp_path, ("check",), tmp_path / "out") == refused("NO_COMMIT")


NO_CONTENT = (("check", "--commit", "HEAD"), *READING[1:])


@pytest.mark.parametrize("arguments", [*NO_CONTENT, ("check",)], ids=" ".join)
def test_a_commit_without_content_is_refused(person: Person, arguments: tuple[str, ...], tmp_path: Path) -> None:
    repository = tmp_path / "empty"
    repository.mkdir()
    (repository / "README.md").write_text("nothing yet\n", encoding="utf-8")
    git(repository, "init", "-q", "--template=", ".")
    commit(repository, "readme")
    assert ran(person, repository, arguments, tmp_path / "out") == refused("NO_CONTENT")
    assert beside(repository) == ["empty"]


def test_a_detached_head_works(person: Person, bank: Path, tmp_path: Path) -> None:
    git(tmp_path, "clone", "-q", str(bank), "clone")
    git(tmp_path / "clone", "checkout", "-q", "--detach")
    assert person.roadmap("-C", tmp_path / "clone", "check").code == 0
    assert person.roadmap("-C", tmp_path / "clone", "history", "mod-basics").code == 0


def test_no_git_is_told(person: Person, bank: Path, tmp_path: Path) -> None:
    done = person.roadmap("-C", bank, "publish", tmp_path / "out", PATH=str(tmp_path))
    assert done.form == refused("NO_GIT")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("arguments", [("check", "--commit", "nonsense"), ("diff", "nonsense..HEAD")], ids=" ".join)
def test_an_unknown_commit_is_told(person: Person, bank: Path, arguments: tuple[str, ...], tmp_path: Path) -> None:
    assert ran(person, bank, arguments, tmp_path) == refused("UNKNOWN_COMMIT")


@pytest.fixture
def forged(bank: Path, tmp_path: Path) -> Path:
    """A repository in which git shows another commit in place of the first one."""
    shutil.copytree(bank, tmp_path / "forged")
    first = git(tmp_path / "forged", "rev-parse", "HEAD").decode().strip()
    commit_again(tmp_path / "forged")
    git(tmp_path / "forged", "replace", first, "HEAD")
    return tmp_path / "forged"


def test_nothing_is_published_or_sealed_where_git_could_lie(
    person: Person, forged: Path, pack: Path, tmp_path: Path
) -> None:
    before = beside(forged)
    sealing = ("seal", str(pack), "-o", "OUT", "--store", str(tmp_path / "store"))
    assert ran(person, forged, ("publish", "OUT"), tmp_path / "out") == refused("TAMPERED")
    assert ran(person, forged, sealing, tmp_path / "out") == refused("TAMPERED")
    assert beside(forged) == before


# -- wrong words on the command line


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("check", "--as-of", "nonsense"), "nonsense"),
        (("check", "--as-of", "2026-02-30"), "2026-02-30"),
        (("check", "--nonsense"), "--nonsense"),
        (("pack", "pck-nonsense"), "pck-q1"),
        (("history", "mod-basic"), 'did you mean "mod-basics"?'),
        (("verify", "x.pdf", "--rebuild"), "--repo"),
    ],
)
def test_wrong_words_are_exit_2_and_name_what_would_be_right(
    person: Person, bank: Path, arguments: tuple[str, ...], said: str
) -> None:
    done = person.roadmap("-C", bank, *arguments)
    assert (done.code, said in done.err, "Traceback" in done.err) == (2, True, False), done.err


# -- the machine


def test_packs_need_pango_and_sites_do_not(bank: Path, tmp_path: Path) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / "sitecustomize.py").write_text(NO_PANGO, encoding="utf-8")
    person = Person(tmp_path)
    path = f"{tmp_path / 'lib'}:{person.environment()['PYTHONPATH']}"
    done = person.roadmap("-C", bank, "pack", PACK, "--output", tmp_path / "out.pdf", PYTHONPATH=path)
    assert done.form == refused("NO_PANGO"), done.err
    assert "apt install" in done.err
    assert not (tmp_path / "out.pdf").exists()
    assert person.roadmap("-C", bank, "build", tmp_path / "site", PYTHONPATH=path).code == 0


@pytest.mark.parametrize("locale", ["C", "POSIX"])
def test_a_locale_without_utf_8_changes_nothing(person: Person, bank: Path, locale: str) -> None:
    plain = person.roadmap("-C", bank, "check")
    other = person.roadmap("-C", bank, "check", LC_ALL=locale, PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert other == plain


def test_a_terminal_that_cannot_write_a_character_is_no_failure(person: Person, bank: Path) -> None:
    done = person.roadmap("-C", bank, "check", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert (done.code, "Traceback" in done.err) == (0, False), done.err


@pytest.mark.parametrize("line", ["{} | head -n 1", "{} >&-", "{} 2>&-"])
def test_a_reader_that_goes_away_is_no_failure(person: Person, bank: Path, line: str) -> None:
    command = f"set -o pipefail; {line.format(f'{sys.executable} -m generator -C {bank} explain --list')}"
    done = person.run(["bash", "-c", command])
    assert (done.code, done.err) == (0, "")


def test_a_full_device_as_output_is_told(person: Person, bank: Path) -> None:
    done = person.run(["sh", "-c", f"{sys.executable} -m generator -C {bank} check >/dev/full"])
    assert done.form == refused("DISK_FULL"), done.err


def test_paths_with_spaces_and_umlauts_work(person: Person, bank: Path, tmp_path: Path) -> None:
    place = tmp_path / "Größe und Maß"
    shutil.copytree(bank, place / "die Bank")
    assert person.roadmap("-C", place / "die Bank", "publish", place / "die Seite").code == 0
    done = person.roadmap("-C", place / "die Bank", "pack", PACK, "--output", place / "das Päckchen.pdf")
    assert (done.code, (place / "das Päckchen.pdf").read_bytes()[:5]) == (0, b"%PDF-"), done.err


@pytest.mark.parametrize("command", ["build", "publish"])
@pytest.mark.parametrize("place", ["file/site", "file/a/b"])
def test_a_site_cannot_stand_below_a_file(person: Person, bank: Path, tmp_path: Path, command: str, place: str) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    assert person.roadmap("-C", bank, command, tmp_path / place).form == refused("NOT_FOUND")
    assert standing(tmp_path) == {"file": b"a file"}


def test_a_site_cannot_take_the_place_of_a_file(person: Person, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    done = person.roadmap("-C", bank, "publish", tmp_path / "file")
    assert (done.code, "is a file" in done.err) == (2, True)
    assert standing(tmp_path) == {"file": b"a file"}


def test_a_pack_cannot_stand_below_a_file(person: Person, bank: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("a file", encoding="utf-8")
    arguments = ("pack", PACK, "--output", str(tmp_path / "file" / "pack.pdf"))
    assert ran(person, bank, arguments, tmp_path) == refused("NOT_FOUND")
    assert standing(tmp_path) == {"file": b"a file"}


# -- keys and settings


def configured(place: Path, text: str) -> str:
    (place / "publish.toml").write_text(text, encoding="utf-8")
    return str(place / "publish.toml")


PEM_SIGNER = """\
[trust]
roots = "roots.pem"
stamp_roots = "roots.pem"
[[sealer]]
common_name = "Northmere test"
[signer]
kind = "pem"
key = "key.pem"
certificate = "roots.pem"
password_env = "SEAL_PASSWORD"
[[tsa]]
url = "https://stamp.northmere.example/tsa"
"""


@pytest.fixture
def secrets(tmp_path: Path) -> Path:
    """A locked key and roots, and the settings that name them."""
    subprocess.run(
        [
            "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-days", "30",
            "-subj", "/CN=Northmere test", "-keyout", "key.pem", "-out", "roots.pem", "-passout", "pass:right",
        ],
        cwd=tmp_path, capture_output=True, check=True,
    )  # fmt: skip
    configured(tmp_path, PEM_SIGNER)
    return tmp_path


@pytest.mark.parametrize(
    ("missing", "password"),
    [("key.pem", {"SEAL_PASSWORD": "right"}), ("", {"SEAL_PASSWORD": "wrong"}), ("", {})],
    ids=["no key file", "wrong pass phrase", "no pass phrase"],
)
def test_no_key_no_seal(person: Person, pack: Path, secrets: Path, missing: str, password: dict[str, str]) -> None:
    if missing:
        (secrets / missing).unlink()
    out, store = secrets / "sealed.pdf", secrets / "store"
    config = str(secrets / "publish.toml")
    done = person.roadmap("seal", pack, "-o", out, "--config", config, "--store", store, **password)
    assert done.form == refused("KEY"), done.err
    assert (out.exists(), store.exists(), "right" in done.err) == (False, False, False)


def test_a_production_pack_is_not_sealed_by_the_demo_authority(person: Person, bank: Path, tmp_path: Path) -> None:
    shutil.copytree(bank, tmp_path / "bank")
    settings = tmp_path / "bank" / "content" / "portal.yaml"
    text = settings.read_text(encoding="utf-8")
    assert "profile: demo" in text
    settings.write_text(text.replace("profile: demo", "profile: production"), encoding="utf-8")
    commit(tmp_path / "bank", "portal: in earnest")
    base = tmp_path / "base.pdf"
    assert person.roadmap("-C", tmp_path / "bank", "pack", PACK, "--output", base).code == 0
    done = person.roadmap("seal", base, "-o", tmp_path / "sealed.pdf", "--store", tmp_path / "store")
    assert done.form == refused("PROFILE"), done.err
    assert beside(base) == ["bank", "base.pdf"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (None, "no such file"),
        ("[signer", "not TOML"),
        ('[store]\nnmae = "x"\n', "did you mean name?"),
        ('[signer]\nkind = "pem"\npassword_env = "A"\npassword_fd = 3\n', "only one of the two"),
    ],
)
def test_settings_that_are_missing_or_contradict_themselves(
    person: Person, pack: Path, tmp_path: Path, text: str | None, said: str
) -> None:
    place = configured(tmp_path, text) if text is not None else str(tmp_path / "publish.toml")
    done = person.roadmap("seal", pack, "-o", tmp_path / "out.pdf", "--config", place)
    assert (done.code in (2, 3), said in done.err, "help:" in done.err) == (True, True, True), done.err
    assert not (tmp_path / "out.pdf").exists()


def test_a_ledger_that_somebody_touched_is_refused(person: Person, bank: Path, pack: Path, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert person.roadmap("-C", bank, "seal", pack, "-o", tmp_path / "sealed.pdf", "--store", store).code == 0
    ledger = store / "ledger.jsonl"
    whole = ledger.read_bytes()
    for broken in (whole.replace(b'"seq":1', b'"seq":2'), whole[:-1], b"nonsense\n"):
        ledger.write_bytes(broken)
        before = standing(store)
        for arguments in (("pack", PACK, "--output", "OUT"), ("seal", str(pack), "-o", "OUT")):
            assert ran(person, bank, (*arguments, "--store", str(store)), tmp_path / "out") == refused("LEDGER_BROKEN")
        assert (standing(store), (tmp_path / "out").exists()) == (before, False)


# -- the disk

MOUNT = "mount -t tmpfs -o size={size} tmpfs {place} && "


def mounted(person: Person, script: str) -> "tuple[int, str]":
    """Run a script in a mount namespace of its own; skips where the machine allows none."""
    if person.run(["unshare", "-rm", "sh", "-c", "mount -t tmpfs none /mnt"]).code != 0:
        pytest.skip("this machine allows no mount namespace")
    done = person.run(["unshare", "-rm", "bash", "-c", script])
    return done.code, done.out + done.err


ROADMAP = f"{sys.executable} -m generator"


JOBS = {  # what stands there before, and the command that would replace it
    "publish": ("cp -r {site} {place}/it", "-C {bank} publish {place}/it"),
    "build": ("cp -r {site} {place}/it", "-C {bank} build {place}/it"),
    "pack": ("echo old > {place}/it", "-C {bank} pack pck-q1 --output {place}/it"),
    "seal": (
        "echo old > {place}/it; mkdir {place}/store; touch {place}/store/.lock",
        "-C {bank} seal {pack} -o {place}/it --store {place}/store",
    ),
}


@pytest.fixture
def names(bank: Path, site: Path, pack: Path, tmp_path: Path) -> dict[str, Path]:
    """The paths that the jobs name."""
    return {"bank": bank, "site": site, "pack": pack, "place": tmp_path}


@pytest.mark.parametrize("job", JOBS)
@pytest.mark.parametrize("state", ["full", "read-only"])
def test_a_full_or_read_only_disk_leaves_what_stood_there(
    person: Person, names: dict[str, Path], tmp_path: Path, job: str, state: str
) -> None:
    first, command = (part.format(**names) for part in JOBS[job])
    full = f"head -c 1G /dev/zero > {tmp_path}/filler 2>/dev/null; truncate -s -20K {tmp_path}/filler"
    spoilt = full if state == "full" else f"mount -o remount,ro {tmp_path}"
    listing = f"(cd {tmp_path} && find . -name filler -o -type f -print0 | sort -z | xargs -0 sha256sum; ls -A)"
    code, said = mounted(
        person,
        MOUNT.format(size="16M", place=tmp_path) + f"{{ {first}; {spoilt}; {listing} > {person.home}/before;"
        f" {ROADMAP} {command}; code=$?; {listing} > {person.home}/after;"
        f" diff {person.home}/before {person.home}/after && exit $code; exit 99; }}",
    )
    assert (code, "Traceback" in said) == (3, False), said
    assert f"reason: {'DISK_FULL' if state == 'full' else 'READ_ONLY'}" in said
    assert "help: " in said


# -- the end comes early


def after(seconds: float, running: "subprocess.Popen[bytes]") -> None:
    """Wait until a command has computed for so long: on a busy machine a clock would tell of an unborn interpreter."""
    stat = Path(f"/proc/{running.pid}/stat")
    while running.poll() is None:
        user, system = stat.read_text(encoding="ascii").rpartition(")")[2].split()[11:13]
        if (int(user) + int(system)) / os.sysconf("SC_CLK_TCK") >= seconds:
            return
        time.sleep(0.01)


def copied(site: Path, place: Path) -> Path:
    """A published site with a word in it that tells it from the next."""
    shutil.copytree(site, place / "site")
    return place / "site"


@pytest.mark.parametrize("seconds", [0.15, 0.6, 1.0, 1.4, 1.8])
def test_ctrl_c_leaves_the_old_site_or_the_new_one(
    person: Person, bank: Path, site: Path, tmp_path: Path, seconds: float
) -> None:
    target = copied(site, tmp_path)
    running = person.started("-C", bank, "publish", target)
    after(seconds, running)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert (running.returncode in (0, 130), b"Traceback" in err) == (True, False), err
    assert standing(target) == standing(site)
    assert beside(target) == ["site"]


@pytest.mark.parametrize("seconds", [0.15, 1.2])
def test_ctrl_c_leaves_the_old_pack(person: Person, bank: Path, tmp_path: Path, seconds: float) -> None:
    target = tmp_path / "pack.pdf"
    target.write_bytes(b"old")
    running = person.started("-C", bank, "pack", PACK, "--output", target)
    after(seconds, running)
    running.send_signal(signal.SIGINT)
    _, err = running.communicate(timeout=60)
    assert (running.returncode, b"Traceback" in err) == (130, False), err
    assert (target.read_bytes(), beside(target)) == (b"old", ["pack.pdf"])


def test_a_killed_publish_leaves_a_whole_site_and_the_next_one_clears_up(
    person: Person, bank: Path, site: Path, tmp_path: Path
) -> None:
    target = copied(site, tmp_path)
    (tmp_path / ".site.backup").mkdir()
    (tmp_path / ".site.backup" / "thesis.txt").write_text("years of work", encoding="utf-8")
    for number in range(10):
        running = person.started("-C", bank, "publish", target)
        with contextlib.suppress(subprocess.TimeoutExpired):
            running.communicate(timeout=0.3 + 0.17 * number)
        running.kill()
        running.communicate()
        assert standing(target) == standing(site)
    assert person.roadmap("-C", bank, "publish", target).code == 0
    assert beside(target) == [".site.backup", "site"]
    assert (tmp_path / ".site.backup" / "thesis.txt").is_file()


def test_two_publishes_at_once_both_succeed(person: Person, bank: Path, site: Path, tmp_path: Path) -> None:
    target = copied(site, tmp_path)
    both = [person.started("-C", bank, "publish", target) for _ in range(2)]
    said = [running.communicate(timeout=120) for running in both]
    assert [running.returncode for running in both] == [0, 0], said
    assert standing(target) == standing(site)
    assert beside(target) == ["site"]
