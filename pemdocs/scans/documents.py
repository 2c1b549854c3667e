"""Turn a PDF into A4 pages that do nothing but show: no scripts, no forms, no turned pages. None is rasterised."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from io import BytesIO

from pikepdf import Array, Dictionary, Name, Object, Page, PasswordError, Pdf, PdfError, Stream

from pemdocs.model import PemdocsError
from pemdocs.scans import active, forms, layers, sheets, signatures
from pemdocs.scans.limits import MOST_PAGES, hold, reading
from pemdocs.scans.paper import LONG, SHORT, place
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
            hold(len(pdf.pages), MOST_PAGES)
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
        unpacked = [inner(each) for each in _unpacked(pdf)] if "/Collection" in pdf.Root else []
        bound = [each for each in unpacked if each is not None]
        if any(each.original is not None for each in bound):
            return _untouched(content, len(pdf.pages))
        return _portfolio(bound, len(unpacked) - len(bound)) if bound else _pages(pdf)


def _files(pdf: Pdf) -> list[Object]:
    return active.embedded(pdf) if "/Collection" in pdf.Root else []


def _unpacked(pdf: Pdf) -> Iterator[bytes]:
    for each in active.embedded(pdf):
        stream = each["/EF"].get("/F")
        if isinstance(stream, Stream):
            hold(len(stream.read_raw_bytes()), layers.LONGEST)
            yield stream.read_bytes()


def _untouched(content: bytes, pages: int) -> Prepared:
    done = (Treatment("signed-attached", {"pages": pages}),)
    return Prepared(b"", 0, done, content, False, Format.PDF.value)


def _portfolio(bound: list[Prepared], left: int) -> Prepared:
    """The files of a portfolio one after another; its cover only asks for another program."""
    done = [Treatment("portfolio-unpacked", {"count": len(bound)})]
    done += [Treatment("embedded-files-removed", {"count": left})] if left else []
    done += [each for one in bound for each in one.treatments if each.code not in ("unchanged", "blank-pages")]
    pages = sum(one.pages for one in bound)
    archival = all(one.archival for one in bound)
    return Prepared(sheets.merged(one.content for one in bound), pages, told(done), None, archival, Format.PDF.value)


def _pages(pdf: Pdf) -> Prepared:
    done = [Treatment("decrypted-owner")] if pdf.is_encrypted else []
    archival = _claims(pdf) and not pdf.is_encrypted and not forms.drawn_by_us(pdf)
    done += active.told(pdf)
    layers.settle(pdf)
    mended = [Treatment("repaired")] if pdf.get_warnings() else []
    done += forms.flatten(pdf)
    with Pdf.new() as target:
        single = [(number, each) for number, page in enumerate(pdf.pages, 1) for each in _add(target, page)]
        content, pages = sheets.written(target), len(target.pages)
    done = [*mended, *done, *of_pages(single)]
    return Prepared(content, pages, told(done), None, archival and not mended, Format.PDF.value)


def _add(target: Pdf, page: Page) -> Iterator[Treatment]:
    box, turn, unit = _box(page), _turn(page), _unit(page)
    width, height = (box[2] - box[0]) * unit, (box[3] - box[1]) * unit
    if turn in (90, 270):
        width, height = height, width
    where = place(width, height)
    empty = layers.bare(page)
    drawing = target.copy_foreign(page.as_form_xobject(handle_transformations=False))
    drawing.BBox, drawing.Matrix = Array(box), Array(_upright(box, turn, unit))
    sheets.add(target, drawing, where, where.scale, where.scale)
    yield from (Treatment("turned") for _ in range(bool(turn)))
    yield from (Treatment("scaled") for _ in range(where.percent < 100))
    yield from (Treatment("blank-pages") for _ in range(empty))


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


def _box(page: Page) -> Box:
    """What a reader shows of the page: its crop box within its paper; A4 where neither makes sense."""
    paper = _rectangle(page.obj.get("/MediaBox")) or (0.0, 0.0, SHORT, LONG)
    crop = _rectangle(page.obj.get("/CropBox")) or paper
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


def _turn(page: Page) -> int:
    turn = page.obj.get("/Rotate", 0)
    return round(int(turn) / 90) * 90 % 360 if isinstance(turn, int) else 0


def _unit(page: Page) -> float:
    unit = page.obj.get("/UserUnit", 1)
    try:
        return min(max(float(unit), 0.01), 1000.0)
    except (TypeError, ValueError):
        return 1.0


def _claims(pdf: Pdf) -> bool:
    """Whether the file says that it is PDF/A, with colours that stand beside sRGB."""
    metadata = pdf.open_metadata(set_pikepdf_as_editor=False, update_docinfo=False)
    intents = pdf.Root.get("/OutputIntents", Array())
    profiles = [each.get("/DestOutputProfile") for each in intents if isinstance(each, Dictionary)]
    spaces = {each.read_bytes()[16:20] for each in profiles if isinstance(each, Stream)}
    return metadata.pdfa_status.startswith(ARCHIVAL) and spaces <= {b"RGB ", b"GRAY"}
