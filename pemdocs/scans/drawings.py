"""Turn the drawings of a PDF into nothing but what is drawn: no private data, no hidden layers, no borrowed names.

Only this module knows what a drawing, a picture, a font may hold. It works in the opened file, before it is copied.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from pikepdf import Array, Dictionary, Name, Object, Pdf, PikepdfError, Stream

from pemdocs.model import PemdocsError
from pemdocs.scans import content, jpeg, layers, streams
from pemdocs.scans.advance import Ruler
from pemdocs.scans.keeping import CODING, FORM, PATTERN, PICTURE, exact, forget, only
from pemdocs.scans.layers import Hidden
from pemdocs.scans.limits import MOST, hold
from pemdocs.scans.strokes import Box

KINDS = ("/ExtGState", "/ColorSpace", "/Pattern", "/Shading", "/XObject", "/Font", "/Properties")
Settle = Callable[["Desk", Object, Object], Object]
"""What settles a thing that a drawing names, whose resources are lent to it."""

STANDARD = ("/DefaultGray", "/DefaultRGB", "/DefaultCMYK")
"""Colour spaces that stand for others without being named."""

DCT, JPX = (Name.DCTDecode, Name.DCT), Name.JPXDecode


@dataclass(slots=True)
class Desk:
    """A file whose drawings are being settled: what was seen of it, how many bytes its contents had, what was broken.

    ``named`` are the names that drawings use, by the number of their resources; ``broken`` counts the contents that
    could only be read in part.
    """

    pdf: Pdf
    hidden: Hidden
    seen: set[tuple[int, int]] = field(default_factory=set)
    named: dict[tuple[int, int], set[str]] = field(default_factory=dict)
    size: int = 0
    broken: int = 0


def drawing(desk: Desk, page: Object, box: Box, matrix: Array, *, cut: bool) -> Stream:
    """What a page draws, as a drawing of its own with all that it needs; ``cut`` where its box is not all of it."""
    pdf = desk.pdf
    resources = _resources(pdf, streams.inherited(page, "/Resources"), None)
    found = page.get("/Contents")
    parts = [each for each in (found if isinstance(found, Array) else [found]) if isinstance(each, Stream)]
    made = pdf.make_stream(b"")
    made.Type, made.Subtype, made.BBox, made.Matrix = Name.XObject, Name.Form, Array(box), matrix
    made.Resources = resources
    group = page.get("/Group")
    if isinstance(group, Dictionary):
        made.Group = group
    _write(desk, made, parts, resources, box if cut else None)
    _settle_resources(desk, resources)
    return made


def settle(desk: Desk, form: Stream) -> None:
    """A drawing that stands by itself, such as the appearance of a note."""
    _settle_form(desk, form, None)


def _write(desk: Desk, into: Object, parts: Sequence[Object], resources: Object, shown: Box | None = None) -> None:
    """Give a drawing the instructions of some streams without comments, marks and what is hidden or outside of a box.

    What need not change stays compressed as it came.
    """
    read = [streams.read(each) for each in parts]
    found = b"\n".join(each for each, _ in read)
    desk.size += len(found)
    desk.broken += not all(sound for _, sound in read)
    hold(desk.size, "contents")
    raw = streams.packed(parts[0]) if len(parts) == 1 and read[0][1] else None
    hides, ruler = (lambda name: desk.hidden.holds(_named(resources, name))), Ruler(resources)
    said = content.plain(found, hides, _words(resources), ruler.moved)
    if shown is not None and len(said) <= MOST["trimmed"]:
        said = content.within(said, ruler, shown)
    desk.named.setdefault(resources.objgen, set()).update(content.names(said))
    into.write(zlib.compress(said) if raw is None or said != found else raw, filter=Name.FlateDecode)


def _first(desk: Desk, thing: Object) -> bool:
    """Whether a thing is met for the first time."""
    if not thing.is_indirect:
        return True
    if thing.objgen in desk.seen:
        return False
    desk.seen.add(thing.objgen)
    hold(len(desk.seen), "drawings")
    return True


def _resources(pdf: Pdf, found: Object | None, lent: Object | None) -> Object:
    """The resources of a drawing as a dictionary of its own; where it has none, those it borrows."""
    if isinstance(found, Dictionary | Stream):
        kept = {kind: _names(part) for kind in KINDS if isinstance(part := found.get(kind), Dictionary | Stream)}
        return pdf.make_indirect(Dictionary(kept))
    return lent if lent is not None else pdf.make_indirect(Dictionary())


def _names(found: Object) -> Dictionary:
    made = Dictionary()
    for name, value in found.items():
        if value is not None and (name not in CODING or isinstance(found, Dictionary)):
            made[exact(name)] = value
    return made


def _settle_resources(desk: Desk, resources: Object) -> None:
    """Settle what a drawing names, or what borrows from it names, and leave out the rest."""
    if not _first(desk, resources):
        return
    named, done = desk.named.setdefault(resources.objgen, set()), set[str]()
    while named - done:
        for name in sorted(named - done):
            done.add(name)
            for kind, settle_ in SETTLED.items():
                thing = resources.get(kind, Dictionary()).get(exact(name))
                if isinstance(thing, Dictionary | Stream | Array):
                    resources[kind][exact(name)] = _tried(settle_, desk, thing, resources)
    for kind in KINDS:
        for name in list(resources.get(kind, Dictionary()).keys()):
            if kind == "/Properties" or (name not in named and name not in STANDARD):
                del resources[kind][exact(name)]
        if kind in resources and not len(resources[kind].keys()):
            del resources[kind]


def _tried(settle_: Settle, desk: Desk, thing: Object, resources: Object) -> Object:
    """A thing settled; nothing in its place where it is too broken, which costs the page no more than that."""
    try:
        return settle_(desk, thing, resources)
    except PemdocsError:
        raise
    except RecursionError as error:
        raise PemdocsError("attachment-too-large") from error
    except Exception:  # whatever may be wrong with it
        desk.broken += 1
        return nothing(desk.pdf)


def _xobject(desk: Desk, thing: Object, lent: Object) -> Object:
    if not isinstance(thing, Stream):
        return thing
    if desk.hidden.holds(thing.get("/OC")):
        return nothing(desk.pdf)
    if thing.get("/Subtype") == Name.Form or (thing.get("/Subtype") != Name.Image and "/BBox" in thing):
        return _settle_form(desk, thing, lent)
    return _picture(desk, thing)


def nothing(pdf: Pdf, box: Box = (0, 0, 1, 1), matrix: Array | None = None) -> Stream:
    """A drawing that shows nothing."""
    made = pdf.make_stream(b"")
    made.Type, made.Subtype, made.BBox = Name.XObject, Name.Form, Array(box)
    made.Matrix, made.Resources = matrix or Array([1, 0, 0, 1, 0, 0]), Dictionary()
    return made


def _settle_form(desk: Desk, form: Object, lent: Object | None) -> Object:
    """The drawing; a copy of its own where it borrows names, for another page may lend it others."""
    own = isinstance(form.get("/Resources"), Dictionary | Stream)
    if own and not _first(desk, form):
        return form
    source, form = form, form if own else _copy(desk.pdf, form)
    resources = _resources(desk.pdf, form.get("/Resources"), lent)
    _write(desk, form, [source], resources)
    only(form, FORM)
    form.Resources = resources
    _settle_resources(desk, resources)
    return form


def _copy(pdf: Pdf, form: Object) -> Stream:
    made = pdf.make_stream(b"")
    for key in FORM:
        if key in form:
            made[key] = form[key]
    return made


def _named(resources: Object, name: bytes) -> Object | None:
    return layers.named(resources, name.decode("utf-8", "surrogateescape"))


def _words(resources: Object) -> content.Named:
    def said(name: bytes) -> bytes:
        mark = _named(resources, name)
        words = mark.get("/ActualText") if isinstance(mark, Dictionary) else None
        return b"" if words is None else Array([words]).unparse()[1:-1].strip()

    return said


def _picture(desk: Desk, picture: Object) -> Object:
    if not _first(desk, picture):
        return picture
    streams.hold_filters(picture)
    only(picture, PICTURE)
    for key in ("/SMask", "/Mask"):
        if isinstance(picture.get(key), Stream):
            _picture(desk, picture[key])
    if isinstance(picture.get("/ColorSpace"), Array):
        _space(desk, picture.ColorSpace, None)
    chain = streams.filters(picture)
    if chain and chain[-1] in (*DCT, JPX):
        _without_words(picture, chain)
    return picture


def _without_words(picture: Object, chain: list[Object]) -> None:
    """The data of a photograph without what its camera or somebody says of it."""
    try:
        data = streams.photograph(picture)
    except PikepdfError:
        return
    bare = jpeg.bare2000(data) if chain[-1] == JPX else jpeg.unsaid(data)
    if bare != data:
        last = streams.parameters(picture)[-1]
        given = (
            Dictionary({key: value for key, value in last.items() if value is not None})
            if last is not None
            else Dictionary()
        )
        picture.write(bare, filter=Name(str(chain[-1])), decode_parms=given)


def _pattern(desk: Desk, pattern: Object, lent: Object) -> Object:
    if not _first(desk, pattern):
        return pattern
    if isinstance(pattern, Stream):
        resources = _resources(desk.pdf, pattern.get("/Resources"), lent)
        _write(desk, pattern, [pattern], resources)
        only(pattern, PATTERN)
        pattern.Resources = resources
        _settle_resources(desk, resources)
        return pattern
    if isinstance(pattern, Dictionary):
        only(pattern, PATTERN)
        if isinstance(pattern.get("/Shading"), Dictionary | Stream):
            _space(desk, pattern.Shading, lent)
        if isinstance(pattern.get("/ExtGState"), Dictionary):
            _state(desk, pattern.ExtGState, lent)
    return pattern


def _font(desk: Desk, font: Object, lent: Object) -> Object:
    if not _first(desk, font) or not isinstance(font, Dictionary):
        return font
    forget(font)
    glyphs = font.get("/CharProcs")
    if font.get("/Subtype") == Name.Type3 and isinstance(glyphs, Dictionary):
        font.Resources = _resources(desk.pdf, font.get("/Resources"), lent)
        for glyph in glyphs.values():
            if isinstance(glyph, Stream) and _first(desk, glyph):
                _write(desk, glyph, [glyph], font.Resources)
                only(glyph, ())
        _settle_resources(desk, font.Resources)
    inner = font.get("/DescendantFonts")
    for each in [font, *(each for each in (inner if isinstance(inner, Array) else ()) if isinstance(each, Dictionary))]:
        forget(each)
        descriptor = each.get("/FontDescriptor")
        if isinstance(descriptor, Dictionary):
            forget(descriptor)
            for key in ("/FontFile", "/FontFile2", "/FontFile3"):
                if isinstance(descriptor.get(key), Stream):
                    streams.hold_filters(descriptor[key])
                    forget(descriptor[key])
    return font


def _state(desk: Desk, state: Object, lent: Object | None) -> Object:
    if not _first(desk, state) or not isinstance(state, Dictionary):
        return state
    forget(state)
    mask, font = state.get("/SMask"), state.get("/Font")
    if isinstance(mask, Dictionary) and isinstance(mask.get("/G"), Stream):
        mask.G = _settle_form(desk, mask.G, lent)
    if isinstance(font, Array) and len(font) and isinstance(font[0], Dictionary) and lent is not None:
        _font(desk, font[0], lent)
    return state


def _space(desk: Desk, space: Object, lent: Object | None, depth: int = 0) -> Object:
    """A colour space or a shading without what is said of it."""
    if depth > 8 or not _first(desk, space):
        return space
    if isinstance(space, Stream):
        streams.hold_filters(space)
    if isinstance(space, Dictionary | Stream):
        forget(space)
        for key in ("/ColorSpace", "/Alternate", "/Function"):
            if isinstance(space.get(key), Array | Dictionary | Stream):
                _space(desk, space[key], lent, depth + 1)
    elif isinstance(space, Array) and len(space) < 64:
        for each in space:
            if isinstance(each, Array | Dictionary | Stream):
                _space(desk, each, lent, depth + 1)
    return space


SETTLED = {
    "/XObject": _xobject, "/Pattern": _pattern, "/Font": _font, "/ExtGState": _state, "/ColorSpace": _space,
    "/Shading": _space,
}  # fmt: skip
"""What settles each kind of thing that a drawing may name."""
