"""Whatever records are restricted, nothing that a lower audience gets tells of them."""

import json

from hypothesis import strategies as st

from generator.bootstrap import theme
from generator.kinds.portal import Settings
from generator.model.fields import Classification
from generator.model.judgement import Judgement
from generator.model.portal import Portal
from generator.render.site.build import site_pages
from generator.render.site.source import SiteSource
from tests.canaries import CANARY, marked
from tests.end_to_end.test_audience import told
from tests.factories import MINIMAL_DAY, loaded, minimal_files
from tests.search import Wanted, search
from tests.unit.model.test_audience import assert_whole, leaks

INTERNAL = Classification.INTERNAL
PORTAL = loaded(minimal_files()).portal
KEYS = st.sets(st.sampled_from(sorted(PORTAL.entries.keys() - {"portal"})), max_size=12)


def test_records_leave_no_trace_in_the_data() -> None:
    search(_assert_gone, KEYS, wanted=Wanted("restricted records leave no trace in the data", 30, 3000, part=0.4))


def test_records_leave_no_trace_on_any_page() -> None:
    search(_assert_untold, KEYS, wanted=Wanted("restricted records leave no trace on any page", 2, 150))


def _restricted(keys: set[str]) -> Portal:
    return Portal(marked(entry) if key in keys else entry for key, entry in PORTAL.entries.items())


def _assert_gone(keys: set[str]) -> None:
    portal = _restricted(keys)
    kept = portal.for_audience(INTERNAL, INTERNAL)
    assert not keys & kept.entries.keys()
    assert CANARY not in json.dumps(kept.canonical)
    assert leaks(kept, portal.entries.keys() - kept.entries.keys()) == set()
    assert_whole(kept)
    assert kept.for_audience(INTERNAL, INTERNAL) == kept


def _assert_untold(keys: set[str]) -> None:
    portal = _restricted(keys)
    judged = Judgement(MINIMAL_DAY, portal.seen_on(MINIMAL_DAY)).for_audience(INTERNAL, INTERNAL)
    gone = [key for key in portal.entries.keys() - judged.portal.entries.keys() if "-" in key]
    for page in site_pages(SiteSource(judged, portal.all(Settings)[0]), theme()):
        assert [mark for mark in (CANARY, *gone) if mark in told(page)] == [], page.path
