"""List what a Word template can ask for, ready to be pasted: as text, JSON, a web page or a Word document.

A starting template is made from the same list.
"""

from pemdocs.writing.own.fields.listing import Entry, Group, listed
from pemdocs.writing.own.fields.showing import as_html, as_json, as_text, as_word
from pemdocs.writing.own.fields.starting import starting

__all__ = ["Entry", "Group", "as_html", "as_json", "as_text", "as_word", "listed", "starting"]
