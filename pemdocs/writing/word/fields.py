"""Turn instructions into Word's fields, each with the result that stands until somebody has it counted anew.

Only this module knows how a field begins and ends. None asks to be counted when the file is opened: Word would ask too.
"""

from __future__ import annotations

from lxml import etree

from pemdocs.writing.word.frame import tag_of
from pemdocs.writing.word.markup import SPACE, W, sub


def simple(parent: etree._Element, instruction: str) -> etree._Element:
    """Append a field whose result is one run; returns what the run goes into."""
    return sub(parent, "fldSimple", instr=f" {instruction} ")


def begin(parent: etree._Element, instruction: str, language: str) -> None:
    """Open a field whose result may be several runs or paragraphs; what follows is its result until ``end``."""
    _mark(parent, "begin", language)
    text = sub(_run(parent, language), "instrText")
    text.text = f" {instruction} "
    text.set(SPACE, "preserve")
    _mark(parent, "separate", language)


def end(parent: etree._Element, language: str) -> None:
    """Close the field that was opened last."""
    _mark(parent, "end", language)


def number(parent: etree._Element, words: str, language: str) -> None:
    """Append the result of a field that counts."""
    sub(_run(parent, language), "t").text = words


def tab(parent: etree._Element, language: str) -> None:
    """Append a tab, which a list fills with dots."""
    sub(_run(parent, language), "tab")


def after_counter(paragraph: etree._Element) -> int:
    """The place behind the first counter of a paragraph; its end where it has none."""
    for place, child in enumerate(paragraph, start=1):
        if child.tag == W + "fldSimple" and child.get(W + "instr", "").startswith(" SEQ "):
            return place
    return len(paragraph)


def _mark(parent: etree._Element, kind: str, language: str) -> None:
    sub(_run(parent, language), "fldChar", fldCharType=kind)


def _run(parent: etree._Element, language: str) -> etree._Element:
    run = sub(parent, "r")
    sub(sub(run, "rPr"), "lang", val=tag_of(language))
    return run
