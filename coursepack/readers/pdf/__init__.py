"""PDF with a text layer → a document: characters, lines, furniture of pages."""
