"""Texts and tables: GIFT, Aiken, the question table, the course as Markdown."""
