"""Coverage-guided fuzzing of the readers and the checker; see ``__main__``."""
