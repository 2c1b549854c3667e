"""Turn the signature lines of a laid-out page into fields for electronic signatures.

A field stands in the structure beside the name below it, has an appearance and says whose signature it takes, so that
the file stays PDF/A and PDF/UA. Fields that other programs add have none of this.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from xml.etree.ElementTree import Element

import pydyf  # type: ignore[import-untyped]

NAME, LABEL = "data-field", "data-label"
"""What a line says where it is to become a field: the name of the field, and what is read aloud of it."""

SEAL = "data-seal"
"""What the body of a page says where an organisation may seal it: what is read aloud of that field."""

SEALED = "seal"
"""The name of the field for the seal."""

CORNER = tuple(each / 25.4 * 72 for each in (5, 6, 18, 19))
"""Where the seal stands on the last page, in points: in the lower corner, beside the text."""

LOWEST = 12 / 25.4 * 72
"""Points that a field is high at least."""

POINTS = 0.75
"""PDF points in a CSS pixel."""

PRINTED = 4
"""The flag of an annotation that is printed too."""


@dataclass(frozen=True, slots=True)
class Field:
    """A field on a page, in points from the lower left corner."""

    page: int
    name: str
    label: str
    rectangle: tuple[float, ...]


def field(element: Element, box: Any, page: Any, number: int) -> Field | None:
    """The field above the line of a box, in the room that it leaves for ink; ``None`` where it is to be none."""
    name = element.get(NAME)
    if not name:
        return None
    left, line = box.border_box_x() * POINTS, (page.height - box.border_box_y()) * POINTS
    height = max(box.margin_top * POINTS, LOWEST)
    rectangle = (left, line + 1, left + box.border_width() * POINTS, line + height)
    return Field(number, name, element.get(LABEL, name), rectangle)


def seal(root: Element, pages: int) -> Field | None:
    """The field for the seal of an organisation on the last page; ``None`` where there is to be none."""
    body = next(root.iter("body"), None)
    label = "" if body is None else body.get(SEAL, "")
    return Field(pages - 1, SEALED, label, CORNER) if label else None


def widget(pdf: pydyf.PDF, made: Field) -> Any:
    """The annotation of a field, entered on its page and in the form of the document."""
    width, height = (made.rectangle[2] - made.rectangle[0], made.rectangle[3] - made.rectangle[1])
    look = pydyf.Stream([b""], {"Type": "/XObject", "Subtype": "/Form", "BBox": pydyf.Array([0, 0, width, height])})
    pdf.add_object(look)
    sheet = next(each for each in _pages(pdf) if each.reference == pdf.page_references[made.page])
    entries = {
        "Type": "/Annot",
        "Subtype": "/Widget",
        "FT": "/Sig",
        "F": PRINTED,
        "T": pydyf.String(made.name),
        "TU": pydyf.String(made.label),
        "Contents": pydyf.String(made.label),
        "Rect": pydyf.Array(round(each, 2) for each in made.rectangle),
        "P": sheet.reference,
        "AP": pydyf.Dictionary({"N": look.reference}),
    }
    annotation = pydyf.Dictionary(entries)
    pdf.add_object(annotation)
    sheet.setdefault("Annots", pydyf.Array()).append(annotation.reference)
    form = pdf.catalog.setdefault("AcroForm", pydyf.Dictionary({"Fields": pydyf.Array()}))
    form["Fields"].append(annotation.reference)
    return annotation


def _pages(pdf: pydyf.PDF) -> list[Any]:
    return [each for each in pdf.objects if isinstance(each, dict) and each.get("Type") == "/Page"]
