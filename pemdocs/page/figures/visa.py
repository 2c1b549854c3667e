"""Turn a stay into the pictures of its visa pack: the days used on a calendar, the dates that bind the application."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from pemdocs.knowledge import calendars
from pemdocs.model import Text
from pemdocs.page.figures.labels import label_of
from pemdocs.page.view import Shown, View
from pemdocs.pictures import drawing
from pemdocs.pictures.drawing import Label, Lane, Mark, Span
from pemdocs.pictures.drawing.deadlines import Form, Look
from pemdocs.pictures.drawing.strip import Sign
from pemdocs.project.theme import Theme
from pemdocs.words import language

WIDTH = 170.0
"""Millimetres that a picture takes on an upright page."""

SIGNS: tuple[Sign, ...] = ("gone", "past", "planned", "first", "illegal", "window")
LOOKS: tuple[Look, ...] = ("open", "full", "possible")
FORMS: tuple[Form, ...] = ("event", "limit", "holiday", "estimated")
DAY = timedelta(days=1)
LONGEST = 400
"""Days of an application that are searched for holidays: a year typed wrong must not make thousands of them."""


class Closure(NamedTuple):
    """A public holiday while the application runs; ``estimated`` where its day hangs on the moon."""

    date: date
    country: str
    name: Text
    estimated: bool


def strips(view: View, case: Shown, theme: Theme) -> tuple[bytes, ...]:
    """The calendar of the days used; none where the dates of the stay are not known or cannot be."""
    entry, leave, latest = (_date(case, name) for name in ("entry", "exit", "latest_exit"))
    if not (entry and leave) or leave < entry:
        return ()
    signs: dict[Sign, Label] = {sign: label_of(view.say(f"strip.{sign}")) for sign in SIGNS}
    if latest:
        signs["latest"] = label_of(view.say("strip.latest"))
    words = drawing.StripWords(
        signs=signs,
        counted=label_of(view.say("strip.counted")),
        total=label_of(view.say("strip.total")),
        month=lambda day: language.say_month(day, view.languages[0], view.templates),
    )
    past = case.raw("past_stays")
    return (drawing.strip(past, (entry, leave), width_mm=WIDTH, words=words, theme=theme, latest=latest),)


def deadlines(view: View, case: Shown, theme: Theme) -> tuple[bytes, ...]:
    """The dates of the application on one axis; none where there is none to show."""
    lanes = [lane for lane in _lanes(view, case) if lane.spans or lane.marks]
    looks: dict[Look, Label] = {look: label_of(view.say(f"line.{look}")) for look in LOOKS}
    forms: dict[Form, Label] = {form: label_of(view.say(f"line.{form}")) for form in FORMS}
    words = drawing.DeadlineWords(looks, forms, lambda day: language.say_month(day, view.languages[0], view.templates))
    return (drawing.deadlines(lanes, width_mm=WIDTH, words=words, theme=theme),) if lanes else ()


def closures(view: View, case: Shown) -> tuple[Closure, ...]:
    """The public holidays of both countries from the request for an appointment to the latest decision.

    Until there is an appointment, from the day of the data to the entry. On these days the post, or an office that
    delivers a paper, may be closed.
    """
    countries = dict.fromkeys(each for each in (view.programme.home, _code(case, "destination")) if each)
    found = (each for country in countries for each in _holidays(view, country, *_span(view, case)))
    return tuple(sorted(found, key=lambda each: (each.date, each.country)))


def _span(view: View, case: Shown) -> tuple[date | None, date | None]:
    window, today = case.raw("window"), view.linked.dataset.as_of
    earliest = getattr(window, "earliest", None)
    starts = (_date(case, "appointment_asked"), _date(case, "appointment"), max(earliest, today) if earliest else today)
    ends = (getattr(window, "decision_longest", None), _date(case, "entry"))
    return next((day for day in starts if day), None), next((day for day in ends if day), None)


def _holidays(view: View, country: str, first: date | None, last: date | None) -> Iterator[Closure]:
    if not (first and last) or not 0 <= (last - first).days <= LONGEST:
        return
    for year in range(first.year, last.year + 1):
        estimated = calendars.estimated_holidays(country, year)
        for day in calendars.holidays_of(country, year):
            if first <= day <= last:
                yield Closure(day, country, _name(view, country, day), day in estimated)


def _name(view: View, country: str, day: date) -> Text:
    return Text(tuple((each, language.say_holiday(country, day, each, view.templates)) for each in view.languages))


def _lanes(view: View, case: Shown) -> Iterator[Lane]:
    """Each group of dates that belong together; a lane without any is left out of the picture."""
    yield _lodging(view, case)
    yield _decision(view, case)
    yield _journey(view, case)
    yield _insurance(view, case)
    yield _passport(view, case)
    held = closures(view, case)
    for country in sorted({each.country for each in held}, key=lambda each: (each != view.programme.home, each)):
        name = Text(tuple((each, language.say_country(country, each)) for each in view.languages))
        marks = (_holiday(each) for each in held if each.country == country)
        yield Lane(label_of(view.say("line.holidays", country=name)), marks=tuple(marks))


def _holiday(closure: Closure) -> Mark:
    return Mark(closure.date, "estimated" if closure.estimated else "holiday")


def _lodging(view: View, case: Shown) -> Lane:
    window = case.raw("window")
    earliest, latest = getattr(window, "earliest", None), getattr(window, "latest", None)
    asked, appointment = _date(case, "appointment_asked"), _date(case, "appointment")
    marks = (
        _mark(view, "earliest", earliest, "limit"),
        _mark(view, "asked", asked),
        _mark(view, "appointment", appointment),
        _mark(view, "latest", latest, "limit"),
    )
    spans = (_bar(earliest, latest, "open"), _bar(asked, appointment, "full"))
    return _lane(view, "lodging", spans, marks)


def _decision(view: View, case: Shown) -> Lane:
    window = case.raw("window")
    decision, longest = getattr(window, "decision", None), getattr(window, "decision_longest", None)
    spans = (_bar(_date(case, "appointment"), decision, "full"), _bar(decision, longest, "possible"))
    marks = (_mark(view, "decision", decision, "limit"), _mark(view, "longest", longest, "limit"))
    return _lane(view, "deciding", spans, marks)


def _journey(view: View, case: Shown) -> Lane:
    entry, leave = _date(case, "entry"), _date(case, "exit")
    departed = _date(case.arrival, "departure_date") if case.arrival else None
    back = _date(case.leaving, "arrival_date") if case.leaving else None
    marks = (
        _mark(view, "departure", departed if departed and entry and departed < entry else None),
        _mark(view, "entry", entry),
        _mark(view, "exit", leave),
        _mark(view, "return", back if back and leave and back > leave else None),
    )
    return _lane(view, "stay", (_bar(entry, leave, "full"),), marks)


def _insurance(view: View, case: Shown) -> Lane:
    periods = sorted({(_date(each, "start"), _date(each, "end")) for each in case.insurance}, key=str)
    marks = (
        mark
        for start, end in periods
        for mark in (_mark(view, "covered", start, "limit"), _mark(view, "uncovered", end, "limit"))
    )
    return _lane(view, "insurance", tuple(_bar(start, end, "full") for start, end in periods), tuple(marks))


def _passport(view: View, case: Shown) -> Lane:
    until = getattr(case.raw("window"), "passport_until", None)
    expires = _date(case.passport, "expires") if case.passport else None
    marks = (_mark(view, "until", until, "limit"), _mark(view, "expires", expires))
    return _lane(view, "passport", (Span(None, expires) if expires else None,), marks)


def _lane(view: View, key: str, spans: tuple[Span | None, ...], marks: tuple[Mark | None, ...]) -> Lane:
    return Lane(
        label_of(view.say(f"line.{key}")),
        tuple(span for span in spans if span),
        tuple(mark for mark in marks if mark),
    )


def _bar(start: date | None, end: date | None, look: Look) -> Span | None:
    return Span(start, end, look) if start and end and start <= end else None


def _mark(view: View, key: str, day: date | None, form: Form = "event") -> Mark | None:
    if day is None:
        return None
    said = Text(tuple((each, language.say_short_date(day, each, view.templates)) for each in view.languages))
    return Mark(day, form, label_of(view.say(f"line.{key}", day=said)))


def _date(record: Shown, name: str) -> date | None:
    value = record.raw(name)
    return value if isinstance(value, date) else None


def _code(record: Shown, name: str) -> str | None:
    value = record.raw(name)
    return value if isinstance(value, str) else None
