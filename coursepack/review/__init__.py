"""The local page of ``coursepack review``: the source beside the course, corrected by a click.

Below it stand ``build`` and the rooms that it knows; only the command line stands above. Starlette and uvicorn are of
the extra ``[review]`` and are loaded by ``app`` and ``serve`` alone.
"""
