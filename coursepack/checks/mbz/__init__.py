"""Moodle course backups as Moodle's restore reads them."""
