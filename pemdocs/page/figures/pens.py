"""Turn a view into what every figure of a publication is drawn with: its words, its theme, its width."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any, NamedTuple

from pemdocs.page.figures.labels import label_of
from pemdocs.page.view import View
from pemdocs.pictures.charts import Label, Speech
from pemdocs.project.theme import Theme
from pemdocs.words import language
from pemdocs.words.wording import translated


class Pen(NamedTuple):
    """What every figure is drawn with."""

    view: View
    speech: Speech
    theme: Theme
    width: float

    def words(self, words: Mapping[str, Any]) -> Label:
        """Words by language, in the languages of the document as far as there are."""
        return label_of(translated(words, self.view.languages)) if words else ()

    @property
    def look(self) -> dict[str, Any]:
        """The arguments that all figures share."""
        return {"speech": self.speech, "theme": self.theme, "width_mm": self.width}


def speech(view: View) -> Speech:
    """How the figures of a document speak."""
    return Speech(
        languages=view.languages,
        words={each: view.house_in(each)["charts"] for each in view.languages},
        number=partial(language.say_number, templates=view.templates),
        percent=partial(language.say_percent, templates=view.templates),
        period=partial(language.say_period, templates=view.templates),
        month=partial(language.say_month, templates=view.templates),
    )


def asked(indicator: Any) -> tuple[str, ...]:
    """How an indicator is to be drawn."""
    return tuple(indicator.raw("chart") or ())
