"""Learning notes as they are laid out: headings step by step, one label for two languages, pictures of every shape."""

from __future__ import annotations

import re
import zipfile
from dataclasses import replace
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from lxml import etree
from pagesof import HOUSE, find, page_of, text_of, words
from PIL import Image
from projects import Data, publication, said, write
from reading_docx import W

import pemdocs
from pemdocs.model import Page
from pemdocs.writing import word

DEEP = {"fr": "### Un\nTexte\n#### Deux\nTexte", "en": "### One\nText\n#### Two\nText"}


def laid(folder: Path, data: Data, *languages: str, case: str = "N-1") -> Page:
    found = pemdocs.check(write(folder, data)).dataset.find("notes", case)
    assert found is not None
    return page_of(found, "learning-note", languages or ("fr",))


def picture(folder: Path, across: int, down: int) -> None:
    made = BytesIO()
    Image.new("RGB", (across, down), (90, 140, 160)).save(made, "PNG")
    (folder / "photos" / "F-1.png").write_bytes(made.getvalue())


def plain() -> Data:
    """A note with a photograph in which a company is seen and nobody can be recognised."""
    data = publication()
    data["photographs"][0] |= {"people": None, "consents": None, "nobody": True}
    return data


@pytest.mark.parametrize("languages", [("fr",), ("fr", "en")])
@pytest.mark.parametrize(
    "without",
    [(), ("context",), ("practice",), ("key_messages",), ("context", "practice", "key_messages"),
     ("context", "practice", "key_messages", "text", "indicators")],
)  # fmt: skip
def test_no_level_of_headings_is_left_out(tmp_path: Path, without: tuple[str, ...], languages: tuple[str, ...]) -> None:
    data = publication()
    data["notes"][0] |= {"text": DEEP, "practice": DEEP, "context": DEEP} | dict.fromkeys(without)
    data["lessons"][1]["text"] = DEEP
    levels = [int(each.tag[1]) for each in find(laid(tmp_path, data, *languages), "//h1|//h2|//h3|//h4")]
    assert levels[0] == 1
    for before, level in pairwise(levels):
        assert level <= before + 1


def test_a_note_of_a_title_alone_is_laid_out(tmp_path: Path) -> None:
    data = publication()
    data["notes"][0] = {"id": "N-1", "theme": "gender", "title": said("Rien")}
    assert "Note d’apprentissage · Genre" in words(laid(tmp_path, data))


def test_each_language_has_its_whole_line(tmp_path: Path) -> None:
    page = laid(tmp_path, publication(), "fr", "en")
    (label,) = find(page, "//div[contains(@class, 'front')]/p[@class='label']")
    assert text_of(label) == "Note d’apprentissage n°\u00a01 · Sélection · Learning note no. 1 · Selection"
    (meta,) = find(page, "//p[@class='meta']")
    assert "À l’intention de\u00a0: Équipes" in text_of(meta)
    assert "For: Équipes (en)" in text_of(meta)
    lesson = find(page, "//div[@class='box lesson']/p")[0]
    assert text_of(lesson).startswith("Fondement\u00a0: partenariat")
    assert "Evidence: partnership · Confidence: medium" in text_of(lesson)


def test_a_label_before_what_every_language_shares_is_said_once(tmp_path: Path) -> None:
    (credit,) = find(laid(tmp_path, plain(), "fr", "en"), "//span[@class='credit']")
    assert text_of(credit) == "Crédit · Credit\u00a0: Atelier Teranga, Gand · Ghent"


@pytest.mark.parametrize(
    ("caption", "told"),
    [
        ("La boutique", "La boutique. À l’image\u00a0: De Linde."),
        ("La boutique ?", "La boutique\u202f? À l’image\u00a0: De Linde."),
        ("La boutique de De Linde", "La boutique de De Linde"),
    ],
)
def test_a_caption_tells_the_companies_that_it_does_not_name(tmp_path: Path, caption: str, told: str) -> None:
    data = plain()
    data["photographs"][0]["caption"] = {"fr": caption}
    (found,) = find(laid(tmp_path, data), "//figure[contains(@class, 'photo')]/figcaption")
    assert (found.text or "").strip() == told


def test_a_company_without_consent_is_described_in_the_caption(tmp_path: Path) -> None:
    data = plain()
    data["consents"] = [each for each in data["consents"] if each.get("company") != "BE-003"]
    (caption,) = find(laid(tmp_path, data), "//figure[contains(@class, 'photo')]/figcaption")
    assert "À l’image\u00a0: une entreprise.Crédit" in text_of(caption)
    assert "Linde" not in text_of(caption)


