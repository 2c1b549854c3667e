"""Write the flaws of a template into a copy of it, as comments of Word at their tags; comments that are there stay."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from itertools import count

from lxml import etree

from pemdocs.words import speech
from pemdocs.writing.own.lint.examining import Examined
from pemdocs.writing.own.lint.flaws import Flaw
from pemdocs.writing.own.lint.mending import written
from pemdocs.writing.own.lint.story import Passage
from pemdocs.writing.own.opening import MAIN, TYPES
from pemdocs.writing.own.sealing import sealed, stored
from pemdocs.writing.word.markup import NAMESPACE, SPACE, W, element, sub

COMMENTS, RELATIONS = "word/comments.xml", "word/_rels/document.xml.rels"
SORT = "application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
AUTHOR, INITIALS = "pemdocs", "pem"


def annotated(examined: Examined, lang: str) -> bytes:
    """A copy of the template with a comment for each flaw, in a language that the program speaks.

    Word takes no comments in headers, footers, notes, text boxes and alternative texts: theirs stand at the beginning,
    or at the paragraph that the box hangs on, and say where the tag is. The trees of ``examined`` are changed.
    """
    parts = dict(examined.parts)
    root = examined.trees[MAIN]
    comments = etree.fromstring(parts[COMMENTS]) if COMMENTS in parts else _none()
    used = (int(each.get(W + "id", "0")) for each in comments.iter(W + "comment"))
    numbers = count(max(used, default=-1) + 1)
    for flaws in reversed(_by_tag(examined.flaws)):
        told = [next(numbers) for _ in flaws]
        _anchor(root, flaws[0], told)
        comments.extend(_comment(flaw, number, lang) for flaw, number in zip(flaws, told, strict=True))
    parts[MAIN], parts[COMMENTS] = written(root), written(comments)
    parts[TYPES] = _typed(parts[TYPES])
    parts[RELATIONS] = _related(parts.get(RELATIONS, b""))
    return sealed(stored(name, content) for name, content in parts.items())


def _by_tag(flaws: tuple[Flaw, ...]) -> list[list[Flaw]]:
    """The flaws of each tag together, in the order of the text."""
    found: dict[tuple[object, int, int], list[Flaw]] = {}
    for flaw in flaws:
        found.setdefault((flaw.passage, flaw.start, flaw.end), []).append(flaw)
    return list(found.values())


def _none() -> etree._Element:
    return etree.Element(W + "comments", nsmap={"w": NAMESPACE})


def _comment(flaw: Flaw, number: int, lang: str) -> etree._Element:
    made = _made("comment", id=str(number), author=AUTHOR, initials=INITIALS)
    head = f"{speech.word(f'severity-{flaw.severity}', lang).capitalize()} – {flaw.message(lang)}"
    place = _place(flaw, lang)
    for words in filter(None, (place, head, f"→ {flaw.remedy(lang)}")):
        text = sub(sub(sub(made, "p"), "r"), "t")
        text.text = words
        text.set(SPACE, "preserve")
    return made


def _place(flaw: Flaw, lang: str) -> str:
    """Where the tag is, for a comment that cannot stand there."""
    inside = flaw.passage is not None and flaw.passage.name == MAIN and not _hidden(flaw.passage)
    return "" if inside else " : ".join(filter(None, (flaw.place(lang), flaw.found)))


def _anchor(root: etree._Element, flaw: Flaw, numbers: list[int]) -> None:
    passage = flaw.passage
    body = root.find(W + "body")
    if passage is None or passage.name != MAIN:
        paragraph = None if body is None else next(body.iter(W + "p"), None)
    elif _hidden(passage):
        paragraph = _host(passage.element)
    else:
        paragraph = passage.element
        whole = flaw.end - flaw.start >= len(passage.text)
        runs = [] if whole else list(_cut(passage, flaw.start, flaw.end))
        if runs:
            for number in numbers:
                _enclose(runs[0], runs[-1], number)
            return
    if paragraph is not None:
        for number in numbers:
            _around(paragraph, number)


def _hidden(passage: Passage) -> bool:
    """Whether a passage stands where no comment can."""
    return passage.place.box or bool(passage.place.apart)


def _host(paragraph: etree._Element) -> etree._Element:
    """The outermost paragraph that a text box hangs on."""
    found = paragraph
    for each in paragraph.iterancestors(W + "p"):
        found = each
    return found


def _cut(passage: Passage, start: int, end: int) -> Iterator[etree._Element]:
    """The runs that hold a tag and nothing else, cut out of those that hold more.

    The pieces of a passage are cut from its end to its beginning, so that the places of what comes before hold.
    """
    for piece in passage.within(start, end):
        run = piece.element.getparent()
        if run is None or run.getparent() is None:
            continue
        if piece.element.tag == W + "t" and piece.start < start:
            run = _split(run, piece.element, start - piece.start)
            text = next(run.iterchildren(W + "t"))
            if end < piece.end:
                _split(run, text, end - start)
        elif piece.element.tag == W + "t" and end < piece.end:
            _split(run, piece.element, end - piece.start)
        yield run


def _split(run: etree._Element, text: etree._Element, at: int) -> etree._Element:
    """A run in two, at a sign of one of its texts; the second of them."""
    second = etree.Element(W + "r")
    properties = run.find(W + "rPr")
    if properties is not None:
        second.append(deepcopy(properties))
    words = text.text or ""
    behind = list(text.itersiblings())
    rest = sub(second, "t")
    text.text, rest.text = words[:at], words[at:]
    for each in (text, rest):
        each.set(SPACE, "preserve")
    second.extend(behind)
    run.addnext(second)
    return second


def _enclose(first: etree._Element, last: etree._Element, number: int) -> None:
    first.addprevious(_made("commentRangeStart", id=str(number)))
    _refer(last, number)


def _around(paragraph: etree._Element, number: int) -> None:
    """Comment a whole paragraph."""
    properties = paragraph.find(W + "pPr")
    paragraph.insert(0 if properties is None else 1, _made("commentRangeStart", id=str(number)))
    _refer(paragraph[-1], number)


def _refer(last: etree._Element, number: int) -> None:
    end, run = _made("commentRangeEnd", id=str(number)), element("r")
    sub(run, "commentReference", id=str(number))
    last.addnext(end)
    end.addnext(run)


def _made(name: str, **attributes: str) -> etree._Element:
    found = element(name)
    for key, value in attributes.items():
        found.set(W + key, value)
    return found


def _typed(content: bytes) -> bytes:
    if b"/word/comments.xml" in content:
        return content
    added = f'<Override PartName="/word/comments.xml" ContentType="{SORT}"/>'.encode()
    return content.replace(b"</Types>", added + b"</Types>")


def _related(content: bytes) -> bytes:
    if b'relationships/comments"' in content:
        return content
    added = f'<Relationship Id="rIdPemdocsComments" Type="{RELATION}" Target="comments.xml"/>'.encode()
    if b"</Relationships>" in content:
        return content.replace(b"</Relationships>", added + b"</Relationships>")
    return re.sub(rb"<Relationships([^>]*)/>", rb"<Relationships\1>" + added + b"</Relationships>", content)
