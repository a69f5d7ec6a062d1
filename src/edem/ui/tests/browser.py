"""A page of ours in a real Chromium without a server: files come from the finders, under the strict policy."""

import mimetypes
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.contrib.staticfiles import finders
from playwright.sync_api import Page, Route, sync_playwright

from edem.ui.csp import import_map_hash

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium")
AXE = Path(__file__).parents[4] / "node_modules/axe-core/axe.min.js"
ORIGIN = "http://platform.example"


def policy() -> str:
    return f"default-src 'self'; img-src 'self' data: blob:; style-src 'self'; script-src 'self' {import_map_hash()}"


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
        headers = {"content-type": "text/html; charset=utf-8", "content-security-policy": policy()}
        return route.fulfill(body=pages[path], headers=headers)
    found = finders.find(path.removeprefix("/static/"))
    if not found:
        return route.fulfill(status=404, body="")
    kind = mimetypes.guess_type(path)[0] or "font/woff2"
    return route.fulfill(body=Path(found).read_bytes(), content_type=kind)


def axe_faults(page: Page, *, without: tuple[str, ...] = ()) -> list[str]:
    page.evaluate(AXE.read_text(encoding="utf-8"))
    rules = {rule: {"enabled": False} for rule in without}
    answer = page.evaluate("rules => axe.run(document, {resultTypes: ['violations'], rules})", rules)
    return [
        f"{violation['id']}: {node['target']} {node['failureSummary']}"
        for violation in answer["violations"]
        for node in violation["nodes"]
    ]
