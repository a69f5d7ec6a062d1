"""./edem bench map_frames ADDRESS: frames of a map with thousands of points on a slow phone.

ADDRESS is a map's page of a running installation; the processor is slowed four times. Without a graphics card the browser
draws in software, so the figure is a lower bound.
"""

import argparse
from collections.abc import Callable, Sequence
from statistics import median, quantiles

from playwright.sync_api import Page, sync_playwright

from edem.config.testing.needs import CHROMIUM

PHONE = {"width": 360, "height": 740}
SWEEPS = 6
ARGUMENTS = ["--no-sandbox", "--enable-unsafe-swiftshader", "--use-angle=swiftshader", "--no-proxy-server"]
LISTEN = """() => {
  window.frames_seen = []; let last = performance.now()
  const next = now => { window.frames_seen.push(now - last); last = now; requestAnimationFrame(next) }
  requestAnimationFrame(next)
}"""


def main(arguments: Sequence[str] | None = None) -> None:
    options = read_options(arguments)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        page = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True).new_page()
        page.goto(options.address)
        page.locator("report-map[data-ready]").wait_for(state="attached", timeout=60_000)
        page.locator("report-map .map").scroll_into_view_if_needed()
        page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": options.slower})
        dragged, zoomed = measured(page, drag), measured(page, zoom)
        browser.close()
    for name, frames in (("dragging", dragged), ("zooming", zoomed)):
        slow = quantiles(frames, n=20)[18]
        told = f"{name}: {1000 / median(frames):.0f} frames a second at the median, 95 % within {slow:.0f} ms"
        print(f"{told}, longest {max(frames):.0f} ms, {len(frames)} frames")


def measured(page: Page, move: Callable[[Page, int], None]) -> list[float]:
    page.evaluate(LISTEN)
    for sweep in range(SWEEPS):
        move(page, sweep)
    return page.evaluate("window.frames_seen.splice(0).slice(1)")  # type: ignore[no-any-return]


def drag(page: Page, sweep: int) -> None:
    box = page.locator("report-map .map").bounding_box()
    assert box is not None
    middle, reach = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2), 120 if sweep % 2 else -120
    page.mouse.move(*middle)
    page.mouse.down()
    page.mouse.move(middle[0] + reach, middle[1] + reach / 2, steps=20)
    page.mouse.up()
    page.wait_for_timeout(600)


def zoom(page: Page, sweep: int) -> None:
    page.locator(".maplibregl-ctrl-zoom-in" if sweep < SWEEPS / 2 else ".maplibregl-ctrl-zoom-out").click()
    page.wait_for_timeout(900)


def read_options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./edem bench map_frames")
    parser.add_argument("address", help="a page with the reports' map, such as http://localhost:8000/…/reports/map/")
    parser.add_argument("--slower", type=float, default=4, help="how many times the processor is slowed")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    main()
