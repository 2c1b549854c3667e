"""Have Excel reckon the formulas of a workbook when it opens it."""

from __future__ import annotations

from collections.abc import Iterator

from pemdocs.workbook.parts.order import WORKBOOK
from pemdocs.workbook.parts.splicing import Edit, Element, place, prefix, said


def recalculated(xml: bytes, root: Element) -> Iterator[Edit]:
    """The change to the part of the workbook that has every formula reckoned when it is opened next."""
    there = root.first("calcPr")
    if there is None:
        at = place(root, WORKBOOK, "calcPr")
        yield Edit(at, at, f'<{prefix(xml, root)}calcPr fullCalcOnLoad="1"/>'.encode())
    elif there.attributes.get("fullCalcOnLoad") not in ("1", "true"):
        yield said(xml, there, "fullCalcOnLoad", "1")
