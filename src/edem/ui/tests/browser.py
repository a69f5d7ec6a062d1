"""A page of ours in a real Chromium without a server: files come from the finders, under the strict policy."""

import mimetypes
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, expect, sync_playwright

from edem.config.testing.needs import CHROMIUM
from edem.ui.first_paint import script_sources, style_sources

AXE = Path(__file__).parents[4] / "node_modules/axe-core/axe.min.js"
EXAMINE = """rules => {
  axe._running = false  // an examination without an end is let go
  window.examined = null
  axe.run(document, {resultTypes: ["violations"], rules}).then(
    found => { window.examined = found },
    fault => { window.examined = {violations: [{id: String(fault), nodes: [{target: "axe", failureSummary: "fell"}]}]} },
  )
}"""
EXAMINATIONS, PATIENCE_SECONDS = 3, 60
ORIGIN = "http://platform.example"
SHOTS = os.environ.get("EDEM_SHOTS")
"""A folder for people who look."""
expect.set_options(timeout=60_000)  # long, for machines busy with other things; nothing is slower for it


def policy(page: str) -> str:
    """As the platform gives it; of inline styles the page's own community's colours alone are added."""
    looks = re.findall(r"<style>(@layer tokens{[^<]*)</style>", page)
    styles, scripts = style_sources(*looks), script_sources()
    return f"default-src 'self'; img-src 'self' data: blob:; style-src {styles}; script-src {scripts}"


@contextmanager
def opened(pages: dict[str, str], *, width: int, theme: str, scripts: bool = True) -> Iterator[Page]:
    """`pages` are path → HTML. Whatever the browser complains about is collected in `page.faults`."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        context = browser.new_context(
            viewport={"width": width, "height": 900}, color_scheme=theme, bypass_csp=False, java_script_enabled=scripts
        )
        page: Any = context.new_page()
        page.faults = []
        page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
        page.on("pageerror", lambda fault: page.faults.append(str(fault)))
        page.route("**/*", lambda route: serve(route, pages))
        try:
            yield page
        finally:
            browser.close()


def serve(route: Route, pages: dict[str, str]) -> None:
    path = route.request.url.removeprefix(ORIGIN).partition("?")[0]
    if path in pages:
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy(pages[path])}
        return route.fulfill(body=pages[path], headers=headers)
    found = finders.find(path.removeprefix("/static/"))
    if not found:
        return route.fulfill(status=404, body="")
    kind = mimetypes.guess_type(path)[0] or "font/woff2"
    return route.fulfill(body=Path(found).read_bytes(), content_type=kind)


def axe_faults(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    if not page.evaluate("typeof axe === 'object'"):  # half a megabyte, read once for both widths of a page
        page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {rule: {"enabled": False} for rule in without}
    answer = examined(page, rules)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]


def examined(page: Page, rules: dict[str, dict[str, bool]]) -> Any:
    """What axe says. Now and then it comes to no end on a page without scripts, and a promise is waited for for ever:
    so it is asked whether it has ended, and begins again.
    """
    for _ in range(EXAMINATIONS):
        page.evaluate(EXAMINE, rules)
        until = monotonic() + PATIENCE_SECONDS
        while monotonic() < until:
            if (said := page.evaluate("window.examined")) is not None:
                return said
            page.wait_for_timeout(20)
    pytest.fail(f"axe came to no end on {page.url}")


def faults_of(page: Page) -> list[str]:
    """Of the page as it stands: what axe finds, and whether it is wider than the screen."""
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [*axe_faults(page), *([f"{wider} px wider than the screen"] if wider > 0 else [])]


def faults_on(page: Any, paths: Iterable[str]) -> dict[str, list[str]]:
    """Each page that has any fault, the browser's own complaints among them."""
    found = {}
    for path in paths:
        del page.faults[:]
        page.goto(f"{ORIGIN}{path}")
        shoot(page, path)
        if faults := [*faults_of(page), *page.faults]:
            found[path] = faults
    return found


def shoot(page: Any, name: str) -> None:
    if SHOTS:
        file = f"{re.sub(r'[^0-9a-z]+', '-', name).strip('-')}-{page.viewport_size['width']}.png"
        page.screenshot(path=Path(SHOTS) / file, full_page=True)
