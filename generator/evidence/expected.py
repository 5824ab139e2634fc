"""What the repository says a pack should be: its record on that commit, and the files that its audience may know of."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from generator.evidence.manifest import MANIFEST_FILE, Manifest
from generator.evidence.request import REQUEST_FILE, PackRequest
from generator.evidence.verdict import Fault


@dataclass(frozen=True, slots=True)
class Expected:
    """The day, audience and profile of a pack's record, the commit's instant, the paths that it lists and carries."""

    as_of: date
    audience: str
    profile: str
    committed: datetime
    listed: frozenset[str]
    attached: frozenset[str]


def request_faults(request: PackRequest, expected: Expected) -> Iterator[Fault]:
    """Where a request asks for something else than the pack's record says."""
    for name in ("as_of", "audience", "profile"):
        found, meant = getattr(request, name), getattr(expected, name)
        if found != meant:
            yield "REQUEST_DIFFERS", f"{name} is {found}, the record of {request.pack} at its commit says {meant}"


def listing_faults(manifest: Manifest, expected: Expected) -> Iterator[Fault]:
    """What a manifest leaves out or lists beyond what the commit has for the audience."""
    listed = {manifest.root + source.path for source in manifest.sources}
    attached = set(manifest.attachments) - {MANIFEST_FILE, REQUEST_FILE}
    for path in sorted(expected.listed - listed):
        yield "MANIFEST_DIFFERS", f"{path} is missing from the manifest"
    for path in sorted(listed - expected.listed):
        yield "MANIFEST_DIFFERS", f"{path} is listed, and the commit has no such file for this audience"
    for path in sorted(expected.attached - attached):
        yield "MANIFEST_DIFFERS", f"{path} is not attached"
    for path in sorted(attached - expected.attached):
        yield "MANIFEST_DIFFERS", f"{path} is attached, and should not be for this audience"
