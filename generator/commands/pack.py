"""`roadmap pack`: a base pack from a commit, a pure function of its request."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from generator.commands.diff import Range, compared
from generator.commands.pack_sources import audience_of, listed_paths, pack_record, readable_sources
from generator.commands.programme import Programme, Selection, load_programme, with_texts
from generator.commands.sources import committed_files
from generator.commands.texts import rendered_texts
from generator.commands.world import World
from generator.diff.comparison import Comparison
from generator.errors import ContentError, HistoryError
from generator.evidence.ledger import Ledger
from generator.evidence.manifest import MANIFEST_FILE, Manifest, last_touched, sources
from generator.evidence.request import REQUEST_FILE, PackRequest
from generator.kinds import KINDS
from generator.kinds.portal import Settings
from generator.load import assemble
from generator.model.fields import Classification
from generator.model.judgement import Commit
from generator.ports import Attachment, PrintJob, SignatureField
from generator.render.packs import AttachedFile, PackSource, pack_html
from generator.render.theme import Theme

PACKS = "packs/"
MEDIA_TYPES = {
    "json": "application/json",
    "yaml": "application/yaml",
    "yml": "application/yaml",
    "csv": "text/csv",
    "md": "text/markdown",
    "sig": "application/octet-stream",
}
BOX = (210.0, 66.0)  # the cover's signature boxes, in points
ARCHIVE_TIMESTAMPS = 8
FIRST_ISSUE_DAYS = 92  # without an earlier issue the change log covers the last quarter

FIELDS = (
    SignatureField("Seal", "Seal of the organisation over the whole pack", "seal", *BOX),
    SignatureField("Approver1", "Signature of the first approver", "approver1", *BOX),
    SignatureField("Approver2", "Signature of the second approver", "approver2", *BOX),
    SignatureField("Approver3", "Signature of the reviewer", "approver3", *BOX),
    *(
        SignatureField(f"ArchiveTimestamp{number:02d}", f"Archive time-stamp {number}")
        for number in range(1, ARCHIVE_TIMESTAMPS + 1)
    ),
)
"""Every field that will ever be signed; later revisions add no widget."""


@dataclass(frozen=True)
class Evidence:
    """The sources of a pack at its commit: manifest, its bytes, and the files the audience may read."""

    manifest: Manifest
    manifest_bytes: bytes
    readable: Mapping[str, bytes]


def request_for(world: World, pack_id: str, commit: str = "", as_of: date | None = None) -> PackRequest:
    """The request that issues this pack from a commit now, as of its own day or the given one.

    What came before is looked up in the ledger.
    """
    head = world.history.resolve(commit or "HEAD")
    source = committed_files(world.history.tree(head), world.cache)
    loaded = assemble(source.trees, source.blobs, KINDS)  # nothing is judged yet: the pack record says on which day
    pack, settings = pack_record(loaded, pack_id), next(iter(loaded.portal.all(Settings)), None)
    if settings is None:
        raise ContentError(loaded.problems, source.root)
    ledger = Ledger.parse(world.store.ledger())
    return PackRequest(
        commit=head,
        pack=pack_id,
        as_of=as_of or pack.as_of,
        audience=audience_of(pack, settings),
        profile=settings.seal.profile,
        since=ledger.since(pack_id),
        previous=ledger.proof(),
        toolchain=world.printer.toolchain(),
    )


def base_pack(world: World, theme: Theme, request: PackRequest, *, draft: bool = False) -> bytes:
    """The base pack of a request. Raises ContentError when the content has errors, unless a draft is asked for."""
    chosen = Selection(request.commit, request.as_of, Classification(request.audience))
    programme = load_programme(world, chosen)
    if not draft:
        programme.clean()
    programme = with_texts(programme, rendered_texts(world, programme.judgement.portal))
    evidence = _evidence(world, programme)
    source = pack_source(programme, request, evidence, _comparison(world, programme, request))
    return world.printer.print(_job(source, theme, evidence))


def pack_source(
    programme: Programme, request: PackRequest, evidence: Evidence, comparison: Comparison | None
) -> PackSource:
    """What the pages are printed from: only what the audience may see."""
    return PackSource(
        request=request,
        request_digest=hashlib.sha256(request.to_bytes()).hexdigest(),
        commit=_commit(programme),
        judgement=programme.judgement,
        pack=pack_record(programme.loaded, request.pack),
        settings=_settings(programme),
        manifest=evidence.manifest,
        manifest_digest=hashlib.sha256(evidence.manifest_bytes).hexdigest(),
        comparison=comparison,
        problems=programme.shown_problems,
        hidden_errors=len({*programme.errors} - {*programme.shown_problems}),
        attached=_listed(request, evidence),
        withheld=len(programme.withheld),
    )


def _evidence(world: World, programme: Programme) -> Evidence:
    commit = _commit(programme)
    files = programme.files
    contents = world.history.tree(commit.id).read(sorted(files))
    touched = last_touched(world.history.log(commit.id, first_parent=False), files)
    missing = sorted(files.keys() - touched.keys())
    if missing:
        raise HistoryError(
            f"no commit is known that changed {missing[0]}", remedy="fetch the whole history", reason="SHALLOW"
        )
    listed, readable = listed_paths(programme), readable_sources(programme, contents)
    root = programme.source.root
    attached = (*(root + path for path in readable), MANIFEST_FILE, REQUEST_FILE)
    manifest = Manifest(
        commit.id, commit.tree, root, sources({path: files[path] for path in listed}, contents, touched), attached
    )
    return Evidence(manifest, manifest.to_bytes(), readable)


def _job(source: PackSource, theme: Theme, evidence: Evidence) -> PrintJob:
    files = {path.removeprefix(PACKS): data for path, data in theme.files.items() if path.startswith(PACKS)}
    templates = {name: data.decode() for name, data in files.items() if name.endswith(".html")}
    assets = {f"asset:{name}": data for name, data in files.items() if name.endswith((".css", ".svg", ".ttf"))}
    properties = {
        "pack": source.pack.id,
        "commit": source.commit.id,
        "tree": source.commit.tree,
        "asOf": source.as_of.isoformat(),
        "audience": str(source.request.audience),
        "profile": source.request.profile,
        "requestSha256": source.request_digest,
        "manifestSha256": source.manifest_digest,
        **({"draft": "true"} if source.draft else {}),  # what `seal` refuses
    }
    return PrintJob(
        html=pack_html(source, templates),
        assets=assets,
        attachments=_attachments(source, evidence),
        fields=FIELDS,
        created=source.commit.committed,
        properties=properties,
    )


def _attachments(source: PackSource, evidence: Evidence) -> tuple[Attachment, ...]:
    root = evidence.manifest.root
    files = (
        Attachment(root + path, data, f"Source {path}", media_type=_media_type(path))
        for path, data in evidence.readable.items()
    )
    request, listing = source.request.to_bytes(), evidence.manifest_bytes
    return (
        *files,
        Attachment(MANIFEST_FILE, listing, "Every source with its digests", "Data", MEDIA_TYPES["json"]),
        Attachment(REQUEST_FILE, request, "What the pack was made from", "Data", MEDIA_TYPES["json"]),
    )


def _listed(request: PackRequest, evidence: Evidence) -> tuple[AttachedFile, ...]:
    size = sum(len(data) for data in evidence.readable.values())
    held_back = len(evidence.manifest.sources) - len(evidence.readable)
    words = f"The {len(evidence.readable)} source files as they stand at the commit"
    if held_back:
        words += f"; {held_back} more are listed in the manifest and not attached: not all of it is for this audience"
    return (
        AttachedFile(
            REQUEST_FILE,
            "Everything the build was told: commit, pack, day, audience, toolchain",
            len(request.to_bytes()),
        ),
        AttachedFile(
            MANIFEST_FILE,
            "The manifest for machines: path, blob, SHA-256, last commit, date",
            len(evidence.manifest_bytes),
        ),
        AttachedFile(f"{evidence.manifest.root}…", words, size),
    )


def _media_type(path: str) -> str:
    return MEDIA_TYPES.get(path.rpartition(".")[2], "application/octet-stream")


def _settings(programme: Programme) -> Settings:
    if programme.settings is None:
        raise ContentError(programme.problems, programme.source.root)
    return programme.settings


def _commit(programme: Programme) -> Commit:
    if programme.commit is None:
        raise HistoryError("a pack needs a commit", remedy="commit the content first", reason="NO_COMMIT")
    return programme.commit


def _comparison(world: World, programme: Programme, request: PackRequest) -> Comparison | None:
    """The programme against the previous issue's commit, or the one a quarter before where this is the first issue."""
    commits = [step.commit for step in programme.judgement.timeline.steps]
    if request.since and request.since not in {commit.id for commit in commits}:
        message = (
            f"the previous issue's commit {request.since[:10]} is not among the first parents of {request.commit[:10]}"
        )
        raise HistoryError(message, remedy="issue packs from one branch only", reason="SINCE_NOT_ANCESTOR")
    quarter = request.as_of - timedelta(days=FIRST_ISSUE_DAYS)
    before = [commit.id for commit in commits if commit.committed.date() <= quarter]
    start = request.since or (before[-1] if before else "")
    if not start:
        return None
    audience = Classification(request.audience)
    old = load_programme(world, Selection(start, request.as_of, audience))
    return compared(old, programme, audience, Range(start, request.commit))
