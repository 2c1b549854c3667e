"""Tell whether a page of a PDF shows nothing: it draws nothing at all, or nothing but pictures of even paper."""

from __future__ import annotations

import pikepdf
from pikepdf import Dictionary, Name, Object, PdfImage, Stream

from pemdocs.scans import colour, streams
from pemdocs.scans.limits import MOST

PAINTS = frozenset({"S", "s", "f", "F", "f*", "B", "B*", "b", "b*", "Tj", "TJ", "'", '"', "Do", "sh", "INLINE IMAGE"})
FEW = 4000
"""Bytes of the instructions of a page that may be empty: to show a blank scan takes no more."""


def empty(drawing: Object) -> bool:
    """Whether a drawing shows nothing."""
    content, _ = streams.read(drawing)
    if len(content) > FEW:
        return False
    try:
        drawn = [each for each in pikepdf.parse_content_stream(drawing) if str(each.operator) in PAINTS]
    except Exception:  # in broken instructions its reader may stumble over anything
        return False
    names = [each.operands[0] for each in drawn if str(each.operator) == "Do" and len(each.operands)]
    return len(drawn) == len(names) and all(_shows_nothing(drawing.Resources, name) for name in names)


def _shows_nothing(resources: Object, name: Object) -> bool:
    drawings = resources.get("/XObject")
    found = drawings.get(name) if isinstance(drawings, Dictionary) and isinstance(name, Name) else None
    if not isinstance(found, Stream) or found.get("/Subtype") != Name.Image or "/SMask" in found or "/Mask" in found:
        return not isinstance(found, Stream)
    return _even(found)


def _even(found: Stream) -> bool:
    try:
        picture = PdfImage(found)
        if picture.width * picture.height > MOST["looked-at"]:
            return False
        shown = picture.as_pil_image()
        # The colours of a palette may be taken for others here, but one colour alone is one everywhere.
        return colour.blank(shown) and (shown.mode != "P" or len(set(shown.getextrema())) == 1)
    except Exception:  # what cannot be decoded here may well be seen elsewhere
        return False
