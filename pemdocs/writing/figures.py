"""Turn the figures of a page into files to be used elsewhere: each drawn, in dots, and as data, and a list of them.

Only this module knows how a figure stands by itself: under its title, over its source.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from pemdocs.model import Page, PemdocsError, Tabled, Text
from pemdocs.page import specimen
from pemdocs.pictures.drawing import strokes
from pemdocs.project.theme import Theme
from pemdocs.writing import archive, listing, raster

FOLDER = "figures"
DOTS = 2400
"""Dots of a picture across: as wide as a slide on a dense screen."""

BORDER, TITLE, NOTE = 14.0, 12.0, 7.5
"""Points: the white around a figure, the size of its title, that of its source."""

BETWEEN = " · "


class Figure(NamedTuple):
    """A figure of a page: its drawing, what it says, the words read instead of it, those below it."""

    drawing: bytes
    table: Tabled
    alt: str
    note: str


def write(page: Page, theme: Theme) -> bytes:
    """The figures of a page as an archive of one folder.

    Raises ``PemdocsError``: ``no-figures``, ``picture-unreadable``.
    """
    found = {each.table.name: each for each in reversed([*_figures(page)])}
    if not found:
        raise PemdocsError("no-figures")
    files: dict[str, bytes] = {}
    for name, figure in reversed(found.items()):
        drawn = _alone(figure, theme)
        files[f"{FOLDER}/{name}.svg"] = drawn
        files[f"{FOLDER}/{name}.png"] = raster.png(drawn, DOTS, name)
        files[f"{FOLDER}/{name}.csv"] = _data(figure.table, page.languages)
    files[f"{FOLDER}/figures.txt"] = _list([*reversed(found.values())], page)
    return archive.packed(files)


def _figures(page: Page) -> Iterator[Figure]:
    """The drawn figures of a page in their order."""
    marks = [" ".join("".join(map(str, each.itertext())).split()) for each in page.tree.iter("header")
             if specimen.is_mark(each)]  # fmt: skip
    for image in page.tree.iter("img"):
        table = page.tables.get(image.get("src", ""))
        if table is not None and table.rows:
            around = next(image.iterancestors("figure"), None)
            caption = around.find("figcaption") if around is not None else None
            note = [line for line in (*(_lines(caption) if caption is not None else ()), *marks) if line]
            yield Figure(page.pictures[image.get("src", "")], table, image.get("alt", ""), BETWEEN.join(note))


def _lines(caption: etree._Element) -> Iterator[str]:
    """What a caption says, and then its source."""
    sources = [each for each in caption if each.get("class") == "source"]
    said = [" ".join("".join(map(str, each.itertext())).split()) for each in sources]
    whole = " ".join("".join(map(str, caption.itertext())).split())
    for each in said:
        whole = whole.replace(each, "")
    yield whole.strip()
    yield from said


def _alone(figure: Figure, theme: Theme) -> bytes:
    """The drawing on white, its title over it and its source below."""
    drawn = etree.fromstring(figure.drawing, etree.XMLParser(resolve_entities=False, no_network=True))
    _, _, wide, high = (float(part) for part in drawn.get("viewBox", "0 0 100 100").split())
    title = [*strokes.lines(figure.table.title.parts, TITLE, TITLE * 0.85, wide * 0.94)]
    note = strokes.wrap(figure.note, NOTE, wide)
    top = BORDER + sum(_height(TITLE, first=first) for _, _, first in title) + (6 if title else 0)
    below = top + high + 10
    height = below + len(note) * NOTE * 1.35 + BORDER
    root = etree.Element("svg", {
        "width": f"{(wide + 2 * BORDER) / strokes.POINTS:.2f}mm", "height": f"{height / strokes.POINTS:.2f}mm",
        "viewBox": f"0 0 {wide + 2 * BORDER:.2f} {height:.2f}", "role": "img", "xmlns": "http://www.w3.org/2000/svg",
    })  # fmt: skip
    etree.SubElement(root, "title").text = _said(figure.table.title) or figure.alt.partition(". ")[0]
    etree.SubElement(root, "desc").text = figure.alt
    etree.SubElement(root, "rect", width="100%", height="100%", fill="#ffffff")
    level = BORDER
    for _, words, first in title:
        level += _height(TITLE, first=first)
        size, colour = (TITLE, theme.colour["ink"]) if first else (TITLE * 0.85, theme.colour["muted"])
        _write(root, words, level, size, colour, theme, bold=first)
    drawn.attrib.update({"x": f"{BORDER:g}", "y": f"{top:.2f}", "width": f"{wide:g}", "height": f"{high:g}"})
    root.append(drawn)
    for number, words in enumerate(note, start=1):
        _write(root, words, below + number * NOTE * 1.35, NOTE, theme.colour["muted"], theme)
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _height(size: float, *, first: bool) -> float:
    return size * (1.25 if first else 1.05)


def _write(
    root: etree._Element, words: str, level: float, size: float, colour: str, theme: Theme, *, bold: bool = False
) -> None:
    font = theme.font["body"]
    told = {"x": f"{BORDER:g}", "y": f"{level:.2f}", "font-size": f"{size:g}", "fill": colour,
            "font-family": f"{font.pdf}, {font.word}, sans-serif"}  # fmt: skip
    etree.SubElement(root, "text", told | ({"font-weight": "bold"} if bold else {})).text = words


def _data(table: Tabled, languages: tuple[str, ...]) -> bytes:
    """The data as they are printed, as Excel of the first language opens them."""
    rows = [[_said(label), *map(_said, values)] for label, values in table.rows]
    return listing.separated([[_said(head) for head in table.heads], *rows], languages[0])


def _said(text: Text) -> str:
    return BETWEEN.join(dict.fromkeys(words for _, words in text.parts))


def _list(found: list[Figure], page: Page) -> bytes:
    """What each figure is called, says and shows, for who uses it: title, words read instead of it, source."""
    about = [page.title, *(words for _, words in page.words["figures"].parts)]
    each = (f"{figure.table.name}\n{_said(figure.table.title)}\n{figure.alt}\n{figure.note}" for figure in found)
    passages = ["\n".join(about), *each]
    return (listing.SIGN + "\n\n".join("\n".join(filter(None, one.split("\n"))) for one in passages) + "\n").encode()
