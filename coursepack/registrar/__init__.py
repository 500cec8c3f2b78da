"""Archive, verify, diff, catalogue."""
