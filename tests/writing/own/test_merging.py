"""A template that somebody has made in Word becomes a document: finished values, guarded, none lost, nothing leaked."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import hostile
import pytest
from docx import Document
from openxml_audit import FileFormat, OpenXmlValidator
from PIL import Image
from projects import checked, journey, project, publication
from word_templates import W, merged, part, put, runs, template, value_of, words

from pemdocs.data import schema
from pemdocs.data.dataset import Dataset, Linked
from pemdocs.model import PemdocsError
from pemdocs.page.markup import paragraphs
from pemdocs.project.languages import available
from pemdocs.words import speech
from pemdocs.words.wording import say_field, translated
from pemdocs.writing.own import names, proof

TABLES = schema.load()


@lru_cache(maxsize=4)
def dataset(of: Callable[[], Any] = project) -> Dataset:
    return checked(of()).dataset


def pair(identifier: str = "P-07") -> Linked:
    found = dataset().find("partnerships", identifier)
    assert found is not None
    return found


# What is printed


@pytest.mark.parametrize("table", TABLES)
def test_every_field_of_hostile_data_is_in_the_file_as_it_is_said(table: str, tmp_path: Path) -> None:
    case = hostile.dataset().table(table)[0]
    there = (field for field in TABLES[table].fields.values() if not field.ref)
    fields = [field for field in there if field.translated or case.record.value(field.name) is not None]
    lines = [f"{{{{ case['{field.name}'] | one_line }}}}" for field in fields]
    body = words(merged(tmp_path / "t.docx", template(*lines), case, ("nl",), "restricted"))
    for field, said in zip(fields, body.split("\n"), strict=True):
        raw = (
            translated(case.record.texts(field.name), ("nl",)).parts[0][1]
            if field.translated
            else say_field(case, field, "nl")
        )
        assert " ".join(paragraphs(raw)) in said, field.name


def test_values_compare_and_count_as_what_they_are(tmp_path: Path) -> None:
    made = merged(
        tmp_path / "t.docx",
        template(
            "{% if case.employees > 10 %}more{% endif %}{% if case.employees < 10 %}less{% endif %}",
            "{% if case.sector == 'agrifood' and case.created < as_of %}both{% endif %}",
            "{% if case.vat %}vat{% else %}none{% endif %}{% if case.website %} web{% endif %}",
            "{{ case.employees + case.women_employees }}",
            "{{ case.created.label }}: {{ case.created | date_courte }}; {{ case.created | datum_cijfers }}",
            "{{ case.turnover | nombre }} / {{ 0.256 | procent }} / {{ company.name | hoofdletters }}",
        ),
        dataset().table("companies")[0],
    )
    assert words(made).split("\n")[:4] == ["more", "both", "none web", "19"]
    assert "15 avr. 2019; 15-04-2019" in words(made).replace("\u00a0", " ")
    assert "26\u00a0%" in words(made)
    assert "CÉRÉALES DU CAP" in words(made)


def test_what_is_still_to_come_is_said_in_a_marked_passage_and_what_is_optional_is_a_dash(tmp_path: Path) -> None:
    made = merged(
        tmp_path / "t.docx",
        template("{{ case.charter.aim }}", "{{ case.home_person.phone }}", "{{ case.charter.aim | sinon('rien') }}"),
        pair("P-08"),
    )
    first, *others = words(made).split("\n")
    assert first
    assert value_of(runs(made, first)[0], "highlight") == "yellow"
    assert others[1] == "rien"
    assert words(merged(tmp_path / "t.docx", template("{{ case.vat }}"), dataset().table("companies")[0])) == "–"


def test_a_section_break_in_the_paragraph_of_a_tag_outlives_it_and_a_table_without_rows_does_not(
    tmp_path: Path,
) -> None:
    def across(document: Any) -> None:
        document.add_section().orientation = 1
        broken = document.paragraphs[-2]._p.get_or_add_pPr()
        broken.append(document.element.body.find(f".//{W}sectPr"))

    rows = [["{%tr for o in case.objectives %}"], ["{{ o.id }}"], ["{%tr endfor %}"]]
    content = template("before", rows, "{%p if case.id %}", "within", "{%p endif %}", change=across)
    made = merged(tmp_path / "t.docx", content, pair("P-08"))
    body = part(made)
    assert len(list(body.iter(W + "sectPr"))) == 2
    assert body.find(f".//{W}tbl") is None
    assert [line for line in words(made).split("\n") if line] == ["before", "within"]


def test_the_description_of_a_picture_may_hold_tags_and_values_with_any_sign(tmp_path: Path) -> None:
    def pictured(document: Any) -> None:
        image = io.BytesIO()
        Image.new("RGB", (4, 4)).save(image, "png")
        document.add_picture(image)
        next(document.element.iter("{*}docPr")).set("descr", '{{ say_country("SN") }}: {{ "a \'quoted\' <sign>" }}')

    made = merged(tmp_path / "t.docx", template("x", change=pictured), pair())
    assert next(part(made).iter("{*}docPr")).get("descr") == "Sénégal: a 'quoted' <sign>"


def test_two_languages_stand_below_each_other_each_marked_and_either_can_be_taken_alone(tmp_path: Path) -> None:
    made = merged(
        tmp_path / "t.docx",
        template("{{ case.home_aim }}", "{{ case.home_aim | language_1 }}", "{{ case.home_aim | taal_2 }}"),
        pair(),
        ("fr", "nl"),
    )
    french, dutch, first, second = words(made).split("\n")
    assert (french, dutch) == (first, second)
    assert dutch == f"{french} (nl)"
    assert [value_of(run, "lang") for run in runs(made, dutch)] == ["nl-BE", "nl-BE"]
    assert value_of(runs(made, french)[0], "lang") is None
    assert part(made, "word/styles.xml").find(f".//{W}rPrDefault//{W}lang").get(W + "val") == "fr-FR"


def test_lines_become_breaks_or_paragraphs_as_the_filter_says(tmp_path: Path) -> None:
    data = project()
    data["companies"][0]["information"] = {"fr": "Un\nDeux", "en": "One", "nl": "Een"}
    case = checked(data).dataset.table("companies")[0]
    made = merged(
        tmp_path / "t.docx",
        template(
            "{{ case.information }}", "{{ case.information | paragraphes }}", "{{ case.information | een_regel }}"
        ),
        case,
    )
    assert [len(list(each.iter(W + "br"))) for each in part(made).iter(W + "p")] == [1, 0, 0, 0]
    assert words(made) == "Un\nDeux\nUn\nDeux\nUn Deux"


def test_blocks_take_the_place_of_their_paragraph(tmp_path: Path) -> None:
    data = project()
    data["companies"][0]["information"] = {"fr": "Un **gras** & <i>\n\n- a\n- b", "en": "x", "nl": "y"}
    made = checked(data).dataset
    case = made.find("partnerships", "P-07")
    assert case is not None
    written = merged(
        tmp_path / "t.docx",
        template(
            "{{ case.home_company.information | markdown }}",
            "{{ case.objectives | tableau('id', 'due') }}",
            "{{ case.objectives | tableau('id') }}",
            "{{ signature_block(case.home_person) }}",
            [["{{ case.objectives | tabel('id') }}"]],
        ),
        case,
    )
    body = part(written).find(W + "body")
    tags = [str(child.tag).removeprefix(W) for child in body]
    assert tags == ["p", "p", "p", "tbl", "p", "tbl", "p", "tbl", "p", "tbl", "sectPr"], "no two tables grow together"
    assert "Un gras & <i>" in words(written)
    assert runs(written, "gras")[0].find(f"{W}rPr/{W}b") is not None
    assert all(cell[-1].tag == W + "p" for cell in part(written).iter(W + "tc")), "Word wants a paragraph last"
    table = next(part(written).iter(W + "tbl"))
    assert len(table.findall(W + "tr")) == 1 + len(case.objectives)
    assert "Aïssatou Marie" in words(written)


def test_pictures_are_drawn_where_they_are_printed_in_the_size_that_is_asked(tmp_path: Path) -> None:
    Image.new("RGB", (40, 20), "red").save(tmp_path / "cachet.png")
    content = template(
        "{{ embleme() | largeur(30) }}",
        "{{ image('cachet.png') | hauteur(10) | decrit('Le cachet') }}",
        "{{ timeline(case) }}",
        header="{{ emblem() | height(8) }}",
    )
    made = merged(tmp_path / "t.docx", content, pair())
    sizes = [(int(each.get("cx", "0")), int(each.get("cy", "0"))) for each in part(made).iter("{*}extent")]
    assert sizes[0][0] == 30 * 36000
    assert sizes[1] == (20 * 36000, 10 * 36000)
    assert len(sizes) >= 3
    described = [each.get("descr") for each in part(made).iter("{*}docPr")]
    assert described[1] == "Le cachet"
    assert len(list(part(made, "word/header1.xml").iter("{*}extent"))) == 1
    assert opens(made)


def test_a_publication_prints_what_consents_allow_and_is_refused_the_rest(tmp_path: Path) -> None:
    note = dataset(publication).table("notes")[0]
    made = merged(
        tmp_path / "t.docx",
        template("{{ case.title }}", "{%p for quote in citations() %}", "{{ quote.text }}", "{%p endfor %}"),
        note,
        audience="public",
    )
    assert len(words(made).split("\n")) > 1
    for asked in ("case.quotes[0].text", "case.photographs[0].file", "case.quotes[0].person.full_name"):
        assert code_of(tmp_path, f"{{{{ {asked} }}}}", note, "public") in ("own-consent", "audience")


# What is refused


def code_of(folder: Path, line: str, case: Linked | None = None, audience: str = "internal") -> str:
    with pytest.raises(PemdocsError) as caught:
        merged(folder / "t.docx", template("x", line), case or pair(), audience=audience)
    for lang in available():
        assert speech.fault(caught.value, lang)
    return caught.value.code


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("{{ case.compagny }}", "own-unknown-field"),
        ("{{ case.charter.amount }}", "own-unknown-field"),
        ("{{ csae.id }}", "own-unknown-name"),
        ("{{ case.id | majuscle }}", "own-unknown-filter"),
        ("{% if case.id %}open", "own-tag-broken"),
        ("{{ case }}", "own-not-a-value"),
        ("{{ case.home_company }}", "own-not-a-value"),
        ("{{ case.id | date }}", "own-wrong-filter"),
        ("{{ case.objectives | width(3) }}", "own-wrong-filter"),
        ("{{ image('../secret.png') }}", "own-no-picture"),
        ("{{ case.home_person.birth_date }}", "audience"),
        ("{{ case.home_person.raw('birth_date') }}", "audience"),
        ("{{ 1 / 0 }}", "own-tag-failed"),
        ("{% for one in case.home_company %}{{ one }}{% endfor %}", "own-tag-failed"),
        ("{{ case.__class__.__mro__ }}", "own-unsafe"),
        ("{{ say.__globals__ }}", "own-unsafe"),
        ("{{ ''.__class__.__base__.__subclasses__() }}", "own-unsafe"),
        ("{{ _write.__self__.view }}", "own-unsafe"),
        ("{{ languages.append('x') }}", "own-unknown-name"),
        ("{{ say('nothing') }}", "wording-missing"),
    ],
)
def test_a_tag_that_is_wrong_is_named_with_its_passage(line: str, code: str, tmp_path: Path) -> None:
    assert code_of(tmp_path, line) == code


def test_a_wrong_tag_is_found_by_the_passage_it_stands_in_and_the_nearest_name(tmp_path: Path) -> None:
    with pytest.raises(PemdocsError) as caught:
        merged(tmp_path / "t.docx", template("first", "Dear {{ case.home_compny.name }},", "last"), pair())
    assert caught.value.facts["passage"] == "Dear {{ case.home_compny.name }},"
    assert caught.value.facts["nearest"] == "home_company"
    assert "Céréales" not in speech.fault(caught.value, "fr")


def test_a_value_that_is_not_in_the_finished_file_is_missed() -> None:
    whole = {"word/document.xml": b"<w:p><w:r><w:t>a &amp; b</w:t></w:r><w:r><w:t> c</w:t></w:r></w:p>"}
    proof.check_values(whole, ["a & b", "a & b c"], "t.docx")
    with pytest.raises(PemdocsError) as caught:
        proof.check_values(whole, ["a & b", "gone"], "t.docx")
    assert caught.value.code == "own-value-lost"
    with pytest.raises(PemdocsError) as left:
        proof.check_tags({"word/document.xml": b"<w:t>{{ x</w:t>"}, "t.docx")
    assert left.value.code == "own-tag-left"


def test_a_template_may_gather_words_and_say_them_changed(tmp_path: Path) -> None:
    lines = "{% set who %}{{ case.id }} x{% endset %}{% filter lower %}{{ case.id }}{% endfilter %}", "{{ who }}"
    assert words(merged(tmp_path / "t.docx", template(*lines), pair())) == "p-07\nP-07 x"


def test_a_broken_tag_is_found_by_its_passage_too(tmp_path: Path) -> None:
    with pytest.raises(PemdocsError) as caught:
        merged(tmp_path / "t.docx", template("first", "Dear {{ case id }},", "last"), pair())
    assert (caught.value.code, caught.value.facts["passage"]) == ("own-tag-broken", "Dear {{ case id }},")


def test_quotation_marks_that_word_has_set_in_tags_are_read_as_straight_ones(tmp_path: Path) -> None:
    def parted(document: Any) -> None:
        for piece in (
            "«\u00a0Hors\u00a0» {{ case",
            ".id | or_else(«\u00a0x",
            "\u00a0») }}",
            " {{ value(case, “id”) }}",
        ):
            document.paragraphs[0].add_run(piece)

    assert words(merged(tmp_path / "t.docx", template("", change=parted), pair())) == "«\u00a0Hors\u00a0» P-07 P-07"


def story(change: Callable[[bytes], bytes]) -> bytes:
    return put(template("{{ case.id }}"), word__document_xml=change)


def deleted(inside: bytes) -> Callable[[bytes], bytes]:
    gone = b'<w:del w:id="1" w:author="Secret"><w:r><w:delText>' + inside + b"</w:delText></w:r></w:del>"
    return lambda content: content.replace(b"</w:p>", gone + b"</w:p>", 1)


LINKED = (
    b'<Relationship Id="rId90" TargetMode="External" Target="https://example.org/a.png" '
    b'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"/></Relationships>'
)


def bad() -> Iterator[tuple[str, bytes, str]]:
    whole = template("{{ case.id }}")
    yield "not word", b"%PDF-1.7", "own-not-word"
    yield "empty", b"", "own-empty"
    yield "old", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), "own-old-word"
    yield "rtf", b"{\\rtf1 x}", "own-old-word"
    yield "locked", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "own-password"
    yield "cut", whole[: len(whole) // 2], "own-damaged"
    yield "broken", story(lambda content: content[:-40]), "own-damaged"
    yield "macros", put(whole, word__vbaProject_bin=b"x"), "own-macros"
    yield "entities", story(lambda content: content.replace(b"?>", b"?><!DOCTYPE x>", 1)), "own-entities"
    relations = {"word___rels__document.xml_rels": lambda old: old.replace(b"</Relationships>", LINKED)}
    yield "linked", put(whole, **relations), "own-linked"
    field = b'<w:fldSimple w:instr="INCLUDETEXT &quot;C:\\\\x.docx&quot;"/></w:p>'
    split = b'<w:r><w:instrText>INCLU</w:instrText></w:r><w:r><w:instrText>DETEXT "C:\\x"</w:instrText></w:r></w:p>'
    yield "including in pieces", story(lambda content: content.replace(b"</w:p>", split, 1)), "own-linked"
    yield (
        "loading",
        put(whole, word__media__image1_svg=b'<svg><image href="https://example.org/a.png"/></svg>'),
        ("own-linked"),
    )
    yield "including", story(lambda content: content.replace(b"</w:p>", field, 1)), "own-linked"
    yield "deleted", story(deleted(b"{{ case.id }}")), "own-deleted-tag"
    endnotes = f'<w:endnotes xmlns:w="{W[1:-1]}"><w:t>{{{{ case.id }}}}</w:t></w:endnotes>'
    yield "elsewhere", put(whole, word__endnotes_xml=endnotes.encode()), "own-tag-elsewhere"
    cell = b"</w:r></w:p><w:p><w:r><w:t>{% endif %}</w:t>"
    crossing = template("{% if true %}open")
    yield "crossing", put(crossing, word__document_xml=lambda old: old.replace(b"open</w:t>", b"</w:t>" + cell)), ""


@pytest.mark.parametrize(("content", "code"), [pytest.param(*each[1:], id=each[0]) for each in bad()])
def test_a_template_that_cannot_be_used_is_told_in_one_sentence(content: bytes, code: str, tmp_path: Path) -> None:
    if not code:
        assert words(merged(tmp_path / "t.docx", content, pair()))
        return
    with pytest.raises(PemdocsError) as caught:
        merged(tmp_path / "t.docx", content, pair())
    assert caught.value.code == code
    assert all(speech.fault(caught.value, lang) for lang in available())


# What is left of the template


def opens(content: bytes) -> bool:
    """Whether the file is a sound package."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        assert len(set(archive.namelist())) == len(archive.namelist())
    return bool(Document(io.BytesIO(content)).paragraphs)


