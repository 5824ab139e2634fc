"""On which day a message goes out."""

from datetime import date

from generator.kinds.change_plan import Communication
from generator.kinds.roadmap import Milestone
from generator.model.judgement import Judgement
from generator.views.dates import days_after


def sent_on(j: Judgement, message: Communication) -> date | None:
    """The day of a message: as written, or so many days from its milestone's due date."""
    milestone = j.portal.find(message.milestone, Milestone)
    if message.date is not None or milestone is None or message.offset_days is None:
        return message.date
    return days_after(milestone.due, message.offset_days)
