"""A Moodle course backup («moodle2», .mbz): one module a part of the archive.

``backup`` holds what all parts share (ids, files, findings), ``activities``, ``quiz`` and ``bank`` make what a student
meets, ``grades`` the gradebook, ``archive`` the files that hold it together.
"""
