"""The Word file is opened again and read: by its XML, by a validator, by LibreOffice."""

import io
import shutil
import subprocess
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
import word_pages
from lxml import etree
from openxml_audit import FileFormat, OpenXmlValidator
from reading_docx import read_docx_text

from pemdocs.model import PemdocsError
from pemdocs.project import theme
from pemdocs.writing import word

HOUSE = theme.load(Path(__file__).parents[2] / "templates" / "house" / "theme.toml")
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
TWO = ("fr", "nl")
BOTH = pytest.mark.parametrize("languages", [("fr",), TWO], ids=["mono", "parallel"])


@pytest.fixture(scope="module")
def plan():
    return word.write(word_pages.plan(), HOUSE)


@pytest.fixture(scope="module")
def double():
    return word.write(word_pages.plan(TWO), HOUSE)


def part(content, name="word/document.xml"):
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        return etree.fromstring(parts.read(name))


def written(body, **more):
    return word.write(word_pages.page(body, **more), HOUSE)


def values(root, path):
    return [node.get(W + "val") for node in root.iterfind(path.replace("w:", W))]


def table_with(content, words):
    found = [table for table in part(content).iter(W + "tbl") if words in "".join(table.itertext())]
    return found[0]


# --- the package ---


@BOTH
def test_the_same_page_gives_the_same_bytes(languages):
    assert word.write(word_pages.plan(languages), HOUSE) == word.write(word_pages.plan(languages), HOUSE)


def test_the_package_is_sealed_without_time_and_without_leftovers(plan):
    with zipfile.ZipFile(io.BytesIO(plan)) as parts:
        names = parts.namelist()
        assert {entry.date_time for entry in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        everything = b"".join(parts.read(name) for name in names if name.endswith((".xml", ".rels")))
    assert names[:2] == ["[Content_Types].xml", "_rels/.rels"]
    assert len(names) == len(set(names))
    assert b"rsid" not in everything
    assert b"updateFields" not in everything
    assert b"python-docx" not in everything
    assert not [name for name in names if "thumbnail" in name or "customXml" in name or "stylesWithEffects" in name]


def test_the_properties_are_the_pages_own(plan):
    properties = {each.tag.rpartition("}")[2]: each.text for each in part(plan, "docProps/core.xml")}
    assert properties["title"] == "Plan d’accompagnement & suivi"
    assert properties["creator"] == properties["lastModifiedBy"] == "Équipe\ufffdmobilité"
    assert properties["subject"] == "Plan"
    assert properties["language"] == "fr-FR"
    assert properties["revision"] == "1"
    assert properties["created"] == properties["modified"] == "2026-03-12T00:00:00Z"


def test_word_opens_it_in_its_present_mode_and_in_the_documents_language(double):
    settings = part(double, "word/settings.xml")
    modes = {node.get(W + "name"): node.get(W + "val") for node in settings.iter(W + "compatSetting")}
    assert modes["compatibilityMode"] == "15"
    assert values(settings, ".//w:themeFontLang") == ["fr-FR"]
    assert values(part(double, "word/styles.xml"), "w:docDefaults/w:rPrDefault/w:rPr/w:lang") == ["fr-FR"]


@BOTH
@pytest.mark.parametrize("year", [FileFormat.OFFICE_2010, FileFormat.OFFICE_2019, FileFormat.MICROSOFT_365])
def test_the_validator_finds_no_fault(tmp_path, languages, year):
    path = tmp_path / "plan.docx"
    path.write_bytes(word.write(word_pages.plan(languages), HOUSE))
    assert [str(error) for error in OpenXmlValidator(file_format=year).validate(path).errors] == []


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_it(tmp_path, double):
    path = tmp_path / "plan.docx"
    path.write_bytes(double)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=180)
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


# --- styles and languages ---


@pytest.mark.parametrize("name", ["document.xml", "header1.xml", "header2.xml", "footer1.xml", "footer2.xml"])
def test_every_style_in_use_exists(plan, name):
    known = {style.get(W + "styleId") for style in part(plan, "word/styles.xml").iter(W + "style")}
    used = {node.get(W + "val") for node in part(plan, f"word/{name}").iter(W + "pStyle", W + "rStyle", W + "tblStyle")}
    assert used
    assert used <= known


def test_style_names_are_unique_and_their_parents_exist(plan):
    styles = part(plan, "word/styles.xml")
    names = values(styles, "w:style/w:name")
    known = {style.get(W + "styleId") for style in styles.iter(W + "style")}
    assert len(names) == len(set(names))
    assert {"Title", "Subtitle", "heading 1", "heading 2", "heading 3", "Body Text", "caption", "Hyperlink"} <= set(
        names
    )
    assert {*values(styles, "w:style/w:basedOn"), *values(styles, "w:style/w:next")} <= known


