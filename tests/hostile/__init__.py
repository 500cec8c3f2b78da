"""Input made to exhaust the machine: for every checker and reader, of a size that can be chosen."""
