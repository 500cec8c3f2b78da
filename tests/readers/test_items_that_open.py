"""Items of lists that begin with no paragraph: a listing, a picture or a formula of its own."""

from __future__ import annotations

from base64 import b64decode
from pathlib import Path

import pytest

from coursepack import build, discovery
from coursepack.model.blocks import Block, Code, Figure, List, block_text

DOT = b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==")
MARKDOWN = """# Lecture 1. Loops

A loop repeats a block of code until its condition fails.

1. First do this:

   ```python
   for i in range(3):
       print(i)
   ```

2. ```python
   while True:
       break
   ```

   It ends at once.

3. Then go on with the rest.

- ```
  a = 1
  ```
- A bullet.
"""
PAGE = """<html><body><h1>Lecture 1. Loops</h1><p>A loop repeats a block of code until its condition fails.</p>
<ol><li><p>First do this:</p><pre><code class="language-python">for i in range(3):
    print(i)
</code></pre></li><li><pre><code class="language-python">while True:
    break
</code></pre><p>It ends at once.</p></li><li>Then go on with the rest.</li></ol>
<ul><li><pre>a = 1
</pre></li><li>A bullet.</li></ul></body></html>"""


def lists(folder: Path, name: str, text: str) -> list[List]:
    (folder / name).write_text(text, "utf-8")
    (loaded,) = discovery.find_projects([folder / name])
    found = build.understand(loaded)
    assert not [one for ledger in found.ledgers for one in ledger.unclaimed()]
    ((_, session),) = found.course.sessions()
    return [block for block in session.blocks if isinstance(block, List)]


def shown(blocks: tuple[Block, ...]) -> list[tuple[str, str]]:
    return [(type(one).__name__, block_text((one,)).strip()) for one in blocks]


@pytest.mark.parametrize(("name", "text"), [("a.md", MARKDOWN), ("a.html", PAGE)])
def test_an_item_may_begin_with_a_listing(tmp_path: Path, name: str, text: str) -> None:
    numbered, bullets = lists(tmp_path, name, text)
    assert [shown(item.blocks) for item in numbered.items] == [
        [("Paragraph", "First do this:"), ("Code", "for i in range(3):\n    print(i)")],
        [("Code", "while True:\n    break"), ("Paragraph", "It ends at once.")],
        [("Paragraph", "Then go on with the rest.")],
    ]
    assert [shown(item.blocks) for item in bullets.items] == [[("Code", "a = 1")], [("Paragraph", "A bullet.")]]
    code = numbered.items[1].blocks[0]
    assert isinstance(code, Code)
    assert code.language == "python"


def test_a_listing_may_open_the_first_and_the_last_item(tmp_path: Path) -> None:
    (made,) = lists(
        tmp_path, "a.md", "# Lecture 1. Loops\n\nText.\n\n1. ```\n   a\n   ```\n2. Words.\n3. ```\n   b\n   ```\n"
    )
    assert [shown(item.blocks) for item in made.items] == [[("Code", "a")], [("Paragraph", "Words.")], [("Code", "b")]]


def test_an_item_of_a_page_may_begin_with_a_picture(tmp_path: Path) -> None:
    (tmp_path / "p.png").write_bytes(DOT)
    page = PAGE.replace(
        '<pre><code class="language-python">while True:\n    break\n</code></pre>', '<figure><img src="p.png"></figure>'
    )
    numbered, _ = lists(tmp_path, "a.html", page)
    assert len(numbered.items) == 3
    assert isinstance(numbered.items[1].blocks[0], Figure)
    assert [block_text(item.blocks[-1:]) for item in numbered.items[1:]] == [
        "It ends at once.",
        "Then go on with the rest.",
    ]
