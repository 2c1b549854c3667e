"""Turn an author's Markdown into the elements of a page. Only this module knows Markdown.

Headings, paragraphs, lists, emphasis and links to the web or to an address pass; whatever else there is becomes plain
text, none of its words lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

SCHEMES = ("https://", "mailto:")
UPPER, LOWER = "h3", "h4"
"""The headings of a text: they stand below those of the page."""

FOREIGN = {
    "image": "image",
    "code_inline": "code",
    "fence": "code",
    "html_inline": "html",
    "blockquote_open": "blockquote",
    "hr": "rule",
}
TABLE = re.compile(r"^[ \t]*\|?[ \t]*:?-{2,}:?[ \t]*(\|[ \t]*:?-{2,}:?[ \t]*)+\|?[ \t]*$", re.MULTILINE)
BREAK = Markup("<br/>")


@dataclass(slots=True)
class _Written:
    """The blocks of a text as they are written, token by token."""

    done: list[Markup] = field(default_factory=list)
    items: list[Markup] = field(default_factory=list)
    lists: list[str] = field(default_factory=list)
    """The lists that are open, from the outermost: ``ul``, ``ol``, or nothing where its numbers must stay."""

    top: int = 2
    """The level of the headings that are ``UPPER``, ``#`` being 1; deeper ones are ``LOWER``."""

    heading: str = ""
    under: bool = False
    """Whether an upper heading has been written, below which a lower one may stand."""

    number: str = ""

    def add(self, token: Token, kind: str) -> None:
        """Write what a token stands for; ``kind`` is that of the list which it opens."""
        if token.type.endswith("_list_open"):
            self.lists.append(kind)
        elif token.type.endswith("_list_close"):
            self._close()
        elif token.type == "list_item_open":
            self.number += "" if self.lists[-1] else f"{token.info}{token.markup} "
            self.items += [Markup("")] if self.lists[0] else []
        elif token.type == "heading_open":
            self.heading = self._level(int(token.tag[1:]))
        elif token.type == "heading_close":
            self.heading = ""
        elif token.type == "inline":
            self._write(_lines(token.children or []))
        elif token.type == "fence":
            self._write([Markup.escape(line.strip()) for line in token.content.split("\n")])

    def _level(self, level: int) -> str:
        """No level is left out: a deeper heading that stands first is an upper one."""
        self.under, below = True, level > self.top and self.under
        return LOWER if below else UPPER

    def _close(self) -> None:
        tag = self.lists.pop()
        if not self.lists and self.items:
            items = Markup("").join(Markup("<li>{}</li>").format(item) for item in self.items if item)
            self.done.append(Markup("<{0}>{1}</{0}>").format(tag, items) if items else items)
            self.items = []

    def _write(self, lines: list[Markup]) -> None:
        """Add the lines of a block: to the item of the list that is open, as a heading, or each as a paragraph."""
        lines = [line.strip() for line in lines if line.strip()]
        if lines and self.number:
            lines[0] = Markup.escape(self.number) + lines[0]
            self.number = ""
        if self.items:
            self.items[-1] = BREAK.join([*filter(None, [self.items[-1]]), *lines])
        elif self.heading and lines:
            words = Markup(" ").join(lines)
            self.done.append(Markup('<{0} class="plain">{1}</{0}>').format(self.heading, words))
        else:
            self.done += [Markup("<p>{}</p>").format(line) for line in lines]


def blocks(words: str) -> tuple[Markup, ...]:
    """The blocks of a text in one language: ``h3``, ``h4``, ``p``, ``ul``, ``ol``; in them ``strong``, ``em``, ``a``.

    In a cell people end a paragraph with one line break, so each line is a paragraph (``unwrapped`` undoes the lines
    of a file). A list is of one level; one whose numbers are not 1, 2, 3 is no list but paragraphs that begin with
    their numbers.
    """
    tokens = _parser().parse(words)
    levels = (int(token.tag[1:]) for token in tokens if token.type == "heading_open")
    written = _Written(top=max(2, min(levels, default=2)))
    for place, token in enumerate(tokens):
        written.add(token, _kind(tokens, place))
    return tuple(block for block in written.done if block)


