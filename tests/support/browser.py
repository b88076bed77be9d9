"""A headless Chromium for tests of pages, where there is one."""

from __future__ import annotations

import html
import json
import re
import shutil
import subprocess
from functools import cache
from pathlib import Path
from typing import Any

import pytest

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
OPTIONS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)


@cache
def chromium() -> str | None:
    return next((found for name in NAMES if (found := shutil.which(name))), None)


needs_chromium = pytest.mark.skipif(
    chromium() is None, reason="there is no chromium: apt-get install chromium"
)


def page_after(path: Path, profile: Path, *, width: int = 1300, height: int = 900) -> str:
    """The page's document when its scripts have run."""
    command = [
        str(chromium()),
        *OPTIONS,
        f"--user-data-dir={profile}",
        f"--window-size={width},{height}",
        "--timeout=60000",
        "--virtual-time-budget=30000",
        "--dump-dom",
        path.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, check=True, timeout=120).stdout


def run_in_page(text: str, steps: str, folder: Path, **options: Any) -> Any:
    """What `steps` (the body of an async function) returns when it is run in a page that has been drawn."""
    script = f"""<script>
addEventListener("securitypolicyviolation", (event) => {{
  document.body.dataset.violated = event.blockedURI;
}});
// the browser's clock runs ahead while nothing is to do, also while WebAssembly is compiled beside: each
// look at the page costs some real time
const work = () => {{ let sum = 0; for (let at = 0; at < 5e6; at += 1) sum += Math.sqrt(at); return sum; }};
const wait = (ms) => new Promise((done) => setTimeout(() => done(work()), ms));
(async () => {{
  let found;
  try {{
    for (let tries = 0; !document.body.dataset.drawn && tries < 1500; tries += 1) await wait(10);
    if (!document.body.dataset.drawn) throw new Error("nothing was drawn");
    found = {{ result: await (async () => {{ {steps} }})() ?? null }};
  }} catch (error) {{ found = {{ error: String(error.stack ?? error) }}; }}
  const note = document.createElement("pre");
  note.id = "found";
  note.textContent = JSON.stringify(found);
  document.body.append(note);
}})();
</script>"""
    page = folder / "page.html"
    page.write_text(text.replace("</body>", script + "</body>"), encoding="utf-8")
    dumped = page_after(page, folder / "profile", **options)
    match = re.search(r'<pre id="found">(.*?)</pre>', dumped, re.DOTALL)
    assert match is not None, dumped[-2000:]
    found = json.loads(html.unescape(match[1]))
    assert "error" not in found, found["error"]
    return found["result"]
