"""A milestone that moves takes its messages along, and the review of the change says whom that reaches, and when."""

from datetime import date

from generator.diff.effects import Effect, Weight
from generator.diff.meaning import effects
from generator.kinds.change_plan import Communication
from generator.model.change import changes
from generator.model.judgement import Judgement
from generator.views.sending import sent_on
from tests.factories import BANK_DAY, CONTENT, Files, edited, files_below, loaded

BANK = files_below(CONTENT)
ROADMAP = "roadmap/roadmap.yaml"
MESSAGES = "change/communications.csv"
MOVED = edited(BANK, ROADMAP, "follows the certificate, due: 2027-03-31", "follows the certificate, due: 2027-04-30")


def _j(files: Files) -> Judgement:
    return Judgement(BANK_DAY, loaded(files).portal)


def _moves(before: Files, after: Files) -> list[Effect]:
    old, new = _j(before), _j(after)
    found = effects(old, new, changes(old.portal.canonical, new.portal.canonical))
    return [effect for effect in found if effect.sort == "message"]


def test_the_day_of_a_message_follows_its_milestone() -> None:
    days = [sent_on(j, j.portal.all(Communication)[-1]) for j in (_j(BANK), _j(MOVED))]
    assert days == [date(2027, 3, 1), date(2027, 3, 31)]


def test_the_diff_of_a_moved_milestone_shows_the_message_that_moves() -> None:
    (moved,) = _moves(BANK, MOVED)
    assert (moved.key, moved.weight, moved.title) == ("com-0026", Weight.NOTE, "Message moves")
    assert (moved.before, moved.after) == ("2027-03-01", "2027-03-31")
    assert moved.affected == "everybody"


def test_a_message_to_a_role_names_its_people() -> None:
    later = edited(BANK, MESSAGES, "com-0013,,-21,", "com-0013,,-28,")
    (moved,) = _moves(BANK, later)
    assert (moved.before, moved.after, moved.roles) == ("2026-06-09", "2026-06-02", ("rol-branch-manager",))
    assert moved.needs == "it is marked sent: correct its status or its day"


def test_what_stays_on_its_day_is_not_told() -> None:
    assert _moves(BANK, BANK) == []
    reworded = edited(BANK, MESSAGES, "Certificates and access", "Certificates, and access")
    assert _moves(BANK, reworded) == []
