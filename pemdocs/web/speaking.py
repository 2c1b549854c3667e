"""Turn a page of ``templates/web`` and its facts into HTML, in the reader's language. Only this module reads them."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache

from pemdocs import resources
from pemdocs.words import language, speech
from pemdocs.words.sandbox import Sandbox, for_layouts

FOLDER = "web"


@lru_cache(maxsize=8)
def words(lang: str) -> Mapping[str, str]:
    """Every sentence of the pages in this language."""
    return tomllib.loads((resources.folder("templates") / FOLDER / "words" / f"{lang}.toml").read_text("utf-8"))


def said(key: str, lang: str, **facts: object) -> str:
    """A word or sentence of the pages; of what is counted, ``key-one`` where there is one."""
    known = words(lang)
    one = f"{key}-one"
    return speech.filled(known[one if facts.get("count") == 1 and one in known else key], facts, lang)


@lru_cache(maxsize=1)
def _pages() -> Sandbox:
    return for_layouts(resources.folder("templates") / FOLDER)


def page(name: str, lang: str, **facts: object) -> str:
    """A page as HTML. What it is given is plain: texts, numbers, and tuples of these."""
    return (
        _pages()
        .get_template(f"{name}.html")
        .render(t=_speaking(lang), s=_telling(lang), day=_dated(lang), lang=lang, **facts)
    )


def _speaking(lang: str) -> Callable[..., str]:
    def speak(key: str, /, **facts: object) -> str:
        return said(key, lang, **facts)

    return speak


def _telling(lang: str) -> Callable[[str], str]:
    def tell(key: str, /) -> str:
        return speech.word(key, lang)

    return tell


def _dated(lang: str) -> Callable[[date | None], str]:
    def dated(day: date | None) -> str:
        return language.say_date(day, lang) if day else "–"

    return dated


def static(name: str) -> bytes:
    """A file that the pages link to."""
    return (resources.folder("templates") / FOLDER / name).read_bytes()
