"""Turn the bytes of a workbook into its parts and back. Only this module knows archives, types and relationships."""

from __future__ import annotations

import io
import posixpath
import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import unquote
from xml.sax.saxutils import quoteattr

from pemdocs.workbook.parts.splicing import Edit, Unkept, appended, edited, outline, prefix, readable

TYPES = "[Content_Types].xml"
BROKEN = (zipfile.BadZipFile, zipfile.LargeZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError)
NEW = (1980, 1, 1, 0, 0, 0)
"""The date of a part that is added: the same input gives the same bytes."""

LINKS_ROOT = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: its id, the last word of its type, and the part it leads to (empty where that is outside)."""

    id: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Package:
    """The parts of a workbook by name, in the order of the file, with what the archive says of each."""

    parts: Mapping[str, bytes]
    entries: Mapping[str, zipfile.ZipInfo]

    def having(self, name: str, content: bytes) -> Package:
        """The package with this part, at its place or at the end."""
        return replace(self, parts={**self.parts, name: content})

    def lacking(self, name: str) -> Package:
        """The package without this part."""
        return replace(self, parts={other: part for other, part in self.parts.items() if other != name})

    def named(self, target: str) -> str:
        """The name of a part as the archive writes it: Excel takes no notice of capitals."""
        if target in self.parts:
            return target
        return next((name for name in self.parts if name.lower() == target.lower()), "")

    def free(self, pattern: str) -> str:
        """The first name of the pattern that no part has: ``xl/comments{}.xml``."""
        taken = {name.lower() for name in self.parts}
        number = next(n for n in range(1, len(taken) + 2) if pattern.format(n).lower() not in taken)
        return pattern.format(number)


def unpacked(content: bytes) -> Package:
    """The parts of a workbook. Raises ``Unkept`` ``unkept-damaged``."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = {entry.filename: entry for entry in archive.infolist()}
            parts = {name: archive.read(entry) for name, entry in entries.items()}
            doubled = len(entries) != len(archive.infolist())
    except BROKEN as error:
        raise Unkept("unkept-damaged") from error
    if TYPES not in parts or doubled:
        raise Unkept("unkept-damaged")
    return Package(parts, entries)


def packed(package: Package) -> bytes:
    """The workbook as a file."""
    done = io.BytesIO()
    with zipfile.ZipFile(done, "w", zipfile.ZIP_DEFLATED) as target:
        for name, part in package.parts.items():
            target.writestr(_entry(package, name), part)
    return done.getvalue()


def _entry(package: Package, name: str) -> zipfile.ZipInfo:
    was = package.entries.get(name)
    entry = zipfile.ZipInfo(name, was.date_time if was else NEW)
    entry.compress_type = was.compress_type if was and was.compress_type == zipfile.ZIP_STORED else zipfile.ZIP_DEFLATED
    entry.create_system, entry.external_attr = (was.create_system, was.external_attr) if was else (3, 0o644 << 16)
    return entry


# Relationships


def links_of(name: str) -> str:
    """The part that holds the relationships of a part."""
    folder, file = posixpath.split(name)
    return posixpath.join(folder, "_rels", f"{file}.rels")


def links(package: Package, name: str) -> tuple[Link, ...]:
    """The relationships of a part."""
    own = package.named(links_of(name))
    return tuple(_links(package, name, own)) if own else ()


def _links(package: Package, name: str, own: str) -> Iterator[Link]:
    for each in outline(readable(package.parts[own])).children:
        said = each.attributes
        outside = said.get("TargetMode") == "External"
        target = "" if outside else package.named(_resolved(name, said.get("Target", "")))
        yield Link(said.get("Id", ""), said.get("Type", "").rpartition("/")[2], target)


def _resolved(name: str, target: str) -> str:
    path = unquote(target).replace("\\", "/")
    if path.startswith("/"):
        return posixpath.normpath(path).lstrip("/")
    return posixpath.normpath(posixpath.join(posixpath.dirname(name), path))


def linked(package: Package, name: str, type_: str, target: str) -> tuple[Package, str]:
    """The package in which a part leads to another, and the id of that relationship. ``type_`` is a full address."""
    own = package.named(links_of(name)) or links_of(name)
    xml = readable(package.parts.get(own, LINKS_ROOT.encode()))
    taken = {link.id for link in links(package, name)}
    identifier = next(f"pemdocs{n}" for n in range(1, len(taken) + 2) if f"pemdocs{n}" not in taken)
    root = outline(xml)
    path = posixpath.relpath(target, posixpath.dirname(name) or ".")
    new = f'<{prefix(xml, root)}Relationship Id="{identifier}" Type="{type_}" Target={quoteattr(path)}/>'
    return package.having(own, edited(xml, appended(xml, root, new))), identifier


def unlinked(package: Package, name: str, target: str) -> Package:
    """The package in which a part no longer leads to another; what was made for that alone is gone."""
    own = package.named(links_of(name))
    if not own:
        return package
    xml = readable(package.parts[own])
    here = [
        each
        for each in outline(xml).children
        if _resolved(name, each.attributes.get("Target", "")).lower() == target.lower()
    ]
    changed = edited(xml, (Edit(each.start, each.end) for each in here))
    return package.lacking(own) if changed == LINKS_ROOT.encode() else package.having(own, changed)


# Types


def typed(package: Package, name: str, type_: str) -> Package:
    """The package that says what a part is."""
    return _added_type(package, "Override", "PartName", f"/{name}", type_)


def typed_by_ending(package: Package, ending: str, type_: str) -> Package:
    """The package that says what all parts with an ending are, where it does not yet."""
    root = outline(readable(package.parts[TYPES]))
    if any(each.attributes.get("Extension", "").lower() == ending for each in root.children):
        return package
    return _added_type(package, "Default", "Extension", ending, type_)


def _added_type(package: Package, tag: str, key: str, value: str, type_: str) -> Package:
    xml = readable(package.parts[TYPES])
    root = outline(xml)
    new = f'<{prefix(xml, root)}{tag} {key}="{value}" ContentType="{type_}"/>'
    return package.having(TYPES, edited(xml, appended(xml, root, new)))


def untyped(package: Package, value: str) -> Package:
    """The package that says nothing of a part (``/xl/comments1.xml``) or an ending (``vml``)."""
    xml = readable(package.parts[TYPES])
    gone = [
        each
        for each in outline(xml).children
        if value.lower() in (each.attributes.get("PartName", "").lower(), each.attributes.get("Extension", "").lower())
    ]
    return package.having(TYPES, edited(xml, (Edit(each.start, each.end) for each in gone)))


def bare() -> Package:
    """The smallest workbook: a package without a sheet, into which a list is put."""
    head = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    documents = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    types = (
        f'{head}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
    )
    roots = LINKS_ROOT.replace(
        "></", f'><Relationship Id="rId1" Type="{documents}/officeDocument" Target="xl/workbook.xml"/></'
    )
    book = f'{head}<workbook xmlns="{main}"><bookViews><workbookView/></bookViews><sheets></sheets></workbook>'
    parts = {TYPES: types, "_rels/.rels": roots, "xl/workbook.xml": book}
    return Package({name: text.encode() for name, text in parts.items()}, {})
