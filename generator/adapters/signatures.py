"""SSH signatures, judged by ssh-keygen: whether the bytes are those that were signed, and by which key."""

import re
import subprocess
import tempfile

from generator.adapters.git_process import environment
from generator.model.signature import UNSIGNED, Signature

_GOOD = re.compile(r'Good "[^"]*" signature with \S+ key (SHA256:[A-Za-z0-9+/]{43}=?)')
_HEADER = re.compile(rb"^gpgsig(?:-sha256)? (.*(?:\n .*)*)\n", re.MULTILINE)
_SECONDS = 20


def commit_signature(data: bytes) -> Signature:
    """The signature inside a raw commit object."""
    head, gap, message = data.partition(b"\n\n")
    found = _HEADER.search(head + b"\n")
    if found is None:
        return UNSIGNED
    signature = found[1].replace(b"\n ", b"\n") + b"\n"
    unsigned = _HEADER.sub(b"", head + b"\n")
    return judged(unsigned.removesuffix(b"\n") + gap + message, signature, "git")


def judged(data: bytes, signature: bytes, namespace: str) -> Signature:
    """Whether an armoured SSH signature is of these bytes in that namespace."""
    if b"BEGIN SSH SIGNATURE" not in signature:
        return Signature("unknown")
    with tempfile.NamedTemporaryFile(suffix=".sig") as file:
        file.write(signature)
        file.flush()
        command = ["ssh-keygen", "-Y", "check-novalidate", "-n", namespace, "-s", file.name]
        try:
            done = subprocess.run(
                command, input=data, capture_output=True, check=False, timeout=_SECONDS, env=environment()
            )
        except (FileNotFoundError, subprocess.TimeoutExpired):
            return Signature("unknown")
    good = _GOOD.search(done.stdout.decode("utf-8", "replace"))
    return Signature("good", good[1]) if done.returncode == 0 and good else Signature("bad")
