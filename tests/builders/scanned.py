"""Files as people scan and send them, made anew for every test: each awkward in one way, and readable here."""

from __future__ import annotations

import asyncio
import struct
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from io import BytesIO
from typing import Any

import pikepdf
import pillow_heif
from pikepdf import Array, Dictionary, Encryption, Name, Pdf, String
from PIL import Image, ImageCms, ImageDraw

A4 = (595.276, 841.89)


# Pictures


def marked(size: tuple[int, int] = (800, 1100), mode: str = "RGB") -> Image.Image:
    """A white picture with a dark bar along its top and a red square in its upper left corner (grey where it must)."""
    picture = Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 0, size[0], size[1] // 10), fill=(20, 20, 20))
    draw.rectangle((0, 0, size[0] // 5, size[1] // 10), fill=(200, 0, 0))
    return picture.convert(mode)


def noisy(size: tuple[int, int] = (800, 1100), mode: str = "RGB") -> Image.Image:
    """The same, with a colour run below, so that it has too many colours for a drawing."""
    picture = marked(size)
    run = Image.linear_gradient("L").resize((size[0], size[1] // 2))
    picture.paste(Image.merge("RGB", (run, run.transpose(Image.Transpose.FLIP_TOP_BOTTOM), run)), (0, size[1] // 3))
    return picture.convert(mode)


def saved(picture: Image.Image, form: str, **settings: Any) -> bytes:
    out = BytesIO()
    picture.save(out, form, **settings)
    return out.getvalue()


def oriented(turn: int, picture: Image.Image | None = None, form: str = "JPEG") -> bytes:
    """A picture that a camera held in one of its eight ways has written: it lies, and EXIF says how."""
    undo = {
        2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
        5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE,
        8: Image.Transpose.ROTATE_270,
    }  # fmt: skip
    picture = picture or noisy()
    lying = picture.transpose(undo[turn]) if turn in undo else picture
    if form == "TIFF":
        return saved(lying, form, tiffinfo={274: turn})
    exif = Image.Exif()
    exif[274] = turn
    return saved(lying, form, exif=exif)


def heic(picture: Image.Image, **settings: Any) -> bytes:
    out = BytesIO()
    pillow_heif.from_pillow(picture).save(out, quality=90, **settings)
    return out.getvalue()


def tiff(*pages: Image.Image, **settings: Any) -> bytes:
    return saved(pages[0], "TIFF", save_all=True, append_images=list(pages[1:]), **settings)


def bomb(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 99)) + chunk(b"IEND", b"")


def profile(name: str = "sRGB") -> bytes:
    return ImageCms.ImageCmsProfile(ImageCms.createProfile(name)).tobytes()  # type: ignore[arg-type]


# PDF


def page_of(pdf: Pdf, words: str = "Page", size: tuple[float, float] = A4, **entries: Any) -> pikepdf.Page:
    """A page with a dark bar along its top, a red square in its upper left corner, and words below."""
    width, height = size
    page = pdf.add_blank_page(page_size=size)
    page.obj.Resources = Dictionary(Font=Dictionary(F=_font()))
    page.obj.Contents = pdf.make_stream(
        f"0.1 g 0 {height * 0.9} {width} {height * 0.1} re f "
        f"0.8 0 0 rg 0 {height * 0.9} {width / 5} {height * 0.1} re f "
        f"0 g BT /F 12 Tf 20 {height / 2} Td ({words}) Tj ET".encode()
    )
    for key, value in entries.items():
        page.obj[f"/{key}"] = value
    return page


def _font() -> Dictionary:
    return Dictionary(Type=Name.Font, Subtype=Name.Type1, BaseFont=Name.Helvetica, Encoding=Name.WinAnsiEncoding)


def stored(pdf: Pdf, **settings: Any) -> bytes:
    out = BytesIO()
    pdf.save(out, **{"deterministic_id": "encryption" not in settings, **settings})
    return out.getvalue()


def pdf(change: Callable[[Pdf], object] = lambda made: None, pages: int = 1, **entries: Any) -> bytes:
    """A PDF of marked pages, changed as a test needs it."""
    with Pdf.new() as made:
        for number in range(pages):
            page_of(made, f"Page {number + 1}", **entries)
        change(made)
        return stored(made)


def locked(user: str, owner: str = "owner") -> bytes:
    with Pdf.open(BytesIO(pdf())) as made:
        return stored(made, encryption=Encryption(user=user, owner=owner))


def drawn(pdf: Pdf, box: tuple[float, float], colour: str) -> pikepdf.Object:
    """The appearance of a note: a box of one colour."""
    stream = pdf.make_stream(f"{colour} rg 0 0 {box[0]} {box[1]} re f".encode())
    stream.Type, stream.Subtype, stream.BBox = Name.XObject, Name.Form, Array([0, 0, *box])
    return stream


def annotate(pdf: Pdf, *notes: Dictionary) -> None:
    pdf.pages[0].obj.Annots = Array([pdf.make_indirect(note) for note in notes])


def note(subtype: str, **entries: Any) -> Dictionary:
    made = Dictionary(Type=Name.Annot, Subtype=Name(f"/{subtype}"), Rect=Array([100, 300, 300, 340]), F=4)
    for key, value in entries.items():
        made[f"/{key}"] = value
    return made


def form(value: str, *, flags: int = 0, height: int = 20, **entries: Any) -> Callable[[Pdf], None]:
    """A text field that holds a value and no appearance, as forms filled in by programs do."""

    def change(pdf: Pdf) -> None:
        field = note("Widget", FT=Name.Tx, T=String("name"), V=String(value), DA=String("/Helv 0 Tf 0 g"), Ff=flags)
        field.Rect = Array([100, 300, 400, 300 + height])
        annotate(pdf, field)
        pdf.Root.AcroForm = Dictionary(
            Fields=pdf.pages[0].obj.Annots,
            NeedAppearances=True,
            DR=Dictionary(Font=Dictionary(Helv=_font())),
            **entries,
        )

    return change


def script(words: str = "app.alert(1)") -> Dictionary:
    return Dictionary(S=Name.JavaScript, JS=String(words))


def attach(pdf: Pdf, **files: bytes) -> None:
    for name, content in files.items():
        pdf.attachments[name] = content


def portfolio(**files: bytes) -> bytes:
    def change(pdf: Pdf) -> None:
        attach(pdf, **files)
        pdf.Root.Collection = Dictionary(Type=Name.Collection, View=Name.D)

    return pdf(change)


def portfolio_of(entries: Dictionary) -> bytes:
    """A portfolio of one file, with further entries in what describes it."""

    def change(pdf: Pdf) -> None:
        attach(pdf, inside=b"x")
        pdf.Root.Collection = Dictionary(Type=Name.Collection)
        for key in entries.keys():  # noqa: SIM118
            pdf.attachments["inside"].obj[key] = entries[key]

    return pdf(change)


def layered(pdf: Pdf, off: bool) -> None:
    """A layer of marked content and one of a drawing, both shown or both hidden."""
    layer = pdf.make_indirect(Dictionary(Type=Name.OCG, Name=String("Layer")))
    page = pdf.pages[0].obj
    box = drawn(pdf, (50, 50), "0 0 1")
    box.OC = layer
    page.Resources.Properties = Dictionary(L=layer)
    page.Resources.XObject = Dictionary(B=box)
    page.Contents = pdf.make_stream(
        page.Contents.read_bytes() + b" /OC /L BDC 0 1 0 rg 100 100 100 100 re f EMC q 1 0 0 1 300 100 cm /B Do Q"
    )
    usual = Dictionary(Order=Array([layer]), **{"OFF" if off else "ON": Array([layer])})
    pdf.Root.OCProperties = Dictionary(OCGs=Array([layer]), D=usual)


def broken_xref(content: bytes) -> bytes:
    """The same file as a careless transfer leaves it: the table of its objects points elsewhere."""
    at = content.rindex(b"startxref")
    return content[:at] + b"startxref\n7\n%%EOF\n"


@lru_cache
def signed() -> bytes:
    """A PDF with a signature of a certificate made for it."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
    from pyhanko.sign import signers

    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "Test")])
    today = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
        .serial_number(1).not_valid_before(today - timedelta(days=1)).not_valid_after(today + timedelta(days=1))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    store = serialization.pkcs12.serialize_key_and_certificates(
        b"test", key, certificate, None, serialization.NoEncryption()
    )
    signer = signers.SimpleSigner.load_pkcs12_data(store, other_certs=[])
    metadata = signers.PdfSignatureMetadata(field_name="Signature")
    writer = IncrementalPdfFileWriter(BytesIO(pdf()))
    return asyncio.run(signers.async_sign_pdf(writer, metadata, signer)).getvalue()
