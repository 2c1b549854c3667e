"""Turn texts into marked-up passages: each in its own language, two of them stacked, joined or side by side."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import zip_longest

from markupsafe import Markup

from pemdocs.knowledge import prose
from pemdocs.knowledge.typography import typeset
from pemdocs.model import Text
from pemdocs.resources import SHIPPED, Templates
from pemdocs.words.language import house_words

PHONE = re.compile(r"\+\d[\d \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]+\d")
BREAK = Markup("<br/>")
JOINT = Markup(" · ")

MOTTO, LINES = "motto", "lines"
"""The styles of the one sentence of a sheet, set large, and of a list without signs: no word of them stands alone."""

TAIL, NARROW = 20, 26
"""Letters that the last line of a motto has at the least, and that its narrowest line holds."""

Part = tuple[str, str]


class Marker:
    """Marks up the texts of one document. ``languages`` are the document's; the first one needs no mark."""

    def __init__(self, languages: tuple[str, ...], templates: Templates = SHIPPED) -> None:
        self.languages = languages
        self.templates = templates

    def joined(self, text: Text) -> Markup:
        """On one line, for headings: the second language after a middle dot, in the second style."""
        return JOINT.join(self._passages(text))

    def stacked(self, text: Text) -> Markup:
        """One language below the other, for labels and cells; line breaks of the author stay."""
        return BREAK.join(self._passages(text))

    def prose(self, text: Text, style: str = "") -> Markup:
        """Paragraphs; in two languages side by side, level with each other where both have as many."""
        if style == MOTTO:
            text = replace(text, parts=tuple((language, _companied(words, TAIL)) for language, words in text.parts))
        if len(text.parts) < 2 or text.uniform:
            return self._one(text, style)
        columns = [[(language, p) for p in paragraphs(words)] for language, words in text.parts]
        if len({len(column) for column in columns}) > 1:
            return self._parallel(columns, style)
        return Markup("").join(self._parallel([[part] for part in row], style) for row in zip_longest(*columns))

    def beside(self, text: Text) -> tuple[Markup, ...]:
        """One marked passage for each language of the document, or a single one where both say the same."""
        return tuple(self._passages(text, second=False))

    def bullets(self, text: Text, style: str = "") -> Markup:
        """A list with one item for each line of the author's text; in two languages side by side."""
        columns = [(language, paragraphs(words)) for language, words in text.parts]
        lists = [self._list(language, lines, text, style) for language, lines in columns]
        if len(lists) == 1:
            return lists[0]
        return _side_by_side((part[0], each) for part, each in zip(columns, lists, strict=True))

    def markdown(self, text: Text) -> Markup:
        """The author's Markdown as ``div.prose``; in two languages side by side."""
        parts = text.parts[:1] if text.uniform else text.parts
        columns = [(language, prose.blocks(words)) for language, words in parts]
        if not columns:
            return Markup("")
        if len(columns) > 1:
            return Markup('<div class="prose">{}</div>').format(_level(columns))
        language, blocks = columns[0]
        inner = Markup("").join(blocks)
        if text.missing:
            inner += Markup("<p>{}</p>").format(self._mark(text))
        mark = Markup(' lang="{}"').format(language) if language != self.languages[0] else Markup("")
        return Markup('<div class="prose"{}>{}</div>').format(mark, inner)

    def _list(self, language: str, lines: list[str], text: Text, style: str) -> Markup:
        lines = [_companied(line) for line in lines] if style == LINES else lines
        items = [Markup("<li>{}</li>").format(line) for line in lines]
        if text.missing and items:
            items[-1] = Markup("<li>{}{}</li>").format(lines[-1], self._mark(text))
        mark = Markup(' lang="{}"').format(language) if language != self.languages[0] else Markup("")
        return Markup("<ul{}{}>{}</ul>").format(_style(style), mark, Markup("").join(items))

    def _passages(self, text: Text, second: bool = True) -> list[Markup]:
        parts = text.parts[:1] if text.uniform else text.parts
        marked = [self._span(part, second and number > 0, text.uniform) for number, part in enumerate(parts)]
        if text.missing and marked:
            marked[-1] += self._mark(text)
        return marked

    def _span(self, part: Part, second: bool, uniform: bool) -> Markup:
        language, words = part
        inner = BREAK.join(Markup.escape(line) for line in paragraphs(words))
        other = language != self.languages[0] and not (uniform and language in self.languages)
        if not second and not other:
            return inner
        style = Markup(' class="second"') if second else Markup("")
        mark = Markup(' lang="{}"').format(language) if other else Markup("")
        return Markup("<span{}{}>{}</span>").format(style, mark, inner)

    def _one(self, text: Text, style: str) -> Markup:
        """The paragraphs of the one language there is; its mark, if it needs one, stands behind the last."""
        spans = [self._span((each, line), False, text.uniform) for each, words in text.parts[:1]
                 for line in paragraphs(words)]  # fmt: skip
        if text.missing and spans:
            spans[-1] += self._mark(text)
        return Markup("").join(Markup("<p{}>{}</p>").format(_style(style), span) for span in spans)

    def _parallel(self, columns: list[list[Part]], style: str) -> Markup:
        return _side_by_side(
            (column[0][0], Markup("").join(Markup("<p{}>{}</p>").format(_style(style), words) for _, words in column))
            for column in columns
        )

    def _mark(self, text: Text) -> Markup:
        reader = text.missing[0] if text.missing[0] in self.languages else self.languages[0]
        words = typeset(str(house_words(reader, self.templates)["mark"][text.parts[0][0]]), reader)
        mark = Markup(' lang="{}"').format(reader) if reader != self.languages[0] else Markup("")
        return Markup(' <span class="mark"{} data-of="{}">{}</span>').format(mark, text.parts[0][0], words)


