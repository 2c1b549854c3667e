"""The PDF says what its page says, to eyes and to screen readers, and says it the same way each time."""

from __future__ import annotations

import io
import subprocess
import sys
from dataclasses import replace
from datetime import date
from functools import lru_cache
from pathlib import Path

import outloud
import pages
import pdfplumber
import pikepdf
import pytest
from lxml import etree
from reading_pdf import elements, read_pdf_text, source_text, squeeze

from pemdocs.model import Page, PemdocsError
from pemdocs.writing import pdf

KINDS = ("mono", "parallel")


@lru_cache(maxsize=2)
def written(kind: str) -> bytes:
    return pdf.write(getattr(pages, kind)(), pages.HOUSE, pages.CSS)[0]


def write(page: Page) -> bytes:
    return pdf.write(page, pages.HOUSE, pages.CSS)[0]


def opened(content: bytes) -> pikepdf.Pdf:
    return pikepdf.open(io.BytesIO(content))


@pytest.mark.parametrize("kind", KINDS)
def test_the_text_read_back_is_the_text_of_the_source(kind: str) -> None:
    assert squeeze(read_pdf_text(written(kind))) == source_text(getattr(pages, kind)())


@pytest.mark.parametrize("kind", KINDS)
def test_an_accessibility_checker_finds_no_error(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_bytes(written(kind))
    result = outloud.check(str(path))
    assert result.error is None
    assert [finding.rule for finding in result.sorted_findings() if finding.severity == "error"] == []


@pytest.mark.parametrize("kind", KINDS)
def test_the_metadata_claims_both_standards_and_agrees_with_the_information_dictionary(kind: str) -> None:
    with opened(written(kind)) as file, file.open_metadata() as xmp:
        assert (xmp["pdfaid:part"], xmp["pdfaid:conformance"], xmp["pdfuaid:part"]) == ("3", "A", "1")
        assert xmp["dc:title"] == str(file.docinfo["/Title"]) == "Plan d’accompagnement – Ferme de Thiès"
        assert xmp["dc:creator"] == [str(file.docinfo["/Author"])] == ["Enabel"]
        assert xmp["dc:description"] == str(file.docinfo["/Subject"]) == "Plan d’accompagnement"
        assert xmp["xmp:CreateDate"] == xmp["xmp:ModifyDate"] == "2025-03-01T00:00:00Z"
        assert str(file.docinfo["/CreationDate"]) == str(file.docinfo["/ModDate"]) == "D:20250301000000Z"
        assert file.Root.ViewerPreferences.DisplayDocTitle
        assert str(file.Root.Lang) == "fr"
        assert "/OutputIntents" in file.Root


def test_a_heading_is_told_below_the_one_that_it_stands_under() -> None:
    body = "<h1>a</h1><h2>b</h2><h4>c</h4><h4>d</h4><h3>e</h3><h4>f</h4><h2>g</h2>"
    told = [(role, words) for role, _, words in elements(write(pages.sample(body))) if role.startswith("H")]
    assert told == [("H1", "a"), ("H2", "b"), ("H3", "c"), ("H3", "d"), ("H3", "e"), ("H4", "f"), ("H2", "g")]


def test_each_passage_keeps_its_language() -> None:
    found = [(role, language, squeeze(words)) for role, language, words in elements(written("parallel"))]
    assert ("Span", "nl", "Identificatie") in found
    assert ("Span", "en", "matchmaking") in found
    for own, times in (("fr", 8), ("nl", 7)):
        passages = [language for role, language, words in found if role == "P" and words == squeeze(pages.LONG[own])]
        assert passages == [own] * times


def test_a_table_over_two_pages_is_one_table_with_one_head() -> None:
    heads = [words for role, _, words in elements(written("mono")) if role == "TH" and words == "Responsable"]
    assert heads == ["Responsable"]
    tables = [words for role, _, words in elements(written("mono")) if role == "Table" and "Responsable" in words]
    assert len(tables) == 1
    assert all(f"n° {number}," in tables[0] for number in range(1, 15))


def test_side_by_side_is_not_a_table_to_a_screen_reader() -> None:
    page = pages.sample('<div class="parallel"><div lang="fr"><p>Un</p></div><div lang="nl"><p>Een</p></div></div>')
    roles = [(role, language) for role, language, _ in elements(write(page))]
    expected = [("Document", "fr"), ("Div", "fr"), ("Div", "fr"), ("P", "fr"), ("Div", "nl"), ("P", "nl")]
    assert roles == expected


def test_a_bare_table_is_not_a_table_to_a_screen_reader() -> None:
    page = pages.sample('<table class="bare"><tbody><tr><td><p>Signé</p></td></tr></tbody></table>')
    assert "Table" not in {role for role, _, _ in elements(write(page))}


def test_the_disclaimer_of_the_running_lines_is_said_once_after_the_text() -> None:
    spoken = read_pdf_text(written("mono"), running=True)
    assert spoken.count("Financé par l’Union européenne") == 1
    assert spoken.splitlines()[-1].startswith("Financé par l’Union européenne")


def test_bookmarks_follow_the_headings() -> None:
    with opened(written("mono")) as file, file.open_outline() as outline:
        title = outline.root[0]
        assert title.title == "Plan d’accompagnement"
        assert [" ".join(entry.title.split()) for entry in title.children] == [
            "1 Identification",
            "2 Diagnostic",
            "3 Plan d’action",
            "4 Engagements",
        ]
        assert [" ".join(entry.title.split()) for entry in title.children[1].children] == [
            "2.1 Forces",
            "2.2 Faiblesses",
            "Sans numéro",
        ]


def test_fonts_are_embedded_and_subset() -> None:
    with opened(written("parallel")) as file:
        fonts = [part for part in file.objects if isinstance(part, pikepdf.Dictionary) and "/FontFile2" in part]
        names = {str(font.FontName) for font in fonts}
    assert {name.split("+")[1].split("-")[0] for name in names} >= {"Carlito", "Caladea"}
    assert all("+" in name for name in names)


def test_the_landscape_section_and_no_other_is_turned() -> None:
    with opened(written("parallel")) as file:
        turned = [page.mediabox[2] > page.mediabox[3] for page in file.pages]
    first = turned.index(True)
    assert turned == [False] * first + [True] * turned.count(True) + [False] * (
        len(turned) - first - turned.count(True)
    )
    assert turned.count(True) == 2


def test_the_same_page_gives_the_same_bytes_in_another_process() -> None:
    command = (
        "import sys, hashlib; sys.path.insert(0, sys.argv[1]); import pages; from pemdocs.writing import pdf;"
        "print(hashlib.sha256(pdf.write(pages.parallel(), pages.HOUSE, pages.CSS)[0]).hexdigest())"
    )
    root = Path(__file__).parents[2]
    builders = str(root / "tests" / "builders")
    hashes = {
        subprocess.run(
            [sys.executable, "-c", command, builders], capture_output=True, text=True, check=True, cwd=root
        ).stdout
        for _ in range(2)
    }
    assert len(hashes) == 1
    assert write(pages.parallel()) == written("parallel")


def test_a_later_date_gives_other_bytes() -> None:
    assert write(replace(pages.mono(), modified=date(2025, 3, 2))) != written("mono")


@pytest.mark.parametrize(
    "source",
    ["http://localhost:1/logo.png", "file:///etc/hostname", "https://example.org/a.svg", "figure:unknown", "data:,x"],
)
def test_nothing_but_the_pictures_of_the_page_is_fetched(source: str) -> None:
    with pytest.raises(PemdocsError) as raised:
        write(pages.sample(f'<p><img src="{source}" alt="Un dessin"/></p>'))
    assert (raised.value.code, raised.value.facts["picture"]) == ("picture-missing", source)


def test_a_stylesheet_and_a_picture_inside_a_picture_fetch_nothing_either() -> None:
    nested = (
        b'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="9" height="9">'
        b'<image xlink:href="file:///etc/hostname" width="9" height="9"/></svg>'
    )
    page = pages.sample('<p><img src="logo:a" alt="Logo"/></p>', pictures={"logo:a": nested})
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "picture-unreadable"):
        write(page)
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "picture-missing"):
        pdf.write(pages.sample("<p>x</p>"), pages.HOUSE, ('@import url("file:///etc/hostname");',))


