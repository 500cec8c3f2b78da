"""What a browser would show of products: their pages, drawings, and the texts that a learning platform shows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from coursepack.files.archives import container
from coursepack.files.package import Package
from tests.hostile import active

_POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*>\n?')


def without_policy(page: str) -> str:
    return _POLICY.sub("", page)


def lay_out(products: list[Path], folder: Path, *, policy: bool) -> list[Path]:
    """The pages of products below ``folder``, each once; packages are unpacked, their texts become pages too."""
    made: list[Path] = []
    for product in products:
        data = product.read_bytes()
        base = folder / product.name
        base.mkdir(parents=True, exist_ok=True)
        if container(data[:512]) == "file":
            made += _put(base, product.name, data, policy=policy)
            continue
        package = Package.of_bytes(product.name, data)
        for name in package.names():
            made += _put(base, name, package.read(name), policy=policy)
    return list({path.read_bytes(): path for path in made}.values())


def _put(base: Path, name: str, data: bytes, *, policy: bool) -> Iterator[Path]:
    path = base / name
    path.parent.mkdir(parents=True, exist_ok=True)
    ending = name.rpartition(".")[2]
    if ending == "html" and not policy:
        data = without_policy(data.decode()).encode()
    path.write_bytes(data)
    if ending in {"html", "svg"}:
        yield path
    elif ending == "xml":
        texts = [text for _, text in active.fields(active.xml(data))]
        if "cc11" in str(base):
            texts += [unescape(text) for text in texts]
        if texts:
            shown = path.with_name(f"{path.stem}-texts.html")
            shown.write_text(page("\n".join(f"<div>{text}</div>" for text in texts)), "utf-8")
            yield shown


def page(body: str) -> str:
    """A page around a text, as a platform that cleans nothing would show it."""
    return f'<!DOCTYPE html>\n<html><head><meta charset="utf-8"><title>x</title></head><body>{body}</body></html>'
