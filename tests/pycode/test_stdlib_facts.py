"""The recorded standard library: what each version of Python has."""

from __future__ import annotations

import pytest

from bplint.pycode.names.stdlib import StandardLibrary


@pytest.mark.parametrize(
    ("module", "lacking"),
    [
        ("json", []),
        ("urllib2", ["3.6", "3.11"]),
        ("concurrent", ["2.7"]),
        ("no_such_module", ["2.7", "3.6", "3.11"]),
    ],
)
def test_versions_that_lack_a_module(module: str, lacking: list[str]) -> None:
    assert StandardLibrary().lacks_module(module, ("2.7", "3.6", "3.11")) == lacking
