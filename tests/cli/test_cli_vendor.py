"""`bplint vendor` against a real https server that is slow, endless, lying or redirecting."""

from __future__ import annotations

import contextlib
import json
import shutil
import socket
import ssl
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from bplint.cli import fetch
from bplint.cli.fetch import Fetcher, FetchError
from bplint.cli.group import main

TYPES = b"node_types:\n  acme.Server: {derived_from: cloudify.nodes.Compute}\n"
NESTED = b"imports: [https://127.0.0.1:%d/more.yaml]\n" + TYPES
pytestmark = pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not here: no certificate")
Capture = pytest.CaptureFixture[str]


class Handler(BaseHTTPRequestHandler):
    """Answers by the path."""

    protocol_version = "HTTP/1.1"

    def log_message(self, format: str, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.asked.append(self.path)  # type: ignore[attr-defined]
        name = self.path.strip("/").replace(".yaml", "").split("/")[0]
        with contextlib.suppress(OSError):
            getattr(self, f"say_{name}", self.say_nothing)()

    def reply(self, content: bytes, code: int = 200, **headers: str) -> None:
        self.send_response(code)
        for key, value in {"Content_Length": str(len(content)), **headers}.items():
            self.send_header(key.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(content)

    def say_nothing(self) -> None:
        self.reply(b"", 404)

    def say_types(self) -> None:
        self.reply(TYPES)

    def say_more(self) -> None:
        self.reply(b"inputs: {}\n")

    def say_nested(self) -> None:
        self.reply(NESTED % self.server.server_address[1])

    def say_moved(self) -> None:
        self.reply(b"", 302, Location="/types.yaml")

    def say_round(self) -> None:
        self.reply(b"", 302, Location="/round.yaml")

    def say_plain(self) -> None:
        self.reply(b"", 301, Location="http://127.0.0.1/types.yaml")

    def say_file(self) -> None:
        self.reply(b"", 301, Location="file:///etc/passwd")

    def say_nowhere(self) -> None:
        self.reply(b"", 301)

    def say_broken(self) -> None:
        self.reply(b"oh no", 500)

    def say_page(self) -> None:
        self.reply(b"<html><body>sign in</body></html>")

    def say_other(self) -> None:
        self.reply(b"services: {db: {image: postgres}}\n")

    def say_odd(self) -> None:
        self.reply(b"a: [\n")

    def say_short(self) -> None:
        self.close_connection = True
        self.reply(TYPES, Content_Length=str(len(TYPES) + 100))

    def say_packed(self) -> None:
        self.reply(TYPES, Content_Encoding="gzip")

    def say_endless(self) -> None:
        self.send_response(200)
        self.end_headers()
        while True:
            self.wfile.write(b"# more\n" * 10_000)

    def say_slow(self) -> None:
        self.send_response(200)
        self.end_headers()
        for _ in range(200):
            self.wfile.write(b"#\n")
            self.wfile.flush()
            if self.server.stopped.wait(0.05):  # type: ignore[attr-defined]
                return

    def say_silent(self) -> None:
        self.server.stopped.wait(20)  # type: ignore[attr-defined]


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("certificate")
    command = [
        "openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
        "-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "-keyout", str(folder / "key.pem"), "-out", str(folder / "cert.pem"),
    ]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture
def server(certificate: Path) -> Iterator[ThreadingHTTPServer]:
    found = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.daemon_threads = True
    found.asked = []  # type: ignore[attr-defined]
    found.stopped = threading.Event()  # type: ignore[attr-defined]
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    found.socket = context.wrap_socket(found.socket, server_side=True, do_handshake_on_connect=False)
    found.handle_error = lambda *_: None  # type: ignore[assignment,method-assign]
    thread = threading.Thread(target=found.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    yield found
    found.stopped.set()  # type: ignore[attr-defined]
    found.shutdown()
    found.server_close()
    thread.join()


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / ".bplint.yaml").write_text("{}\n")
    return tmp_path


def write(folder: Path, server: ThreadingHTTPServer, *names: str, scheme: str = "https") -> None:
    urls = "".join(f"  - {scheme}://127.0.0.1:{server.server_address[1]}/{name}\n" for name in names)
    (folder / "blueprint.yaml").write_text(
        f"tosca_definitions_version: cloudify_dsl_1_4\nimports:\n  - cloudify/types/types.yaml\n{urls}"
        "node_templates: {server: {type: acme.Server}}\n"
    )


def vendor(certificate: Path, *arguments: str) -> int:
    given = ["--ca-file", str(certificate / "cert.pem"), "--private-addresses", *arguments]
    return main(["vendor", "blueprint.yaml", *given])


def test_fetched_once_and_read_offline(
    folder: Path, server: ThreadingHTTPServer, certificate: Path, capfd: Capture
) -> None:
    write(folder, server, "nested.yaml")
    assert vendor(certificate) == 0
    lock = json.loads((folder / ".bplint/imports/lock.json").read_text())
    assert [entry["url"].rpartition("/")[2] for entry in lock["imports"]] == ["more.yaml", "nested.yaml"]
    assert vendor(certificate) == 0
    assert server.asked == ["/nested.yaml", "/more.yaml"]  # type: ignore[attr-defined]
    capfd.readouterr()
    assert main(["validate", "blueprint.yaml", "--frozen", "--strict-imports"]) == 0
    assert len(server.asked) == 2  # type: ignore[attr-defined]
    text = (folder / "blueprint.yaml").read_text().replace("acme.Server", "acme.Nothing")
    (folder / "blueprint.yaml").write_text(text)
    assert main(["validate", "blueprint.yaml"]) == 1


def test_a_changed_file_is_not_read(
    folder: Path, server: ThreadingHTTPServer, certificate: Path, capfd: Capture
) -> None:
    write(folder, server, "types.yaml")
    assert vendor(certificate) == 0
    (file,) = (folder / ".bplint/imports").glob("types-*.yaml")
    file.write_bytes(TYPES + b"# changed\n")
    assert main(["validate", "blueprint.yaml"]) == 0
    assert "is not as it was fetched" in capfd.readouterr().out
    assert main(["validate", "blueprint.yaml", "--frozen"]) == 1
    assert vendor(certificate, "--update") == 0
    assert file.read_bytes() == TYPES
    assert main(["validate", "blueprint.yaml", "--frozen"]) == 0


def test_http_is_asked_over_https(folder: Path, server: ThreadingHTTPServer, certificate: Path) -> None:
    write(folder, server, "types.yaml", scheme="http")
    assert vendor(certificate) == 0
    assert main(["validate", "blueprint.yaml", "--strict-imports"]) == 0


REASONS = {
    "nothing.yaml": "the server says 404 Not Found",
    "broken.yaml": "the server says 500 Internal Server Error",
    "round.yaml": "more than 5 redirects",
    "plain.yaml": "it leads to 'http://127.0.0.1/types.yaml', which is not https",
    "file.yaml": "it leads to 'file:///etc/passwd', which is not https",
    "nowhere.yaml": "the server says 301 and not where to",
    "page.yaml": "what came is no file of the language",
    "other.yaml": "what came is no file of the language",
    "odd.yaml": "what came cannot be read as YAML",
    "short.yaml": "it ends after 66 of 166 bytes",
    "packed.yaml": "it comes compressed, which was not asked for",
    "endless.yaml": "it is larger than 5,000,000 bytes",
}


@pytest.mark.parametrize(("name", "reason"), REASONS.items(), ids=REASONS)
def test_bad_answers(
    folder: Path, server: ThreadingHTTPServer, certificate: Path, name: str, reason: str, capfd: Capture
) -> None:
    write(folder, server, name, "moved.yaml")
    assert vendor(certificate) == 1
    error = capfd.readouterr().err
    assert f"/{name}' is not fetched: {reason}\n" in error
    assert error.count("\n") == 1
    assert "Traceback" not in error
    lock = json.loads((folder / ".bplint/imports/lock.json").read_text())
    assert [entry["url"].rpartition("/")[2] for entry in lock["imports"]] == ["moved.yaml"]
    assert len(list((folder / ".bplint/imports").iterdir())) == 2


@pytest.mark.parametrize("name", ["slow.yaml", "silent.yaml"])
def test_slow_answers_end(server: ThreadingHTTPServer, certificate: Path, name: str) -> None:
    context = ssl.create_default_context(cafile=str(certificate / "cert.pem"))
    fetcher = Fetcher(context, is_private=True, max_seconds=0.3)
    with pytest.raises(FetchError, match="it takes too long"):
        fetcher.fetch(f"https://127.0.0.1:{server.server_address[1]}/{name}")


def test_private_addresses_want_a_word(
    folder: Path, server: ThreadingHTTPServer, certificate: Path, capfd: Capture
) -> None:
    write(folder, server, "types.yaml")
    assert main(["vendor", "blueprint.yaml", "--ca-file", str(certificate / "cert.pem")]) == 1
    assert "'127.0.0.1' is at 127.0.0.1, an address of a private network" in capfd.readouterr().err
    assert server.asked == []  # type: ignore[attr-defined]
    assert not (folder / ".bplint").exists()


def test_certificates_are_checked(folder: Path, server: ThreadingHTTPServer, capfd: Capture) -> None:
    write(folder, server, "types.yaml")
    assert main(["vendor", "blueprint.yaml", "--private-addresses"]) == 1
    assert "its certificate is not trusted" in capfd.readouterr().err


def test_nobody_listens(folder: Path, server: ThreadingHTTPServer, certificate: Path, capfd: Capture) -> None:
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))
        port = closed.getsockname()[1]
    with pytest.raises(FetchError, match="refused"):
        Fetcher(ssl.create_default_context(), is_private=True).fetch(f"https://127.0.0.1:{port}/a.yaml")


