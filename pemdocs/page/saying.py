"""Turn plain values into texts, one for each language of a document, as a layout asks for them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, NamedTuple

from pemdocs.facts.stays import destination_of, figure_of
from pemdocs.knowledge.typography import typeset
from pemdocs.model import Finding, Text
from pemdocs.page.view import View
from pemdocs.project.destination import Figure
from pemdocs.resources import Templates
from pemdocs.words import language, speech


class Told(NamedTuple):
    """A finding as a document tells it; ``ground`` is the ground of refusal that it bears on."""

    severity: str
    code: str
    message: Text
    remedy: Text
    place: str
    source: str
    ground: int | None


class GroundTold(NamedTuple):
    """A ground of refusal with the codes of the findings that bear on it."""

    number: int
    text: Text
    codes: tuple[str, ...]


class CentreTold(NamedTuple):
    """The centre as a layout sees it: the steps before the appointment are texts."""

    operator: str
    form: str
    address: str
    number: str
    steps: tuple[Text, ...]
    source: str
    sure: bool


class DestinationTold:
    """The destination of a stay as a layout sees it."""

    def __init__(self, view: View) -> None:
        self._view = view
        self._destination = destination_of(view.linked)
        self.complete = self._destination.complete
        self.grounds = tuple(
            GroundTold(each.number, _words(view, each.text), each.codes) for each in self._destination.grounds
        )

    def post(self, key: str) -> Text:
        """A text about the consulate: ``name``, ``city``; empty where the file has none."""
        words = self._destination.post.get(key)
        return _words(self._view, words) if words else Text(())

    @property
    def centre(self) -> CentreTold | None:
        """Where the application is handed in; ``None`` where that is not known."""
        centre = self._destination.centre
        if centre is None:
            return None
        count = min(map(len, centre.steps.values()))
        steps = (
            _words(self._view, {lang: each[number] for lang, each in centre.steps.items()}) for number in range(count)
        )
        return CentreTold(*centre[:4], tuple(steps), centre.source, centre.sure)

    def figure(self, name: str) -> Figure | None:
        """The figure as it is valid for this application."""
        return figure_of(self._view.linked, name)

    @property
    def figures(self) -> tuple[Figure, ...]:
        """Every figure that is valid for this application."""
        found = (figure_of(self._view.linked, name) for name in self._destination.figures)
        return tuple(figure for figure in found if figure)


def sayings(view: View) -> dict[str, Callable[..., Text]]:
    """The functions that say a plain value: a date, a time, a number, an amount, a country, a code."""

    def spread(say: Callable[..., str]) -> Callable[..., Text]:
        def said(*values: Any) -> Text:
            if values[0] is None:
                return Text(())
            return _spread(view, lambda lang: say(*values, lang, templates=view.templates))

        return said

    def say_code(table: str, field: str, code: str | None) -> Text:
        about = view.linked.dataset.tables[table].fields[field]
        return spread(lambda value, lang, templates: language.say_code(value, about, view.programme, lang))(code)

    return {
        "say_date": spread(language.say_date),
        "say_weekday": spread(_weekday),
        "say_short_date": spread(language.say_short_date),
        "say_period": spread(language.say_period),
        "say_time": spread(language.say_time),
        "say_number": spread(language.say_number),
        "say_money": spread(language.say_money),
        "say_country": spread(language.say_country),
        "say_holiday": spread(language.say_holiday),
        "say_form_date": spread(lambda day, lang, templates: day.strftime("%d-%m-%Y")),
        "say_code": say_code,
    }


def told(view: View) -> tuple[Told, ...]:
    """The findings on a case in the words of the program."""
    bearing = {code: ground.number for ground in destination_of(view.linked).grounds for code in ground.codes}
    return tuple(_told(view, each, bearing) for each in view.findings)


def _told(view: View, finding: Finding, bearing: Mapping[str, int]) -> Told:
    return Told(
        finding.severity.value,
        finding.code,
        _spread(view, lambda lang: speech.message(finding, lang)),
        _spread(view, lambda lang: speech.remedy(finding, lang)),
        f"{finding.sheet}!{finding.cell}" if finding.sheet else "",
        finding.source,
        bearing.get(finding.code),
    )


def _words(view: View, words: Mapping[str, str]) -> Text:
    return _spread(view, lambda lang: words[lang])


def _spread(view: View, say: Callable[[str], str]) -> Text:
    return Text(tuple((lang, typeset(say(lang), lang)) for lang in view.languages))


def _weekday(day: date, lang: str, templates: Templates) -> str:
    return f"{language.say_weekday(day, lang, templates)} {language.say_date(day, lang, templates)}"
