"""The base pack: the eight fixes, each with a test that fails without it, the locks, the same bytes everywhere."""

import hashlib
import io
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import page
import pikepdf
import pytest

from generator.adapters.pdf import WeasyPrinter
from generator.errors import PrintError
from generator.ports import Attachment, SignatureField
from tests.sample_pack import HTML, STYLE, THEME, sample_job

PROFILES = (page.ValidationProfile.PDF_A_3A, page.ValidationProfile.PDF_UA_1)


@pytest.fixture(scope="module")
def printer() -> WeasyPrinter:
    """The printer with the fonts of this checkout."""
    return WeasyPrinter(THEME)


@pytest.fixture(scope="module")
def pack(printer: WeasyPrinter) -> bytes:
    """The sample pack."""
    return printer.print(sample_job())


@pytest.fixture
def pdf(pack: bytes) -> Iterator[pikepdf.Pdf]:
    """The sample pack, opened."""
    with pikepdf.open(io.BytesIO(pack)) as opened:
        yield opened


def failures(data: bytes) -> set[str]:
    """The rules of PDF/A-3a and PDF/UA-1 that a file breaks, by page-validation's names."""
    found: set[str] = set()
    for profile in PROFILES:
        found |= {failure.rule_id for failure in page.validate_pdf_bytes(data, profile=profile).failures}
    return found


def test_one_file_claims_and_keeps_two_standards(pack: bytes) -> None:
    # fix 1: WeasyPrint's own option would append a second rdf:RDF that validators do not read
    assert failures(pack) == set()
    assert pack.count(b"<rdf:RDF ") == 1
    assert b'pdfuaid:part="1"' in pack
    assert b'pdfaid:part="3"' in pack


def test_properties_stand_readable_in_the_metadata(pack: bytes) -> None:
    assert b"<ep:pack>pck-sample</ep:pack>" in pack
    assert b"<ep:pages>2</ep:pages>" in pack


@pytest.mark.outside
def test_text_in_charts_is_set_in_a_bundled_font(pack: bytes, tmp_path: Path) -> None:
    # fix 2: the sample's SVG names no font
    assert "font-family" not in HTML
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack)
    lines = subprocess.run(["pdffonts", path], capture_output=True, text=True, check=True).stdout.splitlines()[2:]
    names = {line.split()[0].partition("+")[2] for line in lines}
    assert names
    assert {name for name in names if not name.startswith("Pack-")} == set()
    assert all("yes yes yes" in line for line in lines)


def test_a_character_that_no_bundled_font_has_is_refused(printer: WeasyPrinter) -> None:
    # fix 2: with system fonts one of them would be taken, another on each machine
    with pytest.raises(PrintError, match=r"no bundled font has 1 of the pack's characters: U\+6F22") as caught:
        printer.print(sample_job(HTML.replace("Sample pack</h1>", "Sample pack \u6f22</h1>")))
    assert caught.value.reason == "GLYPHS"


def test_attachments_carry_the_commits_date_and_the_given_type(pdf: pikepdf.Pdf) -> None:
    # fix 3
    names = [str(item) for item in pdf.Root.Names.EmbeddedFiles.Names][0::2]
    specs: list[Any] = list(pdf.Root.AF)
    assert names == ["copy-of-roadmap.yaml", "manifest.json", "roadmap.yaml"]
    assert [str(spec.UF) for spec in specs] == names
    assert [str(spec.AFRelationship) for spec in specs] == ["/Data", "/Data", "/Source"]
    assert [str(spec.EF.F.Subtype) for spec in specs] == ["/application/yaml", "/application/json", "/application/yaml"]
    assert {str(spec.EF.F.Params.ModDate) for spec in specs} == {"D:20261120093000Z"}


def test_no_object_stream_holds_more_than_a_hundred_objects(printer: WeasyPrinter) -> None:
    # fix 4
    rows = "".join(f'<tr><th scope="row">Row {number}</th><td>{number}</td></tr>' for number in range(200))
    data = printer.print(sample_job(HTML.replace("<tbody>", f"<tbody>{rows}")))
    sizes = [int(size) for size in re.findall(rb"/Type /ObjStm[^>]*?/N (\d+)", data)]
    assert len(sizes) > 3
    assert max(sizes) <= 100


