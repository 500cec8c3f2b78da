"""Documents read by their structure: segments → signals → sections → labels → drafts of parts.

Words find what they know and lose what they do not, and documents word their headings in a thousand ways. So the
structure is found first (what heads what, which headings count on) and then named, by words or by the shape of what
stands below. ``grow`` is the whole way; every stage is a function of what the stage before gives.
"""
