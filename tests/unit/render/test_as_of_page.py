"""The page of earlier dates says of each edition's commit how far its date can be believed."""

from datetime import UTC, date, datetime

from generator.bootstrap import theme
from generator.kinds.portal import Settings
from generator.model.judgement import Anchor, Commit, Judgement, Person, Step, Timeline
from generator.render.site.build import site_pages
from generator.render.site.source import Edition, SiteSource
from tests.factories import MINIMAL_DAY, loaded, minimal_files

SOMEONE = Person("Author", "author@northmere.example")
DAYS = [date(2025, 12, 31), date(2026, 3, 31)]
TIMES = [datetime(day.year, day.month, day.day, 12, tzinfo=UTC) for day in DAYS]


def test_a_time_stamp_is_told_where_one_covers_the_commit() -> None:
    portal = loaded(minimal_files()).portal
    steps = [
        Step(Commit(name * 40, "", (), SOMEONE, at, SOMEONE, at, "change"), ())
        for name, at in zip("ab", TIMES, strict=True)
    ]
    anchors = (Anchor("a" * 40, datetime(2026, 1, 15, 9, tzinfo=UTC), "pck-q4"),)
    judgement = Judgement(MINIMAL_DAY, portal.seen_on(MINIMAL_DAY), timeline=Timeline(tuple(steps)), anchors=anchors)
    editions = tuple(Edition(day, name * 40, at) for name, day, at in zip("ab", DAYS, TIMES, strict=True))
    source = SiteSource(judgement, portal.all(Settings)[0], editions=editions)
    (page,) = (page for page in site_pages(source, theme()) if page.path == "as-of/")
    first, second = page.html.index("a" * 10), page.html.index("b" * 10)
    proven = page.html.index("existed by 15 Jan 2026 (time-stamped: pck-q4)")
    claimed = page.html.index("dated as claimed by committer")
    assert first < proven < second < claimed
