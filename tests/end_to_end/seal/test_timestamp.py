"""A time-stamp authority with many ways to be wrong: none of its tokens gets into a pack."""

import contextlib
import hashlib
import socket
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from asn1crypto import tsp

from generator.adapters import timestamp
from generator.adapters.demo_ca import DemoAuthority, demo_authority
from generator.adapters.timestamp import CheckedAuthority, DemoStampAuthority, HttpAuthority, response_of, token_fault
from generator.errors import SealError
from tests.end_to_end.seal.conftest import Bench, now

DIGEST = hashlib.sha256(b"signature").digest()


@dataclass
class Faulty:
    """Answers as the demo authority would, with one thing wrong."""

    authority: DemoAuthority
    fault: str = ""
    asked: int = 0
    name: str = "the faulty authority"
    strangers: DemoAuthority | None = None
    answers: dict[str, bytes] = field(default_factory=dict)

    def answer(self, request: bytes) -> bytes:
        """The reply, wrong in the way of `fault`."""
        self.asked += 1
        return FAULTS[self.fault](self, request)


def _good(faulty: Faulty, request: bytes, clock: Callable[[], datetime] = now) -> bytes:
    return DemoStampAuthority(faulty.authority, clock).answer(request)


def _changed(name: str, value: object) -> Callable[[Faulty, bytes], bytes]:
    def reply(faulty: Faulty, request: bytes) -> bytes:
        asked = tsp.TimeStampReq.load(request)
        if name == "imprint":
            asked["message_imprint"]["hashed_message"] = value
        else:
            asked[name] = value
        return _good(faulty, asked.dump())

    return reply


def _shifted(by: timedelta) -> Callable[[Faulty, bytes], bytes]:
    return lambda faulty, request: _good(faulty, request, lambda: now() + by)


def _flipped(place: int) -> Callable[[Faulty, bytes], bytes]:
    def reply(faulty: Faulty, request: bytes) -> bytes:
        data = bytearray(_good(faulty, request))
        data[place] ^= 1
        return bytes(data)

    return reply


def _stranger(faulty: Faulty, request: bytes) -> bytes:
    assert faulty.strangers
    return DemoStampAuthority(faulty.strangers, now).answer(request)


def _not_a_stamp_certificate(faulty: Faulty, request: bytes) -> bytes:
    source = DemoStampAuthority(faulty.authority, now)
    wrong = replace(
        faulty.authority, stamp=replace(faulty.authority.stamp, certificate=faulty.authority.root.certificate)
    )
    source.tsa_cert = DemoStampAuthority(wrong, now).tsa_cert
    return source.answer(request)


def _rejected(_: Faulty, __: bytes) -> bytes:
    return bytes.fromhex("30053003020102")  # TimeStampResp { status { rejection } }


FAULTS: dict[str, Callable[[Faulty, bytes], bytes]] = {
    "": _good,
    "another imprint": _changed("imprint", b"\0" * 32),
    "another nonce": _changed("nonce", 12345),
    "three years old": _shifted(timedelta(days=-3 * 365)),
    "six minutes old": _shifted(timedelta(minutes=-6)),
    "a month ahead": _shifted(timedelta(days=30)),
    "a bit flipped in the signature": _flipped(-40),
    "a bit flipped in the token": _flipped(200),
    "a stranger's": _stranger,
    "another certificate": _not_a_stamp_certificate,
    "a rejection": _rejected,
    "cut in half": lambda faulty, request: _good(faulty, request)[: len(_good(faulty, request)) // 2],
    "nothing": lambda *_: b"",
    "a web page": lambda *_: b"<html>captive portal</html>",
}


@pytest.fixture(scope="module")
def strangers(tmp_path_factory: pytest.TempPathFactory) -> DemoAuthority:
    """Another demo authority."""
    return demo_authority(tmp_path_factory.mktemp("strangers") / "demo-authority", now)


@pytest.fixture
def faulty(authority: DemoAuthority, strangers: DemoAuthority) -> Faulty:
    """An authority that can be made wrong."""
    return Faulty(authority, strangers=strangers)


def _checked(faulty: Faulty) -> CheckedAuthority:
    return CheckedAuthority((faulty,), (faulty.authority.root.certificate,), now)


def test_a_good_token_is_handed_on(faulty: Faulty) -> None:
    token = _checked(faulty).stamp(DIGEST)
    assert token_fault(response_of(token), DIGEST, [faulty.authority.root.certificate]) is None
    assert faulty.asked == 1


@pytest.mark.parametrize("fault", [name for name in FAULTS if name])
def test_a_wrong_token_is_refused(faulty: Faulty, fault: str) -> None:
    faulty.fault = fault
    with pytest.raises(SealError, match="no time-stamp authority gave a valid token") as caught:
        _checked(faulty).stamp(DIGEST)
    assert caught.value.reason == "TSA"
    assert faulty.asked == 3


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("another imprint", "it is over other bytes (OTHER_BYTES)"),
        ("another nonce", "the token answers another request"),
        ("three years old", "a certificate in its chain was not valid at its own time (NOT_VALID_THEN)"),
        ("a bit flipped in the signature", "its signature is wrong, or it cannot be read (BROKEN)"),
        ("a stranger's", "its chain does not end in a given root of time-stamps (NOT_UNDER_ROOT)"),
        ("a rejection", "its answer holds no token that can be read"),
        ("a web page", "its answer holds no token that can be read"),
    ],
)
def test_a_wrong_token_is_told_in_words_of_our_own(faulty: Faulty, fault: str, words: str) -> None:
    faulty.fault = fault
    with pytest.raises(SealError) as caught:
        _checked(faulty).stamp(DIGEST)
    assert caught.value.message.endswith(f": the faulty authority: {words}")


