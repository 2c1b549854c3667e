"""Let the standard streams take what is said whatever their encoding: Windows gives a file its old code page."""

from __future__ import annotations

import codecs
import json
import re
import sys

PLAIN = {
    "\u00a0": " ", "\u2009": " ", "\u202f": " ", "→": "->", "─": "-", "–": "-", "—": "-", "’": "'", "‘": "'", "“": '"',
    "”": '"', "«": '"', "»": '"', "…": "...", "œ": "oe", "Œ": "OE", "·": "-", "€": "EUR", "\u2011": "-", "\u2212": "-",
}  # fmt: skip
"""What stands for a sign that a code page lacks; a question mark stands for all others."""

HANDLER = "pemdocs.plain"


def prepare() -> None:
    """Make the streams replace what they cannot write instead of failing at it: half a character, or one they lack."""
    codecs.register_error(HANDLER, _replaced)
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors=HANDLER)


def for_programs(text: str) -> str:
    """JSON as the standard output can write it: where it lacks a sign, all are escaped."""
    encoding = getattr(sys.stdout, "encoding", None) or "utf-8"
    if encoding.lower().startswith("utf"):
        return text
    return re.sub(r"[^\x00-\x7f]", lambda sign: json.dumps(sign[0])[1:-1], text)


def _replaced(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    missing = error.object[error.start : error.end]
    return "".join(PLAIN.get(sign, "?") for sign in missing), error.end
