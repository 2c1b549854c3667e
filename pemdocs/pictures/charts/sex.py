"""Turn counts of people by sex into shares of one bar. A group too small to be shown is not, and this is said."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Shape, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined, words_of
from pemdocs.pictures.charts.rows import NARROW, Entry, Frame, Head, lay, legend, note
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

LEAST = 5
"""People a group must have to be shown; nobody at all is shown, for there is nobody to know again."""
HIGH = 10.0


@dataclass(frozen=True, slots=True)
class Split:
    """People by group, in the order of the figure's groups; without a ``total`` they are all there are.

    ``withheld`` where the data already keeps the groups back.
    """

    label: Label
    values: tuple[Decimal | None, ...]
    total: Decimal | None = None
    withheld: bool = False

    @property
    def whole(self) -> Decimal | None:
        """All people of the row; ``None`` where that is not known."""
        if self.total is not None:
            return self.total
        return None if None in self.values else sum((value or Decimal(0) for value in self.values), Decimal(0))

    @property
    def hidden(self) -> bool:
        """Whether a group, or what the others leave of the whole, is too small: then no group of the row is shown."""
        known = [value for value in self.values if value is not None]
        rest = [] if self.whole is None else [self.whole, self.whole - sum(known)]
        return self.withheld or any(0 < value < LEAST for value in (*known, *rest))


def by_sex(
    rows: Sequence[Split], groups: Sequence[Label], *, speech: Speech, theme: Theme, width_mm: float = 170.0
) -> Chart:
    """A bar for each row, divided by the shares of the groups, with the number of each and of all."""
    narrow = width_mm < NARROW
    heads = (*groups, speech.say("total"))
    values = [_values(row, speech) for row in rows]
    entries = [_entry(row, said, heads, speech, theme, width_mm) for row, said in zip(rows, values, strict=True)]
    shapes, high = lay(entries, Head(() if narrow else heads), width_mm, theme)
    few = speech.say("suppressed", least=tuple((each, str(LEAST)) for each in speech.languages))
    if entries:
        signs = [(group, partial(_sign, place, theme)) for place, group in enumerate(groups)]
        more, high = legend(signs, width_mm, high, theme)
        shapes += more
    else:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    if any(row.hidden for row in rows):
        more, high = note(few, width_mm, high, theme)
        shapes += more
    items = [_item(row, said, heads, speech) for row, said in zip(rows, values, strict=True)]
    alt = speech.told("what_by_sex", items)
    return Chart(
        "by-sex",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        joined(alt, few) if any(row.hidden for row in rows) else alt,
        (speech.say("category"), *heads),
        tuple(Row(row.label, said) for row, said in zip(rows, values, strict=True)),
        _finding(rows, groups, speech),
    )


def _values(row: Split, speech: Speech) -> tuple[Label, ...]:
    whole = row.whole
    if row.hidden:
        small = whole is not None and 0 < whole < LEAST
        hidden = speech.say("withheld")
        return (*(hidden for _ in row.values), hidden if small else speech.amount(whole))
    return (*(_value(value, whole, speech) for value in row.values), speech.amount(whole))


def _value(value: Decimal | None, whole: Decimal | None, speech: Speech) -> Label:
    share = speech.part(value, whole)
    amount = speech.amount(value)
    return joined(amount, tuple((each, f"({words})") for each, words in share)) if share else amount


def _said(said: Sequence[Label], heads: Sequence[Label], speech: Speech) -> Label:
    pairs = zip(heads, said, strict=True)
    return joined(*(speech.say("item", name=head, value=value) for head, value in pairs), mark=", ")


def _item(row: Split, said: Sequence[Label], heads: Sequence[Label], speech: Speech) -> Label:
    return joined(row.label, _said(said, heads, speech), mark=" – ")


def _entry(
    row: Split, said: tuple[Label, ...], heads: Sequence[Label], speech: Speech, theme: Theme, width_mm: float
) -> Entry:
    if width_mm >= NARROW:
        return Entry(row.label, partial(_bar, row, theme), said, HIGH)
    return Entry(row.label, partial(_bar, row, theme), (), HIGH, _said(said, heads, speech))


def _bar(row: Split, theme: Theme, frame: Frame) -> Iterator[Shape]:
    bottom, whole, left = frame.bottom, row.whole, frame.left
    if row.hidden:
        yield from palette.withheld(frame.left, frame.top, frame.right, bottom, theme)
    elif whole:
        for place, value in enumerate(row.values):
            right = min(left + frame.wide * float((value or Decimal(0)) / whole), frame.right)
            if right > left:
                yield from palette.part(place, left, frame.top, max(right - 0.8, left + 0.4), bottom, theme)
            left = right


def _sign(place: int, theme: Theme, x: float, y: float) -> Iterator[Shape]:
    return palette.part(place, x, y - 4, x + 14, y + 4, theme)


def _finding(rows: Sequence[Split], groups: Sequence[Label], speech: Speech) -> Label:
    """The share of the first group in the first row that may be shown."""
    for each in rows:
        share = () if each.hidden or not groups else speech.part(each.values[0], each.whole)
        if share:
            return speech.say("finding_group", name=each.label, group=_lowered_in(groups[0], speech), share=share)
    return ()


def _lowered_in(label: Label, speech: Speech) -> Label:
    """The name of a group inside a sentence: it is one of our own words or a code, never somebody's name."""
    ours = {each: {speech.words[each]["women"], speech.words[each]["men"]} for each in speech.languages}
    return tuple(
        (each, words_of(label, each).lower() if words_of(label, each) in ours[each] else words_of(label, each))
        for each in speech.languages
    )
