"""Tell the languages that there are words for. Only this module knows that a file of words makes a language."""

from __future__ import annotations

import re

from pemdocs.model import PemdocsError
from pemdocs.resources import SHIPPED


def available() -> tuple[str, ...]:
    """The languages that documents can be written in, and that the program speaks."""
    return SHIPPED.names("house/words/*.toml")


def of_locale(name: str) -> str:
    """The available language that a locale is of, by its code (``nl_BE``) or its English name, as Windows gives it
    (``Dutch_Belgium.1252``); the empty text if none is."""
    tongue = re.split(r"[_.@-]", name)[0].casefold()
    if len(tongue) < 3:
        return tongue if tongue in available() else ""
    from pemdocs.knowledge import locales  # Babel takes a moment, and few systems need it

    return next((lang for lang in available() if locales.tongue(lang, "en").casefold() == tongue), "")


def spoken(lang: str) -> str:
    """The language if the program speaks it. Raises ``PemdocsError`` ``unknown-language`` otherwise."""
    if lang not in available():
        raise PemdocsError("unknown-language", language=lang, known=", ".join(available()))
    return lang
