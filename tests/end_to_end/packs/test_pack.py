"""The base pack as a reader, a validator and a verifier see it."""

import html
import io
import json
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import page
import pikepdf
import pytest
from pypdf import PdfReader

from generator.adapters.work_tree import blob_id
from generator.bootstrap import pack_theme, print_pack, world
from generator.commands.pack import base_pack, request_for
from generator.errors import ContentError, HistoryError, UsageError
from generator.evidence.facts import property_of
from generator.evidence.manifest import Manifest
from generator.evidence.request import PackRequest
from tests.end_to_end.packs.conftest import git

PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)
# qpdf writes one line feed after a stream. Where the data themselves end with a carriage return, the validator takes
# both for the end of line and finds the stream a byte short; veraPDF goes by the stream's own /Length.
SHORT = "pck-q1"
"""A pack of few sections, for what has nothing to do with them."""
AMBIGUOUS = {"PDFA3A-STREAM-LENGTH-001"}


@pytest.fixture(scope="module")
def reader(pack: bytes) -> PdfReader:
    """The pack, opened for reading."""
    return PdfReader(io.BytesIO(pack))


@pytest.fixture(scope="module")
def words(reader: PdfReader) -> list[str]:
    """The words of each page."""
    return [" ".join(each.extract_text().split()) for each in reader.pages]


@pytest.fixture
def attachments(pack: bytes) -> Iterator[dict[str, bytes]]:
    """Name -> bytes of what is attached."""
    with pikepdf.open(io.BytesIO(pack)) as pdf:
        yield {name: bytes(spec.get_file().read_bytes()) for name, spec in pdf.attachments.items()}


def failures(data: bytes) -> set[str]:
    """The rules of PDF/A-3a and PDF/UA-1 that a file breaks, by page-validation's names."""
    reports = [page.validate_pdf_bytes(data, profile=profile) for profile in PROFILES]
    return {failure.rule_id for report in reports for failure in report.failures}


def test_one_file_keeps_both_standards(pack: bytes) -> None:
    found = failures(pack)
    assert found <= (AMBIGUOUS if b"\r\nendstream" in pack else set())


@pytest.mark.outside
def test_only_the_bundled_families_are_in_it(pack: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack)
    lines = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    families = {line.split()[0].partition("+")[2] for line in lines}
    assert {name for name in families if not name.startswith(("Pack-Sans", "Pack-Serif", "Pack-Mono"))} == set()
    assert all("yes yes yes" in line for line in lines)


