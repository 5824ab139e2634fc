"""The sources of a pack: path, blob id, SHA-256, last commit and author date of each; attached as manifest.json."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from generator.evidence.canonical import canonical
from generator.evidence.fields import COMMIT, SHA256, Fields, instant_text
from generator.evidence.merkle import leaf_hash, root
from generator.model.judgement import Commit

MANIFEST_FILE = "manifest.json"
"""The name of the attachment."""

_NAMES = frozenset({"v", "commit", "tree", "root", "attachments", "sources"})
_SOURCE_NAMES = frozenset({"path", "blob", "sha256", "commit", "authored"})
_SIGN_OFFS = "governance/sign-offs/"


@dataclass(frozen=True, slots=True)
class Source:
    """One file that the pack was made of, and the last commit that changed it (empty: unknown)."""

    path: str  # relative to the content folder
    blob: str
    sha256: str
    commit: str
    authored: datetime


@dataclass(frozen=True, slots=True)
class Manifest:
    """The commit a pack was built from and every source in it; `attachments` are the names embedded beside it."""

    commit: str
    tree: str
    root: str  # the content folder in the repository, with a final slash
    sources: tuple[Source, ...]
    attachments: tuple[str, ...] = ()

    def inputs(self) -> dict[str, str]:
        """Repository path -> SHA-256 of every source."""
        return {self.root + source.path: source.sha256 for source in self.sources}

    def approvals_root(self) -> str:
        """The Merkle root over the sign-offs among the sources: one leaf a file, [path, SHA-256], by path."""
        leaves = [
            leaf_hash(canonical([source.path, source.sha256]))
            for source in sorted(self.sources, key=lambda each: each.path)
            if source.path.startswith(_SIGN_OFFS)
        ]
        return root(leaves).hex()

    def to_bytes(self) -> bytes:
        """The canonical JSON of manifest.json, sources by path."""
        return canonical(
            {
                "v": 1,
                "commit": self.commit,
                "tree": self.tree,
                "root": self.root,
                "attachments": sorted(self.attachments),
                "sources": [
                    {
                        "path": source.path,
                        "blob": source.blob,
                        "sha256": source.sha256,
                        "commit": source.commit,
                        "authored": instant_text(source.authored),
                    }
                    for source in sorted(self.sources, key=lambda each: each.path)
                ],
            }
        )

    @classmethod
    def from_bytes(cls, data: bytes) -> "Manifest":
        """The manifest that a manifest.json holds. Raises VerificationError."""
        fields = Fields.of(MANIFEST_FILE, data, _NAMES)
        if fields.whole("v") != 1:
            fields.refuse("v", "1")
        return cls(
            commit=fields.text("commit", COMMIT),
            tree=fields.text("tree", COMMIT),
            root=fields.text("root"),
            attachments=fields.texts("attachments"),
            sources=tuple(
                Source(
                    path=source.text("path"),
                    blob=source.text("blob", COMMIT),
                    sha256=source.text("sha256", SHA256),
                    commit=source.text("commit", COMMIT),
                    authored=source.instant("authored"),
                )
                for source in fields.objects("sources", _SOURCE_NAMES)
            ),
        )


def sources(
    files: Mapping[str, str], contents: Mapping[str, bytes], touched: Mapping[str, Commit]
) -> tuple[Source, ...]:
    """The manifest's lines from path -> blob id, path -> bytes and path -> last commit, by path."""
    return tuple(
        Source(
            path=path,
            blob=files[path],
            sha256=hashlib.sha256(contents[path]).hexdigest(),
            commit=touched[path].id,
            authored=touched[path].authored,
        )
        for path in sorted(files)
    )


def last_touched(commits: Iterable[Commit], files: Mapping[str, str]) -> dict[str, Commit]:
    """Path -> the newest commit that gave the file its present blob; commits come oldest first."""
    found: dict[str, Commit] = {}
    for commit in commits:
        for change in commit.files:
            if files.get(change.path) == change.new_blob:
                found[change.path] = commit
    return found
