"""Take from the contents of a PDF what is not page: hidden layers, marks of its structure, private data.

Only this module rewrites content streams.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterator

import pikepdf
from pikepdf import (
    Array,
    ContentStreamInlineImage,
    ContentStreamInstruction,
    Dictionary,
    Name,
    Object,
    Operator,
    Page,
    Pdf,
    PdfImage,
    PikepdfError,
    Stream,
)

from pemdocs.scans import colour

Instruction = ContentStreamInstruction | ContentStreamInlineImage

LARGEST_BLANK = 40_000_000
"""Pixels of the largest picture in a PDF that is looked at."""

LONGEST = 50_000_000
"""Bytes of the longest content stream that is read; a longer one is left as it is."""

PRIVATE = ("/Metadata", "/PieceInfo", "/LastModified", "/StructParent", "/StructParents", "/AF", "/OPI", "/Ref", "/OC")
PATHS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*"})
SHOWS = frozenset({"Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"})
MARKS = frozenset({"BMC", "BDC", "EMC", "MP", "DP"})


def settle(pdf: Pdf) -> None:
    """Remove hidden layers, marked content and private data from every page and every drawing on it."""
    hidden = _hidden(pdf)
    streams = [each for each in pdf.objects if isinstance(each, Stream)]
    for drawing in streams:
        if _is_hidden(drawing.get("/OC"), hidden):
            _empty(drawing)
        elif drawing.get("/Subtype") == Name.Form and _readable(drawing):
            _rewrite(drawing, drawing, drawing.get("/Resources"), hidden)
    for page in pdf.pages:
        _hide_notes(page, hidden)
        if all(_readable(each) for each in _contents(page)):
            _settle_page(pdf, page, hidden)
    for each in pdf.objects:
        _forget(each)


def _forget(found: object) -> None:
    """Take the private data out of an object and of what lies within it."""
    inner: list[object] = []
    if isinstance(found, Dictionary | Stream):
        for key in PRIVATE:
            if key in found:
                del found[key]
        inner = list(found.values())
    elif isinstance(found, Array):
        inner = list(found)
    for each in inner:
        if isinstance(each, Dictionary | Array) and not each.is_indirect:
            _forget(each)


def bare(page: Page) -> bool:
    """Whether a page draws nothing at all, or nothing but a picture that shows nothing."""
    if not all(_readable(each) for each in _contents(page)):
        return False
    drawn = [each for each in _instructions(page) or () if str(each.operator) in PATHS | SHOWS]
    names = [str(each.operands[0]) for each in drawn if str(each.operator) == "Do"]
    return len(drawn) == len(names) and all(_shows_nothing(page.resources, name) for name in names)


def _shows_nothing(resources: Object, name: str) -> bool:
    drawings = resources.get("/XObject")
    found = drawings.get(name) if isinstance(drawings, Dictionary) else None
    if not isinstance(found, Stream) or found.get("/Subtype") != Name.Image or "/SMask" in found:
        return not isinstance(found, Stream)
    picture = PdfImage(found)
    if picture.width * picture.height > LARGEST_BLANK or len(found.read_raw_bytes()) > LONGEST:
        return False
    try:
        return colour.blank(picture.as_pil_image())
    except (PikepdfError, OSError, ValueError, NotImplementedError, KeyError):
        return False  # what cannot be decoded here may well be seen elsewhere


def _instructions(source: Object | Page) -> list[Instruction] | None:
    """The instructions of a content stream; ``None`` where it is so broken that it must be left as it is."""
    try:
        return list(pikepdf.parse_content_stream(source))
    except PikepdfError:
        return None


def _settle_page(pdf: Pdf, page: Page, hidden: set[tuple[int, int]]) -> None:
    if len(_contents(page)) > 1:
        page.contents_coalesce()
    contents = page.obj.get("/Contents")
    if isinstance(contents, Stream):
        # Two pages may share one stream, and each have its own resources.
        page.obj.Contents = own = pdf.make_stream(contents.read_bytes())
        _rewrite(own, page, page.resources, hidden)


def _contents(page: Page) -> list[Object]:
    found = page.obj.get("/Contents")
    return list(found) if isinstance(found, Array) else [found] if isinstance(found, Stream) else []


def _rewrite(stream: Object, source: Object | Page, resources: Object | None, hidden: set[tuple[int, int]]) -> None:
    content = stream.read_bytes()
    instructions = _instructions(source) if b"BDC" in content or b"BMC" in content else None
    if instructions is not None:
        stream.write(pikepdf.unparse_content_stream(list(_plain(instructions, resources, hidden))))


def _plain(
    instructions: list[Instruction], resources: Object | None, hidden: set[tuple[int, int]]
) -> Iterator[Instruction]:
    """The instructions without marks; in a hidden part nothing is painted, and all else is as it was."""
    depths: list[bool] = []
    for each in instructions:
        name = str(each.operator)
        if name in ("BMC", "BDC"):
            depths.append(name == "BDC" and _is_hidden(_layer(list(each.operands), resources), hidden))
        elif name == "EMC" and depths:
            depths.pop()
        if name in MARKS or (any(depths) and name in SHOWS):
            continue
        yield ContentStreamInstruction([], Operator("n")) if any(depths) and name in PATHS else each


def _layer(operands: list[object], resources: Object | None) -> Object | None:
    if len(operands) != 2 or operands[0] != Name.OC or not isinstance(resources, Dictionary):
        return None
    properties = resources.get("/Properties")
    return properties.get(str(operands[1])) if isinstance(properties, Dictionary) else None


def _hidden(pdf: Pdf) -> set[tuple[int, int]]:
    """The layers that a reader does not show when it opens the file (ISO 32000-1, 8.11.4.3)."""
    layers = pdf.Root.get("/OCProperties")
    usual = layers.get("/D") if isinstance(layers, Dictionary) else None
    if not isinstance(layers, Dictionary) or not isinstance(usual, Dictionary):
        return set()
    every = layers.get("/OCGs", Array()) if usual.get("/BaseState") == Name.OFF else Array()
    off = {each.objgen for each in [*every, *usual.get("/OFF", Array())]}
    return off - ({each.objgen for each in usual.get("/ON", Array())} if len(every) else set())


def _is_hidden(layer: Object | None, hidden: set[tuple[int, int]]) -> bool:
    """Whether a layer, or a membership in several, is not shown (ISO 32000-1, table 99)."""
    if not hidden or not isinstance(layer, Dictionary):
        return False
    if layer.get("/Type") != Name.OCMD:
        return layer.objgen in hidden
    group = layer.get("/OCGs")
    off = [each.objgen in hidden for each in (group if isinstance(group, Array) else [group]) if each is not None]
    rule = {"/AllOn": any(off), "/AnyOff": not any(off), "/AllOff": not all(off)}
    return bool(off) and rule.get(str(layer.get("/P")), all(off))


def _hide_notes(page: Page, hidden: set[tuple[int, int]]) -> None:
    notes = page.obj.get("/Annots")
    if hidden and isinstance(notes, Array):
        page.obj.Annots = Array([each for each in notes if not _is_hidden(each.get("/OC"), hidden)])


def _empty(drawing: Stream) -> None:
    for key in [key for key in drawing.keys() if key not in ("/Type", "/Length")]:  # noqa: SIM118
        del drawing[key]
    drawing.write(b"")
    drawing.Subtype, drawing.BBox = Name.Form, Array([0, 0, 1, 1])


def _readable(stream: Object) -> bool:
    """Whether a stream is sound and not longer than may be read: a few bytes may swell to gigabytes."""
    filters = stream.get("/Filter")
    single = filters[0] if isinstance(filters, Array) and len(filters) == 1 else filters
    raw = stream.read_raw_bytes()
    if single == Name.FlateDecode:
        try:
            return len(zlib.decompressobj().decompress(raw, LONGEST + 1)) <= LONGEST
        except zlib.error:
            return len(raw) < LONGEST // 1000
    return len(raw) < (LONGEST if single is None else LONGEST // 1000)
