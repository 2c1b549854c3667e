"""Turn the facts of a report or note into the figures of its pages: results, selection, breakdowns, scores, dates."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.model import PemdocsError, Text
from pemdocs.page.figures import compared, pens, regions
from pemdocs.page.figures.labels import label_of
from pemdocs.page.figures.pens import Pen, asked
from pemdocs.page.publishing import doubt
from pemdocs.page.view import Shown, View
from pemdocs.pictures import charts
from pemdocs.pictures.charts import Chart, Label
from pemdocs.project.theme import Theme

DIMENSIONS = {"types": "type", "sectors": "sector", "cohorts": "cohort", "regions": "region"}
"""The breakdown that each figure of bars shows."""

TELEPHONE = 76.0
"""Millimetres of a figure on the narrowest screen: 320 dots of CSS without the margins."""

Keep = Callable[[str, bytes], str]


class Line(NamedTuple):
    """A line of the table beside a figure."""

    label: Text
    values: tuple[Text, ...]


class Drawn(NamedTuple):
    """A figure for a layout: the source of its picture, the text read instead of it, the table of its values.

    ``title`` says in a sentence what the figure shows; it is empty where there is nothing to say. ``name`` is what the
    figure is called among those of its document, ``narrow`` the same for a telephone, where its kind has web pages.
    """

    src: str
    alt: Text
    heads: tuple[Text, ...]
    rows: tuple[Line, ...]
    title: Text
    name: str
    narrow: bytes = b""


def chart(view: View, theme: Theme, keep: Keep, name: str, case: Any, width: float = 170.0) -> Drawn | None:
    """The figure of this name; ``None`` where there is nothing to draw.

    ``targets``, ``funnel``, ``scores``, ``milestones``, ``by_sex``, and ``types``, ``sectors``, ``cohorts``,
    ``regions`` (the first such breakdown) of a report; ``targets`` and ``funnel`` of a note; ``breakdown`` of one
    breakdown, ``dots`` of one comparison, ``changes`` of one of these. ``width`` is millimetres. Raises
    ``PemdocsError`` ``chart-unknown``.
    """
    pen = Pen(view, pens.speech(view), theme, width)
    made = _made(name, case, pen)
    if made is None or not made.rows:
        return None
    narrow = _made(name, case, pen._replace(width=TELEPHONE)) if "html" in view.kind.formats else None
    of = _of(name, case)
    return Drawn(
        keep(f"figure:{name}-{of}-{width:g}", made.svg),
        Text(made.alt),
        tuple(map(Text, made.heads)),
        tuple(Line(Text(row.label), tuple(map(Text, row.values))) for row in made.rows),
        Text(made.title),
        f"{name}-{of}",
        b"" if narrow is None else narrow.svg,
    )


def _of(name: str, case: Any) -> str:
    """What a figure is of, for its name."""
    if name not in PARTS:
        return str(case.raw("id"))
    indicator = case.indicator if name == "breakdown" else case.rows[0].indicator
    return "-".join([str(indicator.raw("id")), *([case.dimension] if name != "changes" else [])])


def _made(name: str, case: Any, pen: Pen) -> Chart | None:
    if name in FIGURES:
        return FIGURES[name](case, pen)
    if name in PARTS:
        return PARTS[name](case, pen)
    if name not in DIMENSIONS:
        raise PemdocsError("chart-unknown", chart=name)
    found = (each for each in case.breakdowns if each.dimension == DIMENSIONS[name])
    first = next(found, None)
    return None if first is None else _breakdown(first, pen)


def _targets(report: Shown, pen: Pen) -> Chart:
    found = report.figure_rows if pen.view.kind.table == "notes" else report.framework
    rows = [row for row in found if "none" not in asked(row.indicator)]
    marked = [row for row in rows if "target" in asked(row.indicator)]
    drawn = marked or [row for row in rows if row.target is not None]
    return charts.targets([_target(row, pen) for row in drawn], **pen.look)


def _target(row: Any, pen: Pen) -> charts.Target:
    values = {"target": row.target, "final": row.final, "interim": row.interim, "baseline": row.baseline}
    return charts.Target(
        label_of(row.indicator.name.text),
        **{key: None if number is None else number.value for key, number in values.items()},
        unit=label_of(row.indicator.unit.text),
        withheld=tuple(key for key, number in values.items() if number is not None and number.hidden),
    )


def _funnel(report: Shown, pen: Pen) -> Chart:
    steps = (
        charts.Step(
            label_of(each.indicator.name.text),
            each.number.value,
            bool(each.number.hidden),
            label_of(each.indicator.unit.text),
        )
        for each in report.funnel
    )
    return charts.funnel(tuple(steps), **pen.look)


def _breakdown(each: Any, pen: Pen) -> Chart:
    if each.dimension == "sex" and each.indicator.raw("people"):
        return _split([each], pen)
    indicator = each.indicator
    measure = charts.Measure(label_of(indicator.name.text), label_of(indicator.unit.text), _whole(each))
    if each.dimension == "region":
        return regions.drawn(each, measure, pen)
    names = {dimension: name for name, dimension in DIMENSIONS.items()}
    name = names.get(each.dimension, "breakdown")
    bars = [charts.Bar(pen.words(row.label), row.number.value, bool(row.number.hidden)) for row in each.rows]
    return charts.breakdown(bars, measure=measure, name=name, **pen.look)


def _whole(each: Any) -> Decimal | None:
    """What the parts are shares of: the total of that day, else their sum where all of them are known."""
    if each.total is not None and each.total.value is not None:
        total: Decimal = each.total.value
        return total
    values = [row.number.value for row in each.rows]
    return None if None in values else sum(values, Decimal(0))


def _by_sex(report: Shown, pen: Pen) -> Chart:
    return _split([each for each in report.breakdowns if each.dimension == "sex"], pen)


def _split(breakdowns: list[Any], pen: Pen) -> Chart:
    groups = list(dict.fromkeys(pen.words(row.label) for each in breakdowns for row in each.rows))
    return charts.by_sex([_people(each, groups, pen) for each in breakdowns], groups, **pen.look)


def _people(each: Any, groups: Iterable[Label], pen: Pen) -> charts.Split:
    numbers = {pen.words(row.label): row.number for row in each.rows}
    hidden = any(number.hidden for number in numbers.values())
    values = tuple(numbers[group].value if group in numbers else None for group in groups)
    return charts.Split(label_of(each.indicator.name.text), values, _whole(each), hidden)


def _scores(report: Shown, pen: Pen) -> Chart:
    return charts.scores(*_rated(report, pen), note=_doubt(pen), **pen.look)


def _score_strip(report: Shown, pen: Pen) -> Chart:
    return charts.score_strip(*_rated(report, pen), **pen.look)


def _rated(report: Shown, pen: Pen) -> tuple[tuple[charts.Rating, ...], tuple[charts.Grade, ...]]:
    legend = pen.view.programme.codelists.get("scores", {})
    grades = tuple(charts.Grade(code, pen.words(words)) for code, words in legend.items())
    return tuple(charts.Rating(pen.words(each.label), each.score) for each in report.scored), grades


def _doubt(pen: Pen) -> Label:
    told = doubt(pen.view)
    return label_of(told) if told else ()


def _milestones(report: Shown, pen: Pen) -> Chart:
    items = (
        charts.Milestone(label_of(each.title.text), each.raw("start"), each.raw("end"), each.raw("kind") or "event")
        for each in report.timeline
        if isinstance(each.raw("start"), date)
    )
    return charts.milestones(tuple(items), today=pen.view.linked.dataset.as_of, **pen.look)


FIGURES: Mapping[str, Callable[[Shown, Pen], Chart]] = {
    "targets": _targets,
    "funnel": _funnel,
    "scores": _scores,
    "score_strip": _score_strip,
    "milestones": _milestones,
    "by_sex": _by_sex,
}

PARTS: Mapping[str, Callable[[Any, Pen], Chart]] = {
    "breakdown": _breakdown,
    "dots": compared.dots,
    "changes": compared.changes,
}
"""The figures of a part of a report or note, which a layout hands over instead of it."""
