"""What axe-core says against every page of a package or a web site: ``python -m benchmarks.accessible FILE.zip…``.

Each page in Chromium at 1366 and 390 pixels, light, dark and sepia, with the rules of axe's defaults and «target-size»
(WCAG 2.2). SCORM and ``site`` archives; the programs are those of ``tests/clients/install``.
"""

from __future__ import annotations

import argparse
import tempfile
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Page

from tests.clients.scorm_lms import chromium, need_module, served

SIZES = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
SCHEMES = (("light", "auto"), ("dark", "auto"), ("light", "sepia"))
LOOK = "coursepack:look"
RUN = """axe.run(document, {resultTypes: ['violations'], rules: {'target-size': {enabled: true}}})
  .then(found => found.violations.map(each => `${each.id}: ${each.nodes[0].html.slice(0, 120)}`))"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("packages", type=Path, nargs="+")
    with chromium() as browser:
        for package in parser.parse_args().packages:
            begun = time.monotonic()
            looked, against = judge(browser, package)
            print(*against, sep="\n", end="\n" if against else "")
            seconds = time.monotonic() - begun
            print(f"{package.name}: {looked} views of pages, {len(against)} findings, {seconds:.0f} s")


def judge(browser: Browser, package: Path) -> tuple[int, list[str]]:
    """The number of pages looked at (a page counts once a look), and what axe finds."""
    looked, against = 0, []
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(package) as archive:
        archive.extractall(folder)
        files = sorted(path.relative_to(folder) for path in Path(folder).rglob("index.html"))
        with served(Path(folder)) as address:
            for size in SIZES:
                for device, theme in SCHEMES:
                    context = browser.new_context(viewport=size, color_scheme=device, bypass_csp=True)  # type: ignore[arg-type]
                    context.add_init_script(f"localStorage.setItem('{LOOK}', '{{\"theme\": \"{theme}\"}}')")
                    page = context.new_page()
                    for file in files:
                        page.goto(f"{address}/{file}")
                        for name in pages(page):
                            looked += 1
                            found = page.evaluate(RUN)
                            against += [f"{file}#{name} {size['width']} {device} {theme} {each}" for each in found]
                    context.close()
    return looked, against


def pages(page: Page) -> Iterator[str]:
    """Each page of the file that is open, shown, with axe beside it."""
    page.evaluate((need_module("axe-core") / "axe.min.js").read_text("utf-8"))
    if not page.locator(".page").count():  # the start page of a web site
        yield ""
        return
    page.wait_for_selector("html.ready", state="attached")
    for name in page.evaluate("coursepack.reader.config.pages.map(page => page.id)"):
        page.evaluate("name => coursepack.reader.go(name, true)", name)
        yield name


if __name__ == "__main__":
    main()
