"""Moodle XML → questions, cloze included."""
