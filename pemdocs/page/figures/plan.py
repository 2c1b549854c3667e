"""Turn a partnership into the pictures of its plan: the calendar of its path, the progress of its objectives."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from pemdocs.model import Text
from pemdocs.page import brief
from pemdocs.page.figures.labels import label_of
from pemdocs.page.view import Shown, View
from pemdocs.pictures import drawing
from pemdocs.project.theme import Theme
from pemdocs.words import language

CALENDAR_WIDTH, CALENDAR_HEIGHT = 174.0, 205.0
"""Millimetres a calendar may take on a page, below its heading."""

MARGIN = timedelta(days=40)
"""More than the calendar reaches beyond its first and last day to be whole months."""

Window = tuple[date, date] | None


def timelines(view: View, case: Shown, theme: Theme) -> tuple[bytes, ...]:
    """The calendar of a mobility path by months, the stay abroad as one bar, on as many pictures as it takes."""
    window = _window(case)
    items = list(_items(view, case))
    if window is not None:
        items = [each for each in items if each.phase != "during"] + [_whole_stay(view, case, *window)]
    return _drawn(view, items, theme, window)


def stay_days(view: View, case: Shown, theme: Theme) -> tuple[bytes, ...]:
    """What happens during the stay abroad, day by day; nothing where its days or what happens are not known."""
    items = [each for each in _items(view, case) if each.phase == "during"]
    return _drawn(view, items, theme) if items and _window(case) else ()


def _drawn(view: View, items: Sequence[drawing.Item], theme: Theme, window: Window = None) -> tuple[bytes, ...]:
    today = _today(view, items, window)
    return drawing.timelines(
        items,
        width_mm=CALENDAR_WIDTH,
        height_mm=CALENDAR_HEIGHT,
        today=today,
        words=_timeline_words(view, today),
        theme=theme,
        window=window,
    )


def _window(case: Shown) -> Window:
    start, end = case.raw("mobility_start"), case.raw("mobility_end")
    return (start, end) if isinstance(start, date) and isinstance(end, date) and start <= end else None


def _whole_stay(view: View, case: Shown, start: date, end: date) -> drawing.Item:
    """The stay as one bar: done or under way as the journal tells, not because its days are over."""
    told = {step.sort for step in case.journal if step.state == "happened"}
    status: Any = "done" if "return" in told else "under-way" if "departure" in told else "planned"
    return drawing.Item(label_of(view.say("action.mobility")), start, end, "during", status)


def _today(view: View, items: Sequence[drawing.Item], window: Window) -> date | None:
    """The day of the data where it may fall inside the calendar; elsewhere it does not matter which day it is."""
    days = [day for item in items for day in (item.start, item.end)] + list(window or ())
    dataset = view.linked.dataset
    return dataset.day_within(min(days) - MARGIN, max(days) + MARGIN) if days else dataset.as_of


def _items(view: View, case: Shown) -> Iterator[drawing.Item]:
    for activity in case.activities:
        if activity.raw("start") and activity.raw("phase"):
            yield _item(activity, activity.title.text, activity.raw("status") or "planned")
    for training in case.trainings:
        if training.raw("start") and training.raw("phase") and training.raw("approval") == "approved":
            done = "done" if brief.sees(view, training, "result") and training.result else "planned"
            yield _item(training, training.title.text, done)
    for meeting in case.meetings:
        day = meeting.raw("date")
        if isinstance(day, date):
            yield _meeting(view, meeting, day, case)


def _item(record: Shown, label: Text, status: Any) -> drawing.Item:
    start: Any = record.raw("start")
    phase: Any = record.raw("phase")
    return drawing.Item(label_of(label), start, max(start, record.raw("end") or start), phase, status)


def _meeting(view: View, meeting: Shown, day: date, case: Shown) -> drawing.Item:
    """A meeting by its purpose; by whom it is with where that is not known."""
    host = meeting.host.name.text if meeting.host else meeting.host_name.text
    label = meeting.purpose.text or host or view.say("action.meeting")
    status: Any = "done" if meeting.result else "planned"
    return drawing.Item(label_of(label), day, day, _phase(day, case), status, meeting=True)


def _phase(day: date, case: Shown) -> Any:
    start, end = case.raw("mobility_start"), case.raw("mobility_end")
    if not (isinstance(start, date) and isinstance(end, date)) or day < start:
        return "before"
    return "during" if day <= end else "after"


def _timeline_words(view: View, today: date | None) -> drawing.TimelineWords:
    activities = view.linked.dataset.tables["activities"].fields
    labels = activities["status"].labels

    def status(code: str) -> drawing.Label:
        return tuple((each, labels[code][each]) for each in view.languages)

    phases: Any = {phase: label_of(view.say(f"action.{phase}")) for phase in ("before", "during", "after")}
    statuses: Any = {code: status(code) for code in labels}
    return drawing.TimelineWords(
        phases=phases,
        statuses=statuses,
        milestone=label_of(view.say("action.milestone")),
        window=label_of(view.say("action.mobility")),
        today=label_of(view.say("action.today")) if today else (),
        month=lambda day: _both(view, lambda each: language.say_month(day, each, view.templates)),
        weekday=lambda day: language.say_weekday_letter(day, view.languages[0], view.templates),
    )


def _both(view: View, say: Callable[[str], str]) -> str:
    """What the languages say, once where they say the same: ``juil. / jul.``."""
    return " / ".join(dict.fromkeys(map(say, view.languages)))


def progress(view: View, objective: Shown, theme: Theme) -> bytes:
    """How far an objective has come."""
    first = view.languages[0]
    raw: Any = objective.raw
    measured = [(m.raw("date"), m.raw("value")) for m in objective.measurements if m.raw("date")]
    due = raw("due")
    values: Any = [(day, value) for day, value in measured if value is not None]
    return drawing.progress(
        values,
        baseline=raw("baseline"),
        target=raw("target"),
        due=brief.day_of(view, due).parts[0][1] if due else "",
        fmt=lambda value: language.say_number(value, first, view.templates),
        share=lambda share: language.say_percent(share, first, view.templates),
        theme=theme,
        width_mm=120.0,
    )
