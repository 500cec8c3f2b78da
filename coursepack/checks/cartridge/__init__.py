"""Common Cartridges: resources, files, QTI."""