def test_a_picture_that_cannot_be_drawn_is_an_error_and_not_a_hole() -> None:
    with pytest.raises(PemdocsError) as raised:
        write(pages.sample('<p><img src="logo:a" alt="Logo"/></p>', pictures={"logo:a": b"GIF8 broken"}))
    assert (raised.value.code, raised.value.facts["picture"]) == ("picture-unreadable", "logo:a")


def test_page_numbers_stand_on_every_page() -> None:
    with pdfplumber.open(io.BytesIO(written("mono"))) as file:
        for number, page in enumerate(file.pages, start=1):
            assert f"{number} / {len(file.pages)}" in page.extract_text().splitlines()[-1]


def test_running_lines_never_touch_the_text() -> None:
    lines = "".join(f"<p>Ligne {number}</p>" for number in range(12))
    page = pages.sample(f"<header>{lines}</header><footer>{lines}</footer>" + "<p>Texte</p>" * 200)
    with pdfplumber.open(io.BytesIO(write(page))) as file:
        words = file.pages[1].extract_words()
    text = [word for word in words if word["text"] == "Texte"]
    running = [word for word in words if word["text"] == "Ligne"]
    middle = file.pages[1].height / 2
    assert max(word["bottom"] for word in running if word["top"] < middle) < min(word["top"] for word in text)
    assert min(word["top"] for word in running if word["top"] > middle) > max(word["bottom"] for word in text)


