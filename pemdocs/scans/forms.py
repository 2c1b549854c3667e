"""Turn the fields and notes of a PDF into marks on its pages. Only this module knows its forms and annotations."""

from __future__ import annotations

import textwrap
import unicodedata
from collections.abc import Iterable

from pikepdf import AcroFormField, Annotation, Array, Dictionary, FormFieldFlag, Name, Object, Page, Pdf, Stream

from pemdocs.scans.result import Treatment

UNSHOWN = frozenset({"/Link", "/Popup"})
"""Annotations that leave no mark on the page, or one that belongs to the screen."""

HIDDEN = 0b100010
"""The flags of an annotation that is not shown: Hidden, NoView (ISO 32000-1, table 165)."""

LARGEST = 12.0
WIDE = 0.52
"""The width of a letter of Helvetica in a usual text, as a part of its size; wide texts come out short."""


def flatten(pdf: Pdf) -> list[Treatment]:
    """Draw every field with its value and every note that is shown onto its page, and take the form away."""
    form = pdf.Root.get("/AcroForm")
    told = _without_xfa(pdf, form) if isinstance(form, Dictionary) else []
    if isinstance(form, Dictionary):
        _draw_fields(pdf, bool(form.get("/NeedAppearances", False)))
    count = sum(_kept(page) for page in pdf.pages)
    pdf.flatten_annotations("all")
    return told + ([Treatment("flattened", {"count": count})] if count else [])


def drawn_by_us(pdf: Pdf) -> bool:
    """Whether a field's value must be drawn anew, in a font that is not in the file."""
    form = pdf.Root.get("/AcroForm")
    if not isinstance(form, Dictionary):
        return False
    anew = bool(form.get("/NeedAppearances", False))
    return any(_due(field, widget.obj, anew) for field in pdf.acroform.fields for widget in _widgets(pdf, field))


def _without_xfa(pdf: Pdf, form: Object) -> list[Treatment]:
    if "/XFA" not in form:
        return []
    del form["/XFA"]
    dynamic = bool(pdf.Root.get("/NeedsRendering", False)) or not len(form.get("/Fields", Array()))
    return [Treatment("xfa-removed", {"dynamic": dynamic})]


def _kept(page: Page) -> int:
    """Leave of a page's annotations those that are shown; how many they are."""
    notes = page.obj.get("/Annots")
    if not isinstance(notes, Array):
        return 0
    shown = [each for each in notes if isinstance(each, Dictionary) and _is_shown(each)]
    page.obj.Annots = Array(shown)
    return len(shown)


def _is_shown(note: Object) -> bool:
    flags = note.get("/F", 0)
    return str(note.get("/Subtype")) not in UNSHOWN and not (isinstance(flags, int) and flags & HIDDEN)


def _draw_fields(pdf: Pdf, anew: bool) -> None:
    for field in pdf.acroform.fields:
        for widget in _widgets(pdf, field):
            if _due(field, widget.obj, anew):
                widget.obj.AP = Dictionary(N=_appearance(pdf, field, widget.obj))
    # Else the fields would be left out for having to be drawn anew.
    pdf.Root.AcroForm.NeedAppearances = False


def _widgets(pdf: Pdf, field: AcroFormField) -> Iterable[Annotation]:
    return pdf.acroform.get_annotations_for_field(field)


def _due(field: AcroFormField, widget: Object, anew: bool) -> bool:
    shown = widget.get("/AP")
    there = isinstance(shown, Dictionary) and isinstance(shown.get("/N"), Stream)
    return bool((field.is_text or field.is_choice) and field.value_as_string and (anew or not there))


def _appearance(pdf: Pdf, field: AcroFormField, widget: Object) -> Stream:
    """The value in Helvetica, as large as the field allows, broken into lines where the field takes several."""
    left, low, right, high = (float(each) for each in widget.Rect)
    width, height = abs(right - left), abs(high - low)
    several = bool(field.is_text and field.flags & FormFieldFlag.tx_multiline)
    lines, size = _lines(field.value_as_string, width - 4, height, several)
    start = height - size - 2 if several else (height - size) / 2 + size * 0.2
    shown = b" T* ".join(b"<" + line.hex().encode() + b"> Tj" for line in map(_latin, lines))
    text = f"q 0 g BT /F {size:.2f} Tf {size * 1.15:.2f} TL 2 {start:.2f} Td ".encode() + shown + b" ET Q"
    font = Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)
    stream = pdf.make_stream(text)
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, width, height])
    stream.Resources = Dictionary(Font=Dictionary(F=font))
    return stream


def _lines(value: str, width: float, height: float, several: bool) -> tuple[list[str], float]:
    """The lines of a text and the size of letters at which they fit."""
    size = LARGEST if several else min(LARGEST, height * 0.75)
    while True:
        column = max(1, int(width / (size * WIDE)))
        rows = value.replace("\r\n", "\n").replace("\r", "\n").split("\n") if several else [" ".join(value.split())]
        lines = [line for row in rows for line in (textwrap.wrap(row, column) or [""])] if several else rows
        if size <= 4 or (len(lines) * size * 1.15 <= height and all(len(line) <= column for line in lines)):
            return lines, size
        size -= 0.5


def _latin(line: str) -> bytes:
    """The line in Windows Latin 1; a letter that it lacks loses its accent rather than its place."""
    found = b""
    for letter in unicodedata.normalize("NFC", line):
        plain = letter.encode("cp1252", "ignore") or unicodedata.normalize("NFKD", letter).encode("cp1252", "ignore")
        found += plain or b"?"
    return found
