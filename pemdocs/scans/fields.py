"""Turn the fields of a form into what their values say. Only this module knows what a field inherits and means."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String

from pemdocs.scans import streams
from pemdocs.scans.keeping import exact
from pemdocs.scans.limits import hold

MULTILINE, PASSWORD, COMB = 1 << 12, 1 << 13, 1 << 24
RADIO, PUSH, COMBO = 1 << 15, 1 << 16, 1 << 17
"""The flags of fields (ISO 32000-1, tables 226, 228, 230)."""

SIZE = re.compile(rb"/([^\s/]*)\s+(-?[\d.]+)\s+Tf")
COLOUR = re.compile(rb"((?:-?[\d.]+\s+){1,4})(g|rg|k)\b")


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: the family of its font, its size in points (0: as large as it may), how its colour is set."""

    family: str
    size: float
    colour: bytes


@dataclass(frozen=True, slots=True)
class Field:
    """A field as one widget shows it.

    ``kind`` is ``text``, ``list``, ``tick``, ``button`` or empty where it shows nothing of its own. ``lines`` are the
    texts, ``chosen`` the numbers of those that are chosen of a list; ``on`` whether a tick is set; ``comb`` into how
    many boxes a text is spread.
    """

    kind: str
    lines: tuple[str, ...] = ()
    chosen: frozenset[int] = frozenset()
    on: bool = False
    radio: bool = False
    several: bool = False
    comb: int = 0
    align: int = 0
    style: Style = Style("Helvetica", 0, b"0 g")


def every(pdf: Pdf) -> Iterator[Object]:
    """The fields of a PDF and their widgets, each once: those of its form, then those that stand on pages alone."""
    form = pdf.Root.get("/AcroForm")
    queue = [form.get("/Fields")] if isinstance(form, Dictionary) else []
    queue += [page.obj.get("/Annots") for page in pdf.pages]
    seen: set[tuple[int, int]] = set()
    count = 0
    while queue:
        found = queue.pop()
        for each in found if isinstance(found, Array) else ():
            if isinstance(each, Dictionary) and (not each.is_indirect or each.objgen not in seen):
                seen.add(each.objgen)
                count += 1
                hold(count, "notes")
                queue.append(each.get("/Kids"))
                yield each


def field(pdf: Pdf, widget: Object) -> Field:
    """What a widget shows of its field."""
    kind, flags = streams.inherited(widget, "/FT"), _number(streams.inherited(widget, "/Ff"))
    style = style_of(pdf, _words(streams.inherited(widget, "/DA")))
    align = _number(streams.inherited(widget, "/Q"))
    value = streams.inherited(widget, "/V")
    if kind == Name.Tx:
        return _text(widget, value, flags, style, align)
    if kind == Name.Ch:
        return _choice(widget, value, flags, style, align)
    if kind == Name.Btn and flags & PUSH:
        caption = _words(_looks(widget).get("/CA"))
        return Field("button", (caption,) if caption else (), align=1, style=style)
    if kind == Name.Btn:
        state = state_of(widget)
        return Field("tick", (_words(_looks(widget).get("/CA")),), on=state != Name.Off, radio=bool(flags & RADIO),
                     style=style)  # fmt: skip
    return Field("")


def state_of(widget: Object) -> Name:
    """The state in which a widget is shown, as a name: its own, else the value of its field."""
    state = widget.get("/AS")
    value = state if isinstance(state, Name) else streams.inherited(widget, "/V")
    if not isinstance(value, Name):
        return Name.Off
    shown = widget.get("/AP")
    normal = shown.get("/N") if isinstance(shown, Dictionary) else None
    there = isinstance(state, Name) or not isinstance(normal, Dictionary) or value in normal
    return value if there else Name.Off


def _text(widget: Object, value: Object | None, flags: int, style: Style, align: int) -> Field:
    words = _words(value)
    most = _number(streams.inherited(widget, "/MaxLen"))
    if flags & PASSWORD:
        words = "*" * len(words)
    several = bool(flags & MULTILINE)
    comb = most if flags & COMB and 0 < most <= 1000 and not several else 0
    return Field("text", _lines(words, several), several=several, comb=comb, align=align, style=style)


def _choice(widget: Object, value: Object | None, flags: int, style: Style, align: int) -> Field:
    offered = [_option(each) for each in _list(streams.inherited(widget, "/Opt"))]
    names = dict(reversed(offered))
    values = [_words(each) for each in (_list(value) if isinstance(value, Array) else [value]) if each is not None]
    if flags & COMBO or not offered:
        told = ", ".join(names.get(each, each) for each in values)
        return Field("text", (told,) if told else (), align=align, style=style)
    numbers = [_number(each) for each in _list(streams.inherited(widget, "/I"))]
    chosen = {number for number, (code, label) in enumerate(offered) if code in values or label in values}
    chosen = chosen or {number for number in numbers if number < len(offered)}
    top = min(_number(streams.inherited(widget, "/TI")), len(offered))
    shown = [label for _, label in offered[top:]]
    return Field("list", tuple(shown), frozenset(each - top for each in chosen), align=align, style=style)


def _option(found: object) -> tuple[str, str]:
    """The code of an option and what readers show of it."""
    if isinstance(found, Array) and len(found) >= 2:
        return _words(found[0]), _words(found[1])
    return _words(found), _words(found)


def _list(found: object) -> list[object]:
    return list(found) if isinstance(found, Array) else []


def _lines(words: str, several: bool) -> tuple[str, ...]:
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    if not words.strip():
        return ()
    return tuple(words.split("\n")) if several else (" ".join(words.split()),)


def _words(found: object) -> str:
    if isinstance(found, Stream):
        return String(streams.read(found)[0]).__str__()
    return str(found) if isinstance(found, String) else streams.word(found)[1:]


def words_of(found: object) -> str:
    """A text of a PDF, be it a string, a name or a stream; empty where it is none."""
    return _words(found)


def _number(found: object) -> int:
    return max(0, int(found)) if isinstance(found, int) and not isinstance(found, bool) else 0


def _looks(widget: Object) -> Object:
    found = widget.get("/MK")
    return found if isinstance(found, Dictionary) else Dictionary()


def style_of(pdf: Pdf, said: str) -> Style:
    """The style that an appearance string says, or else that of the form (ISO 32000-1, 12.7.3.3)."""
    form = pdf.Root.get("/AcroForm")
    form = form if isinstance(form, Dictionary) else Dictionary()
    words = (said or _words(form.get("/DA"))).encode("latin-1", "replace")
    font, colour = SIZE.search(words), COLOUR.findall(words)
    shared = form.get("/DR")
    fonts = shared.get("/Font") if isinstance(shared, Dictionary) else None
    name = "/" + font[1].decode("utf-8", "surrogateescape") if font else ""
    known = fonts.get(exact(name)) if isinstance(fonts, Dictionary) and len(name) > 1 else None
    base = (streams.word(known.get("/BaseFont")) if isinstance(known, Dictionary) else "") or name
    size = float(font[2]) if font and font[2].count(b".") < 2 else 0.0
    return Style(_family(base), abs(size), b"%b %b" % (colour[-1][0].strip(), colour[-1][1]) if colour else b"0 g")


def _family(base: str) -> str:
    low = base.lower()
    if "cour" in low or "mono" in low:
        return "Courier"
    bold = "bold" in low or low.endswith(("hebo", "tibo"))
    if "tim" in low or low.startswith("/ti") or ("serif" in low and "sans" not in low):
        return "Times-Bold" if bold else "Times-Roman"
    return "Helvetica-Bold" if bold else "Helvetica"
