"""Turn results into bars against their targets, each indicator on the scale of its own target."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial

from pemdocs.knowledge.rough import part_of_way
from pemdocs.pictures.charts import palette
from pemdocs.pictures.charts.canvas import Area, Rules, Shape, Words, box, render
from pemdocs.pictures.charts.chart import Chart, Row, Speech, is_share, joined, lowered, once, words_of
from pemdocs.pictures.charts.rows import NARROW, SMALL, Entry, Frame, Head, Sign, bar, lay, legend, note
from pemdocs.pictures.drawing import Label, strokes
from pemdocs.project.theme import Theme

HIGH, THIN = 9.0, 5.0
RING = 3.6
"""Points from the middle of a ring to its outer edge: at the ends of the scale it stays whole."""
FARTHEST = 2.0
"""Times the target that the scale goes to at most; a bar that goes beyond is broken."""


@dataclass(frozen=True, slots=True)
class Target:
    """An indicator: what it was to reach, what it had half way, and what at the end, all in its ``unit``.

    With a ``baseline`` the share reached is counted from there: a target may then lie below it. ``withheld`` names
    those of the four values that are not to be shown and are therefore ``None``.
    """

    label: Label
    target: Decimal | None
    final: Decimal | None
    interim: Decimal | None = None
    baseline: Decimal | None = None
    unit: Label = ()
    withheld: tuple[str, ...] = ()

    def share(self, value: Decimal | None) -> Decimal | None:
        """Where a value stands between the baseline, or nothing, and the target; ``None`` where that says nothing."""
        start = self.baseline or Decimal(0)
        if value is None or self.target is None or self.target == start:
            return None
        return part_of_way(value, self.target, start)

    def knows(self, key: str) -> bool:
        """Whether there is a value, be it shown or not."""
        return getattr(self, key) is not None or key in self.withheld

    @property
    def measured(self) -> bool:
        """Whether there is a result, be it shown or not."""
        return self.knows("final") or self.knows("interim")

    @property
    def reached(self) -> Decimal | None:
        """The share of the target that was reached at the end or, before it is known, half way."""
        return self.share(self.final if self.knows("final") else self.interim)


def targets(indicators: Sequence[Target], *, speech: Speech, theme: Theme, width_mm: float = 170.0) -> Chart:
    """A bar for the final result, a ring for the interim one and a mark for the target, with their numbers."""
    narrow = width_mm < NARROW
    keys = _keys(indicators)
    far = _farthest(indicators)
    shown = sorted((each for each in indicators if each.measured), key=_place)
    entries = [_entry(each, far, keys, speech, theme, narrow) for each in shown]
    heads = tuple(speech.say(key) for key in keys)
    ticks = partial(_ticks, far, speech, theme)
    signs = {key: sign for key, _, sign in _signs(shown, speech, theme)}
    over = () if narrow else tuple(map(signs.get, keys))
    head = Head(() if narrow else heads, ticks, partial(_lines, far, theme), 10.0, signs=over)
    shapes, high = lay(entries, head, width_mm, theme) if entries else ([], 0.0)
    if entries and narrow:
        more, high = legend([(label, sign) for _, label, sign in _signs(shown, speech, theme)], width_mm, high, theme)
        shapes += more
    if missing := [each for each in indicators if not each.measured]:
        more, high = note(_without(missing, speech), width_mm, high, theme)
        shapes += more
    if not indicators:
        shapes, high = note(speech.say("empty"), width_mm, 0, theme)
    return Chart(
        "targets",
        render(width_mm * strokes.POINTS, high + 2, shapes),
        speech.told("what_targets", (_item(each, keys, speech) for each in indicators)),
        (speech.say("indicator"), *heads),
        tuple(Row(speech.named(each.label, each.unit), _values(each, keys, speech)) for each in indicators),
        _finding(indicators, speech),
    )


def _place(each: Target) -> tuple[bool, Decimal]:
    """What came nearest to its target stands first, what has none last."""
    return each.reached is None, -(each.reached or Decimal(0))


def _without(missing: Sequence[Target], speech: Speech) -> Label:
    """The indicators that no source gives a result of, and their targets: a row of nothing would look like a zero."""
    names = [
        joined(each.label, tuple((tongue, f"({words})") for tongue, words in _aim(each, speech))) for each in missing
    ]
    return speech.say("no_result", names=speech.listed(names))


def _aim(each: Target, speech: Speech) -> Label:
    if not each.knows("target"):
        return ()
    amount = speech.amount(each.target, each.unit, withheld="target" in each.withheld)
    return lowered(speech.say("item", name=speech.say("target"), value=amount))


def _keys(indicators: Sequence[Target]) -> tuple[str, ...]:
    """What is said of the indicators: results that none of them has yet are not, but there is always one."""
    based = any(each.baseline for each in indicators)
    known = [key for key in ("interim", "final") if any(each.knows(key) for each in indicators)]
    return (*(("baseline",) if based else ()), *(known or ["final"]), "target", "reached")


def _farthest(indicators: Sequence[Target]) -> float:
    shares = [each.share(value) for each in indicators for value in (each.interim, each.final)]
    return min(max((1.0, *(float(share) for share in shares if share is not None))), FARTHEST)


def _values(each: Target, keys: Sequence[str], speech: Speech) -> tuple[Label, ...]:
    """The numbers of an indicator under their heads; a dash where there was nothing to measure."""
    none = {"final": speech.say("unknown"), "target": speech.say("no_target")}

    def said(key: str) -> Label:
        if key == "reached":
            return _dash(speech) if each.reached is None else speech.part(each.reached, Decimal(1))
        if not each.knows(key):
            return none.get(key, _dash(speech))
        return speech.amount(getattr(each, key), each.unit, withheld=key in each.withheld)

    return tuple(said(key) for key in keys)


def _dash(speech: Speech) -> Label:
    return tuple((each, "–") for each in speech.languages)


def _said(each: Target, keys: Sequence[str], speech: Speech) -> Label:
    parts = (
        speech.say("item", name=lowered(speech.say(key)), value=value)
        for key, value in zip(keys, _values(each, keys, speech), strict=True)
        if words_of(value, speech.languages[0]) != "–"
    )
    return joined(*parts, mark=", ")


def _item(each: Target, keys: Sequence[str], speech: Speech) -> Label:
    return joined(speech.named(each.label, each.unit), _said(each, keys, speech), mark=" – ")


def _entry(each: Target, far: float, keys: Sequence[str], speech: Speech, theme: Theme, narrow: bool) -> Entry:
    label = speech.named(each.label, each.unit)
    draw = partial(_track, each, far, theme)
    if narrow:
        return Entry(label, draw, (), HIGH if each.target is not None else 0.0, _said(each, keys, speech))
    return Entry(label, draw, _values(each, keys, speech))


def _track(each: Target, far: float, theme: Theme, frame: Frame) -> Iterator[Shape]:
    reached, half_way, x = each.share(each.final), each.share(each.interim), frame.x(1 / far)
    if each.target is not None:
        yield bar(frame.left, x, frame, palette.pale(theme), HIGH)
    if reached is not None:
        yield from _reached(float(reached), far, frame, theme)
    if each.target is not None:
        yield Rules((((x, frame.top - 1.5), (x, frame.bottom + 1.5)),), theme.colour["ink"], 1.6)
    if half_way is not None:
        at = frame.x(min(max(float(half_way), 0.0), far) / far)
        yield palette.ring(min(max(at, frame.left + RING), frame.right - RING), frame.middle, theme)


def _reached(share: float, far: float, frame: Frame, theme: Theme) -> Iterator[Shape]:
    end = frame.x(min(max(share, 0.0), far) / far)
    yield bar(frame.left, end, frame, palette.main(theme), THIN)
    if share > far:  # the bar is broken: it goes on farther than the picture
        for x in (end - 9, end - 6):
            foot, top = frame.bottom, frame.top
            yield Area(((x, foot), (x + 1.4, foot), (x + 4.4, top), (x + 3, top)), palette.PAPER)


def _ticks(far: float, speech: Speech, theme: Theme, frame: Frame) -> Iterator[Shape]:
    """Shares of the target over the plots, as many as have room."""
    end = -1.0
    for share in _marks(far):
        words = words_of(once(speech.part(share, Decimal(1))), speech.languages[0])
        room = strokes.width(words, SMALL)
        x = min(max(frame.x(float(share) / far) - room / 2, frame.left), frame.right - room)
        if x > end:
            yield Words((x, frame.bottom - 2), words, speech.languages[0], SMALL, theme.colour["muted"])
            end = x + room + 4


def _lines(far: float, theme: Theme, frame: Frame) -> Iterator[Shape]:
    places = [frame.x(float(share) / far) for share in _marks(far)]
    yield Rules(tuple(((x, frame.top), (x, frame.bottom)) for x in places), theme.colour["rule"], 0.5)


def _marks(far: float) -> tuple[Decimal, ...]:
    return tuple(Decimal(place) / 2 for place in range(int(far * 2) + 1))


def _signs(indicators: Sequence[Target], speech: Speech, theme: Theme) -> Iterator[tuple[str, *Sign]]:
    """The marks of the plot by what they stand for, with their words and how they are drawn."""
    if any(each.interim is not None for each in indicators):
        yield "interim", speech.say("interim"), lambda x, y: (palette.ring(x + 10.5, y, theme),)
    if any(each.final is not None for each in indicators):
        yield (
            "final",
            speech.say("final"),
            lambda x, y: (Area(box(x, y - THIN / 2, x + 14, y + THIN / 2), palette.main(theme)),),
        )
    if any(each.target is not None for each in indicators):
        yield (
            "target",
            speech.say("target_mark"),
            lambda x, y: (
                Area(box(x + 2, y - HIGH / 2, x + 13, y + HIGH / 2), palette.pale(theme)),
                Rules((((x + 13, y - HIGH / 2), (x + 13, y + HIGH / 2)),), theme.colour["ink"], 1.6),
            ),
        )


def _finding(indicators: Sequence[Target], speech: Speech) -> Label:
    """The first indicator that has a result, against its target: ``Agreements: 29 of 60, or 48%``."""
    for each in indicators:
        value = each.final if each.knows("final") else each.interim
        if value is None or not each.target:
            continue
        told = {"name": each.label, "value": speech.amount(value, each.unit)}
        whole = speech.amount(each.target, each.unit)
        if each.baseline or is_share(each.unit):
            return speech.say("finding_aimed", target=whole, **told)
        share = speech.part(value, each.target)
        return speech.say("finding_part", whole=whole, share=share, **told)
    return ()
