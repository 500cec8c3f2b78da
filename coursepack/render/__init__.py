"""Blocks to HTML, OOXML and plain text: one class an output, one short method a kind of block."""
