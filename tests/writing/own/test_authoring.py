"""Somebody who knows Word writes a certificate, finds the mistakes in it by the annotated copy, and builds it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from docx import Document

import pemdocs
from pemdocs.cli import main
from pemdocs.data import schema
from pemdocs.project import kinds, programme
from pemdocs.project.languages import available
from pemdocs.writing.own import fields, lint

EXAMPLE = Path(__file__).parents[3] / "examples/pem-wecco"
RIGHT = {
    "name": "{{ case.full_name }}", "function": "{{ case.function }}", "company": "{{ case.company.name }}",
    "if": "{% if case.role == \"coach\" %}", "endif": "{% endif %}", "nationality": "{{ case.nationality }}",
    "phone": "{%p if case.phone %}", "endp": "{%p endif %}", "day": "{{ as_of | date }}",
    "programme": "{{ programme.full_name }}",
}  # fmt: skip
WRONG = {
    "name": "{{ case.nom complet }}", "function": "{{ case.fonction }}", "company": "{{ case.company }}",
    "if": "{% if case.role = « coach » %}", "endif": "{% end if %}", "nationality": "{{ case.nationality | date }}",
    "phone": "{% p if case.phone %}", "endp": "{%p fin si %}", "day": "{{ as_off | date }}",
    "programme": "{{ programme.full_name }",
}  # fmt: skip


def certificate(path: Path, tags: dict[str, str]) -> Path:
    document = Document()
    document.add_heading("Attestation / Attest", 1)
    document.add_paragraph(f"{tags['programme']}")
    document.add_paragraph(f"{tags['name']}, {tags['function']}, {tags['company']} ({tags['nationality']})")
    document.add_paragraph(f"A pris part au programme.{tags['if']} En tant que coach.{tags['endif']}")
    document.add_paragraph(tags["phone"])
    document.add_paragraph("Tél. {{ case.phone }}")
    document.add_paragraph(tags["endp"])
    document.add_paragraph(f"Le {tags['day']}")
    document.save(path)
    return path


def run(*arguments: str) -> str:
    return CliRunner().invoke(main, list(arguments)).stdout


def test_a_certificate_is_written_from_the_list_corrected_by_the_copy_and_built(tmp_path: Path) -> None:
    run("fields", "people", "--format", "docx", "--out", str(tmp_path / "fields.docx"), "--speech", "fr")
    listed = {
        cell.text for table in Document(tmp_path / "fields.docx").tables for row in table.rows for cell in row.cells
    }
    assert {RIGHT["name"], RIGHT["function"], RIGHT["company"], RIGHT["nationality"]} <= listed

    wrong = certificate(tmp_path / "certificate.docx", WRONG)
    run("lint", str(wrong), "--table", "people", "--annotate", str(tmp_path / "copy.docx"), "--speech", "fr")
    told = json.loads(run("lint", str(wrong), "--table", "people", "--format", "json", "--speech", "fr"))["flaws"]
    comments = "\n".join(comment.text for comment in Document(tmp_path / "copy.docx").comments)
    for mistake in WRONG.values():
        about = [flaw for flaw in told if flaw["tag"] == mistake]
        assert about, mistake
        assert all(flaw["message"] in comments and flaw["remedy"] in comments for flaw in about)
    assert {flaw["tag"] for flaw in told} <= set(WRONG.values())

    right = certificate(tmp_path / "certificate.docx", RIGHT)
    assert lint.examine(right, "people").flaws == ()
    built = pemdocs.build(
        EXAMPLE, template=right, table="people", cases=("SN-008-A", "SN-002-A"), languages=("fr", "nl"),
        out=tmp_path / "out",
    )  # fmt: skip
    made = sorted(path.suffix for path in (tmp_path / "out").rglob("*.*") if path.suffix in (".docx", ".pdf"))
    assert made == [".docx"] * 4 + [".pdf"] * 4, built.outcomes
    dutch = next(path for path in (tmp_path / "out").rglob("*.docx") if "SN-008-A" in str(path) and "nl" in path.name)
    text = "\n".join(paragraph.text for paragraph in Document(dutch).paragraphs)
    assert "Ousmane Tine" in text and "Senegal" in text and "En tant que coach" not in text  # noqa: PT018


@pytest.mark.parametrize("table", ["people", "partnerships", "stays", "notes", "versions"])
def test_what_the_list_gives_can_be_pasted_as_it_is(table: str, tmp_path: Path) -> None:
    profile = programme.load(programme.available()[0])
    kind = kinds.single(Path("x.docx"), table)
    document = Document()
    for group in fields.listed(kind, profile, "fr"):
        loop = [tag.replace("{%tr", "{%p") for tag in group.loop]
        for tag in (loop[0], *(each.tag for each in group.entries), loop[1]):
            document.add_paragraph(tag)
    document.save(tmp_path / "all.docx")
    assert [(flaw.code, flaw.found) for flaw in lint.examine(tmp_path / "all.docx", table).flaws] == []


@pytest.mark.parametrize("lang", available())
def test_the_list_tells_what_each_name_means_and_hides_what_readers_may_not_see(lang: str) -> None:
    shown = json.loads(run("fields", "personnes", "--format", "json", "--speech", lang))
    by_name = {entry["name"]: entry for group in shown for entry in group["entries"]}
    assert "case.birth_date" not in by_name
    field = schema.load()["people"].fields["given_names"]
    told = by_name["case.given_names"]
    assert (told["label"], told["meaning"]) == (field.label[lang], field.help[lang])
    assert told["example"]
    assert told["audience"]
    restricted = run("fields", "people", "--audience", "restricted", "--speech", lang)
    assert "{{ case.birth_date }}" in restricted
    assert all(entry["meaning"] for entry in by_name.values())


def test_a_template_to_start_from_is_made_about_a_table_and_has_no_fault(tmp_path: Path) -> None:
    run("new", str(tmp_path / "start.docx"), "--template-docx", "partnerships", "--speech", "nl")
    assert lint.examine(tmp_path / "start.docx", "partnerships").flaws == ()
    assert len(Document(tmp_path / "start.docx").tables) == 3
    assert CliRunner().invoke(main, ["new", str(tmp_path / "start.docx"), "--template-docx", "people"]).exit_code == 2
