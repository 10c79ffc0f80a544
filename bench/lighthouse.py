"""What Lighthouse says of the pages most people meet first, and how long they wait on a slow line.

Lighthouse (npm) as on a phone, median of five. The wait is measured apart, in Chromium itself: 400 kbit/s, two seconds
to and fro, a processor four times as slow.
"""

import json
import os
import shutil
import tempfile
from pathlib import Path
from statistics import median
from typing import Any

from django.core.management import call_command
from django.db import connection
from playwright.sync_api import Browser, sync_playwright

from bench.measuring import empty_portal, spread
from bench.npm import package, run
from bench.pages import web_server

PAGES = (
    *("/", "/exempel/hyresgasterna-som-fick-varmen-tillbaka/", "/exempel/", "/ordlista/", "/verktyg/forsta-motet/"),
    "/sok/",
)
ROUNDS = int(os.environ.get("ROUNDS", "5"))
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SLOW_LINE = {"offline": False, "latency": 2000, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
"""400 kbit/s both ways, and milliseconds to and fro."""
SLOWER = 4
LARGEST = """() => new Promise(done => {
  new PerformanceObserver(list => done(list.getEntries().at(-1).startTime))
    .observe({type: "largest-contentful-paint", buffered: true});
})"""


def main() -> None:
    chromium = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, CHROMIUM)))
    program = str(package("lighthouse") / "cli" / "index.js")
    with empty_portal():
        call_command("seed_texts", "--with-examples", verbosity=0)
        connection.close()
        with web_server(HTTPS="0", PORTAL_URL="http://127.0.0.1:{port}") as port:
            site = f"http://127.0.0.1:{port}"
            for path in PAGES:
                print(f"{path:<55} {waits(chromium, site + path)}", flush=True)
            for path in PAGES:
                print(f"{path:<55} {judged(program, chromium, site + path)}", flush=True)


def judged(program: str, chromium: str, url: str) -> str:
    """The four marks of a hundred, and what Lighthouse wants done about those that are lower."""
    reports = [report(program, chromium, url) for _ in range(ROUNDS)]
    marks = {name: [round(100 * one["categories"][name]["score"]) for one in reports] for name in CATEGORIES}
    wanted = sorted({audit for one in reports for audit in failed(one)})
    return "/".join(f"{median(values):.0f}" for values in marks.values()) + (f"  wants: {wanted}" if wanted else "")


def failed(found: dict[str, Any]) -> list[str]:
    """The audits that take from a mark."""
    weighed = {one["id"] for name in CATEGORIES for one in found["categories"][name]["auditRefs"] if one["weight"]}
    lower = (name for name in weighed if (found["audits"][name].get("score") or 0) < 1)
    return [
        name for name in lower if found["audits"][name]["scoreDisplayMode"] in {"binary", "numeric", "metricSavings"}
    ]


def report(program: str, chromium: str, url: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="lighthouse-") as folder:
        file = Path(folder) / "report.json"
        flags = "--chrome-flags=--headless=new --no-sandbox --disable-dev-shm-usage"
        categories = f"--only-categories={','.join(CATEGORIES)}"
        swedish = '--extra-headers={"Accept-Language":"sv"}'
        arguments = (url, "--quiet", "--output=json", f"--output-path={file}", flags, categories, swedish)
        run_again_when_asked(program, *arguments, chromium=chromium)
        read: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return read


def run_again_when_asked(program: str, *arguments: str, chromium: str) -> None:
    """Now and then Chromium loses the trace, and Lighthouse asks to be run again: thrice at most."""
    for left in (2, 1, 0):
        try:
            run("node", program, *arguments, **os.environ, CHROME_PATH=chromium)
        except SystemExit as failure:
            if not left or "run Lighthouse again" not in str(failure):
                raise
        else:
            return


def waits(chromium: str, url: str) -> str:
    """Until the largest thing on the page is there, at a first visit over the slow line."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-dev-shm-usage"])
        seconds = [first_visit(browser, url) / 1000 for _ in range(ROUNDS)]
        browser.close()
    return f"{spread(seconds)} s until the largest thing is there, on a slow line"


def first_visit(browser: Browser, url: str) -> float:
    context = browser.new_context(viewport={"width": 412, "height": 823}, device_scale_factor=2.6)
    page = context.new_page()
    line = context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", SLOW_LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.goto(url, wait_until="networkidle")
    milliseconds: float = page.evaluate(LARGEST)
    context.close()
    return milliseconds
