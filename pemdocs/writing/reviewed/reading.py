"""Turn a Word file that comes back into its paragraphs, each with the comments and the tracked changes at it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lxml import etree

from pemdocs.model import PemdocsError
from pemdocs.writing.reviewed import opening, walking
from pemdocs.writing.reviewed.walking import W, Walked

COMMENT, CHANGED = "comment", "changed"
SORTS = (COMMENT, walking.INSERTED, walking.DELETED, CHANGED)
"""What a remark is: a comment; words that were inserted, deleted, replaced by others."""

W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
W15 = "{http://schemas.microsoft.com/office/word/2012/wordml}"
HEADING = re.compile(r"(?:heading [1-9]|title)", re.IGNORECASE)
SPACE = re.compile(r"[ \t\r\f\v\u00ad]+")
MOST = 20_000
"""Paragraphs, and comments, of a file that somebody reads."""


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What somebody answers to a comment."""

    reviewer: str
    on: date | None
    text: str


@dataclass(frozen=True, slots=True, repr=False)
class Remark:
    """What a reviewer says or has changed: ``sort`` is one of ``SORTS``, ``passage`` the words that it is about.

    ``text`` is the comment, or the words that were inserted; ``done`` that it is marked as resolved. It has no
    representation: names and words of reviewers stand in no log.
    """

    sort: str
    reviewer: str
    initials: str
    on: date | None
    passage: str
    text: str
    replies: tuple[Reply, ...] = ()
    done: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class Paragraph:
    """A paragraph: its words before anybody changed them, the heading it stands under, what is remarked at it."""

    text: str
    heading: str
    remarks: tuple[Remark, ...]


def paragraphs(path: Path) -> tuple[Paragraph, ...]:
    """The paragraphs of a Word file that say something or at which something is remarked, in their order.

    Those of foot and end notes follow those of the body. Raises ``PemdocsError`` as ``opening.opened`` does.
    """
    returned = opening.opened(path)
    comments = _comments(returned)
    headings = _headings(returned.beside.get("styles"))
    found: list[Paragraph] = []
    heading = ""
    for part in (
        returned.body,
        *(returned.beside[each] for each in ("footnotes", "endnotes") if each in returned.beside),
    ):
        walk = walking.walked(part)
        if len(walk.paragraphs) > MOST or len(comments) > MOST:
            raise PemdocsError("review-swollen", file=path.name)
        for each in walk.paragraphs:
            text = _tidy(walking.original(each.passages))
            if each.style in headings and text:
                heading = text
            remarks = (*_said(each, walk, comments), *_changed(each))
            if text or remarks:
                found.append(Paragraph(text, heading, remarks))
    return tuple(found)


def _said(each: Walked, walk: walking.Walk, comments: Mapping[str, Remark]) -> Iterator[Remark]:
    """The comments that begin in a paragraph, with the words that they stand at."""
    for number in each.comments:
        if number in comments:
            said = comments[number]
            quoted = _tidy("".join(walk.quoted[number]))
            yield Remark(said.sort, said.reviewer, said.initials, said.on, quoted, said.text, said.replies, said.done)


def _changed(each: Walked) -> Iterator[Remark]:
    for change, deleted, inserted in walking.changed(each.passages):
        before, after = _tidy(deleted), _tidy(inserted)
        if before or after:
            sort = CHANGED if before and after else walking.DELETED if before else walking.INSERTED
            yield Remark(sort, change.author, "", _day(change.date), before, after)


def _comments(returned: opening.Returned) -> dict[str, Remark]:
    """The comments by their numbers, those that answer another one as its replies."""
    part = returned.beside.get("comments")
    written = [] if part is None else list(part.iter(f"{W}comment"))
    extended = _extended(returned.beside.get("commentsExtended"))
    marks = {_mark(each): each.get(f"{W}id", "") for each in written}
    above = {each.get(f"{W}id", ""): _top(_mark(each), extended, marks) for each in written}
    replies: dict[str, list[Reply]] = {}
    for each in written:
        top = above[each.get(f"{W}id", "")]
        if top:
            replies.setdefault(top, []).append(
                Reply(each.get(f"{W}author", ""), _day(each.get(f"{W}date", "")), _text(each))
            )
    return {
        number: Remark(
            COMMENT,
            each.get(f"{W}author", ""),
            each.get(f"{W}initials", ""),
            _day(each.get(f"{W}date", "")),
            "",
            _text(each),
            tuple(replies.get(number, ())),
            extended.get(_mark(each), ("", False))[1],
        )
        for each in written
        if not above[number := each.get(f"{W}id", "")]
    }


def _extended(part: etree._Element | None) -> dict[str, tuple[str, bool]]:
    """By the mark of a comment that of the one it answers, and whether it is resolved."""
    return {
        each.get(f"{W15}paraId", ""): (each.get(f"{W15}paraIdParent", ""), each.get(f"{W15}done") in ("1", "true"))
        for each in (() if part is None else part.iter(f"{W15}commentEx"))
    }


def _top(mark: str, extended: Mapping[str, tuple[str, bool]], marks: Mapping[str, str]) -> str:
    """The number of the comment at the beginning of a thread, for what answers in it; empty for what begins one."""
    seen = {mark}
    top = mark
    while (parent := extended.get(top, ("", False))[0]) and parent in marks and parent not in seen:
        top = parent
        seen.add(parent)
    return marks[top] if top != mark else ""


def _mark(comment: etree._Element) -> str:
    """What the extension knows a comment by: the mark of its last paragraph."""
    last = [each.get(f"{W14}paraId", "") for each in comment.iter(f"{W}p")]
    return last[-1] if last and last[-1] else f"#{comment.get(f'{W}id', '')}"


def _text(comment: etree._Element) -> str:
    walk = walking.walked(comment)
    return _tidy("\n".join("".join(passage.text for passage in each.passages) for each in walk.paragraphs))


def _headings(styles: etree._Element | None) -> frozenset[str]:
    """The ids of the styles that are headings: they differ with the language of Word."""
    found = set()
    for style in () if styles is None else styles.iter(f"{W}style"):
        name = style.find(f"{W}name")
        if name is not None and HEADING.fullmatch(name.get(f"{W}val", "")):
            found.add(style.get(f"{W}styleId", ""))
    return frozenset(found)


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written[:10])
    except ValueError:
        return None


def _tidy(text: str) -> str:
    lines = (SPACE.sub(" ", line).strip() for line in text.split("\n"))
    return "\n".join(line for line in lines if line)
