"""Turn lists and headings into Word's automatic numbers. Only this module knows the numbering part."""

from __future__ import annotations

from lxml import etree

from pemdocs.project.theme import Theme
from pemdocs.writing.word.markup import ROOT, W, sub, twips

HEADINGS, BULLETS, NUMBERS, CELL_BULLETS, CELL_NUMBERS = "1", "2", "3", "4", "5"
UNNUMBERED = "0"
OF_STYLE = {"ListNumber": NUMBERS, "PemdocsCellNumber": CELL_NUMBERS}
HANGING = {BULLETS: 14.0, NUMBERS: 18.0, CELL_BULLETS: 9.5, CELL_NUMBERS: 14.0}
"""How far the text of a list stands in, in points."""

REACH = {**HANGING, BULLETS: 8.0}
"""How far the sign before it stands out again, in points; a bullet as near to its text as in the PDF."""


def fill(numbering: etree._Element, theme: Theme) -> None:
    """Replace the content of the numbering part by ours."""
    for child in list(numbering):
        numbering.remove(child)
    muted = theme.colour["muted"][1:].upper()
    made = [_headings(theme), *(_marks(number, "\N{BULLET}", "bullet", muted) for number in (BULLETS, CELL_BULLETS)),
            *(_marks(number, "%1.", "decimal", muted) for number in (NUMBERS, CELL_NUMBERS))]  # fmt: skip
    for text in made:
        numbering.append(etree.fromstring(text))
    for number in (HEADINGS, BULLETS, NUMBERS, CELL_BULLETS, CELL_NUMBERS):
        sub(sub(numbering, "num", numId=number), "abstractNumId", val=number)


def new_list(numbering: etree._Element, style: str, start: int = 1) -> str:
    """Open a numbered list that counts from ``start``; gives its number."""
    number = str(1 + sum(1 for _ in numbering.iterchildren(W + "num")))
    made = sub(numbering, "num", numId=number)
    sub(made, "abstractNumId", val=OF_STYLE[style])
    sub(sub(made, "lvlOverride", ilvl="0"), "startOverride", val=str(start))
    return number


def _headings(theme: Theme) -> str:
    """The numbers hang, so that a second line stands below the words, and a reference shows nothing but the number."""
    levels = [("Heading1", "%1", 1.35 * theme.size["heading1"]), ("Heading2", "%1.%2", 2 * theme.size["heading2"])]
    lines = "".join(
        f'<w:lvl w:ilvl="{rank}"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:pStyle w:val="{style}"/>'
        f'<w:suff w:val="tab"/><w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/>'
        f'<w:pPr><w:tabs><w:tab w:val="num" w:pos="{twips(room)}"/></w:tabs>'
        f'<w:ind w:left="{twips(room)}" w:hanging="{twips(room)}"/></w:pPr></w:lvl>'
        for rank, (style, text, room) in enumerate(levels)
    )
    return _abstract(HEADINGS, lines, "multilevel")


def _marks(number: str, text: str, form: str, colour: str) -> str:
    indent, out = twips(HANGING[number]), twips(REACH[number])
    return _abstract(
        number,
        f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/>'
        f'<w:lvlJc w:val="left"/><w:pPr><w:tabs><w:tab w:val="num" w:pos="{indent}"/></w:tabs>'
        f'<w:ind w:left="{indent}" w:hanging="{out}"/></w:pPr>'
        f'<w:rPr><w:color w:val="{colour}"/></w:rPr></w:lvl>',
        "singleLevel",
    )


def _abstract(number: str, levels: str, kind: str) -> str:
    return (
        f'<w:abstractNum {ROOT} w:abstractNumId="{number}"><w:multiLevelType w:val="{kind}"/>{levels}</w:abstractNum>'
    )