def paragraphs(words: str) -> list[str]:
    """The lines of an author's text, without the empty ones; white space is single, a telephone number unbroken."""
    lines = (re.sub(r"[ \t\r\f\v]+", " ", line).strip(" ") for line in words.split("\n"))
    lines = (PHONE.sub(lambda number: number[0].replace(" ", "\N{NO-BREAK SPACE}"), line) for line in lines)
    return [line for line in lines if line] or [""]


def _companied(words: str, least: int = 0) -> str:
    """The last words of a text bound to each other, two at least, so that none stands alone on a line.

    So many that they have the ``least`` letters that a last line should have, if they then still fit a narrow line.
    """
    last = words.rfind(" ")
    for bound in (min(last, len(words) - least), last):
        begin = words.rfind(" ", 0, max(bound, 0)) + 1
        if len(words) - begin <= NARROW:
            return words[:begin] + words[begin:].replace(" ", "\N{NO-BREAK SPACE}")
    return words


def _level(columns: Sequence[tuple[str, Sequence[Markup]]]) -> Markup:
    """Blocks side by side: pair by pair where both languages have the same ones, else column beside column.

    A heading stays in one piece with what follows.
    """
    made = {tuple(_tag(block) for block in blocks) for _, blocks in columns}
    if len(made) > 1:
        return _side_by_side((language, Markup("").join(blocks)) for language, blocks in columns)
    languages = [language for language, _ in columns]
    pieces = zip(*(_pieces(blocks) for _, blocks in columns), strict=True)
    return Markup("").join(_side_by_side(zip(languages, piece, strict=True)) for piece in pieces)


def _pieces(blocks: Sequence[Markup]) -> Iterator[Markup]:
    begun = Markup("")
    for block in blocks:
        begun += block
        if not _tag(block).startswith("h"):
            yield begun
            begun = Markup("")
    if begun:
        yield begun


def _side_by_side(cells: Iterable[tuple[str, Markup]]) -> Markup:
    inner = Markup("").join(Markup('<div lang="{}">{}</div>').format(*cell) for cell in cells)
    return Markup('<div class="parallel">{}</div>').format(inner)


def _tag(block: Markup) -> str:
    found = re.match(r"<(\w+)", block)
    return found[1] if found else ""


def _style(style: str) -> Markup:
    return Markup(' class="{}"').format(style) if style else Markup("")
