"""Turn a PDF into A4 pages that do nothing but show: no scripts, no forms, no turned pages. None is rasterised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, PasswordError, Pdf, PdfError, Stream

from pemdocs.model import PemdocsError
from pemdocs.scans import active, drawings, emptiness, forms, layers, sheets, signatures, streams
from pemdocs.scans.drawings import Desk
from pemdocs.scans.limits import hold, reading
from pemdocs.scans.paper import LONG, SHORT, places
from pemdocs.scans.result import Prepared, Treatment, of_pages, told
from pemdocs.scans.sniff import Format

Box = tuple[float, float, float, float]

ARCHIVAL = ("1", "2", "3")
"""The parts of PDF/A whose pages may stand in a PDF/A-3 (ISO 19005-3, 6.6.4)."""


@contextmanager
def opened(content: bytes) -> Iterator[Pdf]:
    """The PDF, mended as far as it can be. Raises ``PemdocsError`` ``attachment-encrypted``, ``…-damaged`` …"""
    with reading():
        try:
            pdf = Pdf.open(BytesIO(content))
        except PasswordError as error:
            raise PemdocsError("attachment-encrypted") from error
        except PdfError as error:
            # Encrypted for the holders of certificates, or in a way that is not known.
            locked = "encrypt" in str(error).lower()
            raise PemdocsError("attachment-encrypted" if locked else "attachment-damaged") from error
        with pdf:
            hold(len(pdf.pages), "pages")
            if any("/EP" in each or each.get("/AFRelationship") == Name.EncryptedPayload for each in _files(pdf)):
                raise PemdocsError("attachment-encrypted")
            if not pdf.pages:
                raise PemdocsError("attachment-damaged")
            yield pdf


def prepare(content: bytes, inner: Callable[[bytes], Prepared | None]) -> Prepared:
    """The pages of the PDF on sheets. ``inner`` prepares a file of a portfolio, ``None`` where it cannot be bound."""
    with opened(content) as pdf:
        if signatures.signed(pdf):
            return _untouched(content, len(pdf.pages))
        if "/Collection" not in pdf.Root:
            return _pages(pdf)
        unpacked = [inner(each) for each in _unpacked(pdf)]
        bound = [each for each in unpacked if each is not None]
        if any(each.original is not None for each in bound):
            return _untouched(content, len(pdf.pages))
        return _portfolio(_pages(pdf), bound, len(unpacked) - len(bound))


def _files(pdf: Pdf) -> list[Object]:
    return active.embedded(pdf) if "/Collection" in pdf.Root else []


def _unpacked(pdf: Pdf) -> Iterator[bytes]:
    size = 0
    for each in active.embedded(pdf):
        stream = each["/EF"].get("/F")
        if isinstance(stream, Stream):
            found, _ = streams.read(stream)
            size += len(found)
            hold(size, "file")
            yield found


def _untouched(content: bytes, pages: int) -> Prepared:
    done = (Treatment("signed-attached", {"pages": pages}),)
    return Prepared(b"", 0, done, content, False, Format.PDF.value)


def _portfolio(cover: Prepared, bound: list[Prepared], left: int) -> Prepared:
    """The pages of a portfolio, then those of its files one after another."""
    every = [cover, *bound]
    done = [Treatment("portfolio-unpacked", {"count": len(bound)})] if bound else []
    done += [Treatment("embedded-files-removed", {"count": left})] if left else []
    done += [
        each
        for one in every
        for each in one.treatments
        if each.code not in ("unchanged", "blank-pages", "pages-unreadable", "embedded-files-removed")
    ]
    pages = sum(one.pages for one in every)
    archival = all(one.archival for one in every)
    return Prepared(sheets.merged(one.content for one in every), pages, told(done), None, archival, Format.PDF.value)


def _pages(pdf: Pdf) -> Prepared:
    done = [Treatment("decrypted-owner")] if pdf.is_encrypted else []
    archival = _claims(pdf) and not pdf.is_encrypted
    mended = [Treatment("repaired")] if pdf.get_warnings() else []
    desk = Desk(pdf, layers.hidden(pdf))
    done += active.told(pdf)
    flattened = forms.flatten(desk)
    done += flattened.treatments
    with Pdf.new() as target:
        single: list[tuple[int, Treatment]] = []
        for number, page in enumerate(pdf.pages):
            at = len(target.pages) + 1
            single += [(at, each) for each in _add(target, desk, page.obj, flattened.layers.get(number))]
        pages = len(target.pages)
        content = sheets.written(target)
    archival = archival and not mended and not flattened.lettered and not desk.broken
    return Prepared(content, pages, told([*mended, *done, *of_pages(single)]), None, archival, Format.PDF.value)


def _add(target: Pdf, desk: Desk, page: Object, notes: Stream | None) -> Iterator[Treatment]:
    """Put a page on its sheets, with what was written on it."""
    box, turn, unit = _box(page), _turn(page), _unit(page)
    width, height = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    if turn in (90, 270):
        width, height = height, width
    broken = desk.broken
    paper = _rectangle(streams.inherited(page, "/MediaBox"))
    drawing = _drawing(desk, page, box, Array(_upright(box, turn, unit)), cut=paper != box)
    empty = notes is None and desk.broken == broken and emptiness.empty(drawing)
    shown = [target.copy_foreign(drawing)]
    if notes is not None:
        notes.BBox, notes.Matrix = drawing.BBox, drawing.Matrix
        shown.append(target.copy_foreign(notes))
    where = places(width, height)
    for each in where:
        sheets.add(target, shown, each, each.scale, each.scale)
    yield from (Treatment("pages-unreadable") for _ in range(desk.broken > broken))
    yield from (Treatment("turned") for _ in range(bool(turn)))
    yield from (Treatment("split") for _ in range(len(where) > 1))
    yield from (Treatment("scaled") for _ in range(where[0].percent < 100))
    yield from (Treatment("blank-pages") for _ in range(empty))


def _drawing(desk: Desk, page: Object, box: Box, upright: Array, *, cut: bool) -> Stream:
    """What a page draws; nothing where it is too broken, for one bad page must not cost the others."""
    try:
        return drawings.drawing(desk, page, box, upright, cut=cut)
    except PemdocsError:
        raise
    except Exception:  # whatever may be wrong with it
        desk.broken += 1
        return drawings.nothing(desk.pdf, box, upright)


def _upright(box: Box, turn: int, unit: float) -> list[float]:
    """The matrix that turns the box clockwise and puts its lower left corner on the origin."""
    left, low, right, high = box
    turned = {
        0: (1, 0, 0, 1, -left, -low),
        90: (0, -1, 1, 0, -low, right),
        180: (-1, 0, 0, -1, right, high),
        270: (0, 1, -1, 0, high, -left),
    }
    return [each * unit for each in turned[turn]]


def _box(page: Object) -> Box:
    """What a reader shows of the page: its crop box within its paper; A4 where neither makes sense."""
    paper = _rectangle(streams.inherited(page, "/MediaBox")) or (0.0, 0.0, SHORT, LONG)
    crop = _rectangle(streams.inherited(page, "/CropBox")) or paper
    left, low = map(max, paper[:2], crop[:2])
    right, high = map(min, paper[2:], crop[2:])
    return (left, low, right, high) if right - left >= 1 and high - low >= 1 else paper


def _rectangle(found: object) -> Box | None:
    """Four numbers as left, low, right, high; ``None`` where they enclose nothing."""
    try:
        a, b, c, d = (float(each) for each in found)  # type: ignore[attr-defined]
    except (TypeError, ValueError):
        return None
    box = (min(a, c), min(b, d), max(a, c), max(b, d))
    return box if box[2] - box[0] >= 1 and box[3] - box[1] >= 1 else None


def _turn(page: Object) -> int:
    turn = _number(streams.inherited(page, "/Rotate"), 0.0)
    return round(turn / 90) * 90 % 360 if abs(turn) < 1_000_000 else 0


def _unit(page: Object) -> float:
    return min(max(_number(page.get("/UserUnit"), 1.0), 0.01), 1000.0)


def _number(found: object, otherwise: float) -> float:
    try:
        return float(found)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return otherwise


def _claims(pdf: Pdf) -> bool:
    """Whether the file says that it is PDF/A, with colours that stand beside sRGB."""
    said = pdf.Root.get("/Metadata")
    if not isinstance(said, Stream) or b"pdfaid" not in streams.read(said)[0]:
        return False
    try:
        status = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False).pdfa_status
    except Exception:  # what cannot be read claims nothing
        return False
    intents = pdf.Root.get("/OutputIntents", Array())
    profiles = [each.get("/DestOutputProfile") for each in intents if isinstance(each, Dictionary)]
    spaces = {streams.read(each)[0][16:20] for each in profiles if isinstance(each, Stream)}
    return status.startswith(ARCHIVAL) and spaces <= {b"RGB ", b"GRAY"}
