"""Turn drawings and their places into a PDF of A4 pages. Only this module writes the pages of prepared scans."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Pdf, StreamDecodeLevel

from pemdocs.scans.paper import Place

NAMES = ("/Scan", "/Notes")
"""The drawings of a sheet: the page itself, and what was written on it."""


def add(pdf: Pdf, drawings: Sequence[Object], place: Place, width: float, height: float) -> None:
    """Add a sheet that shows XObjects above each other, the unit square of each stretched to so many points."""
    page = pdf.add_blank_page(page_size=(round(place.width, 3), round(place.height, 3)))
    names = NAMES[: len(drawings)]
    page.obj.Resources = Dictionary(XObject=Dictionary(dict(zip(names, drawings, strict=True))))
    numbers = f"{width:.5f} 0 0 {height:.5f} {place.x:.3f} {place.y:.3f}"
    shown = f"{numbers} cm {' '.join(f'{name} Do' for name in names)}"
    clip = "{:.3f} {:.3f} {:.3f} {:.3f} re W n ".format(*place.window) if place.window else ""
    page.obj.Contents = pdf.make_stream(f"q {clip}{shown} Q".encode())


def picture(pdf: Pdf, data: bytes, size: tuple[int, int], **entries: Object | int) -> Object:
    """An image XObject from encoded data; ``entries`` are its further keys."""
    stream = pdf.make_stream(data)
    keys = {"Type": Name.XObject, "Subtype": Name.Image, "Width": size[0], "Height": size[1], **entries}
    for key, value in keys.items():
        stream[f"/{key}"] = value
    return stream


def merged(parts: Iterable[bytes]) -> bytes:
    """The pages of several prepared PDFs, one after another."""
    with Pdf.new() as pdf:
        sources = [Pdf.open(BytesIO(part)) for part in parts]
        for source in sources:
            pdf.pages.extend(source.pages)
        content = written(pdf)
        for source in sources:
            source.close()
    return content


def written(pdf: Pdf) -> bytes:
    """The file. The same pages give the same bytes."""
    out = BytesIO()
    pdf.save(
        out,
        deterministic_id=True,
        object_stream_mode=ObjectStreamMode.generate,
        stream_decode_level=StreamDecodeLevel.none,  # what swells is not unpacked for the sake of packing it again
    )
    return out.getvalue()
