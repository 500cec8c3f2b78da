"""SCORM packages: manifest, files, sequencing, metadata, what an LMS is asked to launch."""
