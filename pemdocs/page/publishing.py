"""Turn what a note or a report may print into what its layout asks for: quotes, photographs, numbers, legends."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.consent import consents, printable
from pemdocs.consent.groups import FEWEST
from pemdocs.consent.printable import MetShown, PairShown, PhotographShown, QuoteShown
from pemdocs.facts.indicators import SMALL, Breakdown, Number
from pemdocs.knowledge.rough import sign_of
from pemdocs.knowledge.typography import NBSP, typeset
from pemdocs.model import Shared, SharedPhotograph, SharedQuote, Text
from pemdocs.page.view import Shown, View
from pemdocs.project import beside
from pemdocs.scans import photographs
from pemdocs.words import language, naming
from pemdocs.words.wording import translated

QUOTATION = '«“”„‘"'
"""Marks with which a quotation begins."""

TABLES = frozenset({"notes", "reports"})
"""What publications are about."""


class LegendEntry(NamedTuple):
    """A code of a legend and what it means."""

    code: str
    label: Text


class ImprintLine(NamedTuple):
    """A line of an imprint: what it is, and what stands there; ``address`` where it leads somewhere.

    ``code`` says what a code beside it is, ``version`` what that of the version is.
    """

    label: Text
    text: Text
    address: str
    code: Text
    version: Text


def functions(view: View, pictures: dict[str, bytes]) -> dict[str, Callable[..., Any]]:
    """The functions that a layout of a note or a report calls; none for any other kind."""
    if view.kind.table not in TABLES:
        return {}
    return {
        "quotes": lambda: quotes(view),
        "photographs": lambda: shown_photographs(view, pictures),
        "cropped": lambda picture, across, down: cropped(pictures, picture, across, down),
        "reaches": lambda picture, wide: photographs.reaches(pictures[picture.src], wide, picture.src),
        "quoted": lambda text: quoted(view, text),
        "dimension": lambda each: dimension(view, each),
        "imprint": lambda: imprint(view),
        "left_out": lambda: printable.left_out(view.linked, view.languages),
        "met": lambda: met(view),
        "pairs": lambda: pairs(view),
        "company_words": lambda company: _company(view, company),
        "person_words": lambda person: _spread(view, lambda lang: consents.pseudonym(person._linked, lang)),
        "number": lambda value, unit=False: number(view, value, unit=unit),
        "large": lambda value: large(view, value),
        "share": lambda value: share(view, value),
        "legend": lambda name: legend(view, name),
        "doubt": lambda: doubt(view),
        "score_of": lambda criterion: next(each for each in view.case.scored if each.criterion == criterion),
        "words": lambda words: translated(words, view.languages),
        "target": target,
    }


def told(view: View) -> dict[str, Any]:
    """What a page of a publication carries beside its text: the words of a web page, the media that it may be in."""
    if view.kind.table not in TABLES:
        return {}
    words = {key: _of_web(view, key) for key in view.house_in(view.languages[0])["web"]}
    return {"words": words, "media": consents.media_of(view.linked), "shared": shared(view)}


def _of_web(view: View, key: str) -> Text:
    return _spread(view, lambda lang: view.house_in(lang)["web"][key])


def shared(view: View) -> Shared:
    """What of a note or a report may go on social media too, beside the media that it has."""
    quotes = printable.quotes(view.linked, view.languages, (consents.SOCIAL,)) if view.kind.table == "notes" else ()
    seen = printable.photographs(view.linked, view.languages, (consents.SOCIAL,))
    return Shared(
        joined_texts(view.profile("name"), view.say("title"), mark=" · "),
        translated(view.linked.title or {}, view.languages),
        translated(view.linked.subtitle or {}, view.languages),
        tuple(SharedQuote(quoted(view, each.text), translated(each.who, view.languages)) for each in quotes),
        tuple(SharedPhotograph(f"photograph:{each.id}", translated(each.alt or {}, view.languages), each.credit)
              for each in seen),
    )  # fmt: skip


def quotes(view: View) -> tuple[QuoteShown, ...]:
    """The quotes of the note that may be printed in this document."""
    return printable.quotes(view.linked, view.languages)


def met(view: View) -> tuple[MetShown, ...]:
    """The interviews of the report."""
    return printable.met(view.linked, view.languages)


def pairs(view: View) -> tuple[PairShown, ...]:
    """The pairs of the report whose companies may be named."""
    return printable.pairs(view.linked, view.languages)


def shown_photographs(view: View, pictures: dict[str, bytes]) -> tuple[PhotographShown, ...]:
    """The photographs of the note that may be printed and are there; each is put among ``pictures``."""
    found = []
    for each in printable.photographs(view.linked, view.languages):
        content = beside.content(view.linked.dataset.folder, each.src)
        if content is not None and photographs.is_dots(content):
            name = f"photograph:{each.id}"
            pictures[name] = content
            place = " · ".join(dict.fromkeys(_place(view, each.place, lang) for lang in view.languages))
            found.append(each._replace(src=name, widest=photographs.widest(content, name), place=place))
    return tuple(found)


def _place(view: View, place: str, lang: str) -> str:
    return naming.say_place(place, lang, view.templates) if place else ""


def dimension(view: View, each: Breakdown) -> str:
    """What a breakdown is by: ``country`` where its regions are countries and nothing else."""
    countries = {str(words).casefold() for code in view.programme.profile["countries"].values()
                 if isinstance(code, Mapping) for words in code["name"].values()}  # fmt: skip
    labels = [str(words).casefold() for row in each.rows for words in row.label.values()]
    return "country" if each.dimension == "region" and labels and countries.issuperset(labels) else each.dimension


def imprint(view: View) -> tuple[ImprintLine, ...]:
    """Who publishes, where to ask, what may be done with it: as far as the programme says so."""
    said = view.programme.profile.get("publication", {})
    publisher = view.profile("implementer.name"), view.profile("implementer.address")
    lines = [("publisher", joined_texts(*publisher), "")]
    if said.get("email"):
        lines.append(("contact", _spread(view, lambda _: said["email"]), f"mailto:{said['email']}"))
    if said.get("website"):
        shown = said["website"].partition("://")[2].strip("/")
        lines.append(("web", _spread(view, lambda _: shown), said["website"]))
    if said.get("licence"):
        lines.append(("licence", translated(said["licence"], view.languages), ""))
    return tuple(
        ImprintLine(_imprinted(view, key), text, address, _imprinted(view, "code"), _imprinted(view, "version"))
        for key, text, address in lines
    )


def _imprinted(view: View, key: str) -> Text:
    return _spread(view, lambda lang: view.house_in(lang)["imprint"][key])


def joined_texts(*texts: Text, mark: str = ", ") -> Text:
    """Texts one after the other, in each of their languages."""
    columns = zip(*(text.parts for text in texts), strict=True)
    return Text(tuple((column[0][0], mark.join(words for _, words in column)) for column in columns))


def cropped(pictures: dict[str, bytes], picture: PhotographShown, across: float, down: float) -> str:
    """The source of a photograph in another proportion; put among ``pictures``."""
    name = f"{picture.src}:{across:g}x{down:g}"
    pictures[name] = photographs.cropped(pictures[picture.src], across, down, name)
    return name


def quoted(view: View, words: Mapping[str, Any]) -> Text:
    """What somebody says, in the quotation marks of each language, unless its author has put it in some."""
    text = translated(words, view.languages)
    return replace(text, parts=tuple((each, _marked(view, said, each)) for each, said in text.parts))


def _marked(view: View, said: str, each: str) -> str:
    if said[:1] in QUOTATION:
        return said
    opening, closing = view.house_in(each)["quotation"]
    return typeset(f"{opening}{said}{closing}", each)


def _company(view: View, company: Shown) -> Text:
    media = consents.media_of(view.linked)
    return translated(printable.company_words(company._linked, (), media, view.languages), view.languages)


def number(view: View, value: Number | None, *, unit: bool = False) -> Text:
    """A number as it may be published: ``1 234``, ``fewer than 5``, ``not published``; an en dash where there is none.

    With ``unit`` its unit follows.
    """
    if value is None or (value.value is None and not value.hidden):
        return Text(((view.languages[0], "–"),))
    units = value.unit if unit else {}
    return _spread(view, lambda lang: _measured(_said(view, value, lang), units.get(lang, ""), lang))


def _measured(words: str, unit: str, lang: str) -> str:
    """A number with its unit, if it has one; English writes ``62%``."""
    return f"{words}{'' if lang == 'en' and unit == '%' else ' '}{unit}".strip()


def _said(view: View, value: Number, lang: str) -> str:
    if value.value is not None:
        return language.say_number(value.value, lang, view.templates)
    words = view.house_in(lang)
    return str(words["few"]).format(least=FEWEST) if value.hidden == SMALL else str(words["not_published"])


def large(view: View, value: Number | None) -> Text:
    """A number for a place of few letters: one that is known no better has its sign, ``> 29``, and no word."""
    if value is None or value.value is None or not sign_of(value.value):
        return number(view, value)
    bare, sign = Decimal(value.value), sign_of(value.value)
    return _spread(view, lambda lang: f"{sign}{NBSP}{language.say_number(bare, lang, view.templates)}")


def share(view: View, value: Decimal | None) -> Text:
    """A share of one in percent; an en dash where there is none."""
    if value is None:
        return Text(((view.languages[0], "–"),))
    return _spread(view, lambda lang: language.say_percent(value, lang, view.templates))


def legend(view: View, name: str) -> tuple[LegendEntry, ...]:
    """The codes of a list of the programme, each with its label."""
    codes: Mapping[str, Any] = view.programme.codelists.get(name, {})
    return tuple(LegendEntry(code, translated(labels, view.languages)) for code, labels in codes.items())


def doubt(view: View) -> Text | None:
    """What the programme lets the public know of its legend of scores; nothing of a remark that is for the team."""
    of: Mapping[str, Any] = view.programme.profile.get("report", {}).get("scores", {})
    told = of.get("confirmed") is False and of.get("public", False) and of.get("note")
    return translated(of["note"], view.languages) if told else None


def target(record: Shown | str) -> str:
    """The id under which a record is found on the page: ``r-1``, ``qe-3-1``."""
    written = record if isinstance(record, str) else record._linked.record.id
    plain = unicodedata.normalize("NFKD", written).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z]+|\d+", plain))


def _spread(view: View, say: Callable[[str], str]) -> Text:
    return Text(tuple((lang, typeset(say(lang), lang)) for lang in view.languages))
