"""EPUB 3.3 with Accessibility 1.1 metadata: the course as a book, a file a page of the course."""