@pytest.mark.outside
def test_qpdf_finds_no_fault(pack: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_the_attached_sources_are_the_blobs_of_the_commit(
    attachments: dict[str, bytes], repository: Path, request_: PackRequest
) -> None:
    listed = git(repository, "ls-tree", "-r", request_.commit, "--", "content").splitlines()
    blobs = {line.split("\t")[1]: line.split()[2] for line in listed}
    sources = {name: data for name, data in attachments.items() if name.startswith("content/")}
    assert {name: blob_id(data) for name, data in sources.items()} == blobs
    assert attachments.keys() - sources.keys() == {"manifest.json", "request.json"}


def test_manifest_and_request_are_attached_and_name_what_is_attached(
    attachments: dict[str, bytes], request_: PackRequest
) -> None:
    manifest = Manifest.from_bytes(attachments["manifest.json"])
    assert set(manifest.attachments) == attachments.keys()
    assert manifest.commit == request_.commit
    assert PackRequest.from_bytes(attachments["request.json"]) == request_


@pytest.mark.skipif(shutil.which("qpdf") is None, reason="qpdf is not installed")
def test_the_printed_commands_take_out_every_source(attachments: dict[str, bytes], pack: bytes, tmp_path: Path) -> None:
    template = Path("theme/packs/how-to-verify.html").read_text(encoding="utf-8")
    blocks = [html.unescape(each) for each in re.findall(r"<pre>(.*?)</pre>", template, re.DOTALL)]
    script = next(each for each in blocks if "sources" in each).replace("{{ source.pack.id }}", "pck-everything")
    (tmp_path / "pck-everything.pdf").write_bytes(pack)
    done = subprocess.run(["sh", "-ec", script], cwd=tmp_path, capture_output=True, text=True, check=True)
    found = {name: (tmp_path / "sources" / name).read_bytes() for name in attachments}
    assert found == attachments
    assert {blob_id(data) for data in found.values()} <= set(done.stdout.split())


def test_document_control_counts_the_sources_alone(words: list[str], attachments: dict[str, bytes]) -> None:
    assert f"{len(attachments) - 2} sources, request, manifest" in words[1].replace("\u00a0", " ")


def test_a_year_is_no_amount(words: list[str]) -> None:
    assert not re.search(r"year 2,0\d\d", " ".join(words))


def test_the_attached_request_gives_the_same_bytes(
    attachments: dict[str, bytes], repository: Path, pack: bytes
) -> None:
    assert print_pack(str(repository), PackRequest.from_bytes(attachments["request.json"])) == pack


def test_every_page_but_the_cover_tells_its_number_and_the_pack(words: list[str], request_: PackRequest) -> None:
    total = len(words)
    assert all(f"Page {number} of {total}" in text for number, text in enumerate(words[1:], start=2))
    assert all(f"pck-everything · as of 20 Feb 2026 · commit {request_.commit[:8]}" in text for text in words[1:])
    assert all("INTERNAL · DEMO" in text for text in words[1:])


def test_the_contents_give_the_pages_of_the_sections(reader: PdfReader, words: list[str]) -> None:
    pages = {
        str(item["/Title"]): (reader.get_destination_page_number(item) or 0) + 1
        for item in reader.outline
        if not isinstance(item, list)
    }
    contents = next(text for text in words if "Bookmarks in the file follow" in text)
    numbered = {title: number for title, number in pages.items() if title[0].isdigit()}
    assert len(numbered) > 20
    assert all(f"{title} " in contents and f" {number}" in contents for title, number in numbered.items())


def test_the_bookmarks_are_the_sections(reader: PdfReader, golden: Callable[[str, str], None]) -> None:
    lines = [str(item["/Title"]) for item in reader.outline if not isinstance(item, list)]
    golden("pack-bookmarks.txt", "\n".join(lines) + "\n")


def test_the_cover_says_that_it_is_a_demonstration(words: list[str]) -> None:
    assert "Not a qualified signature" in words[0]


def test_the_manifest_prints_every_file_with_its_digests(words: list[str], attachments: dict[str, bytes]) -> None:
    text = "".join(words).replace(" ", "")
    rows = json.loads(attachments["manifest.json"])["sources"]
    assert all(row["sha256"] in text and row["blob"] in text and row["path"] in text for row in rows)


def test_every_kind_of_record_is_printed(words: list[str], attachments: dict[str, bytes]) -> None:
    text = " ".join(words)
    titles = ("Role and module matrix", "Sponsors", "Champions", "Scenarios", "Budget", "Notes", "Working days")
    assert [title for title in titles if title not in text] == []
    assert attachments


def test_content_with_errors_is_refused_and_gives_a_draft_only_when_asked(
    make_repository: Callable[[], Path],
) -> None:
    folder = make_repository()
    roles = folder / "content" / "registers" / "roles.yaml"
    roles.write_text(roles.read_text(encoding="utf-8").replace("line_of_defence: 1", "line_of_defence: 7", 1))
    git(folder, "commit", "--quiet", "--all", "--message", "roles: a mistake")
    home = world(str(folder))
    asked = request_for(home, SHORT)
    with pytest.raises(ContentError):
        base_pack(home, pack_theme(), asked)
    printed = base_pack(home, pack_theme(), asked, draft=True)
    assert property_of(printed, "draft") == "true"
    draft = PdfReader(io.BytesIO(printed))
    assert "DRAFT" in draft.pages[0].extract_text()
    assert "INTERNAL · DEMO · DRAFT" in draft.pages[1].extract_text()


def test_an_error_that_the_audience_may_not_read_makes_a_draft_all_the_same(
    make_repository: Callable[[], Path],
) -> None:
    folder = make_repository()
    note = folder / "content" / "notes" / "nte-secret.md"
    note.write_text(
        "---\nid: nte-secret\ntitle: S\ntopic: context\nclassification: restricted\nlinks: [rol-none]\n---\nS\n"
    )
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "notes: a restricted one with a mistake")
    home = world(str(folder))
    printed = base_pack(home, pack_theme(), request_for(home, SHORT), draft=True)
    assert property_of(printed, "draft") == "true"
    cover = " ".join(PdfReader(io.BytesIO(printed)).pages[0].extract_text().split())
    assert "has 1 error. Those about records shown here" in cover


def test_what_the_audience_may_not_read_is_neither_printed_nor_attached(
    make_repository: Callable[[], Path],
) -> None:
    folder = make_repository()
    note = folder / "content" / "notes" / "nte-secret.md"
    secret = "Withheld from everyone"
    note.write_text(
        f"---\nid: nte-secret\ntitle: {secret}\ntopic: context\nclassification: restricted\n---\n{secret}\n"
    )
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "notes: a restricted one")
    data = print_pack(str(folder), request_for(world(str(folder)), SHORT))
    with pikepdf.open(io.BytesIO(data)) as pdf:
        assert "content/notes/nte-secret.md" not in pdf.attachments
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(data)).pages)
    assert secret not in text
    assert "above the audience" in text
    assert "nte-secret" not in text  # a file that is named after a withheld record would tell of it


def test_changes_since_the_last_issue_are_told(make_repository: Callable[[], Path]) -> None:
    folder = make_repository()
    first = git(folder, "rev-parse", "HEAD")
    roadmap = folder / "content" / "registers" / "roles.yaml"
    roadmap.write_text(roadmap.read_text(encoding="utf-8") + "\n# a comment has no meaning\n")
    git(folder, "commit", "--quiet", "--all", "--message", "roles: a comment")
    home = world(str(folder))
    asked = replace(request_for(home, "pck-everything"), since=first)
    text = " ".join(each.extract_text() for each in PdfReader(io.BytesIO(base_pack(home, pack_theme(), asked))).pages)
    assert "From the previous issue" in text
    assert "0\u00a0records changed in meaning" in text


def test_a_previous_issue_from_elsewhere_is_refused(repository: Path, request_: PackRequest) -> None:
    with pytest.raises(HistoryError) as caught:
        print_pack(str(repository), replace(request_, since="1" * 40))
    assert caught.value.reason == "SINCE_NOT_ANCESTOR"


def test_an_unknown_pack_names_those_there_are(repository: Path) -> None:
    with pytest.raises(UsageError, match="there is no pack") as caught:
        request_for(world(str(repository)), "pck-nowhere")
    assert "pck-everything" in caught.value.remedy