@BOTH
def test_every_run_says_its_language(languages):
    content = word.write(word_pages.plan(languages), HOUSE)
    for name in ("word/document.xml", "word/header1.xml", "word/footer1.xml"):
        runs = list(part(content, name).iter(W + "r"))
        assert runs
        assert all(run.find(f"{W}rPr/{W}lang") is not None for run in runs)
    spoken = {node.get(W + "val") for node in part(content).iter(W + "lang")}
    assert spoken == {"fr-FR", "en-GB", "nl-BE"}


def test_runs_carry_nothing_but_a_style_and_a_language(plan):
    for properties in part(plan).iter(W + "rPr"):
        assert {child.tag for child in properties} <= {W + "rStyle", W + "lang"}


def test_emphasis_inside_a_styled_passage_keeps_both():
    run = part(written('<p><span class="second"><em>x</em></span></p>')).find(f".//{W}r/{W}rPr")
    assert [child.tag.removeprefix(W) for child in run] == ["rStyle", "i", "lang"]


def test_arabic_words_run_from_right_to_left():
    properties = part(written('<p><span lang="ar">مرحبا</span></p>')).find(f".//{W}rPr")
    assert properties.find(W + "rtl") is not None
    assert properties.find(W + "lang").get(W + "bidi") == "ar"


# --- text ---


def test_text_comes_back_as_it_was(plan):
    assert word_pages.ODD_READ in read_docx_text(plan).split("\n")


def test_white_space_collapses_as_in_a_browser_and_no_break_spaces_stay():
    body = "<p>  a \n <em> b </em> c\u00a0\u202f <br/>  d </p>"
    assert read_docx_text(written(body)) == "a b c\u00a0\u202f\nd"


def test_a_break_at_the_end_of_a_line_makes_no_line():
    root = part(written("<p>un<br/>deux<br/></p>"))
    assert len(list(root.iter(W + "br"))) == 1


def test_the_reader_sees_numbers_of_headings_and_words_of_drawings(plan):
    lines = read_docx_text(plan).split("\n")
    headings = ["1 Les entreprises", "1.1 Identité", "1.2 Besoins", "2 Diagnostic", "Sans numéro", "3 Actions"]
    assert [line for line in lines if line in headings] == headings
    assert "Suivi & bilan" in lines
    assert "Plan d’accompagnement – Fruits de Thiès" not in lines


def test_a_document_in_two_languages_says_all_of_both(double):
    text = read_docx_text(double)
    assert all(words in text for language in TWO for words in word_pages.WORDS[language])


def test_links_lead_out_or_to_a_bookmark_and_other_addresses_stay_words(plan):
    links = list(part(plan).iter(W + "hyperlink"))
    assert ["".join(link.itertext()) for link in links] == ["le site", "le but"]
    assert links[1].get(W + "anchor") == part(plan).find(f".//{W}bookmarkStart").get(W + "name") == "but"
    other = part(written('<p><a href="javascript:x()">non</a></p>'))
    assert "".join(other.itertext()) == "non"
    assert other.find(f".//{W}hyperlink") is None


# --- headings, lists, sections ---


def test_headings_are_numbered_by_their_styles(plan):
    levels = part(plan, "word/numbering.xml").findall(f"{W}abstractNum[1]/{W}lvl")
    assert [values(level, "w:pStyle") for level in levels] == [["Heading1"], ["Heading2"]]
    assert [values(level, "w:lvlText") for level in levels] == [["%1"], ["%1.%2"]]
    plain = part(plan, "word/styles.xml").find(f"{W}style[@{W}styleId='PemdocsHeading1Plain']")
    assert values(plain, "w:pPr/w:numPr/w:numId") == ["0"]


def test_each_numbered_list_starts_again():
    numbers = part(written("<ol><li>a</li><li>b</li></ol><ol start='4'><li>c</li></ol><ul><li>d</li></ul>"))
    first, second, third = values(numbers, ".//w:numPr/w:numId")
    assert first == second != third


