"""QTI 2.1, 2.2 and 3.0: a package of items and a test that orders them."""
