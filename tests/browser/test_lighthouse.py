"""Lighthouse, with its slow phone, on the published site: nothing to find but a little about speed."""

import os
import shutil
import subprocess
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import msgspec
import pytest

from tests.browser.conftest import ARGUMENTS, SEED, Site
from tests.browser.hosting import hosted
from tests.browser.tools import NODE, from_npm
from tests.conftest import CHECKOUT

pytestmark = pytest.mark.browser

REPORTS = CHECKOUT / ".reports"
"""Where the reports stay, for people."""

LEAST = {"performance": 95, "accessibility": 100, "best-practices": 100, "seo": 100}

PAGES = [
    f"archive/{SEED}",
    "archive/cable/2007/04/07SAOPAULO301.html",
    "archive/tag/PREL.html",
    "archive/origin/index.html",
    "archive/statistics/index.html",
    "archive/glossary.html",
    "sample/index.html",
    "sample/article/a-village-in-the-margin.html",
]

Verdict = tuple[dict[str, int], list[str]]
"""Lighthouse's marks for a page, and what it found."""


def test_lighthouse_is_content(
    site: Site, sample: Site, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    """Several pages at a time, since it mostly waits for them to be quiet; what seemed slow there is judged alone."""
    with hosted({"archive": site, "sample": sample}, tmp_path) as host:
        with ThreadPoolExecutor(3) as pool:
            verdicts = dict(zip(PAGES, pool.map(lambda path: judged(host, path), PAGES), strict=True))
        verdicts |= {path: judged_alone(host, path) for path in PAGES if not good(verdicts[path])}
    for path, (marks, _) in verdicts.items():
        record_property("lighthouse", f"{path}: " + ", ".join(f"{name} {mark}" for name, mark in marks.items()))
    assert {path: verdict for path, verdict in verdicts.items() if not good(verdict)} == {}


def good(verdict: Verdict) -> bool:
    return all(verdict[0].get(name, 0) >= least for name, least in LEAST.items())


def judged_alone(host: str, path: str) -> Verdict:
    """The middle one of three verdicts by performance, which varies from run to run."""
    return sorted((judged(host, path) for _ in range(3)), key=lambda verdict: verdict[0].get("performance", 0))[1]


def judged(host: str, path: str) -> Verdict:
    """Lighthouse's verdict on a page; no marks and its last words where it came to none."""
    report = REPORTS / path.removesuffix(".html").replace("/", "-")
    report.parent.mkdir(exist_ok=True)
    command = [str(NODE), from_npm("lighthouse/cli/index.js"), host + path, "--quiet", "--no-enable-error-reporting"]
    how = ["--disable-full-page-screenshot", f"--chrome-flags=--headless=new {' '.join(ARGUMENTS)}"]
    kept = [f"--only-categories={','.join(LEAST)}", "--output=json", "--output=html", f"--output-path={report}"]
    chromium = os.environ | {"CHROME_PATH": str(shutil.which("chromium"))}
    done = subprocess.run([*command, *how, *kept], env=chromium, capture_output=True, text=True, check=False)
    if done.returncode:
        return {}, [done.stderr]
    told = msgspec.json.decode(report.with_suffix(".report.json").read_bytes())
    categories = [told["categories"][name] for name in LEAST]
    audits = [told["audits"][each["id"]] for category in categories for each in category["auditRefs"]]
    found = {audit["title"] for audit in audits if audit["score"] not in (None, 1)}
    return {category["id"]: round(100 * (category["score"] or 0)) for category in categories}, sorted(found)
