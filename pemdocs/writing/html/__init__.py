"""Turn a page into one web page that needs nothing else: no script, no address, no other file."""

from pemdocs.writing.html.page import write

__all__ = ["write"]
