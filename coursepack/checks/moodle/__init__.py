"""Moodle XML as Moodle's import reads it."""
