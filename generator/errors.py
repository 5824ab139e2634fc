"""Everything that can go wrong, as types.

PortalError
├── ContentError        the sources have problems; carries all of them
├── UsageError          wrong options or arguments
├── ConfigError         settings unreadable or contradictory
├── HistoryError        git cannot answer: no repository, shallow clone, unknown commit
├── PrintError          a pack cannot be printed
├── SealError           a pack cannot be sealed
├── VerificationError   a pack cannot be judged
└── StorageError        a file or store cannot be read or written

Content problems are values (`Problem`), collected and reported all at once; they are raised only when a command
cannot go on without clean content. `cli` has the only `except PortalError`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as defaulted
from enum import StrEnum
from types import MappingProxyType
from typing import ClassVar

FieldPath = tuple[str | int, ...]


class Severity(StrEnum):
    """How bad a problem is: an error refuses the content, a warning is shown."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a source file; line and column count from 1, line 0 means the file as a whole."""

    path: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in the sources, where it is, and the way out."""

    code: str
    severity: Severity
    message: str
    position: Position
    key: str = ""
    field: FieldPath = ()
    remedy: str = ""
    caused_by: str = ""  # the code and place of the problem that this one follows from


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: the record's key (or a path under content/), the field, and the values for the message."""

    subject: str
    field: FieldPath = ()
    values: Mapping[str, object] = defaulted(default_factory=lambda: MappingProxyType({}))


class PortalError(Exception):
    """A failure that the command line tells in one line, with its exit code and reason code."""

    exit_code: ClassVar[int] = 3
    default_reason: ClassVar[str] = "FAILED"

    def __init__(self, message: str, *, remedy: str = "", reason: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy
        self.reason = reason or self.default_reason


class ContentError(PortalError):
    """The sources have errors; `problems` holds all of them, `root` the folder that their paths lie below."""

    exit_code = 1
    default_reason = "CONTENT"

    def __init__(self, problems: tuple[Problem, ...], root: str = "") -> None:
        errors = sum(problem.severity is Severity.ERROR and not problem.caused_by for problem in problems)
        super().__init__(f"the content has {errors} error{'' if errors == 1 else 's'}")
        self.problems = problems
        self.root = root


class UsageError(PortalError):
    """The options or arguments contradict each other or name what does not exist."""

    exit_code = 2
    default_reason = "USAGE"


class ConfigError(PortalError):
    """Settings cannot be read or contradict each other."""

    exit_code = 2
    default_reason = "CONFIG"


class HistoryError(PortalError):
    """Git cannot answer: no repository, a shallow clone, an unknown commit."""

    default_reason = "HISTORY"


class PrintError(PortalError):
    """A pack cannot be printed."""

    default_reason = "PRINT"


class SealError(PortalError):
    """A pack cannot be sealed."""

    default_reason = "SEAL"


class VerificationError(PortalError):
    """A pack cannot be judged at all."""

    default_reason = "VERIFY"


class StorageError(PortalError):
    """A file, folder or store cannot be read or written."""

    default_reason = "STORAGE"
