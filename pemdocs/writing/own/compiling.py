"""Turn a template into what renders it fast: all that does not depend on the data is done once, and kept.

docxtpl defines the result: its tags are patched, its tables mended, its drawings numbered here by docxtpl's own code.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from docx.opc.oxml import serialize_part_xml
from docxtpl import DocxTemplate
from lxml import etree

from pemdocs.words.tags import Environment
from pemdocs.writing.own.marks import HEAD
from pemdocs.writing.own.sealing import SMALLEST, Stored, stored
from pemdocs.writing.word.markup import W

BODY = "word/document.xml"
CORE = "docProps/core.xml"
FOOTNOTES = "footnotes+xml"
PROPERTIES = ("author", "comments", "identifier", "language", "subject", "title")
"""The properties that docxtpl fills in."""

TAGGED = re.compile(r"\{[{%#]")
LISTED = re.compile("[\t\n\x07\x0c]")
FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
GRIDS = re.compile(r"</w:tc>\s*\{|\}\s*<w:tc[ >]|gridSpan w:val=\"\{")
"""Where the number of cells depends on the data: a tag beside a cell, or a span that is computed."""

NUMBERED = re.compile(r'(<wp:docPr\b[^>]*?\bid=")[^"]*(")')
CONTROLS = bytes(range(32))
BOUND = frozenset({"InlineImage", "Subdoc"})
"""The classes of what docxtpl puts into the package itself while it renders."""

Template = Any


@dataclass(frozen=True, slots=True)
class Filled:
    """A part that depends on the data: its template, and what stands before and behind it."""

    source: str
    template: Template
    before: bytes = HEAD
    behind: bytes = b""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A template, compiled. ``still`` are the parts that are the same in every document, ``filled`` the others."""

    tpl: DocxTemplate
    still: Mapping[str, Stored]
    filled: Mapping[str, Filled]
    properties: Mapping[str, Template]
    grids: bool
    drawings: bool

    def parts(self, context: Mapping[str, Any]) -> dict[str, bytes]:
        """The parts that depend on the data, by their names in the archive."""
        found = {name: self._part(name, part, context) for name, part in self.filled.items()}
        if self.properties:
            found[CORE] = self._core(context)
        return found

    def _part(self, name: str, part: Filled, context: Mapping[str, Any]) -> bytes:
        words = part.template.render(context)
        if "{_" in words or "_}" in words:
            for written, meant in (("{_{", "{{"), ("}_}", "}}"), ("{_%", "{%"), ("%_}", "%}")):
                words = words.replace(written, meant)
        data = words.encode()
        mend = name == BODY and self.grids
        if len(data.translate(None, CONTROLS)) != len(data) or "\ufffe" in words or "\uffff" in words:
            if LISTED.search(words):
                words = self.tpl.resolve_listing(words)
            if name == BODY:
                mend = mend or bool(FORBIDDEN.search(words))
            else:
                words = FORBIDDEN.sub("", words)
            data = words.encode()
        if name != BODY:
            return b"".join((part.before, data, part.behind))
        if mend:
            data = self._mended(words)
        elif self.drawings:
            data = _numbered(words).encode()
        return b"".join((part.before, data, part.behind))

    def _mended(self, words: str) -> bytes:
        self.tpl.docx_ids_index = 1000
        tree = self.tpl.fix_tables(words)
        self.tpl.fix_docpr_ids(tree)
        return bytes(etree.tostring(tree, encoding="utf-8"))

    def _core(self, context: Mapping[str, Any]) -> bytes:
        core = self.tpl.docx.core_properties
        for name, template in self.properties.items():
            setattr(core, name, template.render(context))
        return bytes(serialize_part_xml(core._element))


def covers(context: Mapping[str, Any]) -> bool:
    """Whether the compiled template can render these values: pictures and sub-documents of docxtpl it leaves to it."""
    return not any(
        type(each).__name__ in BOUND or "r:id=" in str(getattr(each, "xml", "")) for each in _inside(context)
    )