def _kind(tokens: Sequence[Token], place: int) -> str:
    """What a list that opens here is: ``ul``, ``ol``, or nothing where its numbers would be lost."""
    opening = tokens[place]
    if opening.type != "ordered_list_open":
        return "ul"
    numbers = []
    for token in tokens[place + 1 :]:
        if token.type == "list_item_open" and token.level == opening.level + 1:
            numbers.append(token.info)
        if token.type == "ordered_list_close" and token.level == opening.level:
            break
    counted = [str(number) for number in range(1, len(numbers) + 1)]
    return "ol" if numbers in (counted, ["1"] * len(numbers)) else ""


def _lines(tokens: Sequence[Token]) -> list[Markup]:
    """The passages of a block, one for each line; a line that ends inside of an emphasis or link goes on."""
    lines, opened = [Markup("")], list[str]()
    for token in tokens:
        if token.type in ("softbreak", "hardbreak"):
            if opened:
                lines[-1] += " "
            else:
                lines.append(Markup(""))
        else:
            lines[-1] += _passage(token, opened)
    return lines


def _passage(token: Token, opened: list[str]) -> Markup:
    if token.type in ("em_open", "strong_open"):
        opened.append(token.tag)
        return Markup("<{}>").format(token.tag)
    if token.type in ("em_close", "strong_close"):
        opened.pop()
        return Markup("</{}>").format(token.tag)
    if token.type == "link_open":
        address = str(token.attrGet("href") or "")
        opened.append("a" if address.startswith(SCHEMES) else "")
        return Markup('<a href="{}">').format(address) if opened[-1] else Markup("")
    if token.type == "link_close":
        return Markup("</a>") if opened.pop() else Markup("")
    return Markup.escape(token.content)


def foreign(words: str) -> tuple[str, ...]:
    """What a text holds that does not pass, each once: image, code, html, blockquote, rule, table, link, list."""
    found = list(_foreign(_parser().parse(words)))
    return tuple(dict.fromkeys([*found, *(["table"] if TABLE.search(words) else [])]))


def _foreign(tokens: Sequence[Token]) -> Iterator[str]:
    depth = 0
    for token in tokens:
        if token.type in FOREIGN:
            yield FOREIGN[token.type]
        if token.type == "link_open" and not str(token.attrGet("href") or "").startswith(SCHEMES):
            yield "link"
        if token.type.endswith("_list_open"):
            depth += 1
            yield from ["list"] if depth > 1 else []
        depth -= token.type.endswith("_list_close")
        yield from _foreign(token.children or ())


def unwrapped(words: str) -> str:
    """A text of a file with each of its paragraphs on one line, however its author's editor broke them."""
    lines: list[str | None] = list(words.split("\n"))
    for token in _parser().parse(words):
        if token.type == "inline" and token.map and token.map[1] - token.map[0] > 1:
            start, end = token.map
            broken = [line for line in lines[start:end] if line is not None]
            lines[start] = "".join(_joined(broken))
            lines[start + 1 : end] = [None] * (end - start - 1)
    return "\n".join(line for line in lines if line is not None)


def _joined(lines: Sequence[str]) -> Iterator[str]:
    """The lines as one, but for those that the author has ended on purpose, with two spaces or a backslash."""
    for number, line in enumerate(lines):
        text = line.lstrip() if number else line
        if number == len(lines) - 1:
            yield text
        elif text.endswith(("  ", "\\")):
            yield f"{text}\n"
        else:
            yield f"{text.rstrip()} "


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    """CommonMark without what would swallow words or take a line of dashes for an underlined heading.

    Every link is seen here, so that a wrong one can be told; only those to ``SCHEMES`` pass.
    """
    parser = MarkdownIt("commonmark").disable(["reference", "lheading", "code", "html_block"])
    parser.validateLink = lambda url: True  # type: ignore[method-assign]
    return parser
