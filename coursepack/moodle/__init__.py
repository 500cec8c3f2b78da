"""What Moodle makes of texts and questions: shared by its readers, writers and checks."""
