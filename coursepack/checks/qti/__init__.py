"""QTI 2.1, 2.2 and 3.0 as kinds of their own; QTI 1.2 packages."""
