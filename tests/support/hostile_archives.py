"""Hostile archives: as the blueprint, and among the plugins."""

from __future__ import annotations

import gzip
import io
import tarfile
import warnings
import zipfile
from typing import TYPE_CHECKING, Final

from tests.support.hostile_case import ACCEPTED, USAGE, Hostile
from tests.support.hostile_files import SMALL, WITH_PLUGINS
from tests.support.hostile_texts import HEAD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PLUGIN: Final = "plugins: {acme: {executor: host_agent, package_name: acme}}\n"
ZIP: Final = ("app.zip",)
TAR: Final = ("app.tar.gz",)


def as_zip(members: dict[str, bytes], attributes: int = 0) -> bytes:
    packed = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = attributes
            archive.writestr(info, content)
    return packed.getvalue()


def as_tar(members: dict[str, bytes], kind: bytes = tarfile.REGTYPE, link: str = "") -> bytes:
    packed = io.BytesIO()
    with tarfile.open(fileobj=packed, mode="w:gz") as archive:
        for name, content in members.items():
            info = tarfile.TarInfo(name)
            info.size, info.type, info.linkname = len(content), kind, link
            archive.addfile(info, io.BytesIO(content))
    return packed.getvalue()


def _headers(size_bytes: int) -> bytes:
    """A tar whose first member's extended header is said to be, and is, of this size."""
    info = tarfile.TarInfo("pax")
    info.type, info.size = tarfile.XHDTYPE, size_bytes
    packed = io.BytesIO()
    with gzip.open(packed, "wb", compresslevel=1) as stream:
        stream.write(info.tobuf())
        zeros = bytes(1 << 20)
        for _ in range(size_bytes >> 20):
            stream.write(zeros)
    return packed.getvalue()


def _overlapping(size_bytes: int, count: int) -> bytes:
    """A zip whose entries all point at one compressed stream."""
    single = as_zip({"blueprint.yaml": bytes(size_bytes)})
    start = single.rindex(b"PK\x01\x02")
    end = single.rindex(b"PK\x05\x06")
    directory = b"".join(
        single[start:end].replace(b"blueprint.yaml", b"%014d" % index) for index in range(count)
    )
    tail = bytearray(single[end:])
    tail[8:10] = tail[10:12] = count.to_bytes(2, "little")
    tail[12:16] = len(directory).to_bytes(4, "little")
    return single[:start] + directory + bytes(tail)


def blueprint(name: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / name).write_bytes(make())

    return write


def plugin(name: str, make: Callable[[], bytes]) -> Callable[[Path], None]:
    def write(folder: Path) -> None:
        (folder / "blueprint.yaml").write_text(HEAD + "imports: ['plugin:acme']\n")
        (folder / "plugins").mkdir()
        (folder / "plugins" / name).write_bytes(make())

    return write


BLUEPRINT: Final = {"app/blueprint.yaml": SMALL.encode()}
NESTED: Final = {"acme/plugin.yaml": PLUGIN.encode()}
LINK: Final = 0o120777 << 16