def test_every_field_stands_in_the_base_tagged_and_printable(pack: bytes, pdf: pikepdf.Pdf) -> None:
    # fix 7: validators refuse widgets that are not in the structure tree
    fields: list[Any] = list(pdf.Root.AcroForm.Fields)
    assert [str(field.T) for field in fields][:3] == ["Seal", "Approver1", "ArchiveTimestamp01"]
    assert all(int(field.F) == 132 and "/TU" in field and "/N" in field.AP for field in fields)
    assert len({int(field.StructParent) for field in fields}) == len(fields)
    assert failures(_untagged(pack)) != set()


def _untagged(data: bytes) -> bytes:
    output = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        for field in opened.Root.AcroForm.Fields:
            del field.StructParent
        opened.save(output)
    return output.getvalue()


def test_a_structure_element_points_at_its_widget_directly(pdf: pikepdf.Pdf) -> None:
    # fix 8; test_fix_8 in test_seal.py shows what an array does to a seal
    element: Any = pdf.Root.StructTreeRoot.K[0]
    forms = [kid for kid in element.K if str(kid.get("/S", "")) == "/Form"]
    assert len(forms) == 10
    assert all(isinstance(form.K, pikepdf.Dictionary) and str(form.K.Type) == "/OBJR" for form in forms)


def test_fields_stand_where_the_page_puts_them(pdf: pikepdf.Pdf) -> None:
    seal: Any = pdf.Root.AcroForm.Fields[0]
    left, bottom, right, top = (float(side) for side in seal.Rect)
    assert (right - left, top - bottom) == pytest.approx((200, 50), abs=0.01)
    assert left == pytest.approx(20 / 25.4 * 72 + 6, abs=0.01)  # the page's margin and the body's


