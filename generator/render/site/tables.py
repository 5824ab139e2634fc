"""Tables for other tools: the messages for who sends them, the entitlements for who grants access."""

import csv
import io
from collections.abc import Iterable

from generator.views.access import AccessLine
from generator.views.calendar import MessageView

MESSAGES = "communications/messages.csv"
ACCESS = "permissions/should-have.csv"
MESSAGE_COLUMNS = (
    *("id", "date", "audience", "audience_id", "channel", "sender", "message", "purpose", "value", "changes"),
    *("phase", "milestone", "derived", "status"),
)
ACCESS_COLUMNS = (
    *("permission", "system", "system_id", "entitlement", "certificate", "certificate_id", "modules", "valid_months"),
    *("on_expiry", "grace_days", "role", "role_id", "part", "reachable", "source", "code"),
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def message_table(messages: Iterable[MessageView]) -> bytes:
    """Every message with the date that its milestone gives it."""
    return _table(MESSAGE_COLUMNS, (_message(one) for one in messages))


def access_table(lines: Iterable[AccessLine]) -> bytes:
    """Every entitlement with the certificate it asks for and the codes of those who may earn it."""
    return _table(ACCESS_COLUMNS, (_access(one) for one in lines))


def _message(one: MessageView) -> tuple[str, ...]:
    return (
        *(one.ref.key, str(one.day or ""), one.audience.title, one.audience.key, one.channel, one.sender.title),
        *(one.message, one.purpose, one.value, one.changes),
        *(one.phase.title if one.phase else "", one.milestone.title if one.milestone else ""),
        *(one.derived, one.status),
    )


def _access(one: AccessLine) -> tuple[str, ...]:
    return (
        *(one.permission.key, one.system.title, one.system.key, one.entitlement),
        *(one.certificate.title, one.certificate.key, " ".join(module.key for module in one.modules)),
        *(str(one.valid_months or ""), one.on_expiry, str(one.grace_days)),
        *(one.role.title, one.role.key, one.part, "yes" if one.reachable else "no", one.source, one.code),
    )


def _table(columns: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> bytes:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([_inert(cell) for cell in row] for row in rows)
    return out.getvalue().encode()


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
