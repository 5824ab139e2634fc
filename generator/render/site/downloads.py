"""The files of the site that are no pages: calendars and tables."""

from collections.abc import Mapping

from generator.render.site.calendar_files import calendar_files
from generator.render.site.source import SiteSource
from generator.render.site.tables import ACCESS, MESSAGES, access_table, message_table
from generator.views.access import access_lines
from generator.views.calendar import messages


def site_files(source: SiteSource) -> Mapping[str, bytes]:
    """Path in the site -> bytes."""
    j = source.judgement
    tables = {MESSAGES: message_table(messages(j)), ACCESS: access_table(access_lines(j))}
    return {**calendar_files(source), **tables}
