"""The leaderboard ranks teams by a KPI, shows the best, and never a team below the declared size."""

from generator.model.judgement import Judgement
from generator.views.leaderboard import Leaderboard, leaderboards
from tests.factories import BANK_DAY, CONTENT, Files, edited, files_below, judged

BANK = files_below(CONTENT)
SNAPSHOT = "kpi/snapshots/2026-11-13.csv"


def _judged(files: Files = BANK) -> Judgement:
    return judged(files, BANK_DAY).judgement


def _board(files: Files = BANK) -> Leaderboard:
    (board,) = leaderboards(_judged(files))
    return board


def _names(board: Leaderboard) -> list[str]:
    return [row.card.scope.title for row in board.rows]


def test_the_best_five_teams_are_shown_in_order() -> None:
    board = _board()
    values = [row.card.reading.value for row in board.rows if row.card.reading and row.card.reading.value is not None]
    assert len(values) == len(board.rows) == 5
    assert values == sorted(values, reverse=True)
    assert [row.place for row in board.rows] == [1, 2, 3, 4, 5]


def test_a_team_below_the_size_is_never_shown_however_good_it_is() -> None:
    board = _board()
    assert "Market square" not in _names(board)
    assert (board.minimum, board.too_small) == (10, 1)


def test_a_team_of_unknown_size_is_not_shown() -> None:
    rows = BANK[SNAPSHOT].decode().splitlines(keepends=True)
    without = "".join(row for row in rows if not row.startswith("kpi-completion,unit:model-lab,"))
    assert "Model lab" in _names(_board())
    assert "Model lab" not in _names(_board({**BANK, SNAPSHOT: without.encode()}))


def test_the_size_that_the_portal_withholds_counts_where_it_is_larger() -> None:
    strict = edited(BANK, "portal.yaml", "small_cell_minimum: 5", "small_cell_minimum: 20")
    assert "Service nights" not in _names(_board(strict))


def test_teams_with_the_same_figure_share_a_place() -> None:
    same = edited(BANK, SNAPSHOT, "unit:fraud-leeds,41,46,", "unit:fraud-leeds,36,40,")
    assert [row.place for row in _board(same).rows][:3] == [1, 1, 3]