def compiled(content: bytes, environment: Environment) -> Compiled:
    """A template, compiled. Raises Jinja's faults where a tag is broken."""
    tpl = DocxTemplate(io.BytesIO(content))
    tpl.render_init()
    before, behind = _around(tpl)
    around = {BODY: (before, behind), **{name: (b"", b"") for name, _ in _notes(tpl)}}
    filled = {
        name: Filled(words, environment.from_string(words), *around.get(name, (HEAD, b"")))
        for name, words in sources(tpl)
        if name == BODY or TAGGED.search(words)
    }
    told = {name: getattr(tpl.core_properties, name) for name in PROPERTIES}
    properties = {name: environment.from_string(words) for name, words in told.items() if TAGGED.search(words)}
    still = {part.name: part for part in _still(tpl, {*filled, *([CORE] if properties else [])})}
    body = filled[BODY].source
    grids = bool(GRIDS.search(body)) or not all(_even(table) for table in tpl.docx._element.body.iter(W + "tbl"))
    return Compiled(tpl, still, filled, properties, grids, "<wp:docPr" in body)


def sources(tpl: DocxTemplate) -> Iterator[tuple[str, str]]:
    """The parts that docxtpl fills in, by their names, as templates for Jinja."""
    tpl.init_docx()
    yield BODY, tpl.patch_xml(tpl.get_xml())
    yield from _margins(tpl)
    yield from _notes(tpl)


def in_lines(source: str) -> str:
    """A part with each of its paragraphs on a line, so that a fault in it has a place."""
    return re.sub(r"<w:p([ >])", r"\n<w:p\1", source)


def _around(tpl: DocxTemplate) -> tuple[bytes, bytes]:
    """What stands around the body in the part of the document."""
    root = tpl.docx._element
    body = root.body
    mark = etree.SubElement(root, "around")
    root.replace(body, mark)
    whole = serialize_part_xml(root).decode()
    root.replace(mark, body)
    before, behind = re.split(r"<around[^>]*/>", whole)
    return before.encode(), behind.encode()


def _margins(tpl: DocxTemplate) -> Iterator[tuple[str, str]]:
    for uri in (tpl.HEADER_URI, tpl.FOOTER_URI):
        for _, part in tpl.get_headers_footers(uri):
            yield part.partname.lstrip("/"), tpl.patch_xml(tpl.get_part_xml(part))


def _notes(tpl: DocxTemplate) -> Iterator[tuple[str, str]]:
    for part in tpl.docx.part.package.parts:
        if part.content_type.endswith(FOOTNOTES):
            words = part.blob.decode("utf-8")
            yield part.partname.lstrip("/"), tpl.patch_xml(words)


def _still(tpl: DocxTemplate, moving: set[str]) -> Iterator[Stored]:
    """The parts that are the same in every document, as docxtpl would write them."""
    for name in PROPERTIES:
        setattr(tpl.core_properties, name, getattr(tpl.core_properties, name))
    loose = io.BytesIO()
    tpl.docx.save(loose)
    with zipfile.ZipFile(loose) as archive:
        for name in dict.fromkeys(archive.namelist()):
            if name not in moving:
                yield stored(name, archive.read(name), SMALLEST)


def _even(table: etree._Element) -> bool:
    """Whether every row has the columns that the table declares, so that nothing is to be mended."""
    grid = table.find(W + "tblGrid")
    columns = 0 if grid is None else len(grid.findall(W + "gridCol"))
    return all(sum(map(_span, row.findall(W + "tc"))) == columns for row in table.iter(W + "tr"))


def _span(cell: etree._Element) -> int:
    wide = cell.find(f"{W}tcPr/{W}gridSpan")
    return 1 if wide is None else int(wide.get(W + "val", "1"))


def _numbered(words: str) -> str:
    """The drawings numbered as docxtpl numbers them."""
    last = 1000

    def number(found: re.Match[str]) -> str:
        nonlocal last
        last += 1
        return f"{found[1]}{last}{found[2]}"

    return NUMBERED.sub(number, words)


def _inside(value: Any, depth: int = 0) -> Iterator[Any]:
    yield value
    if depth < 6 and isinstance(value, Mapping):
        for each in value.values():
            yield from _inside(each, depth + 1)
    elif depth < 6 and isinstance(value, list | tuple):
        for each in value:
            yield from _inside(each, depth + 1)