def test_sections_turn_and_only_the_first_has_its_own_first_page(plan):
    sections = list(part(plan).iter(W + "sectPr"))
    sizes = [section.find(W + "pgSz") for section in sections]
    assert [size.get(W + "orient") for size in sizes] == [None, "landscape", None]
    assert [section.find(W + "titlePg") is not None for section in sections] == [True, False, False]
    assert [len(section.findall(W + "headerReference")) for section in sections] == [2, 0, 0]
    assert sections[-1].getparent().tag == W + "body"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<section class="landscape"><p>a</p></section>', ["landscape"]),
        (
            '<section class="landscape"><p>a</p></section><section class="landscape"><p>b</p></section>',
            ["landscape"] * 2,
        ),
        ('<p>a</p><section class="landscape"><p>b</p></section>', [None, "landscape"]),
        ("<p>a</p>", [None]),
    ],
)
def test_no_section_is_empty(body, expected):
    assert [size.get(W + "orient") for size in part(written(body)).iter(W + "pgSz")] == expected


def test_a_new_page_starts_once():
    breaks = part(written('<p>a</p><section class="new-page"><h2>b</h2></section><section class="landscape">'
                          '<section class="new-page"><p>c</p></section></section>'))  # fmt: skip
    assert [made.find(f"..//{W}pStyle").get(W + "val") for made in breaks.iter(W + "pageBreakBefore")] == ["Heading1"]


def test_page_numbers_are_fields_and_running_tables_fit_every_sheet(plan):
    footer = part(plan, "word/footer1.xml")
    assert [field.get(W + "instr").strip() for field in footer.iter(W + "fldSimple")] == ["PAGE", "NUMPAGES"]
    assert {node.get(W + "type") for node in footer.iter(W + "tblW", W + "tcW")} == {"pct"}


def test_a_line_without_a_first_page_variant_is_repeated_there(plan):
    with zipfile.ZipFile(io.BytesIO(plan)) as parts:
        names = sorted(name for name in parts.namelist() if name.startswith(("word/header", "word/footer")))
    footers = ["".join(part(plan, name).itertext()) for name in names if "footer" in name]
    assert len(names) == 4
    assert footers[0] == footers[1] != ""


# --- tables ---


def test_head_rows_repeat_and_rows_stay_whole(plan):
    rows = table_with(plan, "Ce qui est prévu").findall(W + "tr")
    assert [row.find(f"{W}trPr/{W}tblHeader") is not None for row in rows] == [True, True] + [False] * 12
    assert all(row.find(f"{W}trPr/{W}cantSplit") is not None for row in rows)


def test_contents_that_are_kept_together_stand_in_a_row_that_no_page_cuts():
    nav = '<nav class="contents keep"><p class="title">Sommaire</p><p class="entry"><a href="#a">Un</a></p></nav>'
    table = table_with(written(f'<h1 id="a">Un</h1>{nav}'), "Sommaire")
    assert [row.find(f"{W}trPr/{W}cantSplit") is not None for row in table.iter(W + "tr")] == [True]
    assert values(table, ".//w:docPartGallery") == ["Table of Contents"]
    assert values(table, ".//w:sdtContent/w:p/w:pPr/w:pStyle") == ["TOCHeading", "TOC1"]


def test_columns_are_fixed_and_every_row_fills_the_grid(plan):
    for table in part(plan).iter(W + "tbl"):
        columns = [int(column.get(W + "w")) for column in table.find(W + "tblGrid")]
        assert table.find(f"{W}tblPr/{W}tblLayout").get(W + "type") == "fixed"
        for row in table.iterchildren(W + "tr"):
            spans = [int(next(iter(values(cell, "w:tcPr/w:gridSpan")), "1")) for cell in row.iterchildren(W + "tc")]
            widths = [int(cell.find(f"{W}tcPr/{W}tcW").get(W + "w")) for cell in row.iterchildren(W + "tc")]
            assert sum(spans) == len(columns)
            assert sum(widths) == sum(columns)


def test_a_span_over_rows_goes_on_below():
    content = written(
        '<table class="grid"><tbody><tr><td rowspan="3" colspan="2">a</td><td>b</td></tr>'
        '<tr><td rowspan="2">c</td></tr><tr/><tr><td>d</td></tr></tbody></table>'
    )
    rows = part(content).findall(f".//{W}tr")
    merges = [[(values(cell, "w:tcPr/w:vMerge") or ["-"])[0] for cell in row.iterchildren(W + "tc")] for row in rows]
    assert merges == [["restart", "-"], ["continue", "restart"], ["continue", "continue"], ["-", "-"]]


def test_a_last_row_stays_with_the_note_below_it_and_a_long_row_may_stand_alone():
    rows = "<tr><td>a</td></tr><tr><td>b</td></tr><tr><td>c</td></tr>"
    table = table_with(written(f'<table class="grid"><tbody>{rows}</tbody></table><p class="note">x</p>'), "a")
    assert [len(list(row.iter(W + "keepNext"))) for row in table.iter(W + "tr")] == [1, 1, 1]
    long = f"<tr><td>{'mot ' * 100}</td></tr>"
    table = table_with(written(f'<table class="grid"><tbody>{long * 3}</tbody></table><p>x</p>'), "mot")
    assert not list(table.iter(W + "keepNext"))


