"""DOCX → a document: parts, styles, numbering, tables, formulas."""
