"""Archives that become folders of documents: plain ones, backups of Moodle courses, cartridges.

Each module has an opener for ``coursepack.files.unpacked``, which finds it by the ending of the archive's name.
"""
