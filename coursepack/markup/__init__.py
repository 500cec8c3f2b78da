"""One cleaner for markup of others: formulas (MathML, TeX), pictures (SVG), addresses, styles, fragments of HTML.

What may pass is data, ``allowed.toml``; whatever is not named there goes, and is counted under words that a reader can
tell. Everything that comes in passes here (readers, a course.json) and everything that goes out once more (renderers,
``Assets``): what is clean already comes through as it was, to the byte.
"""
