"""A small bank in git, its pack printed, sealed and issued: made once, read by every test."""

import hashlib
import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from generator.adapters.demo_ca import Credential, DemoAuthority, PrivateKey, demo_authority
from generator.adapters.git import GitHistory
from generator.adapters.inspection import PackInspector
from generator.adapters.pdf import WeasyPrinter
from generator.adapters.signing import PadesSigner, demo_signer
from generator.adapters.store import FolderStore
from generator.commands.seal import Sealed, seal
from generator.commands.verify import Case, verify
from generator.evidence.expected import Expected
from generator.evidence.manifest import MANIFEST_FILE, Manifest, last_touched, sources
from generator.evidence.request import REQUEST_FILE, PackRequest
from generator.evidence.verdict import Verdict
from generator.ports import Attachment
from tests.sample_pack import THEME, sample_job

FILES = {"roadmap/roadmap.yaml": "phases: []\n", "governance/sign-offs/sgn-2026-001.yaml": "id: sgn-2026-001\n"}


def now() -> datetime:
    """The machine's clock."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Bench:
    """A repository, a store and a demo authority in temporary folders."""

    repository: Path
    store: FolderStore
    authority: DemoAuthority

    @property
    def history(self) -> GitHistory:
        """The repository's past."""
        return GitHistory(str(self.repository))

    def signer(self) -> PadesSigner:
        """The demo authority's signer."""
        return demo_signer(self.authority, now)

    def request(self, **changes: object) -> PackRequest:
        """The request of the sample pack at HEAD."""
        commit = self.history.resolve("HEAD")
        made = PackRequest(commit, "pck-sample", date(2026, 11, 20), "restricted", "demo", toolchain=toolchain())
        return replace(made, **changes)  # type: ignore[arg-type]

    def printed(self, request: PackRequest, swapped: Mapping[str, bytes] | None = None) -> bytes:
        """The base pack of a request, a pure function of it as a real one is; `swapped` are other attachments."""
        tree = self.history.tree(request.commit)
        blobs = tree.files()
        contents = tree.read(blobs)
        commit = self.history.commit(request.commit)
        listed = sources(blobs, contents, last_touched(self.history.log(commit.id, first_parent=False), blobs))
        manifest = Manifest(
            commit.id, commit.tree, "content/", listed, tuple("content/" + path for path in sorted(blobs))
        )
        attached = (
            *(
                Attachment(
                    "content/" + path,
                    (swapped or contents).get(path, contents[path]),
                    path,
                    "Source",
                    "application/yaml",
                )
                for path in blobs
            ),
            Attachment(MANIFEST_FILE, manifest.to_bytes(), "Manifest", "Data", "application/json"),
            Attachment(REQUEST_FILE, request.to_bytes(), "Request", "Data", "application/json"),
        )
        properties = {
            "pack": request.pack,
            "commit": request.commit,
            "asOf": request.as_of.isoformat(),
            "audience": request.audience,
            "profile": request.profile,
            "requestSha256": hashlib.sha256(request.to_bytes()).hexdigest(),
            "manifestSha256": hashlib.sha256(manifest.to_bytes()).hexdigest(),
        }
        return WeasyPrinter(THEME).print(sample_job(attachments=attached, properties=properties))

    def expected(self, request: PackRequest) -> Expected:
        """What a pack of the request should be, as the sample pack's record would say."""
        paths = frozenset("content/" + path for path in self.history.tree(request.commit).files())
        committed = self.history.commit(request.commit).committed
        return Expected(request.as_of, "restricted", request.profile, committed, paths, paths)

    def case(self, data: bytes, **changes: object) -> Case:
        """Everything that a pack can be held against."""
        made = Case(
            data=data,
            now=now(),
            trust=self.authority.trust(),
            history=self.history,
            rebuild=self.printed,
            expected=self.expected,
            toolchain=toolchain,
            ledger=self.store.ledger,
        )
        return replace(made, **changes)  # type: ignore[arg-type]

    def verdict(self, data: bytes, **changes: object) -> Verdict:
        """The verdict on a file."""
        return verify(self.case(data, **changes), PackInspector())


def toolchain() -> Mapping[str, str]:
    """What prints here."""
    return {"weasyprint": "70.0", "lock": "a" * 64, "generator": "0.1.0+" + "b" * 64}


@pytest.fixture(scope="session")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo authority's folder."""
    return tmp_path_factory.mktemp("keys") / "demo-authority"


@pytest.fixture(scope="session")
def authority(keys: Path) -> DemoAuthority:
    """The demo authority of this test run."""
    return demo_authority(keys, now)


@pytest.fixture
def fresh_bench(tmp_path: Path, authority: DemoAuthority) -> Bench:
    """A bench that one test may change."""
    return _bench(tmp_path, authority)


@pytest.fixture(scope="session")
def bench(tmp_path_factory: pytest.TempPathFactory, authority: DemoAuthority) -> Bench:
    """The bench that tests share and leave as it is."""
    return _bench(tmp_path_factory.mktemp("bench"), authority)


@pytest.fixture(scope="session")
def sealed(bench: Bench) -> Sealed:
    """The bench's pack, sealed and issued."""
    base = bench.printed(bench.request())
    return seal(base, bench.signer(), PackInspector(), bench.store)


@pytest.fixture(scope="session")
def base(bench: Bench) -> bytes:
    """The bench's base pack."""
    return bench.printed(bench.request())


def certified(
    authority: DemoAuthority, name: str, *purposes: x509.ObjectIdentifier, key: PrivateKey | None = None
) -> Credential:
    """A certificate that the authority's root issued for a name and these extended key usages."""
    key, old = key or ec.generate_private_key(ec.SECP256R1()), authority.seal.certificate
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(old.issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(old.not_valid_before_utc)
        .not_valid_after(old.not_valid_after_utc)
    )
    for extension in old.extensions:
        if extension.oid != x509.SubjectKeyIdentifier.oid:
            builder = builder.add_extension(extension.value, extension.critical)
    if purposes:
        builder = builder.add_extension(x509.ExtendedKeyUsage(purposes), critical=True)
    return Credential(key, builder.sign(authority.root.key, hashes.SHA256()))


Git = Callable[..., str]


@pytest.fixture
def git(fresh_bench: Bench) -> Git:
    """Runs git in the fresh bench's repository."""
    return partial(run_git, fresh_bench.repository)


def run_git(folder: Path, *arguments: str) -> str:
    """The output of a git command in that folder, under a fixed identity."""
    identity = ("-c", "user.name=Learning Operations", "-c", "user.email=ops@northmere.example")
    date = "2026-11-20T09:30:00Z"  # fixed, so that commits, and with them the packs, are the same in every run
    environment = {**os.environ, "GIT_AUTHOR_DATE": date, "GIT_COMMITTER_DATE": date}
    command = ["git", "-C", str(folder), *identity, *arguments]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def _bench(folder: Path, authority: DemoAuthority) -> Bench:
    repository = folder / "repository"
    for name, text in FILES.items():
        path = repository / "content" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    run_git(repository, "init", "-q", "-b", "main")
    run_git(repository, "add", ".")
    run_git(repository, "commit", "-q", "-m", "Begin")
    return Bench(repository, FolderStore(folder / "store"), authority)
