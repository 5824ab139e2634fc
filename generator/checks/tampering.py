"""Rules on the repository itself; `generator.commands.tampering` finds what breaks them, because only git can tell."""

from generator.errors import Severity
from generator.model.kind import Rule

REWRITTEN_VIEW = Rule(
    code="HIS002",
    severity=Severity.ERROR,
    title="Git shows what was recorded",
    why="Replace refs and grafts make git show other contents or other parents than the commits hold; our own reading "
    "ignores them, other tools do not.",
    remedy="Delete the replace ref (git replace -d ID) or the graft file, and ask who made it.",
    message="{what}",
)
FUTURE = Rule(
    code="HIS003",
    severity=Severity.WARNING,
    title="No commit lies in the future",
    why="A date ahead of today's clock is a wrong clock or a forged date.",
    remedy="Find out whose clock was wrong; do not rewrite the history.",
    message="commit {commit} says {instant}, after now ({now})",
)
REWRITTEN = Rule(
    code="HIS004",
    severity=Severity.ERROR,
    title="Published history stays",
    why="A pack was issued from a commit that is no longer in this history: the past was rewritten or this is "
    "another branch.",
    remedy="Restore the branch from a clone that still holds the commit.",
    message="pack {pack} was issued from commit {commit}, which is not in the history of {tip}",
)
OTHER_NAMES = Rule(
    code="HIS005",
    severity=Severity.WARNING,
    title="Names and bytes are shown as recorded",
    why="A .mailmap shows other author names, and some attributes change the bytes of checked-out files.",
    remedy="Remove the .mailmap or the attribute from the repository.",
    message="{what}",
)
RULES = (REWRITTEN_VIEW, FUTURE, REWRITTEN, OTHER_NAMES)