@pytest.mark.outside
def test_qpdf_finds_no_fault(pack: bytes, tmp_path: Path) -> None:
    path = tmp_path / "pack.pdf"
    path.write_bytes(pack)
    done = subprocess.run(["qpdf", "--check", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


@pytest.mark.parametrize(
    "hostile",
    [
        '<img alt="x" src="file:///etc/passwd">',
        '<img alt="x" src="http://127.0.0.1:9/x.png">',
        '<link rel="stylesheet" href="http://127.0.0.1:9/x.css">',
        '<link rel="attachment" href="file:///etc/passwd">',
        '<a rel="attachment" href="file:///etc/passwd">x</a>',
        '<style>@import "http://127.0.0.1:9/x.css";</style>',
        "<style>@font-face { font-family: X; src: url(http://127.0.0.1:9/x.ttf) } p { font-family: X }</style>",
        "<style>body { background: url(file:///etc/passwd) }</style>",
        '<object data="file:///etc/passwd"></object>',
        '<embed src="file:///etc/passwd">',
        '<svg viewBox="0 0 9 9"><title>x</title><image href="file:///etc/passwd" width="9" height="9"/></svg>',
        '<img alt="x" src="data:image/svg+xml,%3Csvg/%3E">',
        '<img alt="x" src="fonts/Inter-Regular.ttf">',
    ],
)
def test_nothing_outside_the_job_is_read(printer: WeasyPrinter, hostile: str) -> None:
    with pytest.raises(PrintError) as caught:
        printer.print(sample_job(HTML.replace("<nav>", f"{hostile}<nav>")))
    assert caught.value.reason in ("ASSET", "LAYOUT")


def test_a_link_to_nowhere_is_refused(printer: WeasyPrinter) -> None:
    with pytest.raises(PrintError, match="nowhere") as caught:
        printer.print(sample_job(HTML.replace("#kpi", "#nowhere")))
    assert caught.value.reason == "LAYOUT"


def test_a_font_that_cannot_be_loaded_is_refused(printer: WeasyPrinter) -> None:
    job = sample_job()
    broken = {**job.assets, "asset:fonts/SourceSerif4-Regular.ttf": b"no font"}
    with pytest.raises(PrintError, match="Font-face"):
        printer.print(replace(job, assets=broken))


def test_a_field_without_its_place_is_refused(printer: WeasyPrinter) -> None:
    with pytest.raises(PrintError, match="no element has the id 'nowhere'"):
        printer.print(sample_job(fields=(SignatureField("Seal", "Seal", "nowhere", 10, 10),)))


def test_a_property_that_xml_cannot_name_is_refused(printer: WeasyPrinter) -> None:
    with pytest.raises(PrintError, match="cannot name an XMP property"):
        printer.print(sample_job(properties={"not a name": "x"}))


def test_hostile_text_in_properties_and_names_stays_text(printer: WeasyPrinter) -> None:
    attachment = Attachment("a)(<>/é.yaml", b"x", "</rdf:RDF>", "Source", "application/yaml")
    data = printer.print(sample_job(attachments=(attachment,), properties={"pack": "</rdf:RDF><x>&"}))
    with pikepdf.open(io.BytesIO(data)) as opened:
        assert list(opened.attachments) == ["a)(<>/é.yaml"]
    assert failures(data) == set()


_ENVIRONMENTS: tuple[dict[str, str], ...] = (
    {},
    {"TZ": "Asia/Tokyo", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "7", "HOME": "/nonexistent"},
    {"TZ": "America/New_York", "LANG": "de_DE.UTF-8", "PYTHONHASHSEED": "1", "SOURCE_DATE_EPOCH": "1"},
    {"FONTCONFIG_FILE": "/etc/fonts/fonts.conf", "PYTHONOPTIMIZE": "1", "XDG_CACHE_HOME": "/nonexistent"},
)
_PRINT = """
import hashlib, os, sys
os.umask(int(sys.argv[1], 8))
from generator.adapters.pdf import WeasyPrinter
from tests.sample_pack import THEME, sample_job
print(hashlib.sha256(WeasyPrinter(THEME).print(sample_job())).hexdigest())
"""


@pytest.mark.parametrize("environment", _ENVIRONMENTS)
def test_the_bytes_are_the_same_everywhere(
    pack: bytes, root: Path, tmp_path: Path, environment: dict[str, str]
) -> None:
    kept = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-c", _PRINT, "077" if environment else "022"]
    done = subprocess.run(
        command, cwd=tmp_path, env={**kept, **environment}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == hashlib.sha256(pack).hexdigest()


@pytest.mark.parametrize("before", [None, "/etc/fonts/fonts.conf"])
def test_printing_leaves_the_environment_of_the_process_alone(
    printer: WeasyPrinter, monkeypatch: pytest.MonkeyPatch, before: str | None
) -> None:
    monkeypatch.delenv("FONTCONFIG_FILE", raising=False)
    if before:
        monkeypatch.setenv("FONTCONFIG_FILE", before)
    environment = dict(os.environ)
    printer.print(sample_job())
    with pytest.raises(PrintError):
        printer.print(sample_job(html="<img src='file:///etc/passwd'>"))
    assert dict(os.environ) == environment


def test_the_order_of_assets_and_attachments_does_not_matter(pack: bytes, printer: WeasyPrinter) -> None:
    job = sample_job()
    turned = replace(job, assets=dict(reversed(list(job.assets.items()))), attachments=tuple(reversed(job.attachments)))
    assert printer.print(turned) == pack


def test_the_toolchain_names_what_decides_the_bytes(printer: WeasyPrinter) -> None:
    named = printer.toolchain()
    assert set(named) == {
        "generator", "lock", "python", "weasyprint", "pango", "harfbuzz", "fontconfig", "fonts",
    }  # fmt: skip
    assert all(named.values())


def test_missing_libraries_are_told_with_the_line_that_mends_it(tmp_path: Path, root: Path) -> None:
    program = """
import ctypes.util, cffi
real = cffi.FFI.dlopen
def dlopen(self, name, flags=0):
    raise OSError(f"cannot load library '{name}'")
cffi.FFI.dlopen = dlopen
from generator.adapters.pdf import WeasyPrinter
from generator.errors import PrintError
from tests.sample_pack import THEME, sample_job
try:
    WeasyPrinter(THEME).print(sample_job())
except PrintError as error:
    print(error.reason, error.remedy)
"""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(root)}
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    assert done.stdout.startswith("NO_PANGO Debian, Ubuntu: apt install libpango-1.0-0")
    assert done.stdout.count("\n") == 1


def test_the_style_sheet_of_the_sample_names_bundled_families_only() -> None:
    assert set(re.findall(r'font-family: "([^"]+)"', STYLE)) == {"Pack Sans", "Pack Serif", "Pack Mono"}
