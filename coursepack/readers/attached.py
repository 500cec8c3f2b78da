"""Links to attached files, as readers of structured text meet them: a file is a block, its link stands in a line.

While a paragraph is gathered, the letters of such a link bear a mark; where it ends, its files stand after it. When
links are all that a paragraph holds, they are the files themselves: their letters are the captions.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import unquote

from msgspec.structs import replace

from coursepack import languages, limits, names
from coursepack.files import media, sources
from coursepack.files.hashes import sha256
from coursepack.model.blocks import Inline, Inlines, Media, Run, inline_text
from coursepack.place import Place
from coursepack.readers.inline import join, trim

_MARK = "\x00"
"""No address of a document begins so: no XML and no text that is read holds it."""


def attached(data: bytes, address: str, place: Place | None = None) -> Media:
    """The block of a file that a document calls by ``address``, a path or a name."""
    name = names.file_name(unquote(address.partition("?")[0].partition("#")[0]))
    return Media(asset=sha256(data), media_type=media.named(name).type, name=name, place=place)


def called(block: Media, name: str) -> Media:
    """The same file under the name that its link gives for saving it (``download``), where it gives one."""
    if not name.strip():
        return block
    name = names.file_name(name, block.name)
    return replace(block, name=name, media_type=media.named(name).type)


def labelled(block: Media, label: str) -> Media:
    """The same file, what it is called before its name: «Қазақша: film.vtt»."""
    label = " ".join(label.split())
    return replace(block, caption=(Run(text=f"{label}: {block.name}"),)) if label else block


def captions(block: Media, address: str, find: Callable[[str], Media | None]) -> Iterator[Media]:
    """Captions that lie beside a recording or a film under its name: «film.vtt», «film.kk.vtt»."""
    if block.kind == "file":
        return
    stem = address.partition("?")[0].partition("#")[0].rpartition(".")[0]
    for language in ("", *languages.known()):
        found = find(f"{stem}.{language}.vtt" if language else f"{stem}.vtt")
        if found is not None:
            yield labelled(found, language)


def mark(number: int) -> str:
    """What the letters of a link to the file ``number`` of its paragraph bear for an address."""
    return f"{_MARK}{number}"


def standing(content: Inlines, files: Sequence[Media], *, alone: bool = True) -> tuple[Inlines, tuple[Media, ...]]:
    """A paragraph's content without marks, and the files that stand after it.

    ``alone``: where links are all of it, nothing but the files is left. A heading, or an item of a list, keeps letters.
    """
    if not any(map(_is_marked, content)):
        return content, tuple(files)
    if alone and all(_is_marked(item) or (isinstance(item, Run) and not item.text.strip()) for item in content):
        return (), tuple(_captioned(file, content, mark(number)) for number, file in enumerate(files))
    return _unmarked(content), tuple(files)


def _captioned(file: Media, content: Inlines, its: str) -> Media:
    """The file with the letters of its link, unless they are its name."""
    caption = trim(_unmarked(item for item in content if isinstance(item, Run) and item.href == its))
    return replace(file, caption=caption) if caption and inline_text(caption) != file.name else file


def _is_marked(item: Inline) -> bool:
    return isinstance(item, Run) and item.href is not None and item.href.startswith(_MARK)


def _unmarked(content: Iterable[Inline]) -> Inlines:
    plain = (replace(item, href=None) if isinstance(item, Run) and _is_marked(item) else item for item in content)
    return tuple(join(plain))


def beside(
    folder: Path | None, address: str, *, limit: str = "picture-bytes", follow_links: bool, document: str = ""
) -> tuple[bytes | None, str]:
    """The bytes of a file inside the folder of the course; nothing from elsewhere, nothing huge; or why there are none.
    ``document`` is the name, below the course, of the text in ``folder`` that asks."""
    if folder is None:
        return None, sources.ELSEWHERE
    root = sources.root_of(folder, document)
    path, reason = sources.beside(folder, address, follow_links=follow_links, root=root)
    most = limits.of(limit)
    try:
        if path is not None and path.stat().st_size > most:
            return None, f"is larger than {most} bytes; {limits.raised(limit)}"
        return (path.read_bytes(), "") if path else (None, reason)
    except OSError:
        return None, "cannot be read"