def test_nothing_tells_of_the_template_s_past(tmp_path: Path) -> None:
    def past(document: Any) -> None:
        document.core_properties.author = document.core_properties.last_modified_by = "Secret Author"
        document.core_properties.keywords = document.core_properties.category = "Secret"
        document.core_properties.title = "Plan {{ case.id }}"
        document.add_comment(document.paragraphs[0].runs[0], "Secret remark", author="Secret")

    content = template("{{ case.id }}", "kept", change=past)
    added = b'<w:ins w:id="2" w:author="Secret"><w:r><w:t>added</w:t></w:r></w:ins></w:p>'
    content = put(content, word__document_xml=lambda old: deleted(b"gone")(old).replace(b"</w:p>", added, 1))
    custom = b'<Properties xmlns="x"><property name="Secret"/></Properties>'
    made = merged(tmp_path / "t.docx", put(content, docProps__custom_xml=custom), pair())
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        assert not [name for name in archive.namelist() if b"Secret" in archive.read(name)]
    properties = Document(io.BytesIO(made)).core_properties
    assert properties.title == "Plan P-07"
    assert properties.language == "fr-FR"
    assert "added" in words(made)
    assert "gone" not in words(made)


def test_the_same_case_gives_the_same_bytes_and_a_changed_template_other_ones(tmp_path: Path) -> None:
    content = template("{{ case.id }} {{ embleme() }}", "{{ case.objectives | tableau('id') }}")
    first = merged(tmp_path / "t.docx", content, pair())
    assert merged(tmp_path / "t.docx", content, pair()) == first
    assert words(merged(tmp_path / "t.docx", template("Other {{ case.id }}"), pair())) == "Other P-07"


