"""A template's faults are all found in one run, told at their tags, and mended where they have one answer."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

import pemdocs
from pemdocs.cli import main
from pemdocs.model import PemdocsError
from pemdocs.project.languages import available
from pemdocs.writing.own import lint
from pemdocs.writing.own.lint.annotating import annotated
from pemdocs.writing.own.lint.mending import mended

PLANTED = {
    "{{ case.full_nam }}": "tag-no-such-field",
    "{{ case.prénoms }}": "tag-no-such-field",
    "{{ case.nom de famille }}": "tag-label-for-name",
    "{{ persson.full_name }}": "tag-no-such-name",
    "{{ Case.full_name }}": "tag-no-such-name",
    "{{ case.l’adresse }}": "tag-apostrophe",
    "{{ case.full_name | majuscul }}": "tag-no-such-filter",
    "{{ case.family_name | date_courte }}": "tag-wrong-use",
    "{{ case.birth_date }}": "tag-above-audience",
    "{{ case.company }}": "tag-prints-whole",
    "{{ case.quotes.text }}": "tag-list-attribute",
    "{{ case.email.domain }}": "tag-value-attribute",
    "{{ case._record }}": "tag-leads-out",
    "{{ ''.__class__.__mro__ }}": "tag-leads-out",
    "{{ emblem }}": "tag-not-called",
    "{{ embleem | breedte(20) }}": "tag-not-called",
    "{{ timeline(case) }}": "tag-other-table",
    "{{ agree(case, 'né', 'née') }}": "tag-agree",
    "{{ say('title-of-nothing') }}": "tag-no-sentence",
    "{{ }}": "tag-empty",
    "{{ upper(case.email }}": "tag-parentheses",
    "{{ case.email | or_else(\"non) }}": "tag-open-quote",
    "{{ case.email 12 }}": "tag-unreadable",
    "{{ case.email }": "tag-unclosed",
    "{{ case.email %}": "tag-braces-differ",
    "{ { case.email } }": "tag-braces-apart",
    "{case.email}": "tag-one-brace",
    "case.email }}": "tag-close-alone",
    "{{p case.email }}": "tag-prefix-on-value",
    "{{ case.email\u200b }}": "tag-invisible-sign",
    "{% If case.email %}x{% endif %}": "tag-capital",
    "{% si case.email %}x{% endif %}": "tag-keyword",
    "{% if case.email %}x{% end if %}": "tag-keyword",
    "{% if case.role = 'coach' %}x{% endif %}": "tag-operator",
    "{% if case.company.employees ≥ 10 %}x{% endif %}": "tag-sign",
    "{% if case.role == « coach » %}x{% endif %}": "tag-quotes",
    "{% if case.role == „coach“ %}x{% endif %}": "tag-quotes",
    "{% if case.role == “coach” %}x{% endif %}": "tag-quotes",
    "{% if case.company.employees > \"10\" %}x{% endif %}": "tag-compare-number",
    "{% if case.age >= '18' %}x{% endif %}": "tag-compare-number",
    "{% if case.company.created > case.company.employees %}x{% endif %}": "tag-compare-sorts",
    "{{ case.age | date_courte }}": "tag-wrong-use",
    "{% for x in case.full_name %}{{ x }}{% endfor %}": "tag-loop-over-value",
    "{{ house('pendng') }}": "template-house",
    "{{ profile('funding.statment') }}": "template-profile",
    "{{ programme.full_nam }}": "template-profile",
    "{{ logo('logos/none.svg') }}": "template-logo",
    "{% for each in entries(case, 'idd') %}{{ each }}{% endfor %}": "tag-no-such-field",
    "{% if case.role == 'coache' %}x{% endif %}": "tag-compare-code",
    "{% if case.email == 12 %}x{% endif %}": "tag-compare-sorts",
    "{% if case.quotes > 3 %}x{% endif %}": "tag-compare-list",
    "{% if case.email is fulll %}x{% endif %}": "tag-no-such-test",
    "{% for x in case.company %}{{ x }}{% endfor %}": "tag-loop-over-one",
    "{% for x in case.email %}{{ x }}{% endfor %}": "tag-loop-over-value",
    "{% for q in case.consents %}{{ q.id }}{% endfor %}{{ q.id }}": "tag-after-loop",
    "{% include 'other.docx' %}": "tag-refused",
    "{% whille case.email %}": "tag-no-such-tag",
    "{% endfor %}": "tag-end-alone",
    "{% else %}": "tag-else-alone",
    "{%tr if case.email %}": "tag-not-in-table",
    "{% p if case.email %}": "tag-prefix-apart",
    "{%p if case.email %} lost": "tag-text-beside",
    "{%p endif %}{%p endif %}": "tag-two-in-one",
    "{% if case.email\tand case.phone %}x{% endif %}": "tag-break-inside",
}  # fmt: skip


def written(*paragraphs: str) -> Document:
    document = Document()
    document.add_heading("Attestation", 1)
    for each in paragraphs:
        document.add_paragraph(each)
    return document


def saved(document: Document, folder: Path, name: str = "template.docx") -> Path:
    document.save(folder / name)
    return folder / name


def codes(examined: lint.Examined) -> list[str]:
    return [flaw.code for flaw in examined.flaws]


@pytest.mark.parametrize("tags", PLANTED)
def test_every_sort_of_fault_is_found_at_its_tag_and_said_in_each_language(tags: str, tmp_path: Path) -> None:
    examined = lint.examine(saved(written("{{ case.id }}", tags), tmp_path), "people")
    flaw = next(flaw for flaw in examined.flaws if flaw.code == PLANTED[tags])
    assert flaw.passage is not None
    assert flaw.passage.place.paragraph == 3
    assert flaw.passage.place.heading == "Attestation"
    for lang in available():
        assert flaw.message(lang)
        assert flaw.remedy(lang)
        assert flaw.place(lang)


def test_a_loop_that_nobody_closes_hides_no_other_fault(tmp_path: Path) -> None:
    alone = [tags for tags in PLANTED if "endif" not in tags and "endfor" not in tags and "%}" not in tags]
    examined = lint.examine(saved(written("{% for c in case.consents %}", *alone), tmp_path), "people")
    assert {PLANTED[tags] for tags in alone} | {"tag-block-unclosed"} <= set(codes(examined))


def in_table(*rows: tuple[str, str]) -> Document:
    document = Document()
    table = document.add_table(len(rows), 2)
    for row, words in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, words, strict=True):
            cell.text = text
    return document


@pytest.mark.parametrize(
    ("rows", "code", "place"),
    [
        ([("{%tr for c in case.consents %}", ""), ("{{ c.id }}", ""), ("{% endfor %}", "")], "tag-prefixes-differ", 3),
        ([("{%tr for c in case.consents %}{{ c.id }}", "{%tr endfor %}")], "tag-two-in-one", 1),
        ([("{%tr for c in case.consents %}", "{{ c.id }}"), ("{%tr endfor %}", "")], "tag-text-beside", 1),
        ([("{% for c in case.consents %}", "{{ c.id }}{% endfor %}")], "tag-crosses", 1),
        ([("{%tc for c in case.consents %}", "x"), ("{%tc endfor %}", "y")], "tag-crosses", 2),
    ],
)
def test_a_loop_that_would_lose_rows_is_told(rows: list, code: str, place: int, tmp_path: Path) -> None:
    examined = lint.examine(saved(in_table(*rows), tmp_path), "people")
    flaw = next(flaw for flaw in examined.flaws if flaw.code == code)
    assert flaw.passage is not None
    assert (flaw.passage.place.table, flaw.passage.place.row) == (1, place)


def test_a_template_without_fault_is_left_in_peace(tmp_path: Path) -> None:
    document = in_table(("{%tr for c in case.consents %}", ""), ("{{ c.id }}", "x"), ("{%tr endfor %}", ""))
    for words in (
        "{{ case.full_name | upper }} {{ case.nationality.label }} {{ person.company.name }} {{ as_of | date_courte }}",
        "{{ agree(case, \"l’invité\", \"l’invitée\", \"l’invité·e\") }} {{ emblem() | width(18) }} {{ case.notes }}",
        "{%p if case.company.employees > 10 and case.role == \"coach\" or case.email %}", "{{ profile(\"name\") }}",
        "{%p elif case.role.raw in [\"trainee\", \"coach\"] %}", "{%p else %}", "{%p endif %}",
        "{% for c in case.consents | by(\"id\") %}{{ loop.index }}. {{ c.id }}{% if not loop.last %}, {% endif %}"
        "{% endfor %}", "{% set names = case.consents | length %}{{ names }} {# a remark #} 50 % {x} }",
    ):  # fmt: skip
        document.add_paragraph(words.replace(" {{ case.notes }}", ""))
    document.sections[0].footer.paragraphs[0].text = "{{ programme.name }}"
    assert codes(lint.examine(saved(document, tmp_path), "people")) == []


def test_places_are_headers_boxes_and_parts_that_nothing_fills(tmp_path: Path) -> None:
    document = written("{{ case.id }}")
    document.sections[0].header.paragraphs[0].text = "{{ case.idd }}"
    run = document.add_paragraph().add_run()
    box = (
        '<w:pict xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
        'xmlns:v="urn:schemas-microsoft-com:vml"><v:shape><v:textbox><w:txbxContent><w:p><w:r><w:t>{{ case.nname }}'
        "</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict>"
    )
    run._r.append(etree.fromstring(box))
    path = saved(document, tmp_path)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("word/charts/chart1.xml", "<c:t xmlns:c='urn:c'>{{ case.id }}</c:t>")
    examined = lint.examine(path, "people")
    said = [flaw.place("en") for flaw in examined.flaws]
    assert said[0].endswith("in a text box, under “Attestation”")
    assert said[1] == "header, paragraph 1"
    assert "a chart" in next(flaw for flaw in examined.flaws if flaw.code == "tag-not-filled").message("en")


def split(document: Document) -> Document:
    paragraph = document.add_paragraph()
    for words, bold in (("Nom : {{ case", False), (".full_", True), ("name }} fin", False)):
        paragraph.add_run(words).bold = bold
    return document


def test_what_has_one_answer_is_mended_and_nothing_else_is_touched(tmp_path: Path) -> None:
    document = split(written("Rien ici.", *PLANTED))
    path = saved(document, tmp_path)
    count = lint.fix(path, tmp_path / "mended.docx", "people")
    assert count >= 19
    after = lint.examine(tmp_path / "mended.docx", "people")
    assert not any(flaw.mends for flaw in after.flaws)
    before = {each.text for each in document.paragraphs}
    mended_ = [each.text for each in Document(tmp_path / "mended.docx").paragraphs]
    assert "Rien ici." in mended_
    assert "Nom : {{ case.full_name }} fin" in mended_
    assert '{% if case.role == "coach" %}x{% endif %}' in mended_
    assert "{% if case.company.employees > 10 %}x{% endif %}" in mended_
    kept = [
        tags for tags, code in PLANTED.items() if code in ("tag-no-such-field", "tag-parentheses", "tag-unreadable")
    ]
    assert set(kept) <= before & set(mended_)
    assert lint.fix(tmp_path / "mended.docx", tmp_path / "mended.docx", "people") == 0


def test_a_copy_has_a_comment_at_every_fault_and_keeps_those_that_were_there(tmp_path: Path) -> None:
    document = split(
        written("Vu : {{ case.id }}.", "Le {{ case.datte }} et {{ case.full_nam }} ici.", "{{ case.idd }}")
    )
    document.add_comment(document.paragraphs[1].runs, "Bien", author="Anna")
    document.sections[0].header.paragraphs[0].text = "{{ case.idd }}"
    examined = lint.examine(saved(document, tmp_path), "people")
    lint.annotate(examined, tmp_path / "copy.docx", tmp_path / "template.docx", "fr")
    copy = Document(tmp_path / "copy.docx")
    comments = [comment.text for comment in copy.comments]
    assert len(comments) == len(examined.flaws) + 1
    assert "Bien" in comments
    for flaw in examined.flaws:
        assert any(flaw.message("fr") in each and flaw.remedy("fr") in each for each in comments)
    assert [each.text for each in copy.paragraphs] == [each.text for each in document.paragraphs]
    assert anchored(tmp_path / "copy.docx") >= {"{{ case.datte }}", "{{ case.full_nam }}", "{{ case.full_name }}"}
    with pytest.raises(PemdocsError):
        lint.annotate(examined, tmp_path / "template.docx", tmp_path / "template.docx", "fr")


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def anchored(path: Path) -> set[str]:
    """The words between the beginning and the end of each comment."""
    root = etree.fromstring(zipfile.ZipFile(path).read("word/document.xml"))
    found, open_ = {}, set()
    for node in root.iter():
        if node.tag == W + "commentRangeStart":
            open_.add(node.get(W + "id"))
        elif node.tag == W + "commentRangeEnd":
            open_.discard(node.get(W + "id"))
        elif node.tag == W + "t":
            for each in open_:
                found[each] = found.get(each, "") + (node.text or "")
    return set(found.values())


TAGGISH = st.text(st.sampled_from("{}%# .|()'\"“”«»’–=pcasetridfo\u00a0\t\n\u200b12")) | st.sampled_from(list(PLANTED))


@settings(max_examples=60, deadline=None)
@given(st.lists(TAGGISH, max_size=5))
def test_whatever_stands_in_a_template_it_is_read_annotated_and_mended(paragraphs: list[str]) -> None:
    stream = io.BytesIO()
    written(*paragraphs).save(stream)
    for act in (lambda one: annotated(one, "fr"), lambda one: mended(one)[0]):
        examined = of_bytes(stream.getvalue())
        read = Document(io.BytesIO(act(examined)))
        assert len(read.paragraphs) == len(paragraphs) + 1


def of_bytes(content: bytes) -> lint.Examined:
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "template.docx"
        path.write_bytes(content)
        return lint.examine(path, "people")


def test_the_command_reports_annotates_mends_and_tells_by_its_exit_code(tmp_path: Path) -> None:
    path = saved(written("{{ case.full_nam }} {% if case.role = “coach” %}x{% endif %}"), tmp_path)
    run = CliRunner().invoke
    told = run(main, ["lint", str(path), "--table", "Personnes", "--format", "json", "--speech", "en"])
    flaws = json.loads(told.stdout)["flaws"]
    assert told.exit_code == 1
    assert {each["code"] for each in flaws} == {"tag-no-such-field", "tag-quotes", "tag-operator"}
    assert {(each["tag"], each["heading"], each["paragraph"]) for each in flaws if each["mends"]} == {
        ("{% if case.role = “coach” %}", "Attestation", 2)
    }
    said = run(main, ["lint", str(path), "--annotate", str(tmp_path / "copy.docx"), "--speech", "fr"])
    assert "Vouliez-vous dire « full_name »" in " ".join(said.stdout.split())
    assert len(list(Document(tmp_path / "copy.docx").comments)) == 3
    fixed = run(main, ["lint", str(path), "--fix", "--speech", "nl"])
    assert fixed.exit_code == 1
    assert "full_nam" in fixed.stdout
    assert "“coach”" not in fixed.stdout
    assert run(main, ["lint", str(saved(written("{{ case.id }}"), tmp_path))]).exit_code == 0


def test_a_template_is_held_against_the_project_in_which_it_lies(tmp_path: Path) -> None:
    pemdocs.new(tmp_path / "p", programme="pem-wecco", languages=("fr",))
    own = tmp_path / "p/templates"
    for path, words in {
        "diploma/kind.toml": "table = 'people'\n",
        "diploma/wording/fr.toml": "bravo = 'Bravo'\n",
        "house/words/fr.toml": "hurrah = 'Hourra'\n",
        "programmes/pem-wecco/programme.toml": "[motto]\nfr = 'Ensemble'\nen = 'Together'\nnl = 'Samen'\n",
    }.items():
        (own / path).parent.mkdir(parents=True, exist_ok=True)
        (own / path).write_text(words)
    tags = ("{{ say('bravo') }}", "{{ house('hurrah') }}", "{{ profile('motto') }} {{ programme.motto }}")
    path = saved(written(*tags), own / "diploma", "page.docx")
    assert pemdocs.lint(path).clean
    assert len(pemdocs.lint(saved(written(*tags), tmp_path), "people").findings) == 4
    saved(written("{{ case.idd }}"), own / "diploma", "page.docx")
    (own / "diploma/page.nl.docx").write_bytes(b"no Word")
    found = [each for each in pemdocs.lint(tmp_path / "p").findings if each.file.endswith(".docx")]
    assert [(each.code, each.facts.get("paragraph")) for each in found] == [
        ("tag-no-such-field", 2), ("own-not-word", None)]  # fmt: skip
    assert "idd" in str(found[0])
    assert "page.nl.docx" in str(found[1])


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1old", b"<html>"])
def test_a_file_that_is_no_word_document_is_told_in_a_sentence(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "x.docx").write_bytes(content)
    told = CliRunner().invoke(main, ["lint", str(tmp_path / "x.docx"), "--speech", "fr"])
    assert told.exit_code == 2
    assert "« x.docx »" in told.stderr.replace("\u00a0", " ").replace("\u202f", " ")
    assert "Traceback" not in told.stderr
