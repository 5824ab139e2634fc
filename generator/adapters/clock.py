"""The machine's clock: the only place that reads it."""

from datetime import UTC, datetime


class SystemClock:
    """Now."""

    def now(self) -> datetime:
        """This instant, in UTC."""
        return datetime.now(UTC)
