"""How heavy a SCORM lesson is, and when its first text stands on a throttled phone:
``python -m benchmarks.pages PACKAGE.zip SCO``. Chromium as a phone of 390 pixels with a processor four times slower and
a slow 4G line (1.6 Mbit/s, 150 ms), by its DevTools protocol. Times are those of the browser, on this machine.
"""

from __future__ import annotations

import argparse
import tempfile
import zipfile
from pathlib import Path

from tests.clients.scorm_lms import chromium, served

PHONE = {"width": 390, "height": 844}
SLOWER = 4
LINE = {"offline": False, "latency": 150, "downloadThroughput": 1.6e6 / 8, "uploadThroughput": 0.75e6 / 8}
PAINT = "performance.getEntriesByName('first-contentful-paint').map(entry => entry.startTime)[0] || 0"
WEIGHT = "performance.getEntries().reduce((sum, entry) => sum + (entry.transferSize || 0), 0)"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("package", type=Path)
    parser.add_argument("sco", help="the id of a lesson: w01")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, zipfile.ZipFile(asked.package) as archive:
        archive.extractall(folder)
        with served(Path(folder)) as address, chromium() as browser:
            page = browser.new_context(viewport=PHONE).new_page()  # type: ignore[arg-type]
            line = page.context.new_cdp_session(page)
            line.send("Network.enable")
            line.send("Network.emulateNetworkConditions", LINE)
            line.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            page.goto(f"{address}/{asked.sco}/index.html", timeout=120_000)
            page.wait_for_selector("html.ready", state="attached", timeout=120_000)
            print(f"first text {page.evaluate(PAINT):.0f} ms")
            print(f"ready {page.evaluate('performance.now()'):.0f} ms")
            print(f"transferred {page.evaluate(WEIGHT):.0f} bytes, not packed by the server")


if __name__ == "__main__":
    main()
