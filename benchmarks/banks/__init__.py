"""Question banks made in many shapes, formats and languages, and what a reading of them is worth."""