@pytest.mark.parametrize(
    ("size", "width", "kind"),
    [((3000, 2000), 210, "bleed"), ((2000, 3000), 210, "bleed"), ((200, 150), 50.8, "beside"), ((820, 700), 133.5, "")],
)
def test_a_photograph_of_many_dots_reaches_to_the_edges_and_one_of_few_stays_small(
    tmp_path: Path, size: tuple[int, int], width: float, kind: str
) -> None:
    data = plain()
    folder = write(tmp_path, data)
    picture(folder, *size)
    found = pemdocs.check(folder).dataset.find("notes", "N-1")
    assert found is not None
    (figure,) = find(page_of(found, "learning-note"), "//figure[contains(@class, 'photo')]")
    (image,) = figure.iter("img")
    asked = re.fullmatch(r"width:([\d.]+)mm", image.get("style"))
    assert asked
    assert float(asked[1]) == pytest.approx(width, abs=0.1)
    assert figure.get("class").split()[1:] == ([kind] if kind else [])


def test_a_picture_is_cut_to_the_proportion_of_its_place(tmp_path: Path) -> None:
    folder = write(tmp_path, plain())
    picture(folder, 2000, 3000)
    found = pemdocs.check(folder).dataset.find("notes", "N-1")
    assert found is not None
    page = page_of(found, "learning-note")
    (image,) = find(page, "//figure[contains(@class, 'bleed')]/img")
    with Image.open(BytesIO(page.pictures[image.get("src")])) as cut:
        assert cut.width / cut.height == pytest.approx(3, rel=0.01)


def test_what_is_not_shown_stays_with_the_imprint(tmp_path: Path) -> None:
    (kept,) = find(laid(tmp_path, publication()), "//div[@class='keep']")
    assert kept[-1].tag == "table"
    assert "Éditeur" in text_of(kept)
    assert [each.get("href") for each in kept.iter("a")] == ["https://www.enabel.be"]


def test_a_quote_stands_in_the_marks_of_its_language(tmp_path: Path) -> None:
    marked = {"fr": "«\u202fLe second jury m’a rassurée.\u202f»", "en": "“Le second jury m’a rassurée. (en)”"}
    for language, said_there in marked.items():
        (quote,) = find(laid(tmp_path / language, publication(), language), "//blockquote/p[1]")
        assert text_of(quote) == said_there


def test_sources_and_whom_a_lesson_serves_stand_in_the_margin(tmp_path: Path) -> None:
    page = laid(tmp_path, publication())
    margins = find(page, "//div[@class='aside']")
    assert any("Fondement" in text_of(each) for each in margins)
    framed = [each for each in paragraphs(page) if each.find(f"{W}pPr/{W}framePr") is not None]
    assert not framed  # the house has no margin
    broad = replace(HOUSE, page={**HOUSE.page, "inset_right": 48.0})
    with zipfile.ZipFile(BytesIO(word.write(page, broad))) as parts:
        root = etree.fromstring(parts.read("word/document.xml"))
    beside = " ".join(text_of(each.getparent().getparent()) for each in root.iter(W + "framePr"))
    assert "Fondement" in beside
    assert not find(laid(tmp_path / "two", publication(), "fr", "en"), "//div[@class='aside']")


# In Word


def document(page: Page) -> Any:
    with zipfile.ZipFile(BytesIO(word.write(page, HOUSE))) as parts:
        return etree.fromstring(parts.read("word/document.xml"))


def paragraphs(page: Page) -> list[Any]:
    return list(document(page).iter(W + "p"))


def style(paragraph: Any) -> str:
    found = next(paragraph.iter(W + "pStyle"), None)
    return "" if found is None else str(found.get(W + "val"))


def of_style(page: Page, name: str) -> list[str]:
    return [text_of(each) for each in paragraphs(page) if style(each) == name]


def test_word_keeps_the_level_of_a_title_in_a_box(tmp_path: Path) -> None:
    page = laid(tmp_path, publication())
    assert of_style(page, "PemdocsBoxHeading1") == ["À retenir", "La pratique, pas à pas"]
    assert of_style(page, "PemdocsBoxHeading2")[0] == "Préparer le séjour"


def test_word_sets_a_quote_in_two_languages_behind_one_bar(tmp_path: Path) -> None:
    page = laid(tmp_path, publication(), "fr", "en")
    quoted = of_style(page, "PemdocsQuoteBeside")
    assert quoted == ["«\u202fLe second jury m’a rassurée.\u202f»", "“Le second jury m’a rassurée. (en)”"]
    frames = [each.get(W + "val") for each in document(page).iter(W + "tblStyle")]
    assert frames.count("PemdocsBoxQuote") == 1
    assert not of_style(page, "Quote")


def test_word_keeps_the_end_of_a_note_together(tmp_path: Path) -> None:
    data = publication()
    data["quotes"][0]["consent"] = None
    made = paragraphs(laid(tmp_path, data))
    first = next(number for number, each in enumerate(made) if text_of(each).startswith("Certains témoignages"))
    statement = next(number for number, each in enumerate(made) if text_of(each).startswith("Ce document"))
    assert all(each.find(f"{W}pPr/{W}keepNext") is not None for each in made[first : statement - 2])
