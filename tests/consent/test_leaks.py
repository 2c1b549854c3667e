"""Nothing that tells of somebody who has not agreed gets into a publication: not in any field, format or language."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest
from pagesof import kept_by_typing
from planting import TELLING, firm, names, plants, told, ways, with_strangers
from projects import Data, cells, checked, codes, publication, said, write

import pemdocs
from pemdocs.building import FAILED, MADE
from pemdocs.checking.selecting import select
from pemdocs.consent.leaks import PRINTED, REMARKS
from pemdocs.data.schema import Field
from pemdocs.model import Severity

KINDS = ("learning-note", "final-report")


def shown(field: Field) -> bool:
    """Whether a publication prints the words of a field as they are written."""
    text = field.translated or (kept_by_typing(field) and field.format in ("", "code"))
    public = field.audience == "public" or (field.table, field.name) in REMARKS
    return field.table in PRINTED and public and text and field.name not in ("id", "file")


def planted() -> tuple[Data, set[str]]:
    """The publications with somebody in each field that they print; the places of the plants."""
    data, ways_, places = with_strangers(publication()), plants(), set()
    data["notes"][0]["lessons"] = ["L1", "L2"]
    data["notes"][0]["indicators"] = ["IND-01", "IND-02", "IND-03"]
    for row, field in list(cells(data)):
        if shown(field) and not (field.name == "organisation" and "person" in row):
            number = next(at for at, each in enumerate(data[field.table], start=0) if each is row)
            if field.translated:
                row[field.name] = {each: f"Avant {next(ways_)} après" for each in row[field.name]}
                places |= {f"{field.table}![{number}].{field.name}.fr"}
            else:
                row[field.name] = f"Avant {next(ways_)} après"
                places |= {f"{field.table}![{number}].{field.name}"}
    return data, places


def test_whoever_is_named_in_any_field_that_is_printed_is_found_there() -> None:
    data, places = planted()
    found = [each for each in checked(data).findings if each.code == "name-in-public-text"]
    assert len(places) > 80
    assert places - {f"{each.sheet}!{each.cell}" for each in found} == set()
    assert {each.severity for each in found} == {Severity.ERROR}
    assert not any(TELLING.search(unicodedata.normalize("NFC", f"{each.facts}{each}")) for each in found)


def test_the_file_of_a_note_is_searched_too(tmp_path: Path) -> None:
    folder = write(tmp_path, with_strangers(publication()))
    (folder / "notes" / "N-2.fr.md").write_text(f"## Avant\n\nChez **{names()[3][0]}** {names()[3][1]}.\n", "utf-8")
    found = [each for each in pemdocs.check(folder).findings if each.code == "name-in-public-text"]
    assert [(each.table, each.field, each.facts["around"]) for each in found] == [
        ("notes", "file", "## Avant Chez **•••.")
    ]


def test_what_names_somebody_is_not_made_and_nothing_else_tells_of_anybody(tmp_path: Path) -> None:
    """With the strangers in the note, the report alone is made; of neither does a byte tell of them."""
    data = with_strangers(publication())
    data["notes"][0]["text"] = said(ways(7)[0])
    data["results"][0]["note"] = said(ways(8)[0])  # a remark for the team
    data["people"][0]["profile"] = said(ways(9)[0])
    folder = write(tmp_path, data)
    (folder / "photos" / "F-1.png").write_bytes(_photographed(ways(10)[0]))
    built = pemdocs.build(folder, kinds=KINDS, cases=["N-1", "REP-1"], languages="fr", formats="docx", jobs=1)
    made = {each.path.split("/")[1] for each in built.outcomes if each.state == MADE}
    assert made == {"REP-1"}
    assert [each.case for each in built.skipped] == ["N-1"]
    for path in sorted(built.out.rglob("*")):
        if path.is_file() and path.parent.name != ".pemdocs":
            assert not TELLING.search(told(path)), path.name


def _photographed(by: str) -> bytes:
    """A photograph that says who took it."""
    from io import BytesIO

    from PIL import Image, PngImagePlugin

    about, into = PngImagePlugin.PngInfo(), BytesIO()
    about.add_text("Author", by)
    Image.new("RGB", (640, 480), "white").save(into, "PNG", pnginfo=about)
    return into.getvalue()


def test_the_same_search_finds_who_has_agreed_in_every_format(tmp_path: Path) -> None:
    """What shows that the search above would have found them: with consents they are named, in Word and in PDF."""
    data = with_strangers(publication())
    data["notes"][0]["text"] = said(f"Merci à {ways(7)[0]} de {firm(7)}.")
    scope = {"media": ["web"], "languages": ["fr", "en", "nl"]}
    data["consents"] += [
        {"id": "CS-90", "person": "SN-9008-A", "covers": ["name"], **scope},
        {"id": "CS-91", "company": "SN-9008", "covers": ["company"], **scope},
    ]
    built = pemdocs.build(write(tmp_path, data), kinds="learning-note", cases="N-1", languages="en", jobs=1)
    assert {each.state for each in built.outcomes} == {MADE}
    for each in built.outcomes:
        assert len(set(TELLING.findall(told(built.out / each.path)))) > 2, each.path


def test_what_the_layout_itself_says_is_held_back_before_a_file_is_made(tmp_path: Path) -> None:
    folder = write(tmp_path, with_strangers(publication()))
    wording = folder / "templates" / "learning-note" / "wording"
    wording.mkdir(parents=True)
    given, family = names()[5]
    (wording / "fr.toml").write_text(f'key_messages = "{given} {family}"\n', "utf-8")
    built = pemdocs.build(folder, kinds="learning-note", cases="N-1", languages="fr", jobs=1)
    assert [each.state for each in built.outcomes] == [FAILED, FAILED]
    fault = built.outcomes[0].fault
    assert fault is not None
    assert fault.code == "publication-says"
    assert "•••" in str(fault)
    assert not TELLING.search(str(fault))


def test_a_consent_in_one_language_does_not_carry_the_name_into_another(tmp_path: Path) -> None:
    data = with_strangers(publication())
    data["notes"][0]["context"] = {"fr": f"Selon {ways(4)[0]}.", "en": "Somebody says.", "nl": "Iemand zegt."}
    data["consents"].append(
        {"id": "CS-90", "person": "SN-9005-A", "covers": ["name"], "media": ["web"], "languages": ["fr"]}
    )
    folder = write(tmp_path, data, languages=["fr", "en"])
    assert "name-in-public-text" not in codes(pemdocs.check(folder))
    built = pemdocs.build(folder, kinds="learning-note", cases="N-1", languages=["fr", "fr+en"], formats="docx", jobs=1)
    assert sorted(each.state for each in built.outcomes) == [FAILED, MADE]


@pytest.mark.parametrize("words", ["Atlantic", "Teranga"])
def test_an_ordinary_word_that_is_also_a_name_only_asks_for_a_look(words: str) -> None:
    data = publication()
    data["companies"].append({"id": "SN-016", "name": f"{words} SARL", "country": "SN"})
    data["notes"][0]["context"] = said(f"La côte {words} est longue.")
    assert codes(checked(data)) >= {"name-perhaps-in-public-text"}
    assert "name-in-public-text" not in codes(checked(data))
    assert not {each for each in codes(checked(data, ordinary_words=[words])) if each.startswith("name-")}
    data["notes"][0]["context"] = said(f"La société {words} exporte.")
    assert "name-in-public-text" in codes(checked(data, ordinary_words=[words]))


def test_a_consent_that_was_narrowed_marks_the_documents_that_rely_on_it(tmp_path: Path) -> None:
    data = publication()
    folder = write(tmp_path, data)
    pemdocs.build(folder, kinds="learning-note", cases="N-1", languages="fr", formats="docx", jobs=1)
    assert "document-beyond-consent" not in codes(pemdocs.check(folder))
    data["consents"][0]["media"] = ["print"]
    found = [each for each in pemdocs.check(write(tmp_path, data)).findings if each.code == "document-beyond-consent"]
    assert [(each.severity, each.facts["consent"]) for each in found] == [(Severity.ERROR, "CS-1")]


def test_a_check_of_one_note_says_what_stands_between_it_and_its_publication() -> None:
    data = publication()
    data["notes"][0]["context"] = said("L’atelier de M. Sarr")
    data["people"][0]["birth_date"] = "2090-01-01"
    found, _ = select(checked(data), cases=["N-1"])
    assert {each.code for each in found.findings} == {"name-in-public-text"}
    assert select(checked(data), cases=["N-2"])[0].findings == ()
