"""Turn an old and a new Word file into one: the new, with all that is otherwise as tracked changes.

Accepting all of them gives the words of the new file, rejecting them those of the old.
"""

from __future__ import annotations

import copy
import io
import zipfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from difflib import SequenceMatcher

from lxml import etree

from pemdocs.writing.tracked.pen import Block, Pen, is_plain, said, tokens
from pemdocs.writing.word.markup import W

DOCUMENT = "word/document.xml"
ALIKE = 0.4
"""The share of letters in common from which two blocks are the same one, changed."""


def compared(old: bytes, new: bytes, author: str, day: date) -> bytes:
    """The new Word file with what has changed since the old one, tracked as the author's of that day.

    Both are files of ours. Running lines, pictures and styles are those of the new one.
    """
    pen = Pen(author, day)
    before, after = _document(old), _document(new)
    earlier, body = _body(before), _body(after)
    section = [each for each in body if each.tag == W + "sectPr"]
    made = list(_merged(_blocks(earlier), _blocks(body), pen))
    for child in list(body):
        body.remove(child)
    body.extend([*made, *section])
    return _replaced(new, etree.tostring(after, xml_declaration=True, encoding="UTF-8", standalone=True))


def _document(content: bytes) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(DOCUMENT))


def _body(document: Block) -> Block:
    found = document.find(W + "body")
    assert found is not None, "a document of ours has a body"  # noqa: S101
    return found


def _replaced(content: bytes, document: bytes) -> bytes:
    """The same package with another document in it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as package, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for each in package.infolist():
            made.writestr(each, document if each.filename == DOCUMENT else package.read(each))
    return out.getvalue()


def _blocks(parent: Block) -> list[Block]:
    return [each for each in parent if each.tag in (W + "p", W + "tbl")]


def _merged(old: Sequence[Block], new: Sequence[Block], pen: Pen) -> Iterator[Block]:
    """Blocks of both files in one order: as they are, taken away, added, or changed inside."""
    yield from _aligned(old, new, _alike, pen.taken, pen.added, lambda one, other: _changed(one, other, pen))


def _aligned(
    old: Sequence[Block],
    new: Sequence[Block],
    alike: Callable[[Block, Block], bool],
    taken: Callable[[Block], Block],
    added: Callable[[Block], Block],
    changed: Callable[[Block, Block], Block],
) -> Iterator[Block]:
    ours, theirs = ([(str(each.tag), said(each)) for each in side] for side in (old, new))
    for sort, a, b, c, d in SequenceMatcher(None, ours, theirs, autojunk=False).get_opcodes():
        if sort == "equal":
            yield from map(copy.deepcopy, new[c:d])
            continue
        waiting = list(old[a:b])
        for each in new[c:d]:
            place = next((n for n, one in enumerate(waiting) if alike(one, each)), None)
            if place is None:
                yield added(each)
                continue
            yield from map(taken, waiting[:place])
            yield changed(waiting[place], each)
            del waiting[: place + 1]
        yield from map(taken, waiting)


def _alike(old: Block, new: Block) -> bool:
    """Whether a block is another one, changed: a table of as many columns, a paragraph with words in common."""
    if old.tag != new.tag:
        return False
    if old.tag == W + "tbl":
        columns = [len(each.findall(f"{W}tblGrid/{W}gridCol")) for each in (old, new)]
        heads = [said(row) for each in (old, new) for row in each.findall(W + "tr")[:1]]
        return columns[0] == columns[1] and _in_common(*heads)
    return _in_common(said(old), said(new))


def _in_common(one: str, other: str) -> bool:
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= ALIKE


def _changed(old: Block, new: Block, pen: Pen) -> Block:
    return _table(old, new, pen) if new.tag == W + "tbl" else _paragraph(old, new, pen)


def _table(old: Block, new: Block, pen: Pen) -> Block:
    made = etree.Element(W + "tbl")
    made.extend(copy.deepcopy(each) for each in new if each.tag != W + "tr")
    rows = _aligned(
        old.findall(W + "tr"),
        new.findall(W + "tr"),
        _same_row,
        lambda row: pen.row(row, "del"),
        lambda row: pen.row(row, "ins"),
        lambda one, other: _row(one, other, pen),
    )
    made.extend(rows)
    return made


def _same_row(old: Block, new: Block) -> bool:
    """Whether a row is another one, changed: as many cells, and its first one says the same, or most do."""
    ours, theirs = old.findall(W + "tc"), new.findall(W + "tc")
    if len(ours) != len(theirs):
        return False
    first = said(ours[0]).strip()
    return (bool(first) and first == said(theirs[0]).strip()) or _in_common(said(old), said(new))


def _row(old: Block, new: Block, pen: Pen) -> Block:
    made = etree.Element(W + "tr")
    cells = iter(old.findall(W + "tc"))
    for part in new:
        made.append(_cell(next(cells), part, pen) if part.tag == W + "tc" else copy.deepcopy(part))
    return made


def _cell(old: Block, new: Block, pen: Pen) -> Block:
    made = etree.Element(W + "tc")
    made.extend(copy.deepcopy(each) for each in new if each.tag not in (W + "p", W + "tbl"))
    ours, theirs = _blocks(old), _blocks(new)
    if len(ours) == len(theirs) == 1 and ours[0].tag == theirs[0].tag:
        made.append(_changed(ours[0], theirs[0], pen))
    else:
        made.extend(_merged(ours, theirs, pen))
    return made


def _paragraph(old: Block, new: Block, pen: Pen) -> Block:
    if said(old) == said(new):
        return copy.deepcopy(new)
    if not (is_plain(old) and is_plain(new)):
        return pen.whole(old, new)
    made = etree.Element(W + "p")
    made.extend(copy.deepcopy(each) for each in new if each.tag != W + "r")
    made.extend(_words(tokens(old), tokens(new), pen))
    return made


Tokens = Sequence[tuple[str, Block | None]]


def _words(old: Tokens, new: Tokens, pen: Pen) -> Iterator[Block]:
    """The runs of a paragraph, word by word."""
    matcher = SequenceMatcher(None, [word for word, _ in old], [word for word, _ in new], autojunk=False)
    for sort, a, b, c, d in matcher.get_opcodes():
        if sort == "equal":
            yield from (pen.runs(words, look, None) for words, look in _joined(new[c:d]))
            continue
        yield from (pen.runs(words, look, "del") for words, look in _joined(old[a:b]))
        yield from (pen.runs(words, look, "ins") for words, look in _joined(new[c:d]))


def _joined(parts: Iterable[tuple[str, Block | None]]) -> Iterator[tuple[str, Block | None]]:
    """Words in a row that look the same, together."""
    begun, look = "", None
    for words, own in parts:
        if begun and own is not look:
            yield begun, look
            begun = ""
        begun, look = begun + words, own
    if begun:
        yield begun, look
