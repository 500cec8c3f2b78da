"""Electronic books (.epub) → ``Document``."""
