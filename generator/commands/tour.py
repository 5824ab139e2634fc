"""`roadmap demo`: the whole way once, on the sample bank: check, pack, seal, site, verdict, and a forgery noticed."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial

from generator.commands.build import build
from generator.commands.check import check
from generator.commands.demo import DemoRepository
from generator.commands.editions import Maker
from generator.commands.pack import base_pack, request_for
from generator.commands.pack_sources import expected_pack
from generator.commands.programme import Selection
from generator.commands.seal import seal
from generator.commands.verify import Case, verify
from generator.commands.world import World
from generator.errors import Severity, VerificationError
from generator.evidence.request import PackRequest
from generator.evidence.verdict import Outcome, Verdict
from generator.model.fields import Classification
from generator.ports import Inspector, Signer, SiteBuilder
from generator.render.theme import Theme

PACK = "pck-audit-2026-q3"
_FLIPPED = 0x01


@dataclass(frozen=True)
class Stage:
    """What the tour is played with: the sample's repository, its world, and the adapters that only some steps need."""

    directory: str
    repository: DemoRepository
    world: World
    builder: SiteBuilder
    pages: Theme
    sheets: Theme
    signer: Signer
    inspector: Inspector
    rebuild: Callable[[PackRequest], bytes]
    toolchain: Callable[[], Mapping[str, str]]


def tour(stage: Stage) -> Iterator[str]:
    """Plays each step and says what came of it. Raises VerificationError where a verdict is not the expected one."""
    head = stage.repository.head
    yield f"repository  {stage.repository.directory}: {stage.repository.commits} commits, head {head[:10]}"
    yield f"check       {_checked(stage)}"
    base = base_pack(stage.world, stage.sheets, request_for(stage.world, PACK, head))
    stage.world.files.write(_path(stage, f"{PACK}-base.pdf"), base)
    yield f"pack        {PACK}-base.pdf: {len(base):,} bytes, the same on every machine with this toolchain"
    sealed = seal(base, stage.signer, stage.inspector, stage.world.store)
    stage.world.files.write(_path(stage, f"{PACK}.pdf"), sealed.data)
    yield f"seal        {PACK}.pdf: sealed by the DEMO authority, line {sealed.line.seq} of the ledger"
    report = build(Maker(stage.world, stage.builder, stage.pages), _published(head), f"{stage.directory}/site")
    yield f"site        {stage.directory}/site: {report.pages} pages, {report.bytes / 1e6:.1f} MB"
    yield from _judged(stage, f"{PACK}.pdf", sealed.data, Outcome.PASSED)
    forged = _forged(sealed.data)
    stage.world.files.write(_path(stage, f"{PACK}-forged.pdf"), forged)
    yield from _judged(stage, f"{PACK}-forged.pdf", forged, Outcome.FAILED)


def _published(head: str) -> Selection:
    return Selection(commit=head, audience=Classification.INTERNAL)


def _checked(stage: Stage) -> str:
    report = check(stage.world, Selection(commit=stage.repository.head))
    errors, warnings = report.count(Severity.ERROR), report.count(Severity.WARNING)
    return f"{report.files} files, {report.records} records: {errors} errors, {warnings} deliberate warnings"


def _path(stage: Stage, name: str) -> str:
    return f"{stage.directory}/{name}"


def _forged(data: bytes) -> bytes:
    """A copy with one bit changed, in the middle of the pages."""
    middle = len(data) // 2
    return data[:middle] + bytes([data[middle] ^ _FLIPPED]) + data[middle + 1 :]


def _judged(stage: Stage, name: str, data: bytes, expected: Outcome) -> Iterator[str]:
    case = Case(
        data=data,
        now=stage.world.clock.now(),
        trust=stage.signer.trust,
        history=stage.world.history,
        rebuild=stage.rebuild,
        expected=partial(expected_pack, stage.world),
        toolchain=stage.toolchain,
        ledger=stage.world.store.ledger,
    )
    verdict = verify(case, stage.inspector)
    yield f"verify      {name}"
    yield from (f"            {line}" for line in verdict.lines())
    if verdict.outcome is not expected:
        raise _unexpected(name, verdict, expected)


def _unexpected(name: str, verdict: Verdict, expected: Outcome) -> VerificationError:
    message = f"{name} was judged {verdict.outcome}, expected {expected}"
    return VerificationError(message, reason=verdict.reason or "UNEXPECTED")
