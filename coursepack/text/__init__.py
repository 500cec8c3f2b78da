"""Text in, text out: letters repaired, hard-wrapped lines made paragraphs."""
