"""Turn values by region into a map where the borders are known, else into bars, country by country."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pemdocs.consent.groups import FEWEST
from pemdocs.facts import areas
from pemdocs.page.figures.pens import Pen, asked
from pemdocs.pictures import charts
from pemdocs.pictures.charts import Bar, Chart, Label, Ring
from pemdocs.words import language

BORDERS = "house/maps/{}.toml"
"""The outlines of the regions of a country by their codes: ``areas``; ``within`` says which are made of several."""


@dataclass(frozen=True, slots=True)
class Country:
    """What is told of a country: its regions by their codes, on a map what those are together that are not told."""

    code: str
    label: Label
    bars: tuple[tuple[str, Bar], ...]
    rest: Decimal | None

    @property
    def told(self) -> tuple[tuple[str, Bar], ...]:
        """The regions that are told by themselves."""
        return tuple((code, bar) for code, bar in self.bars if not bar.withheld)


def drawn(each: Any, measure: charts.Measure, pen: Pen) -> Chart:
    """The figure of a breakdown by region."""
    countries = tuple(_countries(each, pen))
    if areas.MAP not in asked(each.indicator):
        return charts.regions([_group(land, land.bars, countries) for land in countries], measure=measure, **pen.look)
    lands = [_land(land, pen) for land in countries]
    known = tuple(land for land in lands if land is not None)
    if len(known) == len(lands):
        return charts.maps(known, measure=measure, remark=_remark(countries, pen), **pen.look)
    groups = [_group(land, (*land.told, *_together(land, pen)), countries) for land in countries]
    return charts.regions(groups, measure=measure, **pen.look)


def _countries(each: Any, pen: Pen) -> Iterator[Country]:
    """The regions of each country under its name, where the programme's list knows them; the others without one."""
    grouped: dict[str, list[tuple[str, Bar]]] = {}
    for row in each.rows:
        code = areas.code_of(pen.view.programme, row.label)
        bar = Bar(pen.words(row.label), row.number.value, bool(row.number.hidden))
        grouped.setdefault(areas.country_of(code), []).append((code, bar))
    for country, bars in grouped.items():
        name = tuple((each, language.say_country(country, each)) for each in pen.view.languages) if country else ()
        yield Country(country, name, tuple(bars), each.rest.get(country))


def _group(land: Country, bars: tuple[tuple[str, Bar], ...], countries: tuple[Country, ...]) -> charts.Group:
    return charts.Group(land.label if len(countries) > 1 else (), tuple(bar for _, bar in bars))


def _together(land: Country, pen: Pen) -> Iterator[tuple[str, Bar]]:
    """Those that are not told by themselves as one bar."""
    if len(land.told) < len(land.bars):
        name = pen.speech.say("other_regions") if land.told or not land.label else land.label
        yield "", Bar(name, land.rest, land.rest is None)


def _remark(countries: tuple[Country, ...], pen: Pen) -> Label:
    """Why some regions are told together, where some are; where the borders are from."""
    ground = pen.speech.say("map_ground")
    if all(len(land.told) == len(land.bars) for land in countries):
        return ground
    least = pen.speech.say("map_least", least=pen.speech.amount(Decimal(FEWEST)))
    return charts.joined(least, ground)


def _land(land: Country, pen: Pen) -> charts.Land | None:
    """The country with its borders; nothing where one of its regions has none."""
    borders = pen.view.templates.table(BORDERS.format(land.code)) if land.code.isalpha() else {}
    listed = pen.view.programme.codelists.get("regions", {})
    outlines = {code: _rings(borders, code) for code in listed if areas.country_of(code) == land.code}
    if not outlines or not all(outlines.values()):
        return None
    places = tuple(charts.Place(bar.label, bar.value or Decimal(0), outlines.pop(code)) for code, bar in land.told)
    left = tuple(outlines.values())
    if len(land.told) == len(land.bars):
        return charts.Land(land.label, places, bare=left)
    return charts.Land(land.label, places, land.rest, left)


def _rings(borders: Any, code: str) -> tuple[Ring, ...]:
    parts = borders.get("within", {}).get(code, [code])
    found = borders.get("areas", {})
    if not all(part in found for part in parts):
        return ()
    return tuple(tuple(_point(corner) for corner in ring.split()) for part in parts for ring in found[part])


def _point(corner: str) -> tuple[float, float]:
    x, _, y = corner.partition(",")
    return float(x), float(y)
