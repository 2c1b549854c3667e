"""Turn indicators that are drawn on one axis into figures: their parts as dots, and how they have changed."""

from __future__ import annotations

from typing import Any

from pemdocs.page.figures.labels import label_of
from pemdocs.page.figures.pens import Pen
from pemdocs.pictures import charts
from pemdocs.pictures.charts import Chart


def dots(each: Any, pen: Pen) -> Chart:
    """The parts of several indicators on one axis."""
    parts = list(dict.fromkeys(pen.words(row.label) for one in each.rows for row in one.rows))
    rows = []
    for one in each.rows:
        numbers = {pen.words(row.label): row.number for row in one.rows}
        values = tuple(numbers[part].value if part in numbers else None for part in parts)
        hidden = tuple(part in numbers and bool(numbers[part].hidden) for part in parts)
        rows.append(charts.Dotted(label_of(one.indicator.name.text), values, hidden))
    return charts.dots(rows, parts, unit=pen.words(each.unit), **pen.look)


def changes(each: Any, pen: Pen) -> Chart:
    """What indicators of one unit were at first, and what they are now."""
    rows = [
        charts.Change(
            label_of(row.indicator.name.text), (row.first.date, row.first.value), (row.last.date, row.last.value)
        )
        for row in each.rows
    ]
    return charts.changes(rows, unit=pen.words(each.unit), **pen.look)
