"""PowerPoint presentations → a lecture."""
