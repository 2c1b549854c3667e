"""Turn a theme into Word's table styles. Only this module knows rules, grounds and margins of tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.sax.saxutils import quoteattr

from pemdocs.project.theme import Theme
from pemdocs.writing.word.markup import twips

CELL_PARAGRAPH = 2.0
"""The space below each paragraph of a cell, in points."""

HAIR, THIN, STRONG, RULE, BAR = 4, 6, 8, 12, 20
"""Widths of lines, in eighths of a point."""


def table_styles(theme: Theme, names: Mapping[str, str]) -> Iterator[str]:
    """Every table style, as WordprocessingML; those that people may pick have ``names`` in their language."""
    cell = theme.space["cell"]
    halves = round(theme.size["table"] * 2)
    usual = _margins(cell, cell * 1.7, max(cell - CELL_PARAGRAPH, 0), cell * 1.7)
    rules = _borders(theme, top=HAIR, bottom=HAIR, inside=HAIR)
    head = _part("firstRow", "<w:b/><w:bCs/>", _lines(theme, bottom=STRONG) + _ground(theme, "wash") + BOTTOM)
    label = _part("firstCol", "", _ground(theme, "wash"))
    small = f'<w:rPr><w:sz w:val="{halves}"/><w:szCs w:val="{halves}"/></w:rPr>'
    yield _style("Pemdocs Fields", rules + usual, head + label, run=small, shown=names["fields"])
    yield _style("Pemdocs Grid", rules + usual, head + label, run=small, shown=names["grid"])
    yield _style("Pemdocs Calm", _borders(theme, bottom=HAIR, inside=HAIR)
                 + _margins(cell, 0, max(cell - CELL_PARAGRAPH, 0), cell * 1.7),
                 _part("firstRow", "", _lines(theme, bottom=STRONG) + BOTTOM), run=small,
                 shown=names["calm"])  # fmt: skip
    yield _style("Pemdocs Bare", _margins(0, 0, 0, 10), run=small)
    yield _style("Pemdocs Signatures", _margins(0, 0, 0, 0), run=small)
    yield _style("Pemdocs Key", _borders(theme, top=RULE, colour="accent") + _margins(6, 0, 0, 10), run=small)
    yield _style("Pemdocs Parallel", _borders(theme, between=HAIR) + _margins(0, 0, 0, 0))
    yield from _boxes(theme)


def _boxes(theme: Theme) -> Iterator[str]:
    """Boxes: a ground, and a bar at the left; the paragraph inside brings the rest of the bottom margin."""
    inner = _margins(7, 11, max(7 - theme.space["paragraph"], 0), 10)
    for name, ground, bar in (
        ("Pemdocs Box", "wash", "accent"),
        ("Pemdocs Box Note", "wash", "muted"),
        ("Pemdocs Box Pending", "pending", "before"),
        ("Pemdocs Box Practice", "wash", "practice"),
        ("Pemdocs Box Lesson", "wash", "lesson"),
        ("Pemdocs Box Recommendation", "wash", "recommendation"),
    ):
        yield _style(name, _bar(theme, bar) + inner, cell=_ground(theme, ground))
    air = theme.space["paragraph"]
    yield _style("Pemdocs Box Heart", _borders(theme, top=THIN, bottom=THIN, colour="accent")
                 + _margins(3 + 0.8 * air, 0, max(3 - 0.2 * air, 0), 0))  # fmt: skip
    yield _style("Pemdocs Box Quote", _bar(theme, "accent") + _margins(1, 12, 0, 0))
    front = _margins(18, 18, max(16 - theme.space["paragraph"], 0), 18)
    yield _style("Pemdocs Front", front, cell=_ground(theme, "accent"))
    lead = f'<w:rPr><w:sz w:val="{round(theme.size["body"] * 2 + 2)}"/></w:rPr>'
    yield _style("Pemdocs Box Lead", _bar(theme, "accent") + inner, cell=_ground(theme, "wash"), run=lead)


BOTTOM = '<w:vAlign w:val="bottom"/>'


OFFERED, HIDDEN = '<w:uiPriority w:val="30"/><w:qFormat/>', '<w:uiPriority w:val="99"/><w:semiHidden/>'
"""Whether people find a style among those for tables."""


def _style(name: str, table: str, parts: str = "", cell: str = "", run: str = "", shown: str = "") -> str:
    inside = f"<w:tcPr>{cell}</w:tcPr>" if cell else ""
    return (
        f'<w:style w:type="table" w:customStyle="1" w:styleId="{name.replace(" ", "")}">'
        f"<w:name w:val={quoteattr(shown or name)}/>"
        f'<w:basedOn w:val="TableNormal"/>{OFFERED if shown else HIDDEN}{run}'
        f'<w:tblPr><w:tblInd w:w="0" w:type="dxa"/>{table}</w:tblPr>{inside}{parts}</w:style>'
    )


def _part(kind: str, run: str, cell: str) -> str:
    look = f"<w:rPr>{run}</w:rPr>" if run else ""
    return f'<w:tblStylePr w:type="{kind}">{look}<w:tcPr>{cell}</w:tcPr></w:tblStylePr>'


def _margins(top: float, left: float, bottom: float, right: float) -> str:
    sides = {"top": top, "left": left, "bottom": bottom, "right": right}
    inner = "".join(f'<w:{side} w:w="{twips(points)}" w:type="dxa"/>' for side, points in sides.items())
    return f"<w:tblCellMar>{inner}</w:tblCellMar>"


def _borders(
    theme: Theme, top: int = 0, bottom: int = 0, inside: int = 0, between: int = 0, colour: str = "rule"
) -> str:
    lines = {"top": top, "bottom": bottom, "insideH": inside, "insideV": between}
    drawn = "".join(_line(theme, side, width, colour) for side, width in lines.items() if width)
    return f"<w:tblBorders>{drawn}</w:tblBorders>"


def _bar(theme: Theme, colour: str) -> str:
    return f"<w:tblBorders>{_line(theme, 'left', BAR, colour)}</w:tblBorders>"


def _lines(theme: Theme, bottom: int) -> str:
    return f"<w:tcBorders>{_line(theme, 'bottom', bottom, 'accent')}</w:tcBorders>"


def _line(theme: Theme, side: str, width: int, colour: str) -> str:
    shade = theme.colour[colour][1:].upper()
    return f'<w:{side} w:val="single" w:sz="{width}" w:space="0" w:color="{shade}"/>'


def _ground(theme: Theme, name: str) -> str:
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{theme.colour[name][1:].upper()}"/>'
