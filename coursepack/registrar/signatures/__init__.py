"""Signatures and time stamps that others made of the files of a bag, checked without a network.

``beside`` finds them, ``judge`` (in a child process: what is parsed is a stranger's) says what is true of one: CMS
beside a file (RFC 5652, CAdES), RFC 3161 time stamps, signatures inside a PDF (PAdES). ``chain`` follows certificates
to a given trust store and looks into given revocation lists.
"""