def test_a_document_passes_for_word(tmp_path: Path) -> None:
    content = template(
        "{{ case.home_aim }} {{ embleme() | largeur(20) }}",
        "{{ bloc_signature(case.home_person) }}",
        "{{ case.objectives | tableau('id', 'statement') }}",
        "{{ case.home_company.information | puces }}",
    )
    path = tmp_path / "made.docx"
    path.write_bytes(merged(tmp_path / "t.docx", content, pair(), ("fr", "nl")))
    found = OpenXmlValidator(FileFormat.OFFICE_2019).validate(path)
    assert [str(each) for each in found.errors] == []


def test_a_stay_has_its_destination_and_its_drawings(tmp_path: Path) -> None:
    stay = dataset(journey).table("stays")[0]
    lines = ("{{ destination.post('city') }}", "{{ strip(case) }}", "{{ echeances(case) }}", "{{ case.days }}")
    made = merged(tmp_path / "t.docx", template(*lines), stay, audience="restricted")
    assert words(made).split("\n")[0]
    assert len(list(part(made).iter("{*}extent"))) >= 2


def test_every_name_that_is_promised_is_there(tmp_path: Path) -> None:
    for table in ("partnerships", "stays", "notes"):
        of = {"partnerships": project, "stays": journey, "notes": publication}[table]
        case = dataset(of).table(table)[0]
        asked = "".join(f"{{% if {name} is defined %}}1{{% endif %}}" for name in names.variables(TABLES[table]))
        made = merged(tmp_path / "t.docx", template(asked), case, audience="restricted")
        assert words(made) == "1" * len(names.variables(TABLES[table])), table
