"""Turn the instructions of a page into the same without comments and marks. Only this module scans them as bytes.

A page may have millions of instructions: they are searched, never held one by one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from pemdocs.scans import jpeg, outside, unseen
from pemdocs.scans.advance import Ruler
from pemdocs.scans.strokes import Box

GAP, END = rb"[\0\t\n\f\r ]", rb"(?=[\0\t\n\f\r ()<>\[\]{}/%]|\Z)"
REST = rb"[^\0\t\n\f\r ()<>\[\]{}/%]*+"
GAPS = (b"\0", b"\t", b"\n", b"\f", b"\r", b" ")
BEFORE = rb"[^\0\t\n\f\r ()<>\[\]{}%]"
"""A byte that makes a word of what follows it a part of another one."""

TOKEN = re.compile(
    rb"[%(/<EB](?:"  # a set of first bytes, for which the search is fast
    rb"(?<=%)(?P<comment>[^\r\n]*+)"
    rb"|(?<=\()(?P<string>(?:[^()\\]++|\\.)*+\))"
    rb"|(?<=\()(?P<nested>)"
    rb"|(?<=/)(?P<tag>" + REST + rb")" + GAP + rb"*+(?:(?P<open><<)|(?:(?P<named>/" + REST + rb")" + GAP
    + rb"++)?(?P<mark>BMC|BDC|MP|DP)" + END + rb")"
    rb"|(?<=<)(?P<dictionary><)"
    rb"|(?<=<)(?P<hex>[^<>]*+>)"
    rb"|(?<=E)(?P<end>MC)(?<!" + BEFORE + rb"EMC)" + END
    + rb"|(?<=B)(?P<picture>I)(?<!" + BEFORE + rb"BI)" + END + rb")",
    re.DOTALL,
)  # fmt: skip
INSIDE = re.compile(rb"%[^\r\n]*+|\((?:[^()\\]++|\\.)*+\)|\(|<<|>>", re.DOTALL)
CLOSING = re.compile(GAP + rb"*+(BDC|DP)" + END)
SPOKEN = re.compile(rb"/ActualText" + GAP + rb"*+(\((?:[^()\\]++|\\.)*+\)|<[^<>]*+>)", re.DOTALL)
FINISH = re.compile(GAP + rb"?EI(?=[\0\t\n\f\r ]|\Z)")
NAMED = re.compile(rb"/" + REST)
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")

LONGEST_HEAD = 4096
"""Bytes among which the data of such a picture begin."""

JPEG = re.compile(rb"/(?:DCT|DCTDecode)" + END)

Named = Callable[[bytes], bytes]
"""What the page says in words where a mark has this name: ``(office)`` or ``<feff…>``, empty where nothing."""


def plain(content: bytes, hides: Callable[[bytes], bool], named: Named, move: unseen.Move) -> bytes:
    """The same drawing without comments and without marks, but for those that say what letters mean when copied.

    What belongs to a layer for which ``hides`` is true is not painted; ``move`` says how far its texts move others.
    """
    return b"".join(_parts(content, hides, named, move))


def _parts(content: bytes, hides: Callable[[bytes], bool], named: Named, move: unseen.Move) -> Iterator[bytes]:
    at = kept = 0
    spoken: list[bool] = []
    while found := TOKEN.search(content, at):
        start, at, kind = found.start(), found.end(), found.lastgroup
        said: bytes | None = b"\n"
        if kind == "nested":
            said, at = None, _string(content, start)
        elif kind == "dictionary":
            said, at = None, _dictionary(content, start)
        elif kind == "picture":
            said, at = _picture(content, start)
        elif kind == "end":
            said = b"\nEMC\n" if spoken and spoken.pop() else said
        elif kind == "mark" and found["mark"] == b"BDC" and found["tag"] == b"OC" and hides(found["named"] or b""):
            said, at = unseen.part(content, at, _string, lambda all_, here: _picture(all_, here)[1], move)
            said = b"\n" + said + b"\n"
        elif kind in ("open", "mark"):
            opens, words, at = _mark(content, found, named)
            spoken += [bool(words)] if opens else []
            said = None if opens is None else b"\n/Span <</ActualText " + words + b">> BDC\n" if words else said
        elif kind != "comment":
            said = None
        if said is not None:
            yield content[kept:start] + said
            kept = at
    yield content[kept:]
    yield b"\nEMC" * sum(spoken)


def within(content: bytes, ruler: Ruler, shown: Box) -> bytes:
    """The same without the texts and pictures that stand wholly outside of a box."""
    return outside.without(content, ruler, shown, _string, lambda all_, here: _picture(all_, here)[1])


def names(content: bytes) -> set[str]:
    """All that a drawing names, and what looks like it."""
    return {ESCAPED.sub(_letter, each).decode("utf-8", "surrogateescape") for each in set(NAMED.findall(content))}


def _letter(found: re.Match[bytes]) -> bytes:
    return bytes([int(found[1], 16)])


def _mark(content: bytes, found: re.Match[bytes], named: Named) -> tuple[bool | None, bytes, int]:
    """Whether a mark opens a part, ``None`` where it is none; what it says in words; where it ends."""
    if found["mark"]:
        words = named(found["named"]) if found["mark"] == b"BDC" and found["named"] else b""
        return found["mark"] in (b"BMC", b"BDC"), words, found.end()
    close = _dictionary(content, found.start("open"))
    mark = CLOSING.match(content, close)
    if mark is None:
        return None, b"", close
    said = SPOKEN.search(content, found.start("open"), close) if mark[1] == b"BDC" else None
    return mark[1] == b"BDC", said[1] if said else b"", mark.end()


def _dictionary(content: bytes, at: int) -> int:
    """Where a dictionary ends that begins here."""
    depth = 0
    while found := INSIDE.search(content, at):
        at = found.end()
        if found[0] == b"(":
            at = _string(content, found.start())
        depth += (found[0] == b"<<") - (found[0] == b">>")
        if not depth:
            return at
    return len(content)


PARENTHESIS = re.compile(rb"\\.|[()]", re.DOTALL)


def _string(content: bytes, at: int) -> int:
    """Where a string ends that begins here and holds parentheses."""
    depth = 0
    for found in PARENTHESIS.finditer(content, at):
        depth += (found[0] == b"(") - (found[0] == b")")
        if not depth:
            return found.end()
    return len(content)


def _picture(content: bytes, at: int) -> tuple[bytes, int]:
    """A picture that stands among the instructions, and where it ends."""
    begin = _begin(content, at + 2)
    if begin is None:
        return content[at : at + 2], at + 2
    for found in FINISH.finditer(content, begin):
        after = content[found.end() : found.end() + 12]
        if all(byte in b"\t\n\f\r " or 32 < byte < 127 for byte in after):
            data = content[begin : found.start()]
            bare = jpeg.bare(data) if JPEG.search(content, at, begin) else None
            return content[at:begin] + (data if bare is None else bare) + b"\nEI", found.end()
    return content[at:], len(content)


def _begin(content: bytes, at: int) -> int | None:
    """Where the data of such a picture begin."""
    stop = at + LONGEST_HEAD
    while (at := content.find(b"ID", at, stop)) >= 0:
        if content[at - 1 : at] in GAPS and content[at + 2 : at + 3] in GAPS:
            return at + 3
        at += 2
    return None
