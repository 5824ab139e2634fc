"""Whatever stands in one file, loading and judging end with a portal and problems that can be told."""

from datetime import date

from tests.factories import CONTENT, MINIMAL_DAY, Files, files_below, judged, minimal_files
from tests.mutations import mutated
from tests.search import Wanted, rounds


def assert_judged(files: Files, as_of: date, wanted: Wanted) -> None:
    """So many times one file is replaced; everything that is wrong is told at a place."""
    for number, chance in rounds(wanted):
        path, data = mutated(files, chance)
        try:
            found = judged({**files, path: data}, as_of)
        except Exception as error:
            raise AssertionError(f"round {number}: {path} holds {data[:3000]!r}") from error
        for problem in found.problems:
            assert problem.message, problem
            assert problem.position.line >= 1, problem
            assert problem.position.path or not problem.key, problem


def test_no_bytes_as_a_file_of_the_minimal_portal_raise() -> None:
    wanted = Wanted("any bytes as a source file are judged (every kind of source)", 400, 20_000, part=0.8)
    assert_judged(minimal_files(), MINIMAL_DAY, wanted)


def test_no_bytes_as_a_file_of_the_sample_bank_raise() -> None:
    wanted = Wanted("any bytes as a source file are judged (the sample bank)", 40, 600)
    assert_judged(files_below(CONTENT), date(2026, 11, 20), wanted)
