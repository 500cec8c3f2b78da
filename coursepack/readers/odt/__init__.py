"""OpenDocument texts (.odt) → ``Document``."""
