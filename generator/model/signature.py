"""What a cryptographic signature over a commit or a file says, before anyone asks whose key it is."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Signature:
    """Whether there is one and whether it is of these bytes; `key` is the fingerprint of the key that made it.

    `unknown` is a signature in a form that cannot be judged here, such as one by PGP.
    """

    state: Literal["none", "good", "bad", "unknown"]
    key: str = ""


UNSIGNED = Signature("none")
