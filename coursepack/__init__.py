"""coursepack: from a lecturer's documents to packages, papers and an archive."""

__version__ = "0.1.0"
