"""Turn lines of text into marks within a box. Only this module sets type on scans."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape
from io import BytesIO
from itertools import pairwise

from pikepdf import Array, Dictionary, Name, Object, Pdf

from pemdocs.model import PemdocsError
from pemdocs.scans.fields import Style
from pemdocs.scans.limits import MOST

LARGEST, SMALLEST = 12.0, 4.0
LEADING = 1.15
WIDER = 1.2
"""How much wider the letters of a computer's fonts may be than those of Helvetica."""

INSET = 2.0
"""Points between the edge of a box and its text."""

FIRST = 32
WIDTHS = (
    "278278355556556889667191333333389584278333278278556556556556556556556556556556278278584584584556"
    "101566766772272266761177872227850066755683372277866777872266761172266794466766761127827827846955"
    "6333556556500556556278556556222222500222833556556556556333500278556500722500500500334260334584"
)
"""Widths of the letters of Helvetica from the space to the tilde, in thousandths of the size (Adobe)."""


def _widths(run: str) -> tuple[int, ...]:
    """The widths one by one: three figures each, but for the at sign, which has four."""
    at = 3 * (ord("@") - FIRST)
    cuts = [*range(0, at + 1, 3), *range(at + 4, len(run) + 1, 3)]
    return tuple(int(run[start:stop]) for start, stop in pairwise(cuts))


HELVETICA = _widths(WIDTHS)


@dataclass(slots=True)
class Case:
    """The letters of a file: the fonts that are used, and the texts that need letters of a font of ours.

    Those are drawn together, when all are known; each has the name of its drawing.
    """

    pdf: Pdf
    fonts: dict[str, Object] = field(default_factory=dict)
    foreign: dict[tuple[object, ...], str] = field(default_factory=dict)


def width(line: str, family: str = "Helvetica") -> float:
    """How wide a line is, in sizes; those of Times are a little narrower than what is told."""
    if family.startswith("Courier"):
        return 0.6 * len(line)
    plain = (unicodedata.normalize("NFD", each)[0] for each in line)
    thousandths = sum(HELVETICA[ord(each) - FIRST] if FIRST <= ord(each) < FIRST + 95 else 600 for each in plain)
    return thousandths / (950 if family.endswith("Bold") else 1000)


def latin(line: str) -> bool:
    """Whether the fonts that every reader has hold all letters of a line."""
    try:
        unicodedata.normalize("NFC", line).encode("cp1252")
    except UnicodeEncodeError:
        return False
    return all(each >= " " or each == "\t" for each in line)


def fitted(lines: Sequence[str], style: Style, room: tuple[float, float], several: bool) -> tuple[list[str], float]:
    """The lines as they are broken, and the size at which they fit into so many points."""
    across, down = max(room[0] - 2 * INSET, 1.0), room[1]
    size = style.size or (LARGEST if several else max(SMALLEST, min(LARGEST, down * 0.7)))
    while True:
        broken = [
            part for line in lines for part in (_broken(line, style.family, across / size) if several else [line])
        ]
        high = len(broken) * size * LEADING <= down or len(broken) == 1
        wide = all(width(line, style.family) * size <= across for line in broken)
        if size <= SMALLEST or (high and wide):
            return broken, size
        size = max(SMALLEST, size - 0.5)


def _broken(line: str, family: str, most: float) -> list[str]:
    """A line broken between words, else between letters, so that no part is wider than that many sizes."""
    parts, held = [], ""
    for word in line.split(" "):
        longer = f"{held} {word}" if held else word
        if width(longer, family) <= most or not held:
            held = longer
        else:
            parts.append(held)
            held = word
        while width(held, family) > most and len(held) > 1:
            cut = next((n for n in range(len(held) - 1, 0, -1) if width(held[:n], family) <= most), 1)
            parts.append(held[:cut])
            held = held[cut:]
    return [*parts, held]


def text(case: Case, lines: Sequence[str], style: Style, room: tuple[float, float], *,
         several: bool = False, align: int = 0, comb: int = 0) -> bytes:  # fmt: skip
    """The instructions that set lines in a box whose lower left corner is the origin, within its edges."""
    if not lines:
        return b""
    clip = b"q 0 0 %.2f %.2f re W n " % room
    if not all(map(latin, lines)):
        return clip + _foreign(case, lines, style, room, several, align) + b" Q\n"
    if comb:
        return clip + _combed(case, lines[0], style, room, comb) + b" Q\n"
    broken, size = fitted(lines, style, room, several)
    low = room[1] - INSET - size if several else (room[1] - size) / 2 + size * 0.22
    if not several:
        low += (len(broken) - 1) * size * LEADING / 2
    set_ = []
    for number, line in enumerate(broken):
        left = INSET + align * max(0.0, room[0] - 2 * INSET - width(line, style.family) * size) / 2
        set_.append(b"1 0 0 1 %.2f %.2f Tm %b Tj" % (left, low - number * size * LEADING, _shown(line)))
    return clip + _begun(case, style, size) + b" ".join(set_) + b" ET Q\n"


