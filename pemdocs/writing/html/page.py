"""Turn a page into one file for browsers: landmarks, words and figures of the page, its look, and nothing from outside.

The same page gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy

from lxml import etree

from pemdocs.model import Page, PemdocsError
from pemdocs.page import specimen
from pemdocs.project.theme import Theme
from pemdocs.writing.html import shades, tables
from pemdocs.writing.html.drawings import Drawings
from pemdocs.writing.html.faces import faces
from pemdocs.writing.sheets import variables

WEB = "web"
"""The medium that a web page is, among those of the programme."""

RUNNING = ("header", "footer")
NOTHING_ELSE = "default-src 'none'; img-src data:; font-src data:; style-src 'unsafe-inline'; base-uri 'none'"
"""What the page may fetch: nothing but what it brings along."""

PAGED = frozenset({"page-number", "page-count", "page-of"})
"""Passages that only paper has."""

MIDDLE = "\N{MIDDLE DOT}"
"""Between the parts of a running line."""

TARGET = "content"


def write(page: Page, theme: Theme, stylesheets: tuple[str, ...]) -> bytes:
    """The page as one HTML file.

    Raises ``PemdocsError``: ``publication-not-for-web`` where its consents are asked for other media alone;
    ``picture-missing``, ``picture-unreadable``.
    """
    if page.media and WEB not in page.media:
        raise PemdocsError("publication-not-for-web")
    root = deepcopy(page.tree)
    body = next(root.iter("body"))
    drawings = Drawings(page.pictures)
    _landmarks(body, page)
    _figures(body, page, drawings)
    tables.settle(body)
    _lists(body)
    _levels(body)
    for each in body.iter(etree.Element):
        _bare(each)
    look = _look(body, theme, drawings, stylesheets)
    root.replace(next(root.iter("head")), _head(page, _description(body, page), look))
    return b"<!doctype html>\n" + etree.tostring(root, method="html", encoding="utf-8") + b"\n"


def _head(page: Page, description: str, look: str) -> etree._Element:
    head = etree.Element("head")
    etree.SubElement(head, "meta", charset="utf-8")
    etree.SubElement(head, "title").text = page.title
    told = {"viewport": "width=device-width, initial-scale=1", "description": description, "author": page.author,
            "color-scheme": "light dark"}  # fmt: skip
    for name, content in told.items():
        etree.SubElement(head, "meta", name=name, content=content)
    etree.SubElement(head, "meta", {"http-equiv": "Content-Security-Policy", "content": NOTHING_ELSE})
    etree.SubElement(head, "style").text = look
    return head


def _description(body: etree._Element, page: Page) -> str:
    """What the page says of itself below its title, in its first language; else what its programme is called."""
    below = (each for each in body.iter("p") if {"subtitle", "lead"} & set(each.get("class", "").split()))
    return next((said for each in below if (said := _said(each))), page.subject)


def _said(element: etree._Element) -> str:
    """The words of an element in the language of the page."""
    words = [element.text or ""]
    for each in element:
        words += [_said(each) if isinstance(each.tag, str) and not each.get("lang") else "", each.tail or ""]
    return " ".join("".join(words).split())


def _look(body: etree._Element, theme: Theme, drawings: Drawings, stylesheets: tuple[str, ...]) -> str:
    """All style rules: the letters, the theme in light and in dark, the colours of the drawings, the sheets."""
    letters = "".join(map(str, body.itertext()))
    light = {f"--drawn-{colour[1:]}": colour for colour in drawings.colours}
    paper = {f"--colour-{name}": colour for name, colour in theme.colour.items()}
    kept = "".join(f"--on-{name}:{theme.colour[name]};" for name in ("accent", "paper"))
    dark = ";".join(f"{name}:{shades.dark(colour)}" for name, colour in (paper | light).items())
    own = ";".join(f"{name}:{colour}" for name, colour in light.items())
    rules = [
        faces(theme, letters),
        variables(theme),
        f":root{{{kept}{own}}}",
        *stylesheets,
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}",
    ]
    return "\n".join(rules).replace("</", "<\\/")


def _landmarks(body: etree._Element, page: Page) -> None:
    """Head, main part and foot of the page, and before them a link to the text."""
    running = [each for each in body if each.tag in RUNNING]
    for each in running:
        body.remove(each)
    children = list(body)
    foot = etree.Element("footer")
    if children and any(each.get("src") == "logo:emblem" for each in children[-1].iter("img")):
        foot.append(children.pop())
    main = etree.Element("main", id=TARGET)
    main.extend(children)
    for place, line in zip(("header", "footer"), (_head_lines(running, main), _foot_lines(running, main)), strict=True):
        if place == "footer":
            foot.extend(line)
        elif line:
            top = etree.SubElement(body, "header")
            top.extend(line)
    body.append(main)
    if len(foot):
        body.append(foot)
    skip = etree.Element("a", {"class": "skip", "href": f"#{TARGET}"})
    skip.text = page.words["skip"].parts[0][1] if "skip" in page.words else page.title
    body.insert(0, skip)


def _head_lines(running: list[etree._Element], main: etree._Element) -> list[etree._Element]:
    """What stands at the head of the first sheet, and of the others what the page says nowhere else.

    The mark of an example comes first.
    """
    heads = [each for each in running if each.tag == "header" and not specimen.is_mark(each)]
    marks = [line for each in running if specimen.is_mark(each) for line in each]
    for line in marks:
        line.set("class", specimen.MARK)
    first = next((each for each in heads if each.get("class") == "first"), None)
    lines = [*marks, *(list(first) if first is not None else [])]
    return lines + [line for each in heads if each is not first for line in _unsaid(each, main)]


def _foot_lines(running: list[etree._Element], main: etree._Element) -> list[etree._Element]:
    feet = [each for each in running if each.tag == "footer"]
    return [line for each in feet for line in _unsaid(each, main)]


def _unsaid(line: etree._Element, main: etree._Element) -> Iterator[etree._Element]:
    """The passages of a running line that the page does not say, without its page numbers."""
    for each in [each for each in line.iter("span") if PAGED & set(each.get("class", "").split())]:
        _take(each)
    said = _words(main)
    for passage in [*line.iter("td")] or [*line.iter("p")]:
        parts = [part.strip(" /\N{NO-BREAK SPACE}") for part in _words(passage).split(MIDDLE)]
        if any(part and part not in said for part in parts):
            passage.tag, passage.tail = "p", None
            passage.attrib.clear()
            passage.set("class", "running")
            yield passage


def _words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def _figures(body: etree._Element, page: Page, drawings: Drawings) -> None:
    """Each picture itself in its place, and below a figure what it says."""
    for image in list(body.iter("img")):
        placed, parent = drawings.place(image), image.getparent()
        assert parent is not None, "a picture stands in a body"  # noqa: S101
        parent.replace(image, placed)
        placed.tail, image.tail = image.tail, None
        tabled = page.tables.get(image.get("src", ""))
        if placed.tag == "img":
            continue
        narrow = tabled.narrow if tabled is not None else b""
        _framed(placed, image.get("alt", ""), drawings.drawing(narrow, image.get("alt", "")) if narrow else None)
        figure = next(placed.iterancestors("figure"), None)
        if tabled is not None and tabled.rows and figure is not None and "data" in page.words:
            figure.append(tables.data(tabled, page.words["data"], page.languages))


def _framed(drawing: etree._Element, alt: str, narrow: etree._Element | None) -> None:
    """Put a drawing into a frame, beside it the one that a telephone shows.

    Where there is none, the keyboard can move the frame where the screen is too narrow for it.
    """
    name = alt.partition(". ")[0] or alt
    frame = etree.Element("div", {"class": "drawing", "tabindex": "0", "role": "group", "aria-label": name})
    parent = drawing.getparent()
    assert parent is not None, "a drawing stands in a body"  # noqa: S101
    parent.replace(drawing, frame)
    frame.tail, drawing.tail = drawing.tail, None
    frame.append(drawing)
    if narrow is not None:
        drawing.set("class", "wide")
        narrow.set("class", "narrow")
        frame.append(narrow)


def _lists(body: etree._Element) -> None:
    """Lists of what stands where as lists, without pages, each a landmark of its own name."""
    for nav in list(body.iter("nav")):
        title = nav.find("p")
        nav.set("aria-label", _words(title) if title is not None else "")
        items = etree.Element("ol")
        for entry in [each for each in nav if "entry" in each.get("class", "").split()]:
            for page in [each for each in entry if each.get("class") == "page-of"]:
                _take(page)
            entry.tag = "li"
            items.append(entry)
        nav.append(items)


def _levels(body: etree._Element) -> None:
    """No heading that passes over a level: who goes from one to the next by ear would look for what is between."""
    level = 0
    for heading in body.iter("h1", "h2", "h3", "h4"):
        meant = int(heading.tag[1])
        level = min(meant, level + 1)
        if level < meant:
            heading.set("class", f"{heading.get('class', '')} plain was-{heading.tag}".strip())
            heading.tag = f"h{level}"


def _take(element: etree._Element) -> None:
    """Take an element away, but leave the text behind it."""
    parent, before = element.getparent(), element.getprevious()
    assert parent is not None, "a passage stands in a body"  # noqa: S101
    if element.tail and before is not None:
        before.tail = (before.tail or "") + element.tail
    elif element.tail:
        parent.text = (parent.text or "") + element.tail
    parent.remove(element)


def _bare(each: etree._Element) -> None:
    """Nothing of what only the other writers read."""
    for name in [name for name in each.attrib if str(name).startswith("data-")]:
        del each.attrib[name]
