"""Word, PDF and the languages say the same: every kind, every language and pair of languages, on hostile data."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from hostile import LANGUAGES, dataset
from openxml_audit import FileFormat, OpenXmlValidator
from reading_docx import read_docx_text
from reading_html import read_html_text
from reading_pdf import read_pdf_text, source_text, squeeze, unheard

from pemdocs import resources
from pemdocs.data import schema
from pemdocs.data.dataset import Dataset
from pemdocs.knowledge import locales
from pemdocs.model import Page
from pemdocs.page import contents, layout, versions
from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.writing import make

HOUSE = resources.folder("templates") / "house" / "theme.toml"
ALONE = [(each,) for each in LANGUAGES]
PAIRS = list(permutations(LANGUAGES, 2))
MADE = {
    "partnerships": [("fr",), ("nl", "en")],
    "stays": [("en", "fr")],
    "reports": [("fr",), ("nl", "en")],
    "notes": [("nl",), ("en", "fr")],
}
"""The versions in which files are made: one language, and two side by side; all kinds share their blocks."""

IN_FULL = ("accompaniment-plan", [*ALONE, ("fr", "nl")])
"""The kind that has most of the blocks, in each language."""


def _versions(kind: str) -> list[tuple[str, ...]]:
    return IN_FULL[1] if kind == IN_FULL[0] else MADE[kinds.load(kind).table]


def _each(made: list[tuple[str, tuple[str, ...]]]) -> Any:
    return pytest.mark.parametrize(("kind", "version"), made, ids=[f"{kind}-{'+'.join(v)}" for kind, v in made])


def _in(form: str) -> Any:
    """Every kind that is made in the format, in the versions in which it is made."""
    kept = [each for each in map(kinds.load, kinds.available()) if form in each.formats]
    return _each([(each.id, version) for each in kept for version in _versions(each.id)])


AGAIN = ["partnership-charter", "visa-invitation", "visa-application", "final-report", "learning-note"]
"""Kinds that are made twice: of each table one, and a form."""


@lru_cache(maxsize=1)
def _data() -> Dataset:
    return dataset()


@lru_cache(maxsize=128)
def _laid(kind: str, version: tuple[str, ...]) -> tuple[Page, theme.Theme]:
    loaded = kinds.load(kind)
    style = theme.of(loaded.templates, kind)
    return layout.lay_out(View(loaded, _data().table(loaded.table)[0], version), style), style


@lru_cache(maxsize=64)
def _made(kind: str, version: tuple[str, ...], form: str) -> tuple[Page, bytes]:
    page, style = _laid(kind, version)
    sheets = tuple(path.read_text("utf-8") for path in kinds.load(kind).stylesheets)
    return page, make.FORMATS[form](page, style, sheets)[0]


@_in("docx")
def test_word_says_what_the_layout_says_and_is_sound(kind: str, version: tuple[str, ...], tmp_path: Path) -> None:
    page, content = _made(kind, version, "docx")
    assert squeeze(read_docx_text(content, numbered=False)) == source_text(page, _numbers(kind, version))
    (tmp_path / "hostile.docx").write_bytes(content)
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    assert [str(error) for error in validator.validate(tmp_path / "hostile.docx").errors] == []


@_in("pdf")
def test_pdf_says_what_the_layout_says_and_is_accessible(kind: str, version: tuple[str, ...], tmp_path: Path) -> None:
    page, content = _made(kind, version, "pdf")
    assert squeeze(read_pdf_text(content)) == source_text(page, _numbers(kind, version))
    (tmp_path / "hostile.pdf").write_bytes(content)
    assert unheard(tmp_path / "hostile.pdf") == []


@_each([(kind, MADE[kinds.load(kind).table][-1]) for kind in kinds.available() if "html" in kinds.load(kind).formats])
def test_a_web_page_says_what_the_layout_says(kind: str, version: tuple[str, ...]) -> None:
    page, content = _made(kind, version, "html")
    assert squeeze(read_html_text(content)) == source_text(page, defaultdict(str))


ONCE = {"Tel", "Tél", "BCE", "CBE", "KBO", "TVA", "VAT", "btw", "BE"}
"""A letterhead has one language; so has the workbook, whose columns the application data name."""

COPIES = {kind: {"exemplaires", "copies", "exemplaren"} for kind in ("partnership-charter", "charter-amendment")}
"""What is signed in one language counts its copies, in two its languages."""

NUMBERED = re.compile(r"(?:QE|EQ|EV)(?=\d)")
"""The letters before the number of a question: those of the first language, as a question has one number."""


BRIEF = {"accompaniment-plan", "counterpart-plan", "selection-file", "consent-sheet"}
"""Kinds that say dates, amounts and numbers once in two languages, and dates in digits."""


def _dated(kind: str, language: str) -> set[str]:
    months = {name for name, _ in locales.months(language)} if kind in BRIEF else set()
    return {"1er", "er", *months, *(name.title() for name in months), *(name.rstrip(".") for name in months)}


def _counted(kind: str, words: set[str]) -> set[str]:
    """The words: days and months in digits without the nought before them, questions without their letters."""
    said = {NUMBERED.sub("", word) for word in words}
    return {word.lstrip("0") or "0" if kind in BRIEF and word.isdigit() else word for word in said}


@_each([(kind, version) for kind in kinds.available() for version in PAIRS])
def test_two_languages_hold_the_words_of_each(kind: str, version: tuple[str, ...]) -> None:
    both = _words(kind, version) | ONCE | COPIES.get(kind, set())
    if kind == "visa-application":
        labels = schema.load()["people"].fields.values(), schema.load()["stays"].fields.values()
        both |= {
            word for fields in labels for field in fields for said in field.label.values() for word in said.split()
        }
    for language in version:
        alone = _counted(kind, _words(kind, (language,)))
        assert alone <= _counted(kind, both) | _dated(kind, language)


@pytest.mark.parametrize("form", ["docx", "pdf"])
@pytest.mark.parametrize("kind", AGAIN)
def test_the_same_input_gives_the_same_bytes(kind: str, form: str) -> None:
    version = _versions(kind)[-1]
    first = _made(kind, version, form)[1]
    assert _made.__wrapped__(kind, version, form)[1] == first


@lru_cache(maxsize=64)
def _numbers(kind: str, version: tuple[str, ...]) -> Mapping[str, int]:
    """The pages that the lists of a kind show, if it has any."""
    page, style = _laid(kind, version)
    if not contents.has_lists(page.tree):
        return {}
    return make.page_numbers(page, style, tuple(path.read_text("utf-8") for path in kinds.load(kind).stylesheets))


def _words(kind: str, version: tuple[str, ...]) -> set[str]:
    """The words of a page but for the code of its version, which each has of its own."""
    page, _ = _laid(kind, version)
    body = deepcopy(page.tree.find("body"))
    assert body is not None
    for code in body.iter("span"):
        if code.get("class") == versions.MARK:
            code.text = ""
    return {word for text in body.itertext() for word in re.findall(r"\w+", text)}
