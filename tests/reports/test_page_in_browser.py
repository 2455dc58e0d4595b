"""The page in a real browser, where one is installed: the script runs, hostile text does not."""

import re
import shutil
import subprocess

import pytest

from clientvoice.reports.page import render_page

BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


def _seen(page, tmp_path):
    """Return the page as the browser has it after its scripts ran."""
    file = tmp_path / "page.html"
    file.write_text(page, encoding="utf-8")
    profile = f"--user-data-dir={tmp_path / 'profile'}"
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--virtual-time-budget=2000", profile]
    command = [BROWSER, *options, "--dump-dom", file.as_uri()]
    try:
        run = subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", timeout=60, check=False
        )
    except subprocess.TimeoutExpired:
        pytest.skip(f"{BROWSER} did not answer within a minute")
    if "<html" not in run.stdout:
        pytest.skip(f"{BROWSER} does not run here: {run.stderr[-200:]}")
    return run.stdout


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_our_script_runs_and_hostile_text_does_not(demo, analysis, hostile, read_markup, tmp_path):
    bad = analysis(
        subject=["customer", 0.9, hostile, "", hostile],
        sender=hostile,
        block=[["paragraph", [["client", 0.9, hostile]]]],
    )
    dom = _seen(render_page([*demo, bad], model_name="fast"), tmp_path)
    assert "<title>Client voice report</title>" in dom
    assert re.search(r'<div class="tools" id="tools"(?![^>]*hidden)', dom)
    assert "17 messages" in dom
    tags = [tag for tag, _ in read_markup(dom).tags]
    assert "img" not in tags
    assert tags.count("script") == 1