# The ones that a signing library embeds without complaint.
@pytest.mark.parametrize("fault", ["another imprint", "three years old", "a month ahead", "a stranger's"])
def test_no_pack_is_sealed_with_a_wrong_token(bench: Bench, base: bytes, faulty: Faulty, fault: str) -> None:
    faulty.fault = fault
    with pytest.raises(SealError) as caught:
        replace(bench.signer(), authority=_checked(faulty)).seal(base)
    assert caught.value.reason == "TSA"


def test_the_next_authority_is_asked_when_one_is_wrong(faulty: Faulty) -> None:
    second = Faulty(faulty.authority)
    faulty.fault = "a rejection"
    both = CheckedAuthority((faulty, second), (faulty.authority.root.certificate,), now)
    assert both.stamp(DIGEST)
    assert (faulty.asked, second.asked) == (3, 1)


class _Server(ThreadingHTTPServer):
    behaviour = ""
    faulty: Faulty
    released: threading.Event


class _Handler(BaseHTTPRequestHandler):
    server: _Server

    def do_POST(self) -> None:
        """Answer as the server is told to."""
        request = self.rfile.read(int(self.headers["Content-Length"]))
        code = {"500": 500, "429": 429, "302": 302}.get(self.server.behaviour, 200)
        body = self.server.faulty.answer(request)
        if self.server.behaviour == "huge":
            body += b"\0" * 100_000
        self.send_response(code)
        if code == 302:
            self.send_header("Location", "http://127.0.0.1:9/")
        kind = "text/html" if self.server.behaviour == "html" else "application/timestamp-reply"
        self.send_header("Content-Type", kind)
        self.end_headers()
        if self.server.behaviour == "slow":
            self.server.released.wait(10)
            return
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # the caller reads no more than it wants
            self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(faulty: Faulty) -> Iterator[_Server]:
    """An authority on a loopback address, stopped after the test."""
    started = _Server(("127.0.0.1", 0), _Handler)
    started.faulty = faulty
    started.released = threading.Event()
    thread = threading.Thread(target=started.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield started
    started.released.set()
    started.shutdown()
    started.server_close()
    thread.join()


def _over_http(server: _Server) -> CheckedAuthority:
    url = f"http://127.0.0.1:{server.server_port}/tsa"
    return CheckedAuthority((HttpAuthority(url),), (server.faulty.authority.root.certificate,), now)


def test_a_pack_is_sealed_with_time_stamps_over_http(bench: Bench, base: bytes, server: _Server) -> None:
    assert replace(bench.signer(), authority=_over_http(server)).seal(base).startswith(base)


@pytest.mark.parametrize(
    ("behaviour", "message"),
    [
        ("500", "Internal Server Error"),
        ("429", "Too Many Requests"),
        ("302", "Found"),
        ("html", "answered with text/html, not a time-stamp"),
        ("huge", "answered with more than 65536 bytes"),
        ("slow", "timed out"),
    ],
)
def test_an_authority_that_misbehaves_is_told_by_name(
    server: _Server, behaviour: str, message: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timestamp, "_TIMEOUT", 0.3 if behaviour == "slow" else 60)
    monkeypatch.setattr(timestamp, "_TRIES", 1)
    server.behaviour = behaviour
    with pytest.raises(SealError, match=message) as caught:
        _over_http(server).stamp(DIGEST)
    assert f"127.0.0.1:{server.server_port}" in caught.value.message


@pytest.mark.parametrize("reply", [b"garbage\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: " + b"x" * 70_000 + b"\r\n\r\n"])
def test_an_answer_that_is_no_http_is_told(reply: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timestamp, "_TRIES", 1)
    with socket.create_server(("127.0.0.1", 0)) as listening:
        thread = threading.Thread(target=_answered, args=(listening, reply), daemon=True)
        thread.start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/"
        with pytest.raises(SealError, match="no time-stamp authority gave a valid token") as caught:
            CheckedAuthority((HttpAuthority(url),), (), now).stamp(DIGEST)
        thread.join()
    assert (caught.value.reason, url in caught.value.message) == ("TSA", True)


def _answered(listening: socket.socket, reply: bytes) -> None:
    """One connection, read and answered."""
    connection, _ = listening.accept()
    with connection, contextlib.suppress(ConnectionError):
        connection.recv(65_536)
        connection.sendall(reply)


def test_an_authority_that_is_down_is_told() -> None:
    nobody = CheckedAuthority((HttpAuthority("http://127.0.0.1:9/"),), (), lambda: datetime.now(UTC))
    with pytest.raises(SealError, match="refused") as caught:
        nobody.stamp(DIGEST)
    assert caught.value.reason == "TSA"


def test_without_any_authority_nothing_is_stamped(tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(SealError, match="none is configured"):
        CheckedAuthority((), (), now).stamp(DIGEST)
