"""Messages whose day moves: by their own date, or with the milestone that they are about."""

from collections.abc import Iterable, Iterator

from generator.diff.effects import Effect, Weight
from generator.kinds.change_plan import ALL, Communication
from generator.model.change import Change
from generator.model.judgement import Judgement
from generator.model.words import numbered
from generator.views.people import people_in
from generator.views.sending import sent_on

SENT = "it is marked sent: correct its status or its day"


def message_effects(old: Judgement, new: Judgement, found: Iterable[Change]) -> Iterator[Effect]:  # noqa: ARG001 - one signature
    """Messages of both states that go out on another day."""
    for message in new.portal.all(Communication):
        was = old.portal.find(message.id, Communication)
        before, after = sent_on(old, was) if was else None, sent_on(new, message)
        if before is None or after is None or before == after or message.status == "cancelled":
            continue
        roles = () if message.audience == ALL else (message.audience,)
        who = f"{people_in(new, roles)} in {numbered(len(roles), 'role')}" if roles else "everybody"
        needs = SENT if message.status == "sent" else ""
        yield Effect(
            Weight.NOTE, "message", "Message moves", message.id, f"{before}", f"{after}", who, needs, roles=roles
        )
