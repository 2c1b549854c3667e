"""A long report: its lists tell the true pages in both formats, and its references lead where they say."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

import outloud
import pages
import pdfplumber
import pikepdf
import pytest
import report_pages
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image
from reading_docx import read_docx_text
from reading_pdf import elements, read_pdf_text, source_text, squeeze

from pemdocs.model import Page
from pemdocs.writing import make, pdf, word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
VERSIONS = [("fr",), ("fr", "nl")]
each_version = pytest.mark.parametrize("languages", VERSIONS, ids="+".join)


@lru_cache(maxsize=2)
def report(languages: tuple[str, ...]) -> Page:
    return report_pages.report(languages)


@lru_cache(maxsize=2)
def numbers(languages: tuple[str, ...]) -> dict[str, int]:
    return pdf.page_numbers(report(languages), pages.HOUSE, pages.CSS)


@lru_cache(maxsize=4)
def made(form: str, languages: tuple[str, ...]) -> bytes:
    return make.FORMATS[form](report(languages), pages.HOUSE, pages.CSS)[0]


@lru_cache(maxsize=2)
def sheets(languages: tuple[str, ...]) -> list[Any]:
    """The sheets of the PDF; each keeps what it has once been read for."""
    return pdfplumber.open(io.BytesIO(made("pdf", languages))).pages


def written(body: str, **more: object) -> etree._Element:
    return part(word.write(report_pages.filled(body, **more), pages.HOUSE))  # type: ignore[arg-type]


def part(content: bytes, name: str = "word/document.xml") -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return etree.fromstring(parts.read(name))


def values(root: etree._Element, path: str) -> list[str]:
    return [node.get(W + "val", "") for node in root.iterfind(path.replace("w:", W))]


def lists(page: Page) -> list[tuple[str, str]]:
    """The words and the target of each entry of each list."""
    entries = (line for line in page.tree.iter("p") if "entry" in line.get("class", "").split())
    return [(squeeze("".join(map(str, line.itertext()))), line[-1].get("data-ref", "")) for line in entries]


# --- both ---


@each_version
def test_both_formats_say_what_the_page_says_with_the_same_numbers(languages: tuple[str, ...]) -> None:
    said = source_text(report(languages), numbers(languages))
    assert squeeze(read_pdf_text(made("pdf", languages))) == said
    assert squeeze(read_docx_text(made("docx", languages), numbered=False)) == said


@pytest.mark.parametrize("form", ["docx", "pdf"])
def test_the_same_report_gives_the_same_bytes(form: str) -> None:
    assert make.FORMATS[form](report_pages.report(), pages.HOUSE, pages.CSS)[0] == made(form, ("fr",))


# --- PDF ---


@each_version
def test_each_entry_names_the_page_on_which_its_words_really_stand(languages: tuple[str, ...]) -> None:
    texts = [squeeze(sheet.extract_text()) for sheet in sheets(languages)]
    entries = lists(report(languages))
    after = 1 + max(place for place, text in enumerate(texts) if re.search(r"(\.){9}", text))
    assert after > 1
    for words, target in entries:
        found = [number for number, text in enumerate(texts, start=1) if number > after and words in text]
        assert found == [numbers(languages)[target]], words


@each_version
def test_a_list_shows_the_pages_at_the_right_margin(languages: tuple[str, ...]) -> None:
    shown: list[str] = []
    for sheet in sheets(languages):
        lines = [line for line in sheet.extract_text_lines() if ". . . . ." in line["text"]]
        ends = {round(max(char["x1"] for char in line["chars"])) for line in lines}
        assert ends <= {round(sheet.width - pages.HOUSE.page["outside"] / 25.4 * 72)}
        shown += [line["text"].split()[-1] for line in lines]
    assert shown == [str(numbers(languages)[target]) for _, target in lists(report(languages))]


@each_version
def test_a_checker_finds_no_error_in_the_report(languages: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(made("pdf", languages))
    result = outloud.check(str(path))
    assert result.error is None
    assert [finding.rule for finding in result.sorted_findings() if finding.severity == "error"] == []


def test_a_list_is_a_list_of_contents_to_a_screen_reader() -> None:
    found = list(elements(made("pdf", ("fr",))))
    assert [role for role, _, _ in found].count("TOC") == 3
    items = [words for role, _, words in found if role == "TOCI"]
    assert items[0] == "1 Ce que la cohorte a appris du marché 1x 3"
    assert len(items) == 42
    assert ("BlockQuote", "fr", "« Nous vendons désormais à trois écoles. » Une entrepreneure, cohorte 1") in found


def test_every_link_of_a_list_says_its_words_and_leads_to_its_page() -> None:
    with pikepdf.open(io.BytesIO(made("pdf", ("fr",)))) as file:
        links = [link for sheet in file.pages for link in sheet.get("/Annots", ())]
        places = {str(name): target for name, target in zip(*[iter(file.Root.Names.Dests.Names)] * 2, strict=True)}
        sheets = {sheet.objgen: number for number, sheet in enumerate(file.pages, start=1)}
        assert len(links) == 42 + 24
        told = {(str(link.Contents), sheets[places[str(link.Dest)][0].objgen]) for link in links if "/Dest" in link}
    assert ("1.1 Vendre aux cantines 1y1", numbers(("fr",))["part-1-1"]) in told
    assert ("le conseil", numbers(("fr",))["advice-1"]) in told
    assert ("Figure 3", numbers(("fr",))["fig-3"]) in told


def test_photographs_in_a_pdf_are_upright_bare_and_no_larger_than_the_page_needs() -> None:
    with pikepdf.open(io.BytesIO(made("pdf", ("fr",)))) as file:
        drawn = {image.objgen: image for sheet in file.pages for image in sheet.get_images().values()}.values()
        sizes = sorted((int(image.Width), int(image.Height)) for image in drawn)
    assert sizes == [(900, 1600), (1473, 1964)]
    assert b"Secret" not in made("pdf", ("fr",))


def test_a_photograph_fills_the_text_but_not_the_page() -> None:
    heights = {round(image["height"] * 25.4 / 72) for sheet in sheets(("fr",)) for image in sheet.images}
    assert heights == {114}


# --- Word ---


@each_version
def test_the_validator_finds_no_fault_in_the_report(languages: tuple[str, ...], tmp_path: Path) -> None:
    path = tmp_path / "report.docx"
    path.write_bytes(made("docx", languages))
    for year in (FileFormat.OFFICE_2010, FileFormat.MICROSOFT_365):
        assert [str(error) for error in OpenXmlValidator(file_format=year).validate(path).errors] == []


def test_fields_open_and_close_in_pairs_and_none_asks_to_be_counted() -> None:
    root = part(made("docx", ("fr",)))
    kinds = [node.get(W + "fldCharType") for node in root.iter(W + "fldChar")]
    depth = 0
    for kind in kinds:
        depth += {"begin": 1, "end": -1}.get(str(kind), 0)
        assert depth in (0, 1, 2)
    assert depth == 0
    assert kinds.count("begin") == kinds.count("separate") == kinds.count("end") == 3 + 42 + 18
    everything = etree.tostring(root) + etree.tostring(part(made("docx", ("fr",)), "word/settings.xml"))
    assert b"updateFields" not in everything
    assert b"dirty" not in everything


def test_the_lists_are_fields_of_words_own() -> None:
    root = part(made("docx", ("fr",)))
    instructions = [node.text.strip() for node in root.iter(W + "instrText") if node.text]
    assert [each for each in instructions if each.startswith("TOC")] == [
        'TOC \\o "1-2" \\h \\z \\u',
        'TOC \\h \\z \\c "Figure"',
        'TOC \\h \\z \\c "Table"',
    ]
    counters = [node.get(W + "instr", "").strip() for node in root.iter(W + "fldSimple")]
    assert counters.count("SEQ Figure \\* ARABIC") == counters.count("SEQ Table \\* ARABIC") == 6


def test_the_second_language_of_a_caption_repeats_its_number() -> None:
    counters = [node.get(W + "instr", "").strip() for node in part(made("docx", ("fr", "nl"))).iter(W + "fldSimple")]
    assert counters.count("SEQ Figure \\* ARABIC") == counters.count("SEQ Figure \\* ARABIC \\c") == 6


@each_version
def test_every_entry_holds_its_page_and_leads_to_a_bookmark(languages: tuple[str, ...]) -> None:
    root = part(made("docx", languages))
    names = [node.get(W + "name") for node in root.iter(W + "bookmarkStart")]
    marks = [node.get(W + "id") for node in root.iter(W + "bookmarkStart")]
    assert len(names) == len(set(names))
    assert len(marks) == len(set(marks))
    assert sorted(map(str, marks)) == sorted(node.get(W + "id", "") for node in root.iter(W + "bookmarkEnd"))
    assert all(re.fullmatch(r"[A-Za-z][A-Za-z0-9_]{0,39}", str(name)) for name in names)
    links = [node for node in root.iter(W + "hyperlink") if "PAGEREF" in "".join(map(str, node.itertext()))]
    for link, (_, target) in zip(links, lists(report(languages)), strict=True):
        assert link.get(W + "anchor") in names
        assert list(link.iter(W + "t"))[-1].text == str(numbers(languages)[target])


def test_entries_have_the_styles_that_word_gives_them_and_a_tab_with_dots() -> None:
    root, styles = part(made("docx", ("fr",))), part(made("docx", ("fr",)), "word/styles.xml")
    used = values(root, ".//w:p/w:pPr/w:pStyle")
    assert [used.count(name) for name in ("TOCHeading", "TOC1", "TOC2", "TableofFigures")] == [3, 6, 24, 12]
    for name in ("TOC1", "TOC2", "TableofFigures"):
        tab = styles.find(f"{W}style[@{W}styleId='{name}']/{W}pPr/{W}tabs/{W}tab")
        assert tab is not None
        assert (tab.get(W + "val"), tab.get(W + "leader")) == ("right", "dot")


def test_a_reference_is_a_field_that_shows_the_number_of_its_target() -> None:
    root = written('<p><a class="ref" href="#but"/> et <a class="ref" href="#un-dessin"/>.</p><h2 id="but">But</h2>'
                   '<figure id="un-dessin"><img src="figure:chart" alt="x"/><figcaption>Figure '
                   '<span class="seq" data-name="Figure"/> – Titre</figcaption></figure>')  # fmt: skip
    assert [str(node.text).strip() for node in root.iter(W + "instrText")] == ["REF but \\r \\h", "REF un_dessin \\h"]
    shown = ["".join(str(text.text) for text in link.iter(W + "t")) for link in root.iter(W + "hyperlink")]
    assert shown == ["1", "Figure 1"]
    caption = next(made for made in root.iter(W + "p") if "Titre" in "".join(map(str, made.itertext())))
    tags = [str(child.tag).removeprefix(W) for child in caption]
    assert tags == ["pPr", "bookmarkStart", "r", "fldSimple", "bookmarkEnd", "r"]


def test_ids_become_names_that_word_allows() -> None:
    long = "un-identifiant-beaucoup-trop-long-pour-un-signet"
    root = written(f'<p id="a-b">x</p><p id="A_b">x</p><p id="1">x</p><p id="{long}1">x</p><p id="{long}2">x</p>'
                   '<table id="t"><tbody><tr><td>x</td></tr></tbody></table><div class="box" id="b"><p>x</p></div>'
                   '<blockquote id="q"><p>x</p></blockquote>'
                   '<figure id="f"><img src="figure:chart" alt="x"/></figure>')  # fmt: skip
    names = [str(node.get(W + "name")) for node in root.iter(W + "bookmarkStart")]
    assert names[:3] == ["a_b", "A_b_2", "b_1"]
    assert len({name.lower() for name in names}) == len(names) == 9
    assert all(len(name) <= 40 for name in names)


def test_a_credit_stands_below_its_caption_and_in_no_list() -> None:
    root = written('<nav class="figures"/><figure class="photo"><img src="photo:high" alt="x"/><figcaption>Figure '
                   '<span class="seq" data-name="Figure"/><br/> <span class="credit">Photo : A. N.</span></figcaption>'
                   "</figure>")  # fmt: skip
    lines = ["".join(str(text.text) for text in made.iter(W + "t")) for made in root.iter(W + "p")]
    assert [line for line in lines if line] == ["Figure 1–", "Figure 1", "Photo : A. N."]
    assert values(root, ".//w:pPr/w:pStyle")[-2:] == ["Caption", "PemdocsCredit"]


def test_boxes_front_and_quote_have_their_own_look() -> None:
    root, styles = part(made("docx", ("fr",))), part(made("docx", ("fr",)), "word/styles.xml")
    used = {*values(root, ".//w:tblStyle"), *values(root, ".//w:pPr/w:pStyle")}
    assert used >= {"PemdocsFront", "PemdocsFrontTitle", "PemdocsFrontSubtitle", "PemdocsFrontLead", "Quote",
                    "PemdocsQuoteSource", "PemdocsBoxPractice", "PemdocsBoxLesson",
                    "PemdocsBoxRecommendation"}  # fmt: skip
    assert used <= {style.get(W + "styleId") for style in styles.iter(W + "style")}


def test_photographs_in_word_are_upright_bare_and_no_larger_than_they_are_shown() -> None:
    content = made("docx", ("fr",))
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        media = {name: parts.read(name) for name in parts.namelist() if name.endswith((".jpg", ".jpeg"))}
    shown = {(round(int(node.get("cx", "")) / 36000), round(int(node.get("cy", "")) / 36000))
             for node in part(content).iter(WP + "extent")}  # fmt: skip
    assert {(86, 114), (64, 114)} <= shown
    assert sorted(Image.open(io.BytesIO(each)).size for each in media.values()) == [(556, 988), (741, 988)]
    assert not [name for name, each in media.items() if b"Secret" in each]


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_shows_the_same_pages_for_a_simple_document(tmp_path: Path) -> None:
    chapters = "".join(f'<section class="new-page"><h2>Chapitre {name}</h2><p>Texte.</p></section>' for name in "ABC")
    page = report_pages.filled(f'<h1>Titre</h1><nav class="contents"><p class="title">Sommaire</p></nav>{chapters}')
    (tmp_path / "simple.docx").write_bytes(make.FORMATS["docx"](page, pages.HOUSE, pages.CSS)[0])
    command = ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf",
               "--outdir", str(tmp_path), str(tmp_path / "simple.docx")]  # fmt: skip
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    with pdfplumber.open(tmp_path / "simple.pdf") as file:
        texts = [sheet.extract_text() for sheet in file.pages]
    shown = dict(re.findall(r"Chapitre ([ABC])\W*?(\d+)", texts[0]))
    assert shown == {"A": "2", "B": "3", "C": "4"}
    assert [f"Chapitre {name}" in texts[int(shown[name]) - 1] for name in "ABC"] == [True] * 3