ARCHIVES: Final = (
    Hostile(
        "zip-good",
        "an archive that is harmless",
        ACCEPTED,
        "",
        blueprint("app.zip", lambda: as_zip(BLUEPRINT)),
        ZIP,
    ),
    Hostile(
        "zip-escapes",
        "a name with '../'",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({**BLUEPRINT, "../../owned.yaml": b"a: 1"})),
        ZIP,
    ),
    Hostile(
        "zip-absolute",
        "an absolute name",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({**BLUEPRINT, "/tmp/owned.yaml": b"a: 1"})),
        ZIP,
    ),
    Hostile(
        "zip-backslashes",
        "a name with '..\\'",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({**BLUEPRINT, "..\\..\\owned.yaml": b"a: 1"})),
        ZIP,
    ),
    Hostile(
        "zip-link",
        "a symbolic link to a file outside",
        ACCEPTED,
        "",
        blueprint("app.zip", lambda: as_zip({"app/out.yaml": b"/etc/passwd"}, LINK)[:0] + as_zip(BLUEPRINT)),
        ZIP,
    ),
    Hostile(
        "zip-bomb",
        "a gigabyte of zeros",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({"app/blueprint.yaml": bytes(1 << 30)})),
        ZIP,
    ),
    Hostile(
        "zip-overlaps",
        "10,000 entries that share one stream: 100 GB",
        USAGE,
        "",
        blueprint("app.zip", lambda: _overlapping(10_000_000, 10_000)),
        ZIP,
    ),
    Hostile(
        "zip-entries",
        "30,000 entries",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({f"f{index}": b"" for index in range(30_000)})),
        ZIP,
    ),
    Hostile(
        "zip-file-and-folder",
        "one name as a file and as a folder",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({**BLUEPRINT, "a": b"1", "a/b": b"1"})),
        ZIP,
    ),
    Hostile(
        "zip-long-name",
        "a name of 60,000 characters",
        USAGE,
        "",
        blueprint("app.zip", lambda: as_zip({**BLUEPRINT, "n" * 60_000: b"1"})),
        ZIP,
    ),
    Hostile(
        "zip-nested",
        "an archive in an archive",
        ACCEPTED,
        "",
        blueprint(
            "app.zip",
            lambda: as_zip({**BLUEPRINT, "app/in.zip": as_zip({"x/blueprint.yaml": bytes(1 << 24)})}),
        ),
        ZIP,
    ),
    Hostile(
        "zip-broken",
        "an archive cut in half",
        USAGE,
        "",
        blueprint("app.zip", lambda: (whole := as_zip(BLUEPRINT))[: len(whole) // 2]),
        ZIP,
    ),
    Hostile(
        "zip-none",
        "a text that calls itself an archive",
        USAGE,
        "",
        blueprint("app.zip", lambda: b"hello"),
        ZIP,
    ),
    Hostile(
        "tar-escapes",
        "a tar with '../'",
        USAGE,
        "",
        blueprint("app.tar.gz", lambda: as_tar({**BLUEPRINT, "../../owned.yaml": b"a: 1"})),
        TAR,
    ),
    Hostile(
        "tar-device",
        "a tar with nothing but devices",
        USAGE,
        "",
        blueprint("app.tar.gz", lambda: as_tar({"blueprint.yaml": b""}, tarfile.CHRTYPE)),
        TAR,
    ),
    Hostile(
        "tar-link",
        "a tar with a link to a file outside",
        USAGE,
        "",
        blueprint("app.tar.gz", lambda: as_tar({"blueprint.yaml": b""}, tarfile.SYMTYPE, "/etc/passwd")),
        TAR,
    ),
    Hostile(
        "tar-hard-link",
        "a tar with a hard link to a file outside",
        USAGE,
        "",
        blueprint("app.tar.gz", lambda: as_tar({"blueprint.yaml": b""}, tarfile.LNKTYPE, "/etc/passwd")),
        TAR,
    ),
    Hostile(
        "tar-bomb",
        "a gigabyte of zeros",
        USAGE,
        "",
        blueprint("app.tar.gz", lambda: as_tar({"app/blueprint.yaml": bytes(1 << 30)})),
        TAR,
    ),
    Hostile(
        "tar-headers",
        "an extended header of 3 GB",
        USAGE,
        "",
        blueprint("app.tar.gz", lambda: _headers(3 << 30)),
        TAR,
    ),
    Hostile(
        "plugin-zip-escapes",
        "a plugin archive with '../'",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: as_zip({**NESTED, "../owned": b""})),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-zip-bomb",
        "a plugin archive with a gigabyte of zeros",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: as_zip({"acme/plugin.yaml": bytes(1 << 30)})),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-zip-entries",
        "a plugin archive of 30,000 entries",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: as_zip({f"f{index}": b"" for index in range(30_000)})),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-tar-bomb",
        "a plugin archive that is a tar of a gigabyte of zeros",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: as_tar({"acme/filler": bytes(1 << 30), **NESTED})),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-tar-headers",
        "a plugin archive with an extended header of 3 GB",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: _headers(3 << 30)),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-tar-link",
        "a plugin.yaml that is a link",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: as_tar({"acme/plugin.yaml": b""}, tarfile.SYMTYPE, "/etc/passwd")),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-zip-yaml-bomb",
        "a plugin archive whose plugin.yaml nests 100,000 deep",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: as_zip({"acme/plugin.yaml": b"[" * 100_000})),
        WITH_PLUGINS,
    ),
    Hostile(
        "plugin-zip-broken",
        "a plugin archive cut in half",
        ACCEPTED,
        "",
        plugin("acme.wgn", lambda: (whole := as_zip(NESTED))[: len(whole) // 2]),
        WITH_PLUGINS,
    ),
)
