"""Turn the cells of a sheet into cells with a note, beside and behind the notes that people wrote, and back.

Only this module knows how a note begins by which it is recognised, and that it changes nothing that a person wrote.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from html import unescape
from xml.sax.saxutils import escape

from pemdocs.workbook.marking import boxes
from pemdocs.workbook.marking.marks import written
from pemdocs.workbook.parts.package import Package, linked, links, typed, unlinked, untyped
from pemdocs.workbook.parts.splicing import LINKS, MAIN, Edit, Element, appended, edited, outline, prefix, readable

AUTHOR = "pemdocs"
NOTES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
LONGEST = 8_000
"""Characters of a note: Excel takes 32 767, but nobody reads that in a box."""

OURS = re.compile(AUTHOR + r" ([0-9a-f]{6}) ?:\s(.*)\Z", re.DOTALL)
"""A note ends with our part or is not ours: the digits tell whether somebody has written in it since."""

TEXT = re.compile(rb"<((?:\w+:)?)t(?:\s[^>]*?)?(?:/>|>(.*?)</(?:\w+:)?t>)", re.DOTALL)
BLANK = re.compile(r"\s|_x000D_")
BARE = (
    f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<comments xmlns="{MAIN}">'
    "<authors></authors><commentList></commentList></comments>"
)


def noted(package: Package, sheet: str, texts: Mapping[str, str]) -> Package:
    """The package in which the cells of a sheet have these notes; of a cell with a conversation that stays alone."""
    if not texts:
        return package
    package, part = _notes(package, sheet)
    xml = readable(package.parts[part])
    root = outline(xml)
    there = {each.attributes.get("ref", "").replace("$", ""): each for each in _list(root)}
    authors = _authors(xml, root)
    talks = {cell for cell, each in there.items() if _author(each, authors).startswith("tc=")}
    edits = [edit for cell, text in texts.items() if cell in there and cell not in talks
             for edit in _behind(xml, there[cell], _ours(text))]  # fmt: skip
    new = {cell: _ours(text) for cell, text in texts.items() if cell not in there}
    package = package.having(part, edited(xml, [*edits, *_added(xml, root, new, authors)]))
    return boxes.boxed(package, sheet, new)


def unnoted(package: Package, sheet: str) -> Package:
    """The package without the notes of earlier marks; one in which somebody has written since is theirs and stays."""
    part = _part(package, sheet)
    if not part:
        return package
    xml = readable(package.parts[part])
    root = outline(xml)
    gone: list[str] = []
    edits: list[Edit] = []
    for each in _list(root):
        found = OURS.search(_text(xml, each))
        if found is None or _digits(found[2]) != found[1]:
            continue
        if found.start() == 0:
            gone.append(each.attributes.get("ref", "").replace("$", ""))
            edits.append(Edit(each.start, each.end))
        else:
            edits += _shortened(xml, each, found.start())
    if not edits:
        return package
    changed = edited(xml, edits)
    changed = edited(changed, _last_author(changed))
    package = boxes.unboxed(package, sheet, gone)
    if _list(outline(changed)):
        return package.having(part, changed)
    return untyped(unlinked(package.lacking(part), sheet, part), f"/{part}")


def _ours(text: str) -> str:
    text = written(text)[:LONGEST]
    return f"{AUTHOR} {_digits(text)}:\n{text}"


def _digits(text: str) -> str:
    return hashlib.sha256(BLANK.sub("", text).encode()).hexdigest()[:6]


# The part


def _part(package: Package, sheet: str) -> str:
    return next((link.target for link in links(package, sheet) if link.type == "comments"), "")


def _notes(package: Package, sheet: str) -> tuple[Package, str]:
    part = _part(package, sheet)
    if part:
        return package, part
    part = package.free("xl/comments{}.xml")
    package = typed(package.having(part, BARE.encode()), part, NOTES_TYPE)
    return linked(package, sheet, f"{LINKS}/comments", part)[0], part


def _list(root: Element) -> tuple[Element, ...]:
    found = root.first("commentList")
    return found.children if found else ()


def _authors(xml: bytes, root: Element) -> list[str]:
    found = root.first("authors")
    return [unescape(xml[each.inner : each.close].decode()) for each in (found.children if found else ())]


def _author(note: Element, authors: list[str]) -> str:
    number = int(note.attributes.get("authorId", "0"))
    return authors[number] if number < len(authors) else ""


# Writing


def _added(xml: bytes, root: Element, new: Mapping[str, str], authors: list[str]) -> Iterator[Edit]:
    names, listed = root.first("authors"), root.first("commentList")
    if not new or names is None or listed is None:
        return
    p = prefix(xml, root)
    number = authors.index(AUTHOR) if AUTHOR in authors else len(authors)
    if number == len(authors):
        yield from appended(xml, names, f"<{p}author>{AUTHOR}</{p}author>")
    notes = (
        f'<{p}comment ref="{cell}" authorId="{number}" shapeId="0"><{p}text>{_run(p, text)}</{p}text></{p}comment>'
        for cell, text in new.items()
    )
    yield from appended(xml, listed, "".join(notes))


def _run(p: str, text: str) -> str:
    looks = f'<{p}rPr><{p}sz val="9"/><{p}color rgb="FF000000"/><{p}rFont val="Tahoma"/></{p}rPr>'
    return f'<{p}r>{looks}<{p}t xml:space="preserve">{escape(text)}</{p}t></{p}r>'


def _behind(xml: bytes, note: Element, text: str) -> Iterator[Edit]:
    """Our part behind what somebody wrote. A text that is no run becomes one: after it Excel wants runs alone."""
    there = note.first("text")
    if there is None:
        return
    p = prefix(xml, there)
    for plain in there.all("t"):
        yield Edit(plain.start, plain.start, f"<{p}r>".encode())
        yield Edit(plain.end, plain.end, f"</{p}r>".encode())
    last = max((each.end for each in there.children if each.name in ("t", "r")), default=there.inner)
    yield Edit(last, last, _run(p, f"\n\n{text}").encode())


# Reading and taking away


def _texts(xml: bytes, note: Element) -> Iterator[tuple[re.Match[bytes], str]]:
    there = note.first("text")
    if there is not None:
        for found in TEXT.finditer(xml, there.inner, there.close):
            yield found, unescape((found[2] or b"").decode())


def _text(xml: bytes, note: Element) -> str:
    return "".join(text for _, text in _texts(xml, note))


def _shortened(xml: bytes, note: Element, at: int) -> Iterator[Edit]:
    """Edits that keep the first ``at`` characters of a note, without the empty lines at their end."""
    there = note.first("text")
    left = len(_text(xml, note)[:at].removesuffix("\n\n"))
    runs = there.all("r") if there else ()
    kept: list[tuple[Element | None, re.Match[bytes]]] = []
    for found, text in _texts(xml, note):
        run = next((each for each in runs if each.start <= found.start() < each.end), None)
        if left <= 0 and run is not None:
            yield Edit(run.start, run.end)
        elif len(text) > left:
            yield Edit(found.start(2), found.end(2), escape(text[:left]).encode())
        else:
            kept.append((run, found))
        left -= len(text)
    # A run without looks of its own was a plain text before.
    for run, found in kept if len(kept) == 1 else ():
        if run is not None and found.start() == run.inner:
            yield Edit(run.start, found.start())
            yield Edit(found.end(), run.end)


def _last_author(xml: bytes) -> Iterator[Edit]:
    """The author's name goes where no note and no other author needs its place in the list."""
    root = outline(xml)
    names = root.first("authors")
    authors = _authors(xml, root)
    used = {_author(note, authors) for note in _list(root)}
    if names is not None and authors and authors[-1] == AUTHOR and AUTHOR not in used:
        yield Edit(names.children[-1].start, names.children[-1].end)
