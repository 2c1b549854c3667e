"""Put beside a Word file what each of its controls is for, and say so of one that another program has saved.

LibreOffice keeps the controls in their order, but not their tags; it keeps the properties of a document. Only this
module knows that they are listed there.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from lxml import etree

PART = "/docProps/custom.xml"
TYPE = "application/vnd.openxmlformats-officedocument.custom-properties+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/custom-properties"
SPACE = "http://schemas.openxmlformats.org/officeDocument/2006/custom-properties"
VALUES = "http://schemas.openxmlformats.org/officeDocument/2006/docPropsVTypes"
FORMAT = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
NAME = "pemdocs-controls-"
LONGEST = 250
"""Signs of a text that Word keeps in a property."""

SORTS = {f"{W14}checkbox": "tick", f"{W}date": "day", f"{W}text": "words", f"{W}dropDownList": "list"}


def enclose(document: Any) -> None:
    """List the controls of a document in its properties, where some have tags."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    said = [f"{sort}={tag}" for _, sort, tag in controls(document.element.body)]
    if all(each.endswith("=") for each in said):
        return
    part = Part(PackURI(PART), TYPE, _properties(_lines(said)), document.part.package)
    document.part.package.relate_to(part, RELATION)


def controls(body: etree._Element) -> Iterator[tuple[etree._Element, str, str]]:
    """Each control that is filled in, in their order: its properties, its sort, its tag."""
    for properties in body.iter(f"{W}sdtPr"):
        sort = next((said for name, said in SORTS.items() if properties.find(name) is not None), "")
        if sort:
            tag = properties.find(f"{W}tag")
            yield properties, sort, "" if tag is None else tag.get(f"{W}val", "")


def tagged(body: etree._Element, properties: etree._Element | None) -> None:
    """Give the controls of a body their tags again, where all of them have lost them and are what is listed."""
    found = list(controls(body))
    listed = [each.partition("=") for each in _listed(properties)]
    if any(tag for _, _, tag in found) or [sort for _, sort, _ in found] != [sort for sort, _, _ in listed]:
        return
    for (control, _, _), (_, _, tag) in zip(found, listed, strict=True):
        if tag:
            etree.SubElement(control, f"{W}tag", {f"{W}val": tag})


def _listed(properties: etree._Element | None) -> list[str]:
    named = {} if properties is None else {each.get("name", ""): "".join(map(str, each.itertext()))
                                           for each in properties.iter(f"{{{SPACE}}}property")}  # fmt: skip
    lines = [named[f"{NAME}{number}"] for number in range(1, len(named) + 1) if f"{NAME}{number}" in named]
    return " ".join(lines).split()


def _lines(said: Sequence[str]) -> Iterator[str]:
    line = ""
    for each in said:
        if line and len(line) + 1 + len(each) > LONGEST:
            yield line
            line = ""
        line = f"{line} {each}".strip()
    yield line


def _properties(lines: Iterator[str]) -> bytes:
    spaces: Any = {None: SPACE, "vt": VALUES}
    root = etree.Element(f"{{{SPACE}}}Properties", nsmap=spaces)
    for number, line in enumerate(lines, 1):
        told = {"fmtid": FORMAT, "pid": str(number + 1), "name": f"{NAME}{number}"}
        each = etree.SubElement(root, f"{{{SPACE}}}property", told)
        etree.SubElement(each, f"{{{VALUES}}}lpwstr").text = line
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
