"""DOCX: the package (OPC), its parts and the words that Word accepts in them."""
