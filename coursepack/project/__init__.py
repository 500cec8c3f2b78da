"""course.toml: its schema and its strict reading."""
