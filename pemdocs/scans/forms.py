"""Turn the fields and notes of a PDF into a drawing for each page. Only this module chooses what of them is shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Matrix, Name, Object, Page, Pdf, Stream

from pemdocs.model import PemdocsError
from pemdocs.scans import drawings, fields, filling, lettering, notes, streams, strokes
from pemdocs.scans.drawings import Desk
from pemdocs.scans.lettering import Case
from pemdocs.scans.limits import hold
from pemdocs.scans.result import Treatment

UNSHOWN = frozenset({"/Popup", "/TrapNet", "/PrinterMark"})
"""Annotations that leave no mark on the page, or one that belongs to the screen."""

SILENT = frozenset({"/Link", "/Widget", "/FileAttachment", "/Screen"})
"""Those that show nothing where they bring no appearance, or are told otherwise."""

HIDDEN = 0b100010
"""The flags of an annotation that is not shown: Hidden, NoView (ISO 32000-1, table 165)."""


@dataclass(frozen=True, slots=True)
class Flattened:
    """The drawing of each page that has one, by the page's number from 0; whether a font is used that is not in it."""

    layers: dict[int, Stream]
    treatments: tuple[Treatment, ...]
    lettered: bool


@dataclass(slots=True)
class _Sheet:
    """What the notes of one page draw."""

    orders: list[bytes]
    shapes: dict[str, Object]


def flatten(desk: Desk) -> Flattened:
    """Draw every field with its value and every note that is shown. The pages themselves stay as they are."""
    pdf, case = desk.pdf, Case(desk.pdf)
    form = pdf.Root.get("/AcroForm")
    anew = isinstance(form, Dictionary) and bool(form.get("/NeedAppearances", False))
    sheets: dict[int, _Sheet] = {}
    drawn = undrawn = 0
    for number, page in enumerate(pdf.pages):
        for note in _shown(desk, page):
            hold(drawn + undrawn, "notes")
            found = _tried(desk, case, sheets.setdefault(number, _Sheet([], {})), note, anew)
            drawn, undrawn = drawn + (found is True), undrawn + (found is False)
    texts = lettering.drawn(case)
    layers: dict[int, Stream] = {}
    for number, sheet in sheets.items():
        if sheet.orders and (layer := _layer(desk, case, sheet, texts)) is not None:
            layers[number] = layer
        else:
            drawn, undrawn = drawn - len(sheet.orders), undrawn + len(sheet.orders)
    told = [
        Treatment(code, {"count": count})
        for code, count in (("flattened", drawn), ("notes-not-drawn", undrawn))
        if count
    ]
    return Flattened(layers, (*_dynamic(pdf, form), *told), bool(case.fonts))


def _dynamic(pdf: Pdf, form: object) -> Iterator[Treatment]:
    if isinstance(form, Dictionary) and "/XFA" in form:
        fixed = form.get("/Fields")
        dynamic = bool(pdf.Root.get("/NeedsRendering", False)) or not (isinstance(fixed, Array) and len(fixed))
        dynamic = dynamic or not any(_has_fields(page) for page in pdf.pages)
        yield Treatment("xfa-removed", {"dynamic": dynamic})


def _has_fields(page: Page) -> bool:
    found = page.obj.get("/Annots")
    notes = found if isinstance(found, Array) else ()
    return any(isinstance(each, Dictionary) and each.get("/Subtype") == Name.Widget for each in notes)


def _shown(desk: Desk, page: Page) -> Iterator[Object]:
    found = page.obj.get("/Annots")
    for note in found if isinstance(found, Array) else ():
        if not isinstance(note, Dictionary) or desk.hidden.holds(note.get("/OC")):
            continue
        flags = note.get("/F", 0)
        if streams.word(note.get("/Subtype")) not in UNSHOWN and not (isinstance(flags, int) and flags & HIDDEN):
            yield note


def _tried(desk: Desk, case: Case, sheet: _Sheet, note: Object, anew: bool) -> bool | None:
    """The same as ``_draw``; one broken note is not drawn, and costs nothing else."""
    try:
        return _draw(desk, case, sheet, note, anew)
    except PemdocsError:
        raise
    except Exception:  # whatever may be wrong with it
        return False


