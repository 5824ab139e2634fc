"""What somebody with a key, a ledger or a clock of his own could try; each attempt and what the verdict is."""

import io
from pathlib import Path

import pikepdf
import pytest

from generator.adapters.inspection import PackInspector
from generator.adapters.signing import PadesSigner
from generator.adapters.store import FolderStore
from generator.commands.issue import issue
from generator.commands.seal import Sealed, seal
from generator.evidence.ledger import Ledger
from generator.evidence.trust import NOBODY
from generator.evidence.verdict import Outcome, Verdict
from tests.end_to_end.seal.conftest import FILES, Bench, Git

SOURCE = "roadmap/roadmap.yaml"


def _faults(verdict: Verdict) -> list[tuple[int, str]]:
    return [(step.number, step.reason) for step in verdict.steps if step.outcome is not Outcome.PASSED]


def _issued_unjudged(bench: Bench, base: bytes, store: FolderStore) -> bytes:
    """Sealed with the right key and entered in the ledger by somebody who leaves every check out."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(PadesSigner, "_judge", lambda *_: None)
        data = bench.signer().seal(base)
    issue(store, data, PackInspector().facts(data, bench.authority.trust()))
    return data


def test_an_attachment_swapped_before_the_seal_fails_without_a_rebuild(bench: Bench, tmp_path: Path) -> None:
    store = FolderStore(tmp_path)
    base = bench.printed(bench.request(), swapped={SOURCE: b"phases: [everything, done]\n"})
    verdict = bench.verdict(_issued_unjudged(bench, base, store), ledger=store.ledger, rebuild=lambda _: base)
    assert _faults(verdict) == [(1, "ATTACHMENT_DIFFERS")], list(verdict.lines())


def _with_hidden_file(base: bytes) -> bytes:
    """The base with a file that hangs on a page and stands in no list."""
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(base)) as pdf:
        stream = pdf.make_stream(b"what nobody should see")
        specification = pikepdf.Dictionary(Type=pikepdf.Name.Filespec, UF="hidden.txt", EF=pikepdf.Dictionary(F=stream))
        note = pikepdf.Dictionary(Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.FileAttachment, FS=specification)
        page = pdf.pages[0].obj
        page.Annots = pikepdf.Array([*page.get("/Annots", pikepdf.Array()), pdf.make_indirect(note)])
        pdf.save(output)
    return output.getvalue()


def test_a_file_that_hangs_elsewhere_than_in_the_list_is_found(bench: Bench, base: bytes) -> None:
    facts = PackInspector().facts(_with_hidden_file(base), bench.authority.trust())
    assert facts.problem == ""
    assert facts.active == ("a file that is not in the list, 'hidden.txt'",)
    assert PackInspector().facts(base, bench.authority.trust()).active == ()


@pytest.mark.parametrize(
    ("action", "found"),
    [
        (b"<< /S /JavaScript /JS (app.alert\\(1\\)) >>", ("/JS", "/JavaScript")),
        (b"<< /S /J#61vaScript /JS (x) >>", ("/JS", "/JavaScript")),
        (b"<< /S /Launch /F (/bin/sh) >>", ("/Launch",)),
        (b"<< /S /GoToR /F (other.pdf) >>", ("/GoToR",)),
        (b"<< /S /SubmitForm /F (https://elsewhere.example/) >>", ("/SubmitForm",)),
        (b"<< /S /URI /URI (file:///etc/passwd) >>", ("a link to file:///etc/passwd",)),
        (b"<< /S /URI /URI ( JavaScript:void) >>", ("a link to javascript:void",)),
        (b"<< /S /GoTo /D [0] /Next << /S /Launch >> >>", ("/Launch",)),
        (b"<< /S /URI /URI (https://northmere.example/) >>", ()),
    ],
)
@pytest.mark.parametrize("indirect", [True, False])
def test_what_runs_or_leads_to_this_machine_is_found(
    base: bytes, action: bytes, found: tuple[str, ...], indirect: bool
) -> None:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(base)) as pdf:
        opened = pikepdf.Object.parse(action)
        pdf.Root.OpenAction = pdf.make_indirect(opened) if indirect else opened
        pdf.save(output)
    assert PackInspector().facts(output.getvalue(), NOBODY).active == found


def test_the_ledger_of_another_repository_does_not_know_the_pack(bench: Bench, sealed: Sealed, tmp_path: Path) -> None:
    other = FolderStore(tmp_path)
    _issued_unjudged(bench, bench.printed(bench.request(pack="pck-other")), other)
    verdict = bench.verdict(sealed.data, ledger=other.ledger)
    assert _faults(verdict) == [(8, "NOT_ISSUED")]


@pytest.fixture
def two(fresh_bench: Bench, git: Git) -> tuple[Bench, Sealed, Sealed]:
    """A pack issued twice, a commit between the two."""
    bench, inspector = fresh_bench, PackInspector()
    first = seal(bench.printed(bench.request()), bench.signer(), inspector, bench.store)
    git("commit", "-q", "--allow-empty", "-m", "A week later")
    request = bench.request(since=first.line.commit, previous=Ledger.parse(bench.store.ledger()).proof())
    return bench, first, seal(bench.printed(request), bench.signer(), inspector, bench.store)


def test_an_older_issue_passed_as_the_newest_names_the_newer_one(two: tuple[Bench, Sealed, Sealed]) -> None:
    bench, first, _ = two
    verdict = bench.verdict(first.data)
    assert verdict.outcome is Outcome.PASSED
    assert verdict.steps[7].detail.endswith("; pck-sample was issued again as line 2")


@pytest.mark.parametrize(
    ("kept", "reasons"),
    [
        ((0,), [(8, "NOT_ISSUED")]),
        ((1,), [(6, "LEDGER_BROKEN"), (8, "LEDGER_BROKEN")]),
        ((1, 0), [(6, "LEDGER_BROKEN"), (8, "LEDGER_BROKEN")]),
        ((0, 1), []),
    ],
    ids=["cut short", "without its first line", "turned round", "whole"],
)
def test_a_ledger_that_was_cut_fails(
    two: tuple[Bench, Sealed, Sealed], kept: tuple[int, ...], reasons: list[tuple[int, str]]
) -> None:
    bench, _, second = two
    lines = bench.store.ledger().splitlines(keepends=True)
    verdict = bench.verdict(second.data, ledger=lambda: b"".join(lines[number] for number in kept))
    assert _faults(verdict) == reasons, list(verdict.lines())


def test_a_line_rewritten_behind_a_pack_is_a_fork(two: tuple[Bench, Sealed, Sealed], tmp_path: Path) -> None:
    bench, _, second = two
    forked = FolderStore(tmp_path)
    _issued_unjudged(bench, bench.printed(bench.request(commit=second.line.commit)), forked)
    data = b"".join((forked.ledger(), second.line.to_bytes().replace(
        second.line.prev.encode(), Ledger.parse(forked.ledger()).head.encode()), b"\n"))  # fmt: skip
    verdict = bench.verdict(second.data, ledger=lambda: data)
    assert verdict.steps[5].outcome is Outcome.FAILED
    assert "the ledger does not continue the one that the pack was printed with" in verdict.steps[5].detail


def test_a_seal_of_before_its_commit_fails(fresh_bench: Bench, git: Git) -> None:
    bench = fresh_bench
    (bench.repository / "content" / SOURCE).write_text(FILES[SOURCE] + "# later\n", "utf-8")
    git("commit", "-q", "-a", "-m", "Dated after the seal", "--date", "2031-01-01T00:00:00Z")
    commit = git("cat-file", "commit", "HEAD")
    forged = commit.rpartition("committer ")
    late = forged[0] + forged[1] + forged[2].replace("1795167000", "1924992000", 1)
    (bench.repository / "late").write_text(late, "utf-8")
    git("update-ref", "refs/heads/main", git("hash-object", "-t", "commit", "-w", "late").strip())
    data = _issued_unjudged(bench, bench.printed(bench.request()), bench.store)
    assert (6, "COMMIT_AFTER_SEAL") in _faults(bench.verdict(data))
