"""Turn a page into what its cards say, in one language: title, a figure or a quote, a photograph, who pays for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pemdocs.model import Page, Tabled, Text
from pemdocs.page import specimen, versions

EMBLEM = "logo:emblem"
LOGO = "logo:"
FIRST = ("targets", "funnel")
"""The figures that a card tells before others, by how their names begin."""

SAID = re.compile(r"\s?: ")
"""Between the name and the value of a sentence that a figure says."""


class Photograph(NamedTuple):
    """A photograph that may be shared: its source on the page, what it shows, who took it."""

    source: str
    alt: str
    credit: str


class Card(NamedTuple):
    """What a card says. ``label`` is what it is about, ``value`` its figure, or nothing; ``who`` says the ``quote``.

    ``told`` is what the figure is of; without one it is the subtitle.
    """

    name: str
    language: str
    label: str
    title: str
    value: str
    told: str
    quote: str
    who: str
    photograph: Photograph | None
    statement: str
    mark: str


def cards(page: Page, language: str) -> Iterator[Card]:
    """The cards of a page in one of its languages: one of its figure, or else of its title, and one of its quote.

    A quote is shown without a photograph: whoever is in it would be taken for who speaks.
    """
    shared = page.shared
    photograph = next((Photograph(each.source, said(each.alt, language), each.credit) for each in shared.photographs
                       if each.source in page.pictures), None)  # fmt: skip
    value, told = _figure(page, language)
    common = Card("title", language, said(shared.label, language), said(shared.title, language), "", "", "", "",
                  photograph, _statement(page, language), _mark(page, language))  # fmt: skip
    below = said(shared.subtitle, language)
    yield common._replace(name="figure", value=value, told=told) if value else common._replace(told=below)
    for quote in shared.quotes[:1]:
        yield common._replace(
            name="quote", quote=said(quote.text, language), who=said(quote.who, language), photograph=None
        )


def said(text: Text, language: str) -> str:
    """The words of a text in a language, else in the first that it has."""
    return dict(text.parts).get(language) or (text.parts[0][1] if text.parts else "")


def words(card: Card) -> str:
    """All that a card says, to be read instead of it."""
    shown = card.photograph.alt if card.photograph else ""
    parts = (card.mark, card.label, card.title, card.quote, card.who, card.told, card.value, shown, card.statement)
    return " ".join(part if part[-1:] in ".!?»”" else f"{part}." for part in parts if part)


def version(page: Page, language: str) -> str:
    """What cards are called in the register of publications."""
    return f"{said(page.words['version'], language)} {versions.of_cards(page)}"


def logos(page: Page) -> tuple[str, ...]:
    """The sources of the logos on the page, the emblem before the others, each once."""
    found = (image.get("src", "") for image in page.tree.iter("img"))
    return tuple(dict.fromkeys([EMBLEM, *(each for each in found if each.startswith(LOGO))]))


def _figure(page: Page, language: str) -> tuple[str, str]:
    """The value of the first figure that says one in a sentence, and of what it is."""
    shown = {image.get("src", "") for image in page.tree.iter("img")}
    tables = [each for source, each in page.tables.items() if source in shown and each.title]
    for each in sorted(tables, key=_place):
        told = SAID.split(said(each.title, language), maxsplit=1)
        if len(told) == 2 and any(sign.isdigit() for sign in told[1]):
            return told[1], told[0]
    return "", ""


def _place(tabled: Tabled) -> int:
    return next((place for place, name in enumerate(FIRST) if tabled.name.startswith(name)), len(FIRST))


def _statement(page: Page, language: str) -> str:
    """The statement of the funding, as the page says it in this language."""
    spans = [each for each in page.tree.iter("span") if each.get("class") == "funded"]
    return next((_words(each) for each in spans if _tongue(each, page) == language), _words(spans[0]) if spans else "")


def _mark(page: Page, language: str) -> str:
    marks = (each for header in page.tree.iter("header") if specimen.is_mark(header) for each in header.iter("span"))
    return next((_words(each) for each in marks if each.get("lang") == language), "")


def _tongue(element: etree._Element, page: Page) -> str:
    inner = next((str(each.get("lang")) for each in element.iter("span") if each.get("lang")), "")
    return inner or page.languages[0]


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())
