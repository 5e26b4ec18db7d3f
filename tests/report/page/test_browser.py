"""A page in a real browser: its own style and script are what the policy lets in, and nothing else is."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pytest

from planner.report.page.document import Page, Part, page_text
from planner.report.page.frontier_page import SCRIPT
from planner.report.page.markup import Markup, element
from planner.report.voice import Voice
from tests.report.page.read import named, read

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FOREIGN = (
    "<script>document.title='foreign'</script>"
    "<img alt='' src='data:image/gif;base64,R0lGODlhAQABAAAAACw=' onload=\"document.title='foreign'\">"
)


@pytest.mark.browser
@pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed")
def test_a_browser_runs_the_script_of_the_page_and_no_other(tmp_path: Path) -> None:
    panels = [
        element(
            "div", name, class_="stored", hidden="hidden" if n else None, data_of="s", data_n=str(n), data_words=name
        )
        for n, name in enumerate(("first", "second"))
    ]
    slider = element("input", **{"type": "range", "min": "0", "max": "1", "value": "1", "aria-label": "plans"})
    box = element("div", slider, *panels, class_="slider", id="s")
    page = Page("own", "", Markup(FOREIGN), [Part("a", "A", box)], Markup(""), SCRIPT)
    path = tmp_path / "page.html"
    path.write_text(page_text(page, Voice("en", "JPY")), encoding="utf-8")
    assert CHROMIUM is not None
    command = [CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}"]
    shown = subprocess.run(
        [*command, "--virtual-time-budget=500", "--dump-dom", path.as_uri()],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
        env={**os.environ, "HOME": str(tmp_path)},
    ).stdout
    assert "<title>own</title>" in shown
    assert 'aria-valuetext="second"' in shown
    first, second = named(read(shown), "div", **{"class": "stored"})
    assert ("hidden" in first.attributes, "hidden" in second.attributes) == (True, False)
