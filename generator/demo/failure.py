"""What can go wrong while the history is replayed."""

from generator.errors import PortalError


class ReplayError(PortalError):
    """The history of the sample bank no longer fits its content: both must be changed together."""

    default_reason = "REPLAY"
