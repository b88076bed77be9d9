"""Neovim's built-in client drives a session."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.language_case import SHOP

SCRIPT = Path(__file__).with_name("neovim.lua")


@pytest.mark.skipif(shutil.which("nvim") is None, reason="nvim is not installed: its client is not run")
def test_neovim_is_served(tmp_path: Path) -> None:
    folder = tmp_path / "shop"
    shutil.copytree(SHOP, folder)
    environment = {
        **os.environ,
        "BPLINT_PYTHON": sys.executable,
        "BPLINT_FOLDER": str(folder),
        "HOME": str(tmp_path),
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    done = subprocess.run(
        ["nvim", "--headless", "-u", "NONE", "-n", "-c", f"luafile {SCRIPT}"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    seen = json.loads(done.stdout)
    assert "BP627" in seen["first"]
    assert "get\\_property gives: `5432`" in seen["hover"]
    assert seen["definition"].endswith("/network.yaml")
    assert {"host", "store", "front"} <= set(seen["completion"])
    assert seen["renamed"] == 3
    assert "left" not in seen
    assert seen["fixed"] == "    type: shop.nodes.Special"
