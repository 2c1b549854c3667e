"""Turn a case into the pictures that a layout asks for: emblem, logos, calendars, progress, deadlines, charts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from pemdocs.knowledge import emblem
from pemdocs.model import PemdocsError, Tabled, Text
from pemdocs.page.figures import plan, publications, visa
from pemdocs.page.figures.publications import Drawn
from pemdocs.page.view import Shown, View
from pemdocs.pictures import codes
from pemdocs.project import beside
from pemdocs.project.theme import Theme
from pemdocs.scans import photographs
from pemdocs.words import language

EMBLEM_HEIGHT = 12.0
"""Millimetres; ten is the least that the rules of visibility allow."""


def drawers(
    view: View, theme: Theme, pictures: dict[str, bytes], tables: dict[str, Tabled] | None = None
) -> dict[str, Callable[..., Any]]:
    """The functions that a layout calls to draw; each puts its picture among ``pictures`` and returns its source.

    What a chart says goes among ``tables``.
    """

    def keep(name: str, content: bytes) -> str:
        pictures[name] = content
        return name

    return {
        "emblem": lambda: keep("logo:emblem", emblem.svg(EMBLEM_HEIGHT)),
        "code": lambda words: keep(f"code:{words}", codes.svg(words)),
        "logo": lambda name: keep(f"logo:{name}", _logo(view, name)),
        "logo_of": lambda company: _company_logo(view, company, keep),
        "timeline": lambda case: [
            keep(f"figure:timeline-{number}", part)
            for number, part in enumerate(plan.timelines(view, case, theme), start=1)
        ],
        "stay_days": lambda case: [
            keep(f"figure:stay-{number}", part)
            for number, part in enumerate(plan.stay_days(view, case, theme), start=1)
        ],
        "progress": lambda objective: keep(f"figure:{objective.raw('id')}", plan.progress(view, objective, theme)),
        "strip": lambda case: [keep("figure:strip", part) for part in visa.strips(view, case, theme)],
        "deadlines": lambda case: [keep("figure:deadlines", part) for part in visa.deadlines(view, case, theme)],
        "chart": lambda name, case, width=170.0: _told(
            publications.chart(view, theme, keep, name, case, width), tables
        ),
        "closures": lambda case: visa.closures(view, case),
        "period": lambda record: period(view, record),
        "hours": lambda record: hours(view, record),
    }


def _told(drawn: Drawn | None, tables: dict[str, Tabled] | None) -> Drawn | None:
    if drawn is not None and tables is not None:
        tables[drawn.src] = Tabled(
            drawn.name, drawn.title, drawn.heads, tuple((row.label, row.values) for row in drawn.rows), drawn.narrow
        )
    return drawn


def period(view: View, record: Shown) -> Text:
    """The dates of a record from ``start`` to ``end`` in words; an en dash where there are none."""
    start, end = record.raw("start"), record.raw("end")
    if not isinstance(start, date):
        return Text(((view.languages[0], "–"),))
    last = end if isinstance(end, date) else None
    return Text(tuple((each, language.say_period(start, last, each, view.templates)) for each in view.languages))


def hours(view: View, record: Shown) -> Text:
    """The times of a meeting, ``14 h 30 – 16 h``."""
    times = [record.raw(name) for name in ("start", "end")]
    return Text(tuple((each, " – ".join(language.say_time(t, each) for t in times if t)) for each in view.languages))


def _company_logo(view: View, company: Shown, keep: Callable[[str, bytes], str]) -> str:
    """The logo that the workbook names for a company; empty where there is none, or none that can be shown."""
    name = company.raw("logo")
    content = beside.content(view.linked.dataset.folder, str(name)) if name else None
    if content is None or not photographs.is_dots(content):
        return ""
    try:
        photographs.size(content, str(name))
    except PemdocsError:
        return ""
    return keep(f"logo:{company.raw('id')}", content)


def _logo(view: View, name: str) -> bytes:
    path = view.programme.file(name)
    if path is None:
        raise PemdocsError("logo-missing", file=name)
    return path.read_bytes()
