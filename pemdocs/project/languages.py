"""Tell the languages that there are words for. Only this module knows that a file of words makes a language."""

from __future__ import annotations

from pemdocs.model import PemdocsError
from pemdocs.resources import SHIPPED


def available() -> tuple[str, ...]:
    """The languages that documents can be written in, and that the program speaks."""
    return SHIPPED.names("house/words/*.toml")


def spoken(lang: str) -> str:
    """The language if the program speaks it. Raises ``PemdocsError`` ``unknown-language`` otherwise."""
    if lang not in available():
        raise PemdocsError("unknown-language", language=lang, known=", ".join(available()))
    return lang
