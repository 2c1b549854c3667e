"""Word, PDF and the languages say the same: every kind, every language and pair of languages, on hostile data."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import permutations
from pathlib import Path

import outloud
import pytest
from hostile import LANGUAGES, dataset
from openxml_audit import FileFormat, OpenXmlValidator
from reading_docx import read_docx_text
from reading_pdf import read_pdf_text, source_text, squeeze

from pemdocs import contents, kinds, layout, make, resources, theme
from pemdocs.dataset import Dataset
from pemdocs.model import Page
from pemdocs.view import View

HOUSE = resources.folder("templates") / "house" / "theme.toml"
VERSIONS = [(each,) for each in LANGUAGES] + list(permutations(LANGUAGES, 2))
EVERY = [(kind, version) for kind in kinds.available() for version in VERSIONS]
named = pytest.mark.parametrize(("kind", "version"), EVERY, ids=[f"{kind}-{'+'.join(v)}" for kind, v in EVERY])


@lru_cache(maxsize=1)
def _data() -> Dataset:
    return dataset()


def _laid(kind: str, version: tuple[str, ...]) -> tuple[Page, theme.Theme]:
    loaded = kinds.load(kind)
    style = theme.load(HOUSE, loaded.folder / "theme.toml")
    return layout.lay_out(View(loaded, _data().table(loaded.table)[0], version), style), style


def _made(kind: str, version: tuple[str, ...], form: str) -> tuple[Page, bytes]:
    page, style = _laid(kind, version)
    sheets = tuple(path.read_text("utf-8") for path in kinds.load(kind).stylesheets)
    return page, make.FORMATS[form](page, style, sheets)[0]


@named
def test_word_says_what_the_layout_says_and_is_sound(kind: str, version: tuple[str, ...], tmp_path: Path) -> None:
    page, content = _made(kind, version, "docx")
    assert squeeze(read_docx_text(content, numbered=False)) == source_text(page, _numbers(kind, page))
    (tmp_path / "hostile.docx").write_bytes(content)
    validator = OpenXmlValidator(file_format=FileFormat.MICROSOFT_365)
    assert [str(error) for error in validator.validate(tmp_path / "hostile.docx").errors] == []


@named
def test_pdf_says_what_the_layout_says_and_is_accessible(kind: str, version: tuple[str, ...], tmp_path: Path) -> None:
    page, content = _made(kind, version, "pdf")
    assert squeeze(read_pdf_text(content)) == source_text(page, _numbers(kind, page))
    (tmp_path / "hostile.pdf").write_bytes(content)
    found = outloud.check(str(tmp_path / "hostile.pdf"))
    assert [finding.rule for finding in found.sorted_findings() if finding.severity == "error"] == []


@named
def test_two_languages_hold_the_words_of_each(kind: str, version: tuple[str, ...]) -> None:
    both = _words(kind, version)
    for language in version:
        assert _words(kind, (language,)) <= both


@pytest.mark.parametrize("form", sorted(make.FORMATS))
@pytest.mark.parametrize("kind", kinds.available())
def test_the_same_input_gives_the_same_bytes(kind: str, form: str) -> None:
    assert _made(kind, ("fr", "nl"), form)[1] == _made(kind, ("fr", "nl"), form)[1]


def _numbers(kind: str, page: Page) -> Mapping[str, int]:
    """The pages that the lists of a kind show, if it has any."""
    if not contents.has_lists(page.tree):
        return {}
    loaded = kinds.load(kind)
    style = theme.load(HOUSE, loaded.folder / "theme.toml")
    return make.page_numbers(page, style, tuple(path.read_text("utf-8") for path in loaded.stylesheets))


def _words(kind: str, version: tuple[str, ...]) -> set[str]:
    page, _ = _laid(kind, version)
    body = page.tree.find("body")
    assert body is not None
    return {word for text in body.itertext() for word in re.findall(r"\w+", text)}
