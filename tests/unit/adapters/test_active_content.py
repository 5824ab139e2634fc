"""What a PDF could run is found wherever it is written."""

import io

import pikepdf
import pytest

from generator.adapters.active_content import active_names


def _written(pdf: pikepdf.Pdf) -> pikepdf.Pdf:
    output = io.BytesIO()
    pdf.save(output)
    return pikepdf.open(output)


@pytest.mark.parametrize("indirect", [False, True])
def test_an_action_is_found_where_its_sort_is_an_object_of_its_own(indirect: bool) -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    sort = pdf.make_indirect(pikepdf.Name.Launch) if indirect else pikepdf.Name.Launch
    pdf.Root.OpenAction = pikepdf.Dictionary(S=sort, F=pikepdf.String("program"))
    assert list(active_names(_written(pdf))) == ["/Launch"]


def test_a_plain_document_does_nothing() -> None:
    pdf = pikepdf.new()
    pdf.add_blank_page()
    assert list(active_names(_written(pdf))) == []
