"""Files and archives: the one XML parser, the one archive reader, ZIP writing, what ships with coursepack, cells of
tables, LibreOffice.
"""
