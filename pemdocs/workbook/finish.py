"""Turn a workbook into bytes that repeat. Only this module knows what openpyxl leaves to chance or cannot say."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping
from datetime import datetime

from lxml import etree
from openpyxl import Workbook
from openpyxl.xml.constants import REL_NS, SHARED_STRINGS, SHEET_MAIN_NS

MADE = datetime(2026, 1, 1)
"""The date of every new workbook: its own would make two equal workbooks differ."""

CORE = "docProps/core.xml"
STYLES = "xl/styles.xml"
STRINGS = "xl/sharedStrings.xml"
FONT = (
    *("b", "i", "strike", "condense", "extend", "outline", "shadow", "u", "vertAlign"),
    *("sz", "color", "name", "family", "charset", "scheme"),
)
"""The order in which the standard wants what is said of a font; openpyxl has its own."""

TYPES, LINKS = "[Content_Types].xml", "xl/_rels/workbook.xml.rels"
FIRST = (TYPES, "_rels/.rels")
MAIN = f"{{{SHEET_MAIN_NS}}}"
SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_MODIFIED = re.compile(rb"(<dcterms:modified[^>]*>)[^<]*")


def finish(workbook: Workbook, kept_as_text: Mapping[str, str]) -> bytes:
    """The workbook as a file. ``kept_as_text``: by sheet, the cells whose digits are text (``A3:A502 C3:C502``)."""
    raw = io.BytesIO()
    workbook.properties.created = MADE
    sheets = {f"xl/worksheets/sheet{number}.xml": sheet.title for number, sheet in enumerate(workbook.worksheets, 1)}
    workbook.save(raw)
    with zipfile.ZipFile(raw) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    strings: dict[str, int] = {}
    for name, title in sheets.items():
        parts[name] = _sheet(parts[name], kept_as_text.get(title, ""), strings)
    parts[STRINGS] = _strings(strings)
    parts[TYPES] = _with(parts[TYPES], "Override", PartName=f"/{STRINGS}", ContentType=SHARED_STRINGS)
    parts[LINKS] = _with(
        parts[LINKS], "Relationship", Id="strings", Type=f"{REL_NS}/sharedStrings", Target=f"/{STRINGS}"
    )
    parts[STYLES] = _styles(parts[STYLES])
    parts[CORE] = _MODIFIED.sub(rb"\g<1>" + f"{MADE:%Y-%m-%dT%H:%M:%SZ}".encode(), parts[CORE])
    return _packed(parts)


def _sheet(part: bytes, kept_as_text: str, strings: dict[str, int]) -> bytes:
    """The sheet with its texts moved to the table of strings, where Excel would put them on its first save."""
    root = etree.fromstring(part)
    for cell in tuple(root.iter(f"{MAIN}c")):
        if cell.get("t") == "inlineStr":
            text = cell.findtext(f"{MAIN}is/{MAIN}t") or ""
            cell.set("t", "s")
            cell[:] = []
            etree.SubElement(cell, f"{MAIN}v").text = str(strings.setdefault(text, len(strings)))
    if kept_as_text:
        # Without it Excel marks every telephone and register number as a "number stored as text".
        ignored = etree.SubElement(root, f"{MAIN}ignoredErrors")
        etree.SubElement(ignored, f"{MAIN}ignoredError", sqref=kept_as_text, numberStoredAsText="1")
    return _written(root)


def _strings(strings: Mapping[str, int]) -> bytes:
    root = etree.fromstring(f'<sst xmlns="{SHEET_MAIN_NS}" uniqueCount="{len(strings)}"/>')
    for text in strings:
        item = etree.SubElement(etree.SubElement(root, f"{MAIN}si"), f"{MAIN}t", {SPACE: "preserve"})
        item.text = text
    return _written(root)


def _with(part: bytes, tag: str, **said: str) -> bytes:
    root = etree.fromstring(part)
    etree.SubElement(root, f"{{{etree.QName(root).namespace}}}{tag}", said)
    return _written(root)


def _styles(part: bytes) -> bytes:
    root = etree.fromstring(part)
    for font in root.iter(f"{MAIN}font"):
        font[:] = sorted(font, key=lambda said: FONT.index(etree.QName(said).localname))
    return _written(root)


def _written(root: etree._Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _packed(parts: Mapping[str, bytes]) -> bytes:
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w") as target:
        for name in sorted(parts, key=lambda name: (name not in FIRST, name)):
            entry = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            entry.compress_type, entry.create_system, entry.external_attr = zipfile.ZIP_DEFLATED, 3, 0o644 << 16
            target.writestr(entry, parts[name])
    return done.getvalue()