URLS = {
    "user": ("https://me:secret@example.com/a.yaml", "it has a user's name in it"),
    "scheme": ("ftp://example.com/a.yaml", "which is not https"),
    "no URL": ("https://[::1/a.yaml", "is no URL"),
}


@pytest.mark.parametrize(("url", "reason"), URLS.values(), ids=URLS)
def test_urls_that_are_not_asked(url: str, reason: str) -> None:
    with pytest.raises(FetchError, match=reason):
        Fetcher(ssl.create_default_context(), is_private=False).fetch(url)


def test_damaged_lock_file_is_named_and_left(
    folder: Path, server: ThreadingHTTPServer, certificate: Path, capfd: Capture
) -> None:
    write(folder, server, "types.yaml")
    (folder / ".bplint/imports").mkdir(parents=True)
    (folder / ".bplint/imports/lock.json").write_text("{")
    assert vendor(certificate) == 2
    assert "'.bplint/imports/lock.json' is no lock file" in capfd.readouterr().err
    assert (folder / ".bplint/imports/lock.json").read_text() == "{"


def test_limits_are_those_of_the_page() -> None:
    page = (Path(__file__).parents[2] / "docs" / "security.md").read_text(encoding="utf-8")
    assert f"{fetch.MAX_BYTES:,} bytes" in page
    assert f"{fetch.MAX_SECONDS:.0f} seconds" in page
    assert f"{fetch.MAX_REDIRECTS} redirects" in page
