"""Moodle XML: the question bank, question by question, as Moodle's own import takes it."""
