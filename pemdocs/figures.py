"""Turn a case into the pictures that a layout asks for: emblem, logos, calendar, progress."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

from pemdocs import drawing, emblem, language
from pemdocs.model import PemdocsError, Text
from pemdocs.theme import Theme
from pemdocs.view import Shown, View

EMBLEM_HEIGHT = 12.0
"""Millimetres; ten is the least that the rules of visibility allow."""

CALENDAR_WIDTH, CALENDAR_HEIGHT = 170.0, 212.0
"""Millimetres a calendar may take on a page, below its heading."""


def drawers(view: View, theme: Theme, pictures: dict[str, bytes]) -> dict[str, Callable[..., Any]]:
    """The functions that a layout calls to draw; each puts its picture among ``pictures`` and returns its source."""

    def keep(name: str, content: bytes) -> str:
        pictures[name] = content
        return name

    return {
        "emblem": lambda: keep("logo:emblem", emblem.svg(EMBLEM_HEIGHT)),
        "logo": lambda name: keep(f"logo:{name}", _logo(view.programme.folder, name)),
        "timeline": lambda case: [
            keep(f"figure:timeline-{number}", part)
            for number, part in enumerate(_timelines(view, case, theme), start=1)
        ],
        "progress": lambda objective: keep(f"figure:{objective.raw('id')}", _progress(view, objective, theme)),
        "period": lambda record: period(view, record),
        "hours": lambda record: hours(view, record),
    }


def period(view: View, record: Shown) -> Text:
    """The dates of a record from ``start`` to ``end`` in words; an en dash where there are none."""
    start, end = record.raw("start"), record.raw("end")
    if not isinstance(start, date):
        return Text(((view.languages[0], "–"),))
    last = end if isinstance(end, date) else None
    return Text(tuple((each, language.say_period(start, last, each)) for each in view.languages))


def hours(view: View, record: Shown) -> Text:
    """The times of a meeting, ``14 h 30 – 16 h``."""
    times = [record.raw(name) for name in ("start", "end")]
    return Text(tuple((each, " – ".join(language.say_time(t, each) for t in times if t)) for each in view.languages))


def _logo(folder: Path, name: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise PemdocsError("logo-missing", file=name)
    return path.read_bytes()


def _timelines(view: View, case: Shown, theme: Theme) -> tuple[bytes, ...]:
    start, end = case.raw("mobility_start"), case.raw("mobility_end")
    return drawing.timelines(
        list(_items(view, case)),
        width_mm=CALENDAR_WIDTH,
        height_mm=CALENDAR_HEIGHT,
        today=view.linked.dataset.as_of,
        words=_timeline_words(view),
        theme=theme,
        window=(start, end) if isinstance(start, date) and isinstance(end, date) else None,
    )


def _items(view: View, case: Shown) -> Iterator[drawing.Item]:
    for activity in case.activities:
        if activity.raw("start") and activity.raw("phase"):
            yield _item(activity, activity.title.text, activity.raw("status") or "planned")
    for training in case.trainings:
        if training.raw("start") and training.raw("phase") and training.raw("approval") == "approved":
            done = "done" if training.result else "planned"
            yield _item(training, _joined(view.say("action.training"), training.title.text), done)
    for meeting in case.meetings:
        day = meeting.raw("date")
        if isinstance(day, date):
            yield _meeting(view, meeting, day, case)


def _item(record: Shown, label: Text, status: Any) -> drawing.Item:
    start: Any = record.raw("start")
    phase: Any = record.raw("phase")
    return drawing.Item(_label(label), start, max(start, record.raw("end") or start), phase, status)


def _meeting(view: View, meeting: Shown, day: date, case: Shown) -> drawing.Item:
    host = meeting.host.name.text if meeting.host else meeting.host_name.text or meeting.purpose.text
    label = _joined(view.say("action.meeting"), host)
    status: Any = "done" if meeting.result else "planned"
    return drawing.Item(_label(label), day, day, _phase(day, case), status, meeting=True)


def _phase(day: date, case: Shown) -> Any:
    start, end = case.raw("mobility_start"), case.raw("mobility_end")
    if not (isinstance(start, date) and isinstance(end, date)) or day < start:
        return "before"
    return "during" if day <= end else "after"


def _joined(head: Text, tail: Text) -> Text:
    """``Rencontre · Brasserie De Linde``, in each language that the tail has."""
    words = dict(head.parts)
    return Text(tuple((each, f"{words.get(each, head.parts[0][1])} · {own}") for each, own in tail.parts)) or head


def _label(text: Text) -> drawing.Label:
    parts = text.parts[:1] if text.uniform else text.parts
    return tuple((each, " ".join(words.split())) for each, words in parts)


def _timeline_words(view: View) -> drawing.TimelineWords:
    activities = view.linked.dataset.tables["activities"].fields
    labels = activities["status"].labels

    def status(code: str) -> drawing.Label:
        return tuple((each, labels[code][each]) for each in view.languages)

    phases: Any = {phase: _label(view.say(f"action.{phase}")) for phase in ("before", "during", "after")}
    statuses: Any = {code: status(code) for code in labels}
    return drawing.TimelineWords(
        phases=phases,
        statuses=statuses,
        milestone=_label(view.say("action.milestone")),
        window=_label(view.say("action.mobility")),
        today=_label(view.say("action.today")),
        month=lambda day: language.say_month(day, view.languages[0]),
    )


def _progress(view: View, objective: Shown, theme: Theme) -> bytes:
    first = view.languages[0]
    raw: Any = objective.raw
    measured = [(m.raw("date"), m.raw("value")) for m in objective.measurements if m.raw("date")]
    due = raw("due")
    values: Any = [(day, value) for day, value in measured if value is not None]
    return drawing.progress(
        values,
        baseline=raw("baseline"),
        target=raw("target"),
        due=language.say_short_date(due, first) if due else "",
        fmt=lambda value: language.say_number(value, first),
        share=lambda share: language.say_percent(share, first),
        theme=theme,
        width_mm=120.0,
    )