def test_the_number_of_pages_is_told() -> None:
    content, count, _ = pdf.write(pages.mono(), pages.HOUSE, pages.CSS)
    with opened(content) as file:
        assert len(file.pages) == count


def test_the_page_is_left_as_it_was() -> None:
    page = pages.parallel()
    before = etree.tostring(page.tree)
    write(page)
    assert etree.tostring(page.tree) == before


def bare(body: str) -> Page:
    """A page of this and nothing else."""
    root = etree.Element("html", lang="fr")
    root.append(etree.fromstring("<head><title>t</title></head>"))
    root.append(etree.fromstring(body))
    return replace(pages.mono(), tree=root, pictures={})


def test_what_stands_in_the_margin_is_never_parted_at_the_end_of_a_page() -> None:
    aside = '<div class="aside"><p>' + "Fondement : la revue finale. " * 6 + "</p></div>"
    page = bare(f'<body class="monolingual"><div class="measure">{(aside + "<p>Texte.</p>") * 24}</div></body>')
    theme = replace(pages.HOUSE, page={**pages.HOUSE.page, "inset_right": 48})
    with pdfplumber.open(io.BytesIO(pdf.write(page, theme, pages.CSS)[0])) as file:
        found = [(sheet.extract_text() or "").count("Fondement") for sheet in file.pages]
    assert sum(found) == 24 * 6
    assert len(found) > 1
    assert [number % 6 for number in found] == [0] * len(found)


def test_words_before_a_mark_are_never_parted_after_the_first() -> None:
    """Every length around that of a line: the mark goes to the next one by itself."""
    words = (
        "deux entreprises se parlent en ligne depuis mai ; le séjour à Ottignies est prévu du 14 au 2 octobre "
        + "i" * 40
    )
    texts = [f"Les {words[:length]}{tail}." for length in range(90, 135) for tail in ("", "t", "s", "e", "m", "w")]
    paragraphs = [f'<p>{text} <span class="mark">[texte en français]</span></p>' for text in texts]
    rows = [f'<tr><th>{text} <span class="second">(personnes et groupes)</span></th></tr>' for text in texts]
    page = bare(f"<body>{''.join(paragraphs)}<table>{''.join(rows)}</table></body>")
    with pdfplumber.open(io.BytesIO(write(page))) as file:
        lines = [line for sheet in file.pages for line in (sheet.extract_text() or "").split("\n")]
    assert "Les" not in lines
