"""Markdown to safe HTML through one bounded worker process, remembered by the text's digest."""

import hashlib
import html
import json
import subprocess
import sys
from collections.abc import Iterable, Mapping

from generator.adapters.cache import SqliteCache
from generator.errors import StorageError
from generator.ports import Cache

VERSION = "3"  # raise it when the worker writes other HTML
LONGEST_TEXT = 200_000
WORKER_SECONDS = 40


class WorkerMarkup:
    """Fills the port `Markup`: a text that the worker cannot render becomes escaped text, never an error.

    Raises StorageError MISSING_EXTRA, and TOO_SLOW where the machine gave the worker no time.
    """

    def __init__(self, folder: str) -> None:
        self._cache: Cache = SqliteCache(folder)

    def render(self, texts: Iterable[str]) -> Mapping[str, str]:
        """Text -> safe HTML for all of them."""
        keys = {text: _key(text) for text in sorted(set(texts))}
        stored = self._cache.many(keys.values())
        found = {text: stored[key].decode() for text, key in keys.items() if key in stored}
        fresh = _rendered([text for text in keys if text not in found])
        # What the worker died of is not remembered: the next machine may give it more memory.
        self._cache.put({keys[text]: made.encode() for text, made in fresh.items() if made != _escaped(text)})
        return found | fresh


def _key(text: str) -> str:
    return f"markup:{VERSION}:{hashlib.sha256(text.encode()).hexdigest()}"


def _rendered(texts: list[str]) -> dict[str, str]:
    """All of them in one process; when it dies, the halves, down to the text that killed it."""
    if not texts:
        return {}
    answer = _asked(texts) if sum(map(len, texts)) <= LONGEST_TEXT * 20 else None
    if answer is not None:
        return dict(zip(texts, answer, strict=True))
    if len(texts) == 1:
        return {texts[0]: _escaped(texts[0])}
    middle = len(texts) // 2
    return _rendered(texts[:middle]) | _rendered(texts[middle:])


def _escaped(text: str) -> str:
    """A text as it was written, for the one that cannot be rendered."""
    return f"<pre><code>{html.escape(text[:LONGEST_TEXT])}</code></pre>"


def _asked(texts: list[str]) -> list[str] | None:
    """The worker's answer, or None when it could not give one."""
    if len(texts) == 1 and len(texts[0]) > LONGEST_TEXT:
        return None
    command = [sys.executable, "-P", "-m", "generator.adapters.markup_worker"]
    try:
        done = subprocess.run(
            command, input=json.dumps(texts), capture_output=True, text=True, timeout=WORKER_SECONDS, check=False
        )
    except subprocess.TimeoutExpired as error:
        if len(texts) > 1:
            return None
        # The worker bounds its own computing: what the clock ended waited for the machine, and would differ next time.
        raise StorageError(
            f"a text of {len(texts[0])} characters was not rendered in {WORKER_SECONDS} s",
            remedy="the machine is too busy: try again",
            reason="TOO_SLOW",
        ) from error
    if "ModuleNotFoundError" in done.stderr:
        missing = done.stderr.strip().rpartition("\n")[2]
        raise StorageError(
            f"Markdown cannot be rendered: {missing}",
            remedy="install the extra: pip install 'roadmap-portal[site]'",
            reason="MISSING_EXTRA",
        )
    return _answer(done.stdout, len(texts)) if done.returncode == 0 else None


def _answer(output: str, length: int) -> list[str] | None:
    try:
        answer = json.loads(output)
    except ValueError:
        return None
    whole = isinstance(answer, list) and len(answer) == length and all(isinstance(item, str) for item in answer)
    return answer if whole else None
