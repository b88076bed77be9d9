"""Fetch a file over https, within limits: the only place of bplint that opens a connection."""

from __future__ import annotations

import http.client
import ipaddress
import socket
import ssl
import time
from typing import Final
from urllib.parse import urljoin, urlsplit

MAX_BYTES: Final = 5_000_000
MAX_SECONDS: Final = 30.0  # for one URL, with all its redirects
MAX_REDIRECTS: Final = 5
_MAX_WAIT_S: Final = 10.0  # for one answer of a server
_CHUNK: Final = 65_536
_MOVED: Final = (301, 302, 303, 307, 308)


class FetchError(Exception):
    """Why a URL could not be fetched, in words."""


class Fetcher:
    """Fetches one URL after the other.

    context       whose certificates are trusted
    is_private    whether addresses of private networks may be asked
    """

    def __init__(
        self, context: ssl.SSLContext, *, is_private: bool, max_seconds: float = MAX_SECONDS
    ) -> None:
        self._context = context
        self._is_private = is_private
        self._max_seconds = max_seconds

    def fetch(self, url: str) -> bytes:
        """The content at a URL; http means https. Raises FetchError."""
        deadline = time.monotonic() + self._max_seconds
        location = "https" + url[4:] if url.startswith("http://") else url
        for _ in range(MAX_REDIRECTS + 1):
            answer = self._ask(location, deadline)
            if isinstance(answer, bytes):
                return answer
            location = urljoin(location, answer)
        raise FetchError(f"more than {MAX_REDIRECTS} redirects")

    def _ask(self, url: str, deadline: float) -> bytes | str:
        """The content, or where it has moved to."""
        try:
            parts = urlsplit(url)
            host, port = parts.hostname or "", parts.port or 443
        except ValueError as error:
            raise FetchError(f"'{url}' is no URL: {error}") from error
        if parts.scheme != "https" or not host:
            raise FetchError(f"it leads to '{url}', which is not https")
        if parts.username or parts.password:
            raise FetchError("it has a user's name in it")
        connection = http.client.HTTPSConnection(host, port, timeout=_left(deadline), context=self._context)
        try:
            connection.sock = self._connect(host, port, deadline)
            target = parts.path or "/"
            connection.request("GET", f"{target}?{parts.query}" if parts.query else target,
                               headers={"User-Agent": "bplint", "Accept-Encoding": "identity"})  # fmt: skip
            return self._read(connection, deadline)
        except (OSError, http.client.HTTPException, UnicodeError) as error:
            raise FetchError(_reason(error)) from error
        finally:
            connection.close()

    def _connect(self, host: str, port: int, deadline: float) -> ssl.SSLSocket:
        """A connection to an address that was looked at: the name is asked for once."""
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        for *_, address in found:
            place = ipaddress.ip_address(str(address[0]).partition("%")[0])
            if not self._is_private and (not place.is_global or place.is_multicast):
                raise FetchError(f"'{host}' is at {place}, an address of a private network")
        plain = socket.create_connection((str(found[0][4][0]), port), timeout=_left(deadline))
        try:
            return self._context.wrap_socket(plain, server_hostname=host)
        except BaseException:
            plain.close()
            raise

    def _read(self, connection: http.client.HTTPSConnection, deadline: float) -> bytes | str:
        response = connection.getresponse()
        if response.status in _MOVED:
            moved = response.getheader("Location")
            if not moved:
                raise FetchError(f"the server says {response.status} and not where to")
            return moved
        if response.status != 200:
            raise FetchError(f"the server says {response.status} {response.reason}".rstrip())
        if response.getheader("Content-Encoding") not in (None, "identity"):
            raise FetchError("it comes compressed, which was not asked for")
        announced = response.getheader("Content-Length")
        content = b""
        while True:
            if connection.sock is not None:
                connection.sock.settimeout(_left(deadline))
            part = response.read1(_CHUNK)
            if not part:
                break
            content += part
            if len(content) > MAX_BYTES:
                raise FetchError(f"it is larger than {MAX_BYTES:,} bytes")
        if announced is not None and announced.isdigit() and int(announced) != len(content):
            raise FetchError(f"it ends after {len(content):,} of {int(announced):,} bytes")
        return content


def _left(deadline: float) -> float:
    """Seconds that may still be waited."""
    left = deadline - time.monotonic()
    if left <= 0:
        raise FetchError("it takes too long")
    return min(left, _MAX_WAIT_S)


def _reason(error: Exception) -> str:
    if isinstance(error, (TimeoutError, socket.timeout)):
        return "it takes too long"
    if isinstance(error, ssl.SSLCertVerificationError):
        return f"its certificate is not trusted: {error.verify_message}"
    text = str(error) or type(error).__name__
    return " ".join(text.split())[:200]
