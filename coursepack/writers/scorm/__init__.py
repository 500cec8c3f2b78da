"""SCORM 1.2 and 2004: pages to read and to answer, their manifest and their run-time words."""
