"""An attack on every kind of publication: strangers in each field that could be printed, in every way of naming them.

The one gate stands before all formats, so what it sees is tried for every kind in every language; what lies behind it
is read byte by byte in every format.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from lxml import etree
from pagesof import kept_by_typing
from PIL import Image, PngImagePlugin
from planting import TELLING, plants, told, ways, with_strangers
from projects import Data, cells, checked, publication, said, write
from word_templates import template

import pemdocs
from pemdocs.building import MADE
from pemdocs.consent import leaks
from pemdocs.consent.leaks import PRINTED, REMARKS
from pemdocs.data.dataset import Dataset
from pemdocs.data.schema import Field
from pemdocs.model import Page, PemdocsError, Text
from pemdocs.page import gate, layout
from pemdocs.page.view import View
from pemdocs.pictures import vector
from pemdocs.project import kinds, theme
from pemdocs.writing import make

KINDS = sorted(each for each in kinds.available() if gate.public(kinds.load(each)))
VERSIONS = [("fr",), ("en",), ("nl",), ("fr", "nl")]
OPEN = PRINTED | {"actions", "criteria"}
"""The tables whose texts a publication may print."""

SHARED = "docx pdf html figures cards"
BUILT = {
    "learning-note": ("fr+nl", SHARED),
    "final-report": ("en", "docx pdf html"),
    "management-response": ("nl", "docx pdf"),
    "infographic": ("fr", "docx pdf html figures"),
    "note-infographic": ("nl", "docx pdf html"),
}


def printable(field: Field) -> bool:
    public = field.audience == "public" or (field.table, field.name) in REMARKS
    free = field.format in ("", "code", "uri") and field.name not in ("file", "logo")
    return field.table in OPEN and public and (field.translated or kept_by_typing(field)) and free


def plant(data: Data, wanted: object) -> int:
    """A stranger in each wanted field, in each of its languages another."""
    found, count = plants(), 0
    for row, field in list(cells(data)):
        if wanted(field) and not (field.name == "organisation" and "person" in row):  # type: ignore[operator]
            count += 1
            text = row[field.name]
            row[field.name] = (
                {each: f"Avant {next(found)} après" for each in text}
                if field.translated
                else f"Avant {next(found)} après"
            )
    return count


@pytest.fixture(scope="module")
def attacked() -> Dataset:
    """Strangers in all that could be printed."""
    data = with_strangers(publication())
    data["notes"][0] |= {"lessons": ["L1", "L2"], "indicators": ["IND-01", "IND-02", "IND-03"]}
    assert plant(data, printable) > 80
    return checked(data).dataset


def everything(page: Page) -> list[str]:
    """All that the gate reads of a page."""
    drawn = [etree.fromstring(each) for each in page.pictures.values() if vector.is_svg(each)]
    return [*map(gate.words, [page.tree, *drawn]), "\n".join((page.title, page.author, page.subject, *page.pictures))]


@pytest.mark.parametrize("languages", VERSIONS, ids="+".join)
@pytest.mark.parametrize("kind", KINDS)
def test_the_gate_sees_each_of_them_in_every_kind_and_language(
    attacked: Dataset, kind: str, languages: tuple[str, ...]
) -> None:
    loaded = kinds.load(kind)
    case = attacked.table(loaded.table)[0]
    view = View(loaded, case, languages)
    page = layout.lay_out(view, theme.of(loaded.templates, kind))
    what = leaks.of_case(case, languages)
    there, unseen = 0, []
    for text in everything(page):
        there += len(TELLING.findall(text))
        left = list(text)
        for each in what.found(text):
            left[each.start : each.end] = " " * (each.end - each.start)
        rest = re.sub(r"vorg[.]example|Quervol\b", "", "".join(left))
        unseen += [rest[max(0, each.start() - 30) : each.end() + 30] for each in TELLING.finditer(rest)]
    assert unseen == []
    assert there > 10
    assert isinstance(fault := make.laid_out(view), PemdocsError)
    assert fault.code == "publication-says"
    assert not TELLING.search(f"{fault}{fault.facts}")


def within(content: bytes, **parts: bytes | str) -> bytes:
    """A Word file with more in it: XML before the last section of its text, and files."""
    into = BytesIO()
    with ZipFile(BytesIO(content)) as old, ZipFile(into, "w") as new:
        for name in old.namelist():
            text = old.read(name)
            if name == "word/document.xml" and "body" in parts:
                text = text.replace(b"<w:sectPr", str(parts["body"]).encode() + b"<w:sectPr", 1)
            new.writestr(name, text)
        for name, added in parts.items():
            if name != "body":
                new.writestr(f"word/{name.replace('_', '/', 1)}", added)
    return into.getvalue()


def test_what_is_printed_beside_the_data_is_held_too() -> None:
    """Style sheets, words of web pages, what Word templates say, however they part it, with the files within them."""
    kind = kinds.load("learning-note")
    view = View(kind, checked(with_strangers(publication())).dataset.table("notes")[0], ("fr",))
    page = layout.lay_out(view, theme.of(kind.templates, kind.id))
    assert gate.of_page(view, page, ('h1::after { content: "·" }',)) is page

    def refused(call: Callable[[], object]) -> bool:
        with pytest.raises(PemdocsError) as told:
            call()
        return told.value.code == "publication-says" and not TELLING.search(f"{told.value}{told.value.facts}")

    assert refused(lambda: gate.of_page(view, page, ('h1::after { content: "chez Dorkan\\e9  Pelissan" }',)))
    skip = {"skip": Text((("fr", "Vers Dorkané Pelissan"),))}
    assert refused(lambda: gate.of_page(view, replace(page, words={**page.words, **skip})))
    plain = template("Rien")
    assert gate.of_word(view, plain, ()) == plain
    run = "<w:r><w:t>{}</w:t></w:r>"
    about, drawn = Image.Exif(), BytesIO()
    about[0x9C9D] = "Dorkané Pelissan".encode("utf-16-le")  # the author, as Windows writes it
    Image.new("RGB", (8, 8)).save(drawn, "JPEG", exif=about)
    for parts in (
        {"body": f"<w:p>{run.format('Peli')}<w:bookmarkEnd w:id='7'/>{run.format('ssan')}</w:p>"},
        {"body": "<w:p><w:r><w:t>Peli</w:t><w:softHyphen/><w:t>ssan</w:t></w:r></w:p>"},
        {"media_logo.jpeg": drawn.getvalue()},
        {"embeddings_more.docx": within(plain, body=f"<w:p>{run.format('Pelissan')}</w:p>")},
    ):
        assert refused(lambda parts=parts: gate.of_word(view, within(plain, **parts), ()))  # type: ignore[misc]


def hidden(field: Field) -> bool:
    """Whether a field holds words, and no publication prints them."""
    words = field.translated or (kept_by_typing(field) and field.format == "")
    named = field.table in ("people", "companies", "travel_documents", "partnerships", "cohorts") or field.said
    return bool(words and not named and (field.audience != "public" or field.table not in OPEN)) and field.name not in (
        "file",
        "logo",
    )


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of publication in every format, of data whose other fields are full of strangers."""
    data = with_strangers(publication())
    assert plant(data, lambda field: hidden(field) and (field.table, field.name) not in REMARKS) > 20
    data["indicators"][2] |= {"note": said(ways(8)[0]), "note_public": False}
    data["notes"][0]["indicators"] = ["IND-01", "IND-02", "IND-03"]
    folder = write(tmp_path_factory.mktemp("attack"), data)
    about, into = PngImagePlugin.PngInfo(), BytesIO()
    about.add_text("Author", ways(10)[0])
    Image.new("RGB", (640, 480), "white").save(into, "PNG", pnginfo=about)
    (folder / "photos" / "F-1.png").write_bytes(into.getvalue())
    for kind, (languages, formats) in BUILT.items():
        case = "N-1" if "note" in kind else "REP-1"
        built = pemdocs.build(folder, kinds=kind, cases=case, languages=languages, formats=formats.split(), jobs=1)
        assert {each.state for each in built.outcomes} == {MADE}, (kind, [str(each.fault) for each in built.outcomes])
    return folder / "out"


def test_no_byte_of_any_format_tells_of_any_of_them(out: Path) -> None:
    assert BUILT.keys() == set(KINDS)
    files = [path for path in out.rglob("*") if path.is_file() and path.parent.name != ".pemdocs"]
    assert len(files) > 8
    for path in files:
        found = TELLING.search(told(path))
        assert not found, (path.name, found)