def _combed(case: Case, line: str, style: Style, room: tuple[float, float], boxes: int) -> bytes:
    """Each letter in the middle of a box of its own."""
    one = room[0] / boxes
    size = style.size or max(SMALLEST, min(LARGEST, room[1] * 0.7, one * 1.2))
    low = (room[1] - size) / 2 + size * 0.22
    set_ = [
        b"1 0 0 1 %.2f %.2f Tm %b Tj" % (one * (at + 0.5) - width(each, style.family) * size / 2, low, _shown(each))
        for at, each in enumerate(line)
    ]
    return _begun(case, style, size) + b" ".join(set_) + b" ET"


def _begun(case: Case, style: Style, size: float) -> bytes:
    return b"BT %b %b %.2f Tf " % (style.colour, _font(case, style.family), size)


def _font(case: Case, family: str) -> bytes:
    if family not in case.fonts:
        case.fonts[family] = Dictionary(
            Type=Name.Font, Subtype=Name.Type1, BaseFont=Name(f"/{family}"), Encoding=Name.WinAnsiEncoding
        )
    return f"/{family}".encode()


def _shown(line: str) -> bytes:
    return b"<" + unicodedata.normalize("NFC", line).replace("\t", " ").encode("cp1252").hex().encode() + b">"


# Letters that the fonts of readers lack


def _foreign(case: Case, lines: Sequence[str], style: Style, room: tuple[float, float], several: bool,
             align: int) -> bytes:  # fmt: skip
    _, size = fitted(lines, style, (room[0] / WIDER, room[1] / (WIDER if several else 1)), several)
    key = (tuple(lines), style, round(room[0], 2), round(room[1], 2), size, several, align)
    name = case.foreign.setdefault(key, f"T{len(case.foreign)}")
    if len(case.foreign) > MOST["lettered"]:
        raise PemdocsError("attachment-too-large")
    return b"/%b Do" % name.encode()


def drawn(case: Case) -> dict[str, Object]:
    """The texts in foreign letters as drawings, by name, set in the fonts of the computer."""
    if not case.foreign:
        return {}
    import weasyprint  # heavy, and few files need it

    pages = "".join(_page(number, *key) for number, key in enumerate(case.foreign))  # type: ignore[arg-type]
    sheets = "".join(
        f"@page t{number} {{ size: {key[2]}pt {key[3]}pt; margin: 0 }}" for number, key in enumerate(case.foreign)
    )
    style = "body { margin: 0 } p { margin: 0; overflow-wrap: anywhere }"
    html = f"<html><style>{style}{sheets}</style><body>{pages}</body></html>"
    with Pdf.open(BytesIO(weasyprint.HTML(string=html).write_pdf())) as made:
        names = list(case.foreign.values())
        found = [case.pdf.copy_foreign(made.make_indirect(page.as_form_xobject())) for page in made.pages]
        return dict(zip(names, found, strict=False))


def _page(number: int, lines: tuple[str, ...], style: Style, across: float, down: float, size: float,
          several: bool, align: int) -> str:  # fmt: skip
    """A page as large as the box, of the text alone."""
    family = "monospace" if style.family == "Courier" else "serif" if style.family.startswith("Times") else "sans-serif"
    weight = "bold" if style.family.endswith("Bold") else "normal"
    where = ("left", "center", "right")[min(align, 2)]
    high = "normal" if several else f"{down}pt"
    words = "<br>".join(map(escape, lines))
    wrap = "pre-wrap" if several else "pre"
    return (
        f'<p style="page: t{number}; padding: 0 {INSET}pt; font: {weight} {size}pt {family}; line-height: {high};'
        f' text-align: {where}; color: {_css(style.colour)}; white-space: {wrap}" dir="auto">{words}</p>'
    )


def _css(colour: bytes) -> str:
    *values, operator = colour.decode("ascii").split()
    parts = [min(max(float(each), 0.0), 1.0) for each in values if each.count(".") < 2]
    if operator == "k" and len(parts) == 4:
        parts = [(1 - each) * (1 - parts[3]) for each in parts[:3]]
    if operator == "g" and parts:
        parts = parts[:1] * 3
    return "#" + "".join(f"{round(255 * each):02x}" for each in parts) if len(parts) == 3 else "#000"


def box(left: float, low: float, right: float, high: float) -> Array:
    """Four edges as a PDF has them."""
    return Array([round(each, 3) for each in (left, low, right, high)])