def test_key_figures_stand_large_under_a_rule():
    cell = '<td><p class="key">414</p><p class="small">x</p></td>'
    table = table_with(written(f'<table class="bare key"><tbody><tr>{cell}</tr></tbody></table>'), "414")
    assert values(table, "w:tblPr/w:tblStyle") == ["PemdocsKey"]
    assert values(table, ".//w:pPr/w:pStyle") == ["PemdocsKeyFigure", "PemdocsSmall"]


def test_a_cover_has_room_above_its_words():
    cell = '<div class="front{}"><h1>Titre</h1></div>'
    cover, front = (part(written(cell.format(kind))) for kind in (" cover", ""))
    assert [row.get(W + "hRule") for row in cover.iter(W + "trHeight")] == ["atLeast"]
    assert values(cover, ".//w:tcPr/w:vAlign") == ["bottom"]
    assert not list(front.iter(W + "trHeight"))


def test_tables_describe_themselves(plan):
    versions, identity = table_with(plan, "Version"), table_with(plan, "Fruits de Thiès")
    assert values(versions, "w:tblPr/w:tblCaption") == ["Contrôle du document"]
    assert values(versions, "w:tblPr/w:tblDescription") == ["Les versions"]
    assert values(identity, "w:tblPr/w:tblCaption") == ["Identité de l’entreprise"]


def test_a_caption_stays_with_its_table(plan):
    caption = table_with(plan, "Ce qui est prévu").getprevious()
    assert "".join(caption.itertext()) == "Les actions par phase"
    assert caption.find(f"{W}pPr/{W}keepNext") is not None


def test_empty_paragraphs_stand_only_where_word_wants_them(plan):
    for made in part(plan).iter(W + "p"):
        if made.find(W + "r") is None and made.getparent().tag != W + "tc" and made.find(W + "hyperlink") is None:
            assert made.getprevious().tag == W + "tbl"
            assert made.getnext().tag in (W + "tbl", W + "sectPr") or made.find(f".//{W}sectPr") is not None


def test_languages_stay_level_where_their_blocks_pair():
    pair = '<div class="parallel"><div lang="fr"><p>a</p><p>b</p></div><div lang="nl"><p>c</p>{}</div></div>'
    paired, unpaired = written(pair.format("<p>d</p>")), written(pair.format(""))
    assert read_docx_text(paired) == "a\nc\nb\nd"
    assert read_docx_text(unpaired) == "a\nb\nc"


def test_passages_side_by_side_that_follow_each_other_share_a_table():
    one = '<div class="parallel"><div lang="fr"><p>a</p></div><div lang="nl"><p>b</p></div></div>'
    table = part(written(one * 2)).findall(f".//{W}tbl")
    assert [len(made.findall(W + "tr")) for made in table] == [2]


# --- pictures ---


def test_passages_side_by_side_keep_the_style_of_their_place():
    sides = '<div class="parallel"><div lang="fr"><p>un</p></div><div lang="nl"><p>een</p></div></div>'
    cell = table_with(written(f"<table><tbody><tr><td>{sides}</td></tr></tbody></table>"), "een")
    assert set(values(cell, ".//w:tc//w:tc//w:pStyle")) == {"PemdocsCell"}


def test_a_passage_stays_with_its_list_and_with_what_is_said_small_below_it():
    root = part(written('<p>Trois :</p><ul><li>un</li></ul><p>a</p><p class="small">Voir C1</p><p>b</p>'))
    kept = ["".join(made.itertext()) for made in root.iter(W + "p") if made.find(f"{W}pPr/{W}keepNext") is not None]
    assert kept == ["Trois :", "a"]


def test_pictures_are_described_numbered_apart_and_stored_once(plan):
    drawn = [node for name in ("document", "header1", "header2", "footer1", "footer2")
             for node in part(plan, f"word/{name}.xml").iter(WP + "docPr")]  # fmt: skip
    assert len({node.get("id") for node in drawn}) == len(drawn) == 5
    assert sorted(node.get("descr") for node in drawn) == [
        "",
        "Calendrier de mars à mai",
        "Partenaire",
        "Programme",
        "Programme",
    ]
    assert [b"decorative" in etree.tostring(node) for node in drawn] == [node.get("descr") == "" for node in drawn]
    with zipfile.ZipFile(io.BytesIO(plan)) as parts:
        vectors = [parts.read(name) for name in parts.namelist() if name.endswith(".svg")]
    assert sorted(vectors) == sorted([word_pages.GANTT, word_pages.LOGO])


