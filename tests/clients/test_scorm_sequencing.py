"""A whole SCORM 2004 course under an LMS's sequencing: free choice, and what rolls up to the course."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lxml import etree
from playwright.sync_api import Page

from tests.clients.scorm_lms import DESKTOP, Learner, chromium, lay_out, served, until
from tests.clients.test_scorm_player import package, read_through

CP = "{http://www.imsglobal.org/xsd/imscp_v1p1}"
IMSSS = "{http://www.imsglobal.org/xsd/imsss}"
ADLCP = "{http://www.adlnet.org/xsd/adlcp_v1p3}"
BUTTONS = """() => {
const best = (part) => coursepack.best(part.answers).text;
const RIGHT = {
  choice: (part) => [...'abcdefghijklmnopqrstuvwxyz'].filter((letter, i) => part.fractions[i] > 0).join(''),
  'true-false': (part) => (part.answer ? 't' : 'f'),
  'fill-in': best, numeric: best, matching: (part) => part.right,
};
document.querySelectorAll('.page.current .question').forEach((box) => {
  const question = coursepack.reader.byKey.get(box.dataset.question);
  if (!question || !question.parts) return;
  question.parts.forEach((part, i) => coursepack.fillPart(box, i, part, RIGHT[part.type](part)));
  box.querySelector('[data-check]').click();
}); }"""


def activity(item: etree._Element) -> dict[str, Any]:
    """An item of the manifest as scorm-again's sequencing reads it."""
    found: Any = item
    rollup, primary = found.find(f".//{IMSSS}rollupRules"), found.find(f".//{IMSSS}primaryObjective")
    delivery, least = found.find(f".//{IMSSS}deliveryControls"), primary.findtext(f"{IMSSS}minNormalizedMeasure")
    threshold = found.find(f"{ADLCP}completionThreshold")
    return {
        "id": found.get("identifier"),
        "title": found.findtext(f"{CP}title"),
        "sequencingControls": {
            "rollupObjectiveSatisfied": rollup.get("rollupObjectiveSatisfied") == "true",
            "rollupProgressCompletion": rollup.get("rollupProgressCompletion") == "true",
            "objectiveMeasureWeight": float(rollup.get("objectiveMeasureWeight")),
        },
        "deliveryControls": {name: value == "true" for name, value in delivery.items()},
        "completionThreshold": {
            "completedByMeasure": threshold.get("completedByMeasure") == "true",
            "minProgressMeasure": float(threshold.get("minProgressMeasure")),
        },
        "primaryObjective": {
            "objectiveID": primary.get("objectiveID"),
            "satisfiedByMeasure": primary.get("satisfiedByMeasure") == "true",
            "minNormalizedMeasure": float(least) if least else None,
        },
    }


def onward(page: Page) -> list[str]:
    """Which activity the LMS delivers for a link of the start page, and for the one at the end of that week."""
    found: list[str] = []
    for here, link in (("about", "[data-part-of=w02] a"), ("w02", ".page.current .onward")):
        page.evaluate("id => choose(id)", f"item-{here}")
        page.evaluate("() => { window.went = []; lms.on('ActivityDelivery', (id) => went.push(id)); }")
        page.evaluate("href => show(href)", f"{here}/index.html")
        frame = page.wait_for_selector("iframe").content_frame()  # type: ignore[union-attr]
        assert frame is not None
        frame.wait_for_selector("html.ready", state="attached")
        last = "0" if here == "about" else "coursepack.reader.config.pages.length - 1"
        frame.evaluate(f"coursepack.reader.go(coursepack.reader.config.pages[{last}].id, true)")
        frame.locator(link).click()
        found += page.evaluate("went")
        page.evaluate("leave()")
    return found


def sought(page: Any) -> tuple[list[str], str]:
    """Which activity the LMS delivers for what was found in another SCO, and the words that are marked there."""
    page.evaluate("id => choose(id)", "item-about")
    page.evaluate("() => { window.went = []; lms.on('ActivityDelivery', (id) => went.push(id)); }")
    page.evaluate("href => show(href)", "about/index.html")
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("html.ready", state="attached")
    frame.locator("[data-open=search]").first.click()
    until(frame, "coursepack.search.index")
    frame.locator("#search-field").fill("екінші дәріс")
    frame.locator("#search li button").first.click()
    went: list[str] = page.evaluate("went")
    page.evaluate("leave()")
    page.evaluate("href => show(href)", f"{went[-1].removeprefix('item-')}/index.html")
    frame = page.wait_for_selector("iframe").content_frame()
    frame.wait_for_selector("html.ready", state="attached")
    until(frame, "CSS.highlights.has('found')")
    text: str = frame.evaluate("[...CSS.highlights.get('found')].map(String).join(' ')")
    page.evaluate("leave()")
    return went, text


def test_every_sco_can_be_chosen_and_all_roll_up(tmp_path: Path) -> None:
    artifact = package("2004")
    lay_out(artifact, tmp_path)
    root: Any = etree.fromstring(artifact.members[0].read())
    mode = {name: value == "true" for name, value in root.find(f".//{CP}organization/{IMSSS}sequencing")[0].items()}
    items = [activity(item) for item in root.iter(f"{CP}item")]
    tree = {"id": "organization", "title": "Course", "sequencingControls": mode, "children": items}
    seen = []
    with chromium() as browser, served(tmp_path) as address:
        learner = Learner(browser.new_context(viewport=DESKTOP), address, "2004")  # type: ignore[arg-type]
        page = learner.page()
        page.goto(f"{address}/tree.html")
        page.evaluate("tree => begin(tree)", tree)
        for item in reversed(items):  # backwards: nothing has to be read first
            name = item["id"]
            assert page.evaluate("id => choose(id)", name) is True
            page.evaluate("href => show(href)", f"{name.removeprefix('item-')}/index.html")
            frame = page.wait_for_selector("iframe").content_frame()  # type: ignore[union-attr]
            assert frame is not None
            frame.wait_for_selector("html.ready", state="attached")
            if name == "item-w01":
                frame.evaluate("coursepack.reader.go('w01-lecture-review', true)")
                frame.evaluate(BUTTONS)
            read_through(frame)
            assert frame.locator("#notices .important").count() == 0
            page.evaluate("leave()")
            course = page.evaluate("lms.getActivityTrackingData('organization')")
            seen.append((course["completionStatus"], course["successStatus"], course["score"]))
        went = onward(page)
        found = sought(page)
        assert learner.problems == []
    assert seen == [
        ("unknown", "unknown", None),
        ("unknown", "unknown", None),
        ("unknown", "unknown", None),
        ("unknown", "passed", 1),
        ("completed", "passed", 1),
    ]
    # From the start page to a week of one's choice; from the end of its last page to the next part.
    assert went == ["item-w02", "item-exam"]
    # What the search found in another SCO is asked for, and shown there.
    assert found[0] == ["item-w02"]
    assert found[1].startswith("2-дәріс. Екінші дәріс")
