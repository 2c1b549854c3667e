"""Tags that are read but not seen: alternative texts, captions, addresses of links, properties of the document."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from lxml import etree
from PIL import Image
from projects import checked, project
from word_templates import W, merged, part

from pemdocs.model import PemdocsError, Severity
from pemdocs.project.languages import available
from pemdocs.writing.own import lint
from pemdocs.writing.own.lint.annotating import annotated


def saved(document: Document, folder: Path) -> Path:
    document.save(folder / "template.docx")
    return folder / "template.docx"


def dot() -> io.BytesIO:
    image = io.BytesIO()
    Image.new("RGB", (4, 4)).save(image, "png")
    return image


def pictured(said: str) -> Document:
    """A paragraph that repeats a picture with this alternative text, and a table with a caption of its own."""
    document = Document()
    paragraph = document.add_paragraph("{% for each in case.consents %}")
    paragraph.add_run().add_picture(dot())
    paragraph.add_run("{% endfor %}")
    next(document.element.iter("{*}docPr")).set("descr", said)
    table = document.add_table(1, 1)
    caption = etree.SubElement(table._tbl.tblPr, W + "tblCaption")
    caption.set(W + "val", "{{ case.nname }}")
    return document


def test_the_alternative_text_of_a_picture_is_read_like_any_other_and_mended_there(tmp_path: Path) -> None:
    path = saved(pictured("{{ each.id }} {{ case.full_name | majuscul }} {{ person.id | UPPER }}"), tmp_path)
    examined = lint.examine(path, "people")
    assert [flaw.code for flaw in examined.flaws] == ["tag-no-such-filter", "tag-no-such-filter", "tag-no-such-field"]
    assert ["alternative" in flaw.place("en") for flaw in examined.flaws] == [True, True, True]
    with zipfile.ZipFile(io.BytesIO(annotated(examined, "fr"))) as archive:
        assert "texte de remplacement" in archive.read("word/comments.xml").decode()
    lint.fix(path, path, "people")
    assert "{{ person.id | upper }}" in next(part(path.read_bytes()).iter("{*}docPr")).get("descr", "")


@pytest.mark.parametrize("sign", ["« »", "“ ”", '" "', "' '"])
def test_a_tag_in_an_alternative_text_is_filled_in_whatever_its_quotation_marks(sign: str, tmp_path: Path) -> None:
    opened, closed = sign.split(" ")
    document = Document()
    document.add_picture(dot())
    next(document.element.iter("{*}docPr")).set("descr", f"{{{{ say_country({opened}SN{closed}) }}}}")
    out = io.BytesIO()
    document.save(out)
    case = checked(project()).dataset.table("people")[0]
    made = merged(tmp_path / "t.docx", out.getvalue(), case)
    assert next(part(made).iter("{*}docPr")).get("descr") == "Sénégal"


def test_an_address_of_a_link_and_a_property_hold_no_tag(tmp_path: Path) -> None:
    document = Document()
    document.part.relate_to("https://example.org/%7B%7B%20case.id%20%7D%7D", RELATIONSHIP_TYPE.HYPERLINK, True)
    document.core_properties.keywords = "{{ case.id }}"
    document.core_properties.title = "{{ case.id }}"
    path = saved(document, tmp_path)
    examined = lint.examine(path, "people")
    assert {(flaw.code, flaw.severity) for flaw in examined.flaws} == {
        ("tag-in-link", Severity.ERROR),
        ("tag-not-filled", Severity.WARNING),
    }
    for lang in available():
        assert all(flaw.remedy(lang) and "{{ case.id }}" in flaw.message(lang) for flaw in examined.flaws)
    with pytest.raises(PemdocsError) as caught:
        merged(path, path.read_bytes(), checked(project()).dataset.table("people")[0])
    assert caught.value.code == "own-tag-elsewhere"
    assert caught.value.facts["place"] == "link"
