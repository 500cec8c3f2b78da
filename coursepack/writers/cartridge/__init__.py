"""IMS Common Cartridge 1.1 and 1.3: the course for any LMS, for learners and for the teacher."""
