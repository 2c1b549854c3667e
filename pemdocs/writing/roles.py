"""Turn elements of a page into the names and entries of PDF tags (ISO 32000-1, 14.8.4).

Only this module knows which tag says what an element is.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from xml.etree.ElementTree import Element

import pydyf  # type: ignore[import-untyped]

ROLES = {
    "a": "Link",
    "blockquote": "BlockQuote",
    "caption": "Caption",
    "div": "Div",
    "figcaption": "Caption",
    "figure": "Div",
    "footer": "Sect",
    "h1": "H1",
    "h2": "H2",
    "h3": "H3",
    "h4": "H4",
    "header": "Sect",
    "img": "Figure",
    "li": "LI",
    "nav": "TOC",
    "ol": "L",
    "p": "P",
    "section": "Sect",
    "table": "Table",
    "tbody": "TBody",
    "td": "TD",
    "tfoot": "TFoot",
    "th": "TH",
    "thead": "THead",
    "tr": "TR",
    "ul": "L",
}
"""The PDF name of each element; those not named here lend their content to their parent."""

OF_CLASS = {("nav", "entry"): "TOCI", ("nav", "title"): "Caption"}
"""What a paragraph of a list of contents is, by its class."""

TABLE_PARTS = frozenset(("caption", "thead", "tbody", "tfoot", "tr", "th", "td"))
CELLS = frozenset(("TH", "TD"))
HEADINGS = frozenset(("h1", "h2", "h3", "h4"))
SCOPES = {"row": "/Row", "col": "/Column", "rowgroup": "/Row", "colgroup": "/Column"}

Parents = Mapping[Element, Element]


def role(element: Element, parents: Parents, language: str) -> str:
    """The tag of an element, nothing where it lends its content to its parent; ``language`` is its own, if foreign."""
    if element.tag in TABLE_PARTS or element.tag == "table":
        return ROLES[element.tag] if _is_data(element, parents) else "Div"
    if element.tag == "a" and not element.get("href"):
        return ""
    if element.tag == "p" and (around := parents.get(element)) is not None:
        kinds = element.get("class", "").split()
        return next((OF_CLASS[around.tag, kind] for kind in kinds if (around.tag, kind) in OF_CLASS), "P")
    return ROLES.get(element.tag) or ("Span" if language else "")


def levels(root: Element) -> dict[Element, str]:
    """The tag of each heading: below the one it stands under, although the page leaves out a level between them."""
    found: dict[Element, str] = {}
    above: list[tuple[str, int]] = []
    for heading in (each for each in root.iter() if each.tag in HEADINGS):
        while above and above[-1][0] >= heading.tag:
            above.pop()
        level = above[-1][1] + 1 if above else int(heading.tag[1])
        above.append((heading.tag, level))
        found[heading] = f"H{level}"
    return found


def _is_data(element: Element, parents: Parents) -> bool:
    """Whether the table around this element holds data: a bare one only sets things side by side."""
    while element.tag != "table":
        element = parents[element]
    return "bare" not in element.get("class", "").split()


def foreign(element: Element, parents: Parents) -> str:
    """The language of an element where it is not the one around it, else nothing."""
    own = element.get("lang", "")
    around: Element | None = parents.get(element)
    while own and around is not None and not around.get("lang"):
        around = parents.get(around)
    return own if around is not None and own != around.get("lang") else ""


def entries(element: Element, role: str, language: str) -> dict[str, Any]:
    """The dictionary entries that say more than the role: language, alternative text, attributes."""
    more: dict[str, Any] = {}
    if language:
        more["Lang"] = pydyf.String(language)
    if role == "Figure":
        more["Alt"] = pydyf.String(element.get("alt", ""))
    if element.tag in ("header", "footer"):
        more["T"] = pydyf.String(element.tag)
    if role == "L":
        numbering = "/Decimal" if element.tag == "ol" else "/Disc"
        more["A"] = pydyf.Dictionary({"O": "/List", "ListNumbering": numbering})
    if role in CELLS and (attributes := _cell(element, role)):
        more["A"] = pydyf.Dictionary({"O": "/Table", **attributes})
    return more


def _cell(element: Element, role: str) -> dict[str, Any]:
    attributes: dict[str, Any] = {}
    if role == "TH":
        attributes["Scope"] = SCOPES[element.get("scope", "col")]
    for name, key in (("colspan", "ColSpan"), ("rowspan", "RowSpan")):
        if (span := int(element.get(name, "1"))) > 1:
            attributes[key] = span
    return attributes
