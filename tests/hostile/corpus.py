"""Everything made to exhaust the machine, with the size at which it is tried: what each command must refuse or judge
in under 2 seconds of processor and 300 MB of memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from types import ModuleType
from typing import Literal

from tests.hostile import documents, packages, texts

Command = Literal["validate", "inspect", "convert"]


@dataclass(frozen=True)
class Attack:
    """A file that ``make(number)`` makes, for a command; ``code`` is the finding or the words that must be there."""

    command: Command
    ending: str
    make: Callable[[int], bytes]
    number: int
    code: str = ""

    @property
    def name(self) -> str:
        return f"{self.command} {self.make.__name__} {self.number:,}"

    @property
    def file(self) -> str:
        return f"{self.make.__name__.replace('_', '-')}{self.ending}"


# Maker → size, and what must be said of it where it is more than «some finding or none».
_PACKAGES: dict[str, tuple[int, str]] = {
    "cartridge_chain": (8000, ""),
    "scorm_chain": (8000, ""),
    "one_needs_all": (100_000, "scorm-dependency-cycle"),
    "missing_files": (10_000, "scorm-file-missing"),
    "cartridge_missing_files": (20_000, "ims-href-missing"),
    "broken_references": (20_000, "html-reference"),
    "scorm_broken_references": (20_000, "html-reference"),
    "nested_items": (2000, "scorm-manifest-xml"),
    "cartridge_nested_items": (240, "cc-manifest-schema"),
    "flat_items": (30_000, "scorm-identifierref"),
    "cartridge_flat_items": (30_000, "ims-item-dangling"),
    "same_identifiers": (30_000, "scorm-identifier-twice"),
    "prerequisites": (100_000, "scorm-value"),
    "parentheses": (20_000, "scorm-value"),
    "bases": (4000, ""),
    "long_base": (40_000, "scorm-file-missing"),
    "cartridge_long_base": (40_000, "ims-href-missing"),
    "long_href": (5_000_000, "ims-href-missing"),
    "scorm_long_href": (5_000_000, "scorm-file-missing"),
    "long_identifier": (1_000_000, "scorm-dependency"),
    "cartridge_long_identifier": (1_000_000, "ims-dependency-dangling"),
    "percent_href": (4_000_000, "ims-href-missing"),
    "steps_href": (500_000, "ims-href-missing"),
    "attributes": (50_000, ""),
    "namespaces": (40_000, ""),
    "namespaced_children": (40_000, ""),
    "violations": (200_000, "cc-manifest-schema"),
    "scorm_violations": (200_000, "scorm-schema"),
    "metadata": (50_000, "cc-lom-twice"),
    "objectives": (20_000, "scorm-objective-ref"),
    "shared_sequencing": (3000, ""),
    "nested_sequencing": (240, "scorm-sequencing-place"),
    "deep_name": (30_000, "container-name-long"),
    "deep_names": (3000, "container-name"),
    "deep_tar": (30_000, "container-name-long"),
    "dots": (20_000, "container-name-long"),
    "many": (2_000_000, "container-bomb"),
    "hidden": (2_000_000, "container-bomb"),
    "zip64": (4_000_000, "container-bomb"),
    "zip64_lying": (2_000_000, "container-bomb"),
    "two_ends": (2_000_000, "container-bomb"),
    "one_long_header": (40_000, "container-header"),
    "shared_bytes": (500, "container-bomb"),
    "extra_fields": (1500, "container-bomb"),
    "small_extra_fields": (500, "container-bomb"),
    "comment_of_ends": (65_535, ""),
    "quoted": (5000, "container-prefix"),
    "zeros": (1 << 30, "container-bomb"),
    "bzip_zeros": (1 << 28, "container-bomb"),
    "under_the_ratio": (2 << 30, "container-bomb"),
    "backup_bomb": (2 << 30, "container-bomb"),
    "gzip_members": (300_000, "container-damaged"),
    "pax_header": (4_000_000, "container-bomb"),
    "pax_headers": (1000, "container-bomb"),
    "global_headers": (2000, "container-bomb"),
    "sparse": (100_000, "container-bomb"),
    "old_sparse": (100_000, "container-damaged"),
    "long_names": (50_000, "container-bomb"),
    "case_names": (40_000, "container-alike"),
    "one_bomb": (1 << 30, "container-bomb"),
    "bomb_in_noise": (1, "container-bomb"),
    "overlapping": (200, "container-bomb"),
    "empty_members": (100_000, ""),
    "zeros_in_tar": (300 << 20, "container-bomb"),
    "outward_paths": (1000, "container-"),
    "laughs": (1, "ims-manifest-malformed"),
    "outside_entity": (1, "ims-manifest-malformed"),
    "manifest_tags": (20_000_000, "ims-manifest-large"),
    "many_resources": (150_000, "ims-manifest-large"),
    "manifest_deep": (1_000_000, "ims-manifest-large"),
}

_MOODLE: dict[str, tuple[int, str]] = {
    "open_gap": (40, "moodle-xml-gaps"),
    "open_gaps": (100_000, "moodle-xml-gaps"),
    "empty_gaps": (100_000, "moodle-xml-gap"),
    "almost_gaps": (500_000, ""),
    "digits": (1_000_000, "moodle-xml-number"),
    "big_number": (1_000_000, "moodle-xml-number"),
    "answers": (30_000, "moodle-xml-fraction"),
    "strangers": (3_000_000, "moodle-xml-large"),
    "many_violations": (40_000, "moodle-xml-number"),
    "texts_and_files": (15_000, "moodle-xml-file-missing"),
    "nested_questions": (3000, "xml-malformed"),
    "categories": (2000, ""),
    "slashes": (1_000_000, ""),
    "one_question": (1_000_000, "moodle-xml-large"),
    "unclosed_instruction": (500_000, "detect-unknown"),
    "unclosed_comments": (250_000, "detect-unknown"),
    "short_comments": (150_000, "detect-unknown"),
    "doctype": (900_000, "detect-unknown"),
    "references": (1_000_000, ""),
}
_CARTRIDGES: dict[str, tuple[int, str]] = {
    "qti_items": (30_000, "qti-"),
    "qti_labels": (30_000, "qti-"),
    "qti_scores": (10_000, "qti-"),
    "qti_strangers": (1_000_000, "qti-"),
    "qti_deep": (3000, "qti-"),
    "qti_fields": (30_000, "qti-"),
    "page_deep": (500_000, ""),
    "page_tags": (700_000, "html-reference"),
    "page_attributes": (50_000, "html-large"),
    "page_anchors": (200_000, ""),
    "page_bodies": (100_000, ""),
    "page_blanks": (500_000, ""),
    "page_tables": (200_000, ""),
    "page_formatting": (10_000, ""),
    "page_tokens": (500_000, ""),
    "page_address": (5_000_000, "html-reference"),
    "schema_blanks": (500_000, "ims-manifest-malformed"),
    "manifests": (100_000, "ims-manifest-malformed"),
    "same_page": (4000, ""),
}
_BACKUPS: dict[str, tuple[int, str]] = {
    "backup_chain": (4000, "mbz-pool-small"),
    "backup_gaps": (4000, ""),
    "backup_files": (40_000, "mbz-content-missing"),
    "backup_filter": (500_000, "mbz-filter"),
    "backup_members": (1000, "mbz-unreadable"),
    "backup_pictures": (300_000, ""),
}
_WORD: dict[str, int] = {
    "docx_words": 150_000,
    "docx_runs": 100_000,
    "docx_tables": 80,
    "docx_cells": 8000,
    "docx_merged": 10_000,
    "docx_swallowed": 10_000,
    "docx_spans": 15_000,
    "docx_style_chain": 3000,
    "docx_numbers": 5000,
    "docx_lists": 4000,
    "docx_level_texts": 2000,
    "docx_notes": 2000,
    "docx_circle": 3000,
    "docx_fields": 20_000,
    "docx_open_fields": 4000,
    "docx_boxes": 60,
    "docx_box_row": 10_000,
    "docx_carried": 10_000,
    "docx_relations": 30_000,
    "docx_many_relations": 10_000,
    "docx_bookmarks": 30_000,
    "docx_formulas": 80,
    "docx_formula_row": 30_000,
    "docx_letters": 5_000_000,
    "docx_lines": 20_000,
    "docx_controls": 100,
    "docx_pictures": 1000,
}
# Texts of many lines, or dear for each letter; all others are tried with 100,000 (Markdown, banks: 200,000) of theirs.
_FEWER: dict[str, int] = {
    "tab_lines": 10_000,
    "going_on": 20_000,
    "columns": 10_000,
    "wide_columns": 10_000,
    "long_cells": 4000,
    "ruled": 10_000,
    "ruled_alternating": 8000,
    "contents": 8000,
    "hyphens": 20_000,
    "prose": 5000,
    "verses": 10_000,
    "marks": 8000,
    "options": 2000,
    "lectures": 1000,
    "same_lectures": 1000,
    "weeks": 1000,
    "questions": 2000,
    "same_questions": 2000,
    "terms": 5000,
    "literature": 3000,
    "pages": 5000,
    "short_lines": 30_000,
    "initials": 40_000,
    "dates": 20_000,
    "one_byte": 10_000,
    "md_lists": 200,
    "md_list_row": 2000,
    "md_table_rows": 240,
    "md_filled_tables": 300,
    "md_table": 4000,
    "md_formula": 2000,
    "md_roots": 5000,
    "md_note_in_note": 2000,
    "md_references": 5000,
    "md_reference_long": 3000,
    "md_one_footnote": 10_000,
    "md_footnotes": 3000,
    "md_html_nested": 5000,
    "md_headings": 5000,
    "md_items": 10_000,
    "md_numbers": 8000,
    "md_fences": 20_000,
    "md_block_html": 5000,
    "md_html_table": 5000,
    "md_quote_lines": 3000,
    "md_setext": 20_000,
    "md_align": 5000,
    "md_double_dollars": 5000,
    "md_tex_display": 5000,
    "md_long_formula": 10_000,
    "md_math": 5000,
    "md_marks": 5000,
    "md_emphasis": 10_000,
    "md_emphasis_mixed": 10_000,
    "md_entities": 40_000,
    "md_tex": 20_000,
    "md_dollars": 20_000,
    "md_links": 20_000,
    "md_angles": 20_000,
    "md_dollars_spaced": 150_000,
    "gift_tildes": 150_000,
    "gift_tildes_lines": 150_000,
    "gift_pairs": 150_000,
    "gift_categories": 1500,
    "gift_exponents": 1000,
    "gift_line": 2_000_000,
    "gift_open": 40_000,
    "gift_tags": 100_000,
    "xlsx_far": 500,
    "xlsx_shared": 300,
    "aiken_options": 50_000,
}
_ENDINGS = {"md": ".md", "gift": ".gift", "aiken": ".aiken", "csv": ".csv", "xlsx": ".xlsx"}
_HELPERS = {"workbook", "cell"}


def attacks() -> Iterator[Attack]:
    """All of them."""
    for names, module, ending in (
        (_PACKAGES, packages, ".zip"),
        (_MOODLE, documents, ".xml"),
        (_CARTRIDGES, documents, ".imscc"),
        (_BACKUPS, documents, ".mbz"),
    ):
        for name, (number, code) in names.items():
            yield Attack("validate", ending, getattr(module, name), number, code)
    for name, number in _WORD.items():
        make = getattr(documents, name)
        yield Attack("validate", ".docx", make, number)
        yield Attack("inspect", ".docx", make, number)
    for name, (number, _) in _MOODLE.items():
        yield Attack("convert", ".xml", getattr(documents, name), number // 2)
    yield from _of_texts(texts)


def _of_texts(module: ModuleType) -> Iterator[Attack]:
    for name, make in vars(module).items():
        if getattr(make, "__module__", "") != module.__name__ or name in _HELPERS:
            continue
        ending = _ENDINGS.get(name.partition("_")[0], ".txt")
        command: Command = "inspect" if ending in {".txt", ".md"} else "convert"
        number = _FEWER.get(name, 100_000 if ending == ".txt" else 200_000)
        yield Attack(command, ending, make, number)