@pytest.mark.parametrize(
    ("style", "millimetres"),
    [("width:85mm", (85, 21)), ("height:2.1cm", (85, 21)), ("width:50%", (85, 21)), ("", (170, 42)),
     ("width:900mm", (170, 42)), ("width:40mm;height:40mm", (40, 40))],
)  # fmt: skip
def test_a_picture_has_the_size_it_asks_for_but_never_leaves_the_page(style, millimetres):
    extent = part(written(f'<p><img src="figure:gantt" alt="x" style="{style}"/></p>')).find(f".//{WP}extent")
    assert (round(int(extent.get("cx")) / 36000), round(int(extent.get("cy")) / 36000)) == millimetres


# --- faults ---


@pytest.mark.parametrize(
    ("body", "pictures", "code"),
    [
        ("<p><blink>x</blink></p>", None, "layout-unknown-element"),
        ("<marquee>x</marquee>", None, "layout-unknown-element"),
        ('<table class="grid"></table>', None, "layout-empty-table"),
        ('<p><img src="figure:none" alt=""/></p>', None, "picture-missing"),
        ('<p><img src="a" alt=""/></p>', {"a": b"GIF89a"}, "picture-unreadable"),
        ('<p><img src="a" alt=""/></p>', {"a": b"<svg"}, "picture-unreadable"),
        ('<p><img src="a" alt=""/></p>', {"a": b"<html/>"}, "picture-unreadable"),
        ('<p><img src="a" alt=""/></p>', {"a": b"\x89PNG\r\n\x1a\n"}, "picture-unreadable"),
        ('<p><img src="a" alt=""/></p>', {"a": b"<svg><image href='/etc/x.png'/></svg>"}, "picture-not-self-contained"),
        ('<p><img src="a" alt=""/></p>', {"a": b"<svg><style>@import 'x'</style></svg>"}, "picture-not-self-contained"),
    ],
)
def test_what_cannot_be_written_is_said(body, pictures, code):
    with pytest.raises(PemdocsError) as caught:
        written(body, pictures=pictures)
    assert caught.value.code == code


def test_a_gradient_inside_a_picture_is_no_reach_outside():
    svg = b"""<svg xmlns="http://www.w3.org/2000/svg" width="9mm" height="9mm"><defs><linearGradient id="g"/></defs>
    <rect width="9" height="9" fill="url('#g')"/></svg>"""
    assert written('<p><img src="a" alt=""/></p>', pictures={"a": svg})


def test_what_people_fill_in_is_a_control_and_our_styles_stay_out_of_the_gallery():
    filled = '<p><span data-fill="Prévue|Réalisée">Réalisée</span> <span data-fill="day">\u00a0</span></p>'
    document = part(written(filled))
    assert [each.get(W + "value") for each in document.iter(W + "listItem")] == ["Prévue", "Réalisée"]
    assert len(list(document.iter(W + "date"))) == 1
    seen = []
    for style in part(written(filled), "word/styles.xml").iter(W + "style"):
        if style.get(W + "customStyle") and style.find(W + "semiHidden") is None:
            seen.append(style.find(W + "name").get(W + "val"))
        elif style.get(W + "customStyle"):
            assert style.find(W + "qFormat") is None
    assert seen == ["Tableau – fiche", "Tableau – liste", "Tableau – sobre"]


@pytest.mark.parametrize(("words", "needed"), [(4, False), (40, True)], ids=["short", "long"])
def test_what_stands_beside_a_box_never_reaches_into_what_stands_beside_the_next(words, needed):
    aside = f'<div class="aside"><p>{"Volgt uit. " * words}</p></div>'
    item = f'{aside}<div class="box lesson"><h3 class="plain">Titel</h3><p>Kort.</p></div>'
    wide = replace(HOUSE, page={**HOUSE.page, "inset_right": 48})
    body = f'<div class="measure">{item * 2}</div>'
    root = part(word.write(word_pages.page(body), wide))
    boxes = [table for table in root.iter(W + "tbl") if "Titel" in "".join(table.itertext())]
    between = []
    for each in boxes[0].itersiblings():
        if each is boxes[1]:
            break
        if each.find(f"{W}pPr/{W}framePr") is None:
            between.append(each)
    room = [int(made.get(W + "before", "0")) for each in between for made in each.iter(W + "spacing")]
    assert between  # two tables without a paragraph between them would grow into one
    assert (max(room, default=0) > 400) is needed
