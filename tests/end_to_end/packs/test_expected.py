"""What the repository says a pack should be: told without printing it again."""

import io
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pikepdf
import pytest

from generator.bootstrap import expected_pack, pack_theme, world
from generator.commands.pack import base_pack, request_for
from generator.errors import UsageError
from generator.evidence.expected import Expected, listing_faults, request_faults
from generator.evidence.facts import property_of
from generator.evidence.manifest import MANIFEST_FILE, Manifest
from generator.evidence.request import PackRequest
from generator.evidence.verdict import Fault
from tests.end_to_end.packs.conftest import git

SECRET = "content/notes/nte-secret.md"


def _manifest(pack: bytes) -> Manifest:
    with pikepdf.open(io.BytesIO(pack)) as opened:
        return Manifest.from_bytes(bytes(opened.attachments[MANIFEST_FILE].get_file().read_bytes()))


def _paths(faults: Iterable[Fault]) -> list[str]:
    return [detail.split()[0] for _, detail in faults]


def test_a_pack_as_it_is_printed_is_as_expected(repository: Path, request_: PackRequest, pack: bytes) -> None:
    expected = expected_pack(str(repository), request_)
    assert (*request_faults(request_, expected), *listing_faults(_manifest(pack), expected)) == ()
    assert (expected.as_of, expected.audience, expected.profile) == (date(2026, 2, 20), "internal", "demo")


def test_a_source_left_out_or_added_is_named(repository: Path, request_: PackRequest, pack: bytes) -> None:
    expected, manifest = expected_pack(str(repository), request_), _manifest(pack)
    first, *rest = sorted(manifest.sources, key=lambda each: each.path)
    shorter = replace(manifest, sources=tuple(rest))
    assert _paths(listing_faults(shorter, expected)) == ["content/" + first.path]
    longer = replace(manifest, sources=(*manifest.sources, replace(first, path="notes/nte-none.md")))
    assert _paths(listing_faults(longer, expected)) == ["content/notes/nte-none.md"]


@pytest.fixture(scope="module")
def classified(make_repository: Callable[[], Path]) -> Path:
    """The programme with a restricted note."""
    folder = make_repository()
    note = "---\nid: nte-secret\ntitle: S\ntopic: context\nclassification: restricted\n---\nS\n"
    (folder / SECRET).write_text(note, encoding="ascii")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--message", "notes: a restricted one")
    return folder


def test_what_the_audience_may_not_know_of_is_not_expected(classified: Path) -> None:
    asked = request_for(world(str(classified)), "pck-everything")
    narrow, wide = (_expected(classified, asked, audience) for audience in ("internal", "restricted"))
    assert (SECRET in narrow.listed, SECRET in wide.listed) == (False, True)
    assert (SECRET in narrow.attached, SECRET in wide.attached) == (False, True)


def _expected(folder: Path, asked: PackRequest, audience: str) -> Expected:
    return expected_pack(str(folder), replace(asked, audience=audience))


def test_a_wider_audience_than_the_records_is_a_fault(classified: Path) -> None:
    asked = replace(request_for(world(str(classified)), "pck-everything"), audience="restricted")
    (fault,) = request_faults(asked, expected_pack(str(classified), asked))
    assert fault[1] == "audience is restricted, the record of pck-everything at its commit says internal"


def test_a_pack_that_the_commit_does_not_have_is_told(repository: Path, request_: PackRequest) -> None:
    with pytest.raises(UsageError, match='there is no pack "pck-none" at this commit'):
        expected_pack(str(repository), replace(request_, pack="pck-none"))


def test_another_day_than_the_packs_own_gives_a_draft(repository: Path) -> None:
    home = world(str(repository))
    asked = request_for(home, "pck-everything", as_of=date(2026, 2, 27))
    (fault,) = request_faults(asked, expected_pack(str(repository), asked))
    assert fault[0] == "REQUEST_DIFFERS"
    assert property_of(base_pack(home, pack_theme(), asked), "draft") == "true"
