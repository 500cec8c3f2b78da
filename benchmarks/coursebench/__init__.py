"""CourseBench: how much of a careful teacher's reading of a document a program finds (README.md has the format)."""
