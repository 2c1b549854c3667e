"""Turn drawings and their places into a PDF of A4 pages. Only this module writes the pages of prepared scans."""

from __future__ import annotations

from collections.abc import Iterable
from io import BytesIO

from pikepdf import Dictionary, Name, Object, ObjectStreamMode, Pdf

from pemdocs.scans.paper import Place


def add(pdf: Pdf, drawing: Object, place: Place, width: float, height: float) -> None:
    """Add a sheet that shows an XObject, its unit square stretched to ``width`` and ``height`` points of the sheet."""
    page = pdf.add_blank_page(page_size=(round(place.width, 3), round(place.height, 3)))
    page.obj.Resources = Dictionary(XObject=Dictionary(Scan=drawing))
    numbers = f"{width:.5f} 0 0 {height:.5f} {place.x:.3f} {place.y:.3f}"
    page.obj.Contents = pdf.make_stream(f"q {numbers} cm /Scan Do Q".encode())


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
    pdf.save(out, deterministic_id=True, object_stream_mode=ObjectStreamMode.generate)
    return out.getvalue()
