"""Turn the running lines of a page into Word's headers and footers. Only this module knows first-page variants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from lxml import etree

from pemdocs.page import specimen
from pemdocs.writing.word.blocks import write_flow
from pemdocs.writing.word.frame import FOOTER, HEADER, Book, Dress, Frame, text_width
from pemdocs.writing.word.markup import close_story, is_table, mark, spacer

AIR = "200"


@dataclass(frozen=True, slots=True)
class Lines:
    """The running line of every page and that of the first, where there are such."""

    usual: etree._Element | None
    first: etree._Element | None


def write_running_lines(body: etree._Element, section: Any, book: Book, language: str) -> None:
    """Fill header and footer of the first section; the sections after it take them over.

    Word has one switch for both variants: where only one line differs on the first page, the other is repeated there.
    """
    header, footer = _lines(body, "header"), _lines(body, "footer")
    apart = header.first is not None or footer.first is not None
    section.different_first_page_header_footer = apart
    _write(header.usual, section.header, HEADER, book, language)
    _write(footer.usual, section.footer, FOOTER, book, language)
    if apart:
        _write(_first(header), section.first_page_header, HEADER, book, language)
        _write(_first(footer), section.first_page_footer, FOOTER, book, language)


def _lines(body: etree._Element, name: str) -> Lines:
    found = {"first" in line.get("class", "").split(): line for line in body.iterchildren(name)
             if not specimen.is_mark(line)}  # fmt: skip
    return Lines(found.get(False), found.get(True))


def _first(lines: Lines) -> etree._Element | None:
    return lines.usual if lines.first is None else lines.first


def _write(line: etree._Element | None, target: Any, dress: Dress, book: Book, language: str) -> None:
    if line is None:
        return
    target.is_linked_to_previous = False
    story = target.part.element
    for child in list(story):
        story.remove(child)
    width = text_width(book.theme, landscape=False)
    write_flow(line, story, Frame(target.part, book, language, width, dress, running=True))
    close_story(story)
    _keep_off(story, dress)


def _keep_off(story: etree._Element, dress: Dress) -> None:
    """Air between the running lines and the text, also where they are so tall that they push the text away."""
    if dress is HEADER:
        mark(story[-1], "spacing", after=AIR)
    elif is_table(story[0]):
        story.insert(0, spacer(story, "PemdocsGap"))
        mark(story[0], "spacing", after=AIR)
    else:
        mark(story[0], "spacing", before=AIR)
