"""Hold a finished file against what was asked for: every value is in it, and no tag is left."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from html import unescape

from pemdocs.model import PemdocsError
from pemdocs.writing.own import marks

WORDS = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>|</w:(p)>")


def check_tags(parts: Mapping[str, bytes], file: str) -> None:
    """Raise ``PemdocsError`` ``own-tag-left`` where a tag was not carried out; braces of values are entities here."""
    for content in parts.values():
        if b"{{" in content or b"{%" in content or b"%}" in content:
            raise PemdocsError("own-tag-left", file=file)


def check_values(parts: Mapping[str, bytes], written: Iterable[str], file: str) -> None:
    """Raise ``PemdocsError`` ``own-value-lost`` where a value that was written is not in the file."""
    found = [content.decode() for content in parts.values()]
    words = "\n".join(map(_words, found))
    for line in dict.fromkeys(written):
        if line not in words and not any(marks.escaped(line) in each or line in unescape(each) for each in found):
            raise PemdocsError("own-value-lost", file=file)


def _words(content: str) -> str:
    """The words of a part, a line for each paragraph."""
    return unescape("".join("\n" if found[2] else found[1] for found in WORDS.finditer(content)))
