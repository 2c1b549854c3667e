"""Write the tags of a template as they should be, as far as that has one answer; nothing else of it is touched."""

from __future__ import annotations

from lxml import etree

from pemdocs.writing.own.lint.drafts import Draft
from pemdocs.writing.own.lint.examining import Examined
from pemdocs.writing.own.lint.story import Passage
from pemdocs.writing.own.sealing import sealed, stored
from pemdocs.writing.word.markup import SPACE


def mended(examined: Examined) -> tuple[bytes, int]:
    """The template with what has one answer mended, and how many tags were changed.

    The trees of ``examined`` are changed: examine the result anew.
    """
    drafts = [each for each in examined.drafts if each.changed and each.tag.passage.name in examined.trees]
    for each in reversed(drafts):
        _rewrite(each.tag.passage, each)
    changed = {each.tag.passage.name for each in drafts}
    parts = {
        name: written(examined.trees[name]) if name in changed else content for name, content in examined.parts.items()
    }
    counted = sum(1 for each in drafts if not each.tag.passage.double)
    return sealed(stored(name, content) for name, content in parts.items()), counted


def written(root: etree._Element) -> bytes:
    """A part as it lies in the file."""
    return bytes(etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True))


def _rewrite(passage: Passage, draft: Draft) -> None:
    """Put a tag's right words where its first sign stands, and take the wrong ones out of what it was split over."""
    start, end = draft.tag.start, draft.tag.end
    first = True
    for piece in passage.within(start, end):
        element = piece.element
        if piece.attribute:
            words = str(element.get(piece.attribute))
            element.set(piece.attribute, f"{words[:start]}{draft.right}{words[end:]}")
            continue
        if element.text is None and not element.tag.endswith(("}t", "}instrText")):
            _drop(element)  # a tab or a break in the middle of the tag
            continue
        words = element.text or ""
        head, tail = words[: max(start - piece.start, 0)], words[max(end - piece.start, 0) :]
        element.text = f"{head}{draft.right if first else ''}{tail}"
        element.set(SPACE, "preserve")
        first = False


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    if parent is not None:
        parent.remove(element)
