"""Printed papers in DOCX, from templates that a department may change: syllabus, course set, exam tickets."""
