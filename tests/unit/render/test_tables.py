"""Tables that other tools import: dates from the plan, entitlements with the codes that HR counts, no formula."""

import csv
import io

from generator.kinds.portal import Settings
from generator.model.judgement import Judgement
from generator.render.site.downloads import site_files
from generator.render.site.source import SiteSource
from generator.render.site.tables import ACCESS, MESSAGES, access_table, message_table
from generator.views.access import access_lines
from generator.views.calendar import messages
from tests.factories import BANK_DAY, CONTENT, files_below, loaded
from tests.unit.views.support import changed, judgement

MESSAGE_FILE = "change/communications.csv"


def rows(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode())))


def test_the_table_of_messages_has_the_dates_that_milestones_give_and_no_formula() -> None:
    j = changed((MESSAGE_FILE, "2026-01-05,,", ",-14,"), (MESSAGE_FILE, "Why we start with you", "=1+1"))
    (row,) = rows(message_table(messages(j)))

    assert (row["date"], row["message"]) == ("2026-01-05", "'=1+1")


def test_an_entitlement_names_its_certificate_its_modules_and_who_may_earn_it() -> None:
    (row,) = rows(access_table(access_lines(judgement())))

    assert (row["certificate_id"], row["modules"]) == ("crt-oversight", "mod-basics")
    assert (row["role_id"], row["part"], row["reachable"], row["code"]) == ("rol-analyst", "oversees", "yes", "ANL-10")


def test_a_role_that_cannot_earn_the_certificate_is_told_apart() -> None:
    optional = changed(("curriculum/matrix.csv", "mandatory,30,7", "optional,,"))
    (row,) = rows(access_table(access_lines(optional)))

    assert row["reachable"] == "no"


def test_the_entitlements_of_a_retired_system_are_nobodys() -> None:
    assert access_lines(changed(("registers/systems.yaml", "purpose: Ranks", "status: retired, purpose: Ranks"))) == ()


def test_every_table_of_the_bank_is_in_the_site() -> None:
    portal = loaded(files_below(CONTENT)).portal
    files = site_files(SiteSource(Judgement(BANK_DAY, portal.seen_on(BANK_DAY)), portal.all(Settings)[0]))

    assert len(rows(files[MESSAGES])) == 26
    assert {row["permission"] for row in rows(files[ACCESS])} == {
        "prm-complaint-summary",
        "prm-credit-override",
        "prm-fraud-close",
    }