def _draw(desk: Desk, case: Case, sheet: _Sheet, note: Object, anew: bool) -> bool | None:
    """Whether a note is drawn; ``None`` where it shows nothing."""
    appearance = _appearance(note)
    field = fields.field(case.pdf, note) if note.get("/Subtype") == Name.Widget else None
    value = field is not None and field.kind in ("text", "list") and (anew or appearance is None)
    if field is not None and (value or (appearance is None and field.kind)):
        if appearance is not None and not field.lines:
            return _place(desk, sheet, note, appearance)
        order = filling.filled(case, note, field)
        if order:
            sheet.orders.append(order)
        return True if order and (field.lines or field.on) else None
    if appearance is not None:
        return _place(desk, sheet, note, appearance)
    if _empty_on_purpose(note):
        return None
    order = notes.sketch(case, note)
    sheet.orders += [order] if order else []
    return None if order == b"" else order is not None


def _empty_on_purpose(note: Object) -> bool:
    """Whether a note shows nothing by its nature, or has pictures for other states than its own."""
    shown = note.get("/AP")
    normal = shown.get("/N") if isinstance(shown, Dictionary) else None
    return streams.word(note.get("/Subtype")) in SILENT or (
        isinstance(normal, Dictionary) and not isinstance(normal, Stream)
    )


def _appearance(note: Object) -> Stream | None:
    """The picture that a note brings of itself, in its state."""
    shown = note.get("/AP")
    normal = shown.get("/N") if isinstance(shown, Dictionary) else None
    if isinstance(normal, Dictionary) and not isinstance(normal, Stream):
        normal = normal.get(fields.state_of(note))
    return normal if isinstance(normal, Stream) else None


def _place(desk: Desk, sheet: _Sheet, note: Object, appearance: Object) -> bool | None:
    """Put the picture of a note where it belongs (ISO 32000-1, 12.5.5)."""
    frame, bounds = strokes.box(note), strokes.numbers(appearance.get("/BBox"))
    if frame is None or len(bounds) != 4:
        return None
    turn = strokes.numbers(appearance.get("/Matrix"))
    matrix = Matrix(*turn) if len(turn) == 6 else Matrix()
    corners = [matrix.transform((bounds[x], bounds[y])) for x in (0, 2) for y in (1, 3)]
    left, low, right, high = strokes.bounds([(float(x), float(y)) for x, y in corners])
    if right - left <= 0 or high - low <= 0:
        return None
    across, down = (frame[2] - frame[0]) / (right - left), (frame[3] - frame[1]) / (high - low)
    name = f"N{len(sheet.shapes)}"
    sheet.shapes[name] = appearance if appearance.is_indirect else desk.pdf.make_indirect(appearance)
    if "/Subtype" not in appearance:
        appearance.Subtype = Name.Form
    numbers = (across, down, frame[0] - left * across, frame[1] - low * down)
    sheet.orders.append(b"q %.5f 0 0 %.5f %.3f %.3f cm /%b Do Q\n" % (*numbers, name.encode()))
    return True


def _layer(desk: Desk, case: Case, sheet: _Sheet, texts: dict[str, Object]) -> Stream | None:
    """All that is drawn over one page; ``None`` where it is too broken."""
    made = desk.pdf.make_stream(b"".join(sheet.orders))
    made.Type, made.Subtype = Name.XObject, Name.Form  # it gets the box of its page
    made.Resources = Dictionary(
        XObject=Dictionary({f"/{name}": shape for name, shape in {**sheet.shapes, **texts}.items()}),
        Font=Dictionary({f"/{name}": font for name, font in case.fonts.items()}),
        ExtGState=Dictionary(Marker=Dictionary(BM=Name.Multiply)),
    )
    try:
        drawings.settle(desk, made)
    except PemdocsError:
        raise
    except Exception:  # whatever may be wrong with one of the appearances
        return None
    return made
