"""What a course is, whatever it was read from and whatever it will be written to: blocks, questions, the course; the
document that readers make and the ledger of its letters; what writers hand over.
"""
