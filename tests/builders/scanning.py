"""Scans of papers as people make them: turned, skewed, coarse, grey, stained."""

from __future__ import annotations

from io import BytesIO

import pypdfium2
from PIL import Image, ImageDraw, ImageFilter

SHARP = 200
"""Dots per inch of the paper before it is scanned."""


def papers(content: bytes) -> list[Image.Image]:
    """The pages of a PDF on paper."""
    with pypdfium2.PdfDocument(content) as document:
        return [page.render(scale=SHARP / 72).to_pil().convert("RGB") for page in document]


def stained(paper: Image.Image) -> Image.Image:
    """The paper with a ring of coffee over its lower corner, where the code is."""
    ring = Image.new("RGBA", paper.size, (0, 0, 0, 0))
    wide = paper.width // 7
    middle = (paper.width - wide * 0.7, paper.height - wide * 0.8)
    box = (middle[0] - wide, middle[1] - wide, middle[0] + wide, middle[1] + wide)
    ImageDraw.Draw(ring).ellipse(box, fill=(120, 72, 20, 70), outline=(90, 50, 10, 150), width=SHARP // 20)
    return Image.alpha_composite(paper.convert("RGBA"), ring).convert("RGB")


def scanned(
    paper: Image.Image, *, dots: int = 100, turn: int = 0, skew: float = 0, grey: bool = False, blur: float = 0
) -> Image.Image:
    """What a scanner makes of a paper."""
    size = (paper.width * dots // SHARP, paper.height * dots // SHARP)
    image = paper.resize(size, Image.Resampling.LANCZOS)
    if skew:
        image = image.rotate(skew, expand=True, fillcolor="white", resample=Image.Resampling.BICUBIC)
    image = image.rotate(turn, expand=True) if turn else image
    image = image.filter(ImageFilter.GaussianBlur(blur)) if blur else image
    return image.convert("L") if grey else image


def jpeg(image: Image.Image, dots: int = 100) -> bytes:
    content = BytesIO()
    image.save(content, "JPEG", quality=35, dpi=(dots, dots))
    return content.getvalue()


def pile(images: list[Image.Image], dots: int = 100) -> bytes:
    """Several pages in one PDF, as a scanner with a feeder makes it."""
    content = BytesIO()
    images[0].save(content, "PDF", save_all=True, append_images=images[1:], resolution=dots)
    return content.getvalue()
