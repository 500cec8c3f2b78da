"""What a learner meets on a page, whoever exported it: ``python -m benchmarks.any_page FOLDER PAGE "words of it"``.

Weight and time on the phone of ``benchmarks.pages``, whether the page widens a screen, what axe finds, stops of the Tab
key, paper, and whether the text is there without scripts. ``docs/compared.md`` has what it said of other exporters'
pages. Nothing but the folder is served, on 127.0.0.1; a request elsewhere is counted and named.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from playwright.sync_api import Browser, Page

from benchmarks.accessible import RUN
from benchmarks.pages import LINE, PAINT, PHONE, SLOWER, WEIGHT
from tests.clients.scorm_lms import chromium, need_module, served

LOOKS = ((1366, 768, "light"), (390, 844, "light"), (390, 844, "dark"), (320, 640, "light"))
TIMEOUT = 180_000
MOST_STOPS = 100
RINGED = """() => { const look = getComputedStyle(document.activeElement);
  return [document.activeElement.tagName, look.outlineStyle !== 'none' || look.boxShadow !== 'none']; }"""
WIDER = "document.documentElement.scrollWidth - innerWidth"
# Letters and pictures that end behind the edge and stand in no box that scrolls.
CUT = """[...document.querySelectorAll('body *')].filter(each => {
  const box = each.getBoundingClientRect();
  if (!box.width || box.right <= innerWidth + 1 || getComputedStyle(each).visibility === 'hidden') return false;
  for (let above = each; above; above = above.parentElement) {
    if (['auto', 'scroll'].includes(getComputedStyle(above).overflowX)) return false;
  }
  return true;
}).length"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("page", help="its address in the folder")
    parser.add_argument("words", help="words that stand in its text")
    asked = parser.parse_args()
    files = [path for path in asked.folder.rglob("*") if path.is_file()]
    print(f"{len(files)} files, {sum(path.stat().st_size for path in files):,} bytes")
    with served(asked.folder) as address, chromium() as browser:
        url = f"{address}/{asked.page}"
        on_a_phone(browser, address, url, asked.words)
        for width, height, scheme in LOOKS:
            look(browser, url, asked.words, (width, height, scheme))
        without = browser.new_context(java_script_enabled=False).new_page()
        without.goto(url)
        print(f"without scripts: {'text' if asked.words in without.inner_text('body') else 'no text'}")


def there(page: Page, url: str, words: str) -> None:
    page.goto(url, timeout=TIMEOUT)
    page.wait_for_function("words => document.body.innerText.includes(words)", arg=words, timeout=TIMEOUT)


def on_a_phone(browser: Browser, address: str, url: str, words: str) -> None:
    page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]  # a plain dict
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    line = page.context.new_cdp_session(page)
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", LINE)
    line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    there(page, url, words)
    text = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle", timeout=TIMEOUT)
    outside = sorted({each for each in asked if not each.startswith((address, "data:", "blob:"))})
    print(f"phone: first paint {page.evaluate(PAINT):.0f} ms, the text {text:.0f} ms, {len(asked)} requests")
    print(f"phone: {page.evaluate(WEIGHT):,.0f} bytes; outside: {', '.join(outside) or 'nothing'}")
    page.context.close()


def look(browser: Browser, url: str, words: str, how: tuple[int, int, str]) -> None:
    width, height, scheme = how
    context = browser.new_context(
        viewport={"width": width, "height": height},
        color_scheme=scheme,  # type: ignore[arg-type]  # one of the two
        bypass_csp=True,
    )
    page = context.new_page()
    there(page, url, words)
    page.wait_for_load_state("networkidle")
    page.evaluate((need_module("axe-core") / "axe.min.js").read_text("utf-8"))
    against = page.evaluate(RUN)
    print(f"{width} {scheme}: wider by {page.evaluate(WIDER)}, cut off {page.evaluate(CUT)}, axe {len(against)}")
    print(*(f"  {each[:100]}" for each in against), sep="\n", end="\n" if against else "")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    print(f"  ground {ground}")
    if (width, scheme) == (1366, "light"):
        stops = tabbed(page)
        print(f"  {len(stops)} stops of the Tab key, {stops.count(False)} without a ring")
    context.close()


def tabbed(page: Page) -> list[bool]:
    """Whether each stop shows a ring, until the page has no more."""
    found: list[bool] = []
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        tag, ringed = page.evaluate(RINGED)
        if tag == "BODY":
            break
        found.append(ringed)
    return found


if __name__ == "__main__":
    main()
