"""The sample bank's site with an edition, built once from its repository, and a server for it on loopback."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from generator.adapters.new_repository import GitRepositories
from generator.adapters.sample import PackagedSample
from generator.cli import main
from generator.commands.demo import DemoRepository, write_demo


@pytest.fixture(scope="session")
def bank(tmp_path_factory: pytest.TempPathFactory) -> DemoRepository:
    return write_demo(PackagedSample(), GitRepositories(), str(tmp_path_factory.mktemp("site") / "bank"))


@pytest.fixture(scope="session")
def built(bank: DemoRepository) -> Path:
    folder = Path(bank.directory).with_name("built")
    publish(bank, folder)
    return folder


@pytest.fixture(scope="session")
def alone(bank: DemoRepository) -> Path:
    """The site without editions."""
    folder = Path(bank.directory).with_name("alone")
    assert main(["-C", bank.directory, "build", "--commit", "HEAD", str(folder)]) == 0
    return folder


def publish(bank: DemoRepository, folder: Path) -> None:
    """The site with one edition beside it."""
    assert main(["-C", bank.directory, "publish", "--editions", "1", str(folder)]) == 0


class _Quiet(SimpleHTTPRequestHandler):
    """Serves a folder with the policy that the portal promises to run under, and says nothing."""

    policy = ""

    def end_headers(self) -> None:
        if self.policy:
            self.send_header("Content-Security-Policy", self.policy)
        super().end_headers()

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the base class's name
        pass


def serving(folder: Path, policy: str = "") -> Iterator[str]:
    handler = type("Handler", (_Quiet,), {"policy": policy})
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(handler, directory=str(folder))) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.fixture(scope="session")
def address(built: Path) -> Iterator[str]:
    yield from serving(built)
