"""Markdown: documents of any hand, and the course that an export made."""
