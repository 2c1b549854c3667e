"""Files that are sound to a viewer and awkward to a binder, made anew for every test."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

import numpy
import pypdfium2
import scanned
from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream, String
from PIL import Image, ImageDraw, ImageFilter

from pemdocs.scans import Prepared

SECRET = b"Awa Ndiaye 14.7 N"


def raw(objects: dict[int, bytes], trailer: bytes = b"") -> bytes:
    """A PDF of these objects, written out by hand; the first is its catalogue."""
    out, at = b"%PDF-1.5\n", {}
    for number, body in objects.items():
        at[number] = len(out)
        out += b"%d 0 obj\n%b\nendobj\n" % (number, body)
    table = b"".join(
        b"%010d 00000 n \n" % at[each] if each in at else b"0000000000 00000 f \n" for each in range(1, max(at) + 1)
    )
    head = b"xref\n0 %d\n0000000000 65535 f \n" % (max(at) + 1)
    end = b"trailer <</Size %d/Root 1 0 R%b>>\nstartxref\n%d\n%%%%EOF\n" % (max(at) + 1, trailer, len(out))
    return out + head + table + end


def stream(entries: bytes, data: bytes) -> bytes:
    return b"<<%b/Length %d>>\nstream\n%b\nendstream" % (entries, len(data), data)


PICTURE = b"/Type/XObject/Subtype/Image/Height 32/ColorSpace/DeviceGray/BitsPerComponent 8"
SHADES = bytes(x * 8 for _ in range(32) for x in range(32))


def page(content: bytes, resources: bytes = b"", extra: bytes = b"", **objects: bytes) -> bytes:
    """A page with these instructions; further objects are named by their numbers (``o5``)."""
    fonts = b"/Font<</F1 <</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>"
    made = {
        1: b"<</Type/Catalog/Pages 2 0 R%b>>" % objects.pop("root", b""),
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<%b%b>>/Contents 4 0 R%b>>"
        % (fonts, resources, extra),
        4: stream(b"", content),
    }
    return raw(made | {int(name[1:]): body for name, body in objects.items()})


def fielded(field: dict[str, Any], *, anew: bool = True, ap: Callable[[Pdf], Dictionary] | None = None) -> bytes:
    """A form of one field, without appearance where none is given."""

    def change(pdf: Pdf) -> None:
        made = scanned.note("Widget", T=String("f"), DA=String("/Helv 14 Tf 0 g"), **field)
        if ap is not None:
            made.AP = ap(pdf)
        scanned.annotate(pdf, made)
        fonts = Dictionary(
            Font=Dictionary(Helv=Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica))
        )
        pdf.Root.AcroForm = Dictionary(Fields=pdf.pages[0].obj.Annots, DR=fonts, NeedAppearances=anew)

    return scanned.pdf(change)


def noted(subtype: str, **entries: Any) -> bytes:
    """A page with one note that brings no appearance."""
    return scanned.pdf(lambda pdf: scanned.annotate(pdf, scanned.note(subtype, **entries)))


OPTIONS = Array([Array([String("01"), String("Belgique")]), Array([String("07"), String("Ouganda")])])
BOX = {"Rect": Array([100, 300, 130, 330])}
QUADS = {"QuadPoints": Array([100, 340, 300, 340, 100, 300, 300, 300]), "C": Array([1, 0.8, 0])}

SEEN: dict[str, Callable[[], bytes]] = {
    "a width that is told elsewhere": lambda: page(
        b"q 200 0 0 200 72 300 cm /I Do Q", b"/XObject<</I 5 0 R>>",
        o5=stream(PICTURE + b"/Width 6 0 R", SHADES), o6=b"32",
    ),
    "resources that are a stream": lambda: page(
        b"/X Do", b"/XObject<</X 5 0 R>>",
        o5=stream(b"/Subtype/Form/BBox[0 0 595 842]/Resources 6 0 R", b"0 0 1 rg 72 400 90 90 re f"),
        o6=stream(b"", b""),
    ),
    "a drawing that borrows a picture": lambda: page(
        b"/X Do", b"/XObject<</X 5 0 R/I 6 0 R>>",
        o5=stream(b"/Subtype/Form/BBox[0 0 595 842]", b"q 200 0 0 200 72 300 cm /I Do Q"),
        o6=stream(PICTURE + b"/Width 32", SHADES),
    ),
    **{
        f"a picture named {name}": lambda name=name: page(
            b"q 200 0 0 200 72 300 cm /%b Do Q" % name.encode(), b"/XObject<</%b 5 0 R>>" % name.encode(),
            o5=stream(PICTURE + b"/Width 32", SHADES),
        )
        for name in ("AF", "OC", "Metadata", "Length", "A#e9")
    },
    "a turn that is no whole number": lambda: page(b"72 700 200 50 re f", extra=b"/Rotate 90.0"),
    "an operator within an array": lambda: page(b"BT /F1 20 Tf 72 700 Td [(a) Tj (b)] TJ ET 72 500 90 40 re f"),
    "a note that is nothing": lambda: page(b"72 700 200 50 re f", extra=b"/Annots[null 7 0 R]"),
    "words in a hidden layer": lambda: page(
        b"BT /F1 20 Tf 72 700 Td /OC /L BDC (hid\\)den) Tj EMC ( shown) Tj ET /OC /V BDC 72 500 90 40 re f EMC",
        b"/Properties<</L 5 0 R/V 6 0 R>>",
        root=b"/OCProperties<</OCGs[5 0 R 7 0 R]/D<</OFF[5 0 R]>>>>",
        o5=b"<</Type/OCG/Name(x)>>", o6=b"<</Type/OCMD/VE[/Not 7 0 R]>>", o7=b"<</Type/OCG/Name(y)>>",
    ),
    "a note with a flag for unknown kinds": lambda: scanned.pdf(
        lambda pdf: scanned.annotate(
            pdf, scanned.note("FreeText", F=5, AP=Dictionary(N=scanned.drawn(pdf, (200, 40), "0 0 1")))
        )
    ),
    "a tick without appearance": lambda: fielded(
        {"FT": Name.Btn, "V": Name.Yes, "AS": Name.Yes, "MK": Dictionary(CA=String("8"), BC=Array([0])), **BOX}
    ),
    "a tick whose state has an accent": lambda: fielded(
        {"FT": Name.Btn, "AS": Name("/C\xe9"), "V": Name("/C\xe9"), **BOX},
        ap=lambda pdf: Dictionary(N=Dictionary({"/C\xe9": scanned.drawn(pdf, (30, 30), "0 0 1")})),
    ),
    "a choice": lambda: fielded({"FT": Name.Ch, "Ff": 1 << 17, "Opt": OPTIONS, "V": String("07")}),
    "several choices of a list": lambda: fielded(
        {"FT": Name.Ch, "Ff": 1 << 21, "Opt": OPTIONS, "V": Array([String("07")])}, anew=False
    ),
    "a field that is turned": lambda: fielded(
        {"FT": Name.Tx, "V": String("Aissatou"), "MK": Dictionary(R=90), "Rect": Array([300, 200, 330, 500])}
    ),
    "a note that marks": lambda: noted("Highlight", **QUADS),
    "a note that strikes out": lambda: noted("StrikeOut", **QUADS),
    "a square": lambda: noted("Square", C=Array([1, 0, 0]), IC=Array([0, 1, 0]), BS=Dictionary(W=4)),
    "a circle": lambda: noted("Circle", C=Array([1, 0, 0]), IC=Array([0, 1, 0]), BS=Dictionary(W=4)),
    "a hand": lambda: noted(
        "Ink", C=Array([0, 0, 1]), BS=Dictionary(W=5), InkList=Array([Array([100, 300, 200, 340, 300, 300])])
    ),
}  # fmt: skip
"""What a viewer shows in full, and what is easily lost or falsified on the way."""


def shown(content: bytes, number: int = 0) -> Image.Image:
    """A page as a viewer shows it, with its notes and fields, two dots a point."""
    with pypdfium2.PdfDocument(content) as document:
        document.init_forms()
        return document[number].render(scale=2, may_draw_forms=True).to_pil().convert("L")


def differs(content: bytes, prepared: Prepared) -> float:
    """The part of the first page that a viewer shows otherwise once it is prepared."""
    before = shown(content)
    with Pdf.open(BytesIO(prepared.content)) as pdf:
        numbers = [float(each) for each in bytes(pdf.pages[0].obj.Contents.read_bytes()).split()[1:7]]
        height = float(pdf.pages[0].mediabox[3])
    left, foot = numbers[4] * 2, (height - numbers[5]) * 2
    box = (left, foot - before.height * numbers[3], left + before.width * numbers[0], foot)
    after = shown(prepared.content).crop(tuple(map(round, box))).resize(before.size)
    one, other = (numpy.asarray(each.filter(ImageFilter.GaussianBlur(3))).astype(int) for each in (before, after))
    return float((abs(one - other) > 60).mean())


def swollen(size: int) -> bytes:
    """So many bytes, which take a thousandth of it when they are packed."""
    packer = zlib.compressobj(9)
    return b"".join(packer.compress(b" " * (1 << 20)) for _ in range(size >> 20)) + packer.flush()


def told_of() -> bytes:
    """A photograph of which its camera and somebody have said all that can be said."""
    exif = Image.Exif()
    exif[0x010E], exif[0x013B], exif[0x0132] = SECRET.decode(), SECRET.decode(), "2026:01:01 00:00:00"
    exif.get_ifd(0x8825)[1] = SECRET.decode()
    content = scanned.saved(scanned.noisy(), "JPEG", exif=exif, comment=SECRET, xmp=SECRET, progressive=True)
    at = content.rindex(b"\xff\xc4")  # between two scans
    return content[:at] + b"\xff\xfe" + (len(SECRET) + 2).to_bytes(2, "big") + SECRET + content[at:] + SECRET


def secretive() -> bytes:
    """A PDF that holds a secret in every place that no viewer shows."""

    def change(pdf: Pdf) -> None:
        words = String(SECRET.decode())
        photo = pdf.make_stream(told_of())
        keys = {"Type": Name.XObject, "Subtype": Name.Image, "Width": 800, "Height": 1100, "BitsPerComponent": 8}
        for key, value in (keys | {"ColorSpace": Name.DeviceRGB, "Filter": Name.DCTDecode, "Who": words}).items():
            photo[f"/{key}"] = value
        photo.Metadata = photo.Thumb = pdf.make_stream(SECRET)
        unused = pdf.make_stream(SECRET)
        obj = pdf.pages[0].obj
        obj.PieceInfo = Dictionary(X=words)
        layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=words))
        pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=Dictionary(OFF=Array([layer])))
        obj.Resources.XObject = Dictionary(P=photo, Unused=unused)
        obj.Resources.Properties = Dictionary(L=layer, M=Dictionary(Author=words))
        obj.CropBox = Array([0, 100, 595, 842])
        obj.Contents = pdf.make_stream(
            b"q 300 0 0 400 100 200 cm /P Do Q %% %b\n/Span /M BDC EMC /P <</Alt (%b)>> BDC EMC" % (SECRET, SECRET)
            + b" /OC /L BDC BT /F 12 Tf 100 700 Td (%b) Tj ET EMC BT /F 12 Tf 100 20 Td (%b) Tj ET" % (SECRET, SECRET)
        )
        scanned.annotate(pdf, scanned.note("Stamp", T=words, Contents=words, AP=Dictionary(
            N=scanned.drawn(pdf, (200, 40), "0 0 1"), D=pdf.make_stream(SECRET))))  # fmt: skip
        pdf.docinfo["/Author"] = words
        scanned.attach(pdf, secret=SECRET)

    return scanned.pdf(change)


def everything(content: bytes) -> bytes:
    """All bytes of a PDF, those of its streams unpacked."""
    parts = [content]
    with Pdf.open(BytesIO(content)) as pdf:
        for each in pdf.objects:
            if isinstance(each, Stream):
                parts.append(each.stream_dict.unparse(resolved=True) + each.read_raw_bytes())
                parts += [each.read_bytes()] if each.get("/Filter") in (None, Name.FlateDecode) else []
            elif isinstance(each, Object):
                parts.append(each.unparse(resolved=True))
    return b"".join(parts)


def screenshot() -> bytes:
    """A conversation, twelve times as long as it is wide, with a line of its own every 40 dots."""
    picture = Image.new("L", (1080, 12000), "white")
    draw = ImageDraw.Draw(picture)
    for line in range(300):
        draw.text((20, line * 40), f"{line:03} Bonjour, voici le relevé", fill="black", font_size=30)
    return scanned.saved(picture, "PNG")


def fax_of_other_order() -> bytes:
    """A fax whose bits stand the other way round in their bytes."""
    content = bytearray(scanned.tiff(scanned.marked((1240, 1754), "1"), compression="group4", dpi=(150, 150)))
    with Image.open(BytesIO(bytes(content))) as image:
        starts, sizes = image.tag_v2[273], image.tag_v2[279]
    for start, size in zip(starts, sizes, strict=True):
        content[start : start + size] = bytes(int(f"{each:08b}"[::-1], 2) for each in content[start : start + size])
    table = int.from_bytes(content[4:8], "little")
    count = int.from_bytes(content[table : table + 2], "little")
    entries = [content[table + 2 + 12 * n : table + 14 + 12 * n] for n in range(count)]
    entries.append((266).to_bytes(2, "little") + b"\3\0\1\0\0\0\2\0\0\0")
    entries.sort(key=lambda each: int.from_bytes(each[:2], "little"))
    at = len(content)
    content += (count + 1).to_bytes(2, "little") + b"".join(entries) + b"\0\0\0\0"
    content[4:8] = at.to_bytes(4, "little")
    return bytes(content)
