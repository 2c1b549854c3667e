"""What is restricted about a traveller is erased everywhere, after it is said what, and nothing else is touched."""

from __future__ import annotations

import json
import shutil
import zipfile
from collections.abc import Iterator
from datetime import date
from io import BytesIO
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import pytest
from click.testing import CliRunner
from cohorts import workbook
from openpyxl.comments import Comment
from projects import Data, codes, write
from pypdfium2 import PdfDocument
from travellers import case, secrets, travellers

import pemdocs
from pemdocs.cli import main
from pemdocs.model import PemdocsError

GRANTED = {"result": "granted", "sticker_until": "2026-10-12", "entered": "2026-09-13", "left": "2026-09-26"}


def over() -> Data:
    """Two travellers: the first is back, the dossier of the second goes on."""
    data = travellers(2)
    data["stays"][0]["status"] = "granted"
    data["outcomes"] = [{"stay": case(1), **GRANTED, "sticker": "BEL099988877"}]
    return data


def plant(folder: Path, data: Data) -> Path:
    """Give the first dossier a scan, a signed letter, an entry in the register, a remark on a cell."""
    scan = folder / "attachments" / case(1) / "passport.txt"
    scan.parent.mkdir(parents=True)
    scan.write_text(secrets(data, 1)["passport"], "utf-8")
    letter = folder / "signed" / "visa-invitation" / case(1) / "letter.scan.pdf"
    letter.parent.mkdir(parents=True)
    letter.write_bytes(secrets(data, 1)["passport"].encode())
    rows = [{"stay": case(number), "document": "visa-invitation", "signatory": f"BE-{1003 + number}-A",
             "state": "sent", "sent_to": secrets(data, number)["address"]} for number in (1, 2)]  # fmt: skip
    register = {"schema_version": 1, "signatures": rows}
    (folder / "signed" / "register.json").write_text(json.dumps(register, ensure_ascii=False), "utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project in an Excel workbook, with everything built and more beside."""
    data = over()
    folder = plant(workbook(tmp_path_factory.mktemp("whole"), data), data)
    book = openpyxl.load_workbook(folder / "cohort.xlsx")
    sheet = book["people"]
    column = next(cell.column for cell in sheet[1] if cell.value == "home_address")
    sheet.cell(2, column).comment = Comment(f"Was {secrets(data, 1)['address']}", "a colleague")
    book.save(folder / "cohort.xlsx")
    kinds = ("visa-pack", "partnership-charter")
    pemdocs.build(folder, kinds=kinds, languages="fr", formats="pdf")
    return folder


@pytest.fixture
def project(whole: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(whole, tmp_path / "project"))


def texts(folder: Path) -> Iterator[tuple[str, bytes]]:
    """What stands in each file: its bytes, what an archive holds, the words of a PDF."""
    for path in sorted(each for each in folder.rglob("*") if each.is_file()):
        content = path.read_bytes()
        yield path.name, content
        if zipfile.is_zipfile(BytesIO(content)):
            with zipfile.ZipFile(path) as archive:
                yield from ((f"{path.name}/{name}", archive.read(name)) for name in archive.namelist())
        if content.startswith(b"%PDF"):
            with PdfDocument(path) as pdf:
                yield from ((path.name, page.get_textpage().get_text_range().encode()) for page in pdf)


def found(folder: Path, number: int) -> set[str]:
    """The secrets of a traveller that stand anywhere in a folder; names are in charters and plans and no secrets."""
    hidden = {what: value for what, value in secrets(over(), number).items() if what != "family name"}
    held = list(texts(folder))
    ways = {what: (value.encode(), escape(value).encode()) for what, value in hidden.items()}
    return {what for what, some in ways.items() if any(way in content for way in some for _, content in held)}


def test_nothing_of_a_traveller_stands_anywhere_and_the_other_keeps_everything(project: Path) -> None:
    assert found(project, 1) == {"address", "national id", "passport", "zone", "policy"}
    before = found(project, 2)
    assert list((project / "out").rglob("06-*.csv"))
    erased = pemdocs.erase(project, cases=[case(1)], yes=True)
    assert erased.done
    assert erased.left == ()
    assert found(project, 1) == set()
    assert b"BEL099988877" not in b"".join(content for _, content in texts(project))
    assert found(project, 2) == before
    assert not list((project / "out").rglob(f"*{case(1)}*"))
    manifest = (project / "out" / "manifest.json").read_text("utf-8")
    assert case(1) not in manifest
    assert case(2) in manifest
    register = json.loads((project / "signed" / "register.json").read_text("utf-8"))
    assert [row["stay"] for row in register["signatures"]] == [case(2)]


def test_first_it_is_only_said_what_would_be_erased(project: Path) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*") if path.is_file()}
    said = CliRunner().invoke(main, ["erase", str(project), "--case", case(1).lower(), "--speech", "en"])
    assert said.exit_code == 0
    assert {path: path.read_bytes() for path in project.rglob("*") if path.is_file()} == before
    words = " ".join(said.output.split())
    assert "Nothing has been erased" in words
    assert "sheet “people”" in words
    assert f"attachments/{case(1)}/passport.txt" in words
    assert "register of signatures: 1 rows" in words
    assert not any(value in said.output for value in secrets(over(), 1).values())


def test_the_account_says_what_when_and_why_and_names_nobody(project: Path) -> None:
    CliRunner().invoke(main, ["erase", str(project), "--case", case(1), "--yes"])
    told = json.loads((project / "erasures.json").read_text("utf-8"))
    [entry] = told["erasures"]
    assert (entry["ground"], entry["cases"]) == ("request", [case(1)])
    assert date.fromisoformat(entry["on"])
    assert entry["erased"]["cells"] > 50
    assert not any(value in json.dumps(told) for value in secrets(over(), 1).values())


def test_every_other_cell_and_every_other_sheet_keeps_its_bytes(project: Path) -> None:
    with zipfile.ZipFile(project / "cohort.xlsx") as archive:
        before = {name: archive.read(name) for name in archive.namelist()}
    old = openpyxl.load_workbook(project / "cohort.xlsx")
    pemdocs.erase(project, cases=[case(1)], yes=True)
    with zipfile.ZipFile(project / "cohort.xlsx") as archive:
        after = {name: archive.read(name) for name in archive.namelist()}
    assert before.keys() == after.keys()
    new = openpyxl.load_workbook(project / "cohort.xlsx")
    for sheet in old:
        emptied = {
            cell.coordinate for row in sheet.iter_rows() for cell in row
            if cell.value is not None and new[sheet.title][cell.coordinate].value != cell.value
        }  # fmt: skip
        assert all(new[sheet.title][each].value is None for each in emptied)
        if not emptied:
            number = old.sheetnames.index(sheet.title) + 1
            assert before[f"xl/worksheets/sheet{number}.xml"] == after[f"xl/worksheets/sheet{number}.xml"]
    assert "missing-value" not in codes(pemdocs.check(project))


def test_a_copy_may_be_written_beside_the_workbook(project: Path) -> None:
    before = (project / "cohort.xlsx").read_bytes()
    pemdocs.erase(project, cases=[case(1)], to=project / "copy.xlsx", yes=True)
    assert (project / "cohort.xlsx").read_bytes() == before
    assert openpyxl.load_workbook(project / "copy.xlsx")["stays"]["A2"].value is None


def test_another_file_that_holds_a_value_is_told_and_left(project: Path) -> None:
    (project / "notes.txt").write_text(f"Passport {secrets(over(), 1)['passport']}", "utf-8")
    said = CliRunner().invoke(main, ["erase", str(project), "--case", case(1), "--yes", "--speech", "en"])
    assert said.exit_code == 1
    assert "notes.txt" in said.output
    assert (project / "notes.txt").exists()


def planted(workbook: Path, part: str, more: str, before: str = "") -> None:
    """A workbook with more in one of its parts, before the last such tag; a part of its own where there is none."""
    with zipfile.ZipFile(workbook) as archive:
        parts = {name: archive.read(name).decode("utf-8", "surrogateescape") for name in archive.namelist()}
    head, mark, tail = parts.get(part, "").rpartition(before) if before else ("", "", "")
    parts[part] = head + more + mark + tail
    with zipfile.ZipFile(workbook, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content.encode("utf-8", "surrogateescape"))


def test_what_a_formula_has_given_last_goes_and_what_else_shows_a_value_is_told(project: Path) -> None:
    passport, book = secrets(over(), 1)["passport"], project / "cohort.xlsx"
    formula = f'<c r="ZZ900" t="str"><f>travel_documents!C2</f><v>{passport}</v></c>'
    other = '<c r="ZZ901" t="str"><f>1+1</f><v>2</v></c>'
    planted(book, "xl/worksheets/sheet1.xml", f'<row r="900">{formula}</row><row r="901">{other}</row>', "</sheetData>")
    said = CliRunner().invoke(main, ["erase", str(project), "--case", case(1), "--yes", "--speech", "en"])
    assert said.exit_code == 0
    with zipfile.ZipFile(book) as archive:
        sheet, workbook_part = archive.read("xl/worksheets/sheet1.xml"), archive.read("xl/workbook.xml")
    assert b"<f>travel_documents!C2</f></c>" in sheet
    assert b"<f>1+1</f><v>2</v>" in sheet
    assert b'fullCalcOnLoad="1"' in workbook_part
    assert passport not in said.output


def test_a_chart_that_still_shows_a_value_is_told(project: Path) -> None:
    planted(project / "cohort.xlsx", "xl/charts/chart9.xml", f"<c><v>{secrets(over(), 1)['passport']}</v></c>")
    said = CliRunner().invoke(main, ["erase", str(project), "--case", case(1), "--speech", "en"])
    assert said.exit_code == 1
    assert "xl/charts/chart9.xml" in said.output


def test_a_letter_about_the_whole_group_is_told_until_it_is_made_anew(tmp_path: Path) -> None:
    data = over()
    data["stays"][1]["invitation"] = data["stays"][0]["invitation"]
    folder = write(tmp_path / "group", data)
    pemdocs.build(folder, kinds=("visa-invitation", "visa-travel"), languages="fr", formats="pdf")
    told = pemdocs.erase(folder, cases=[case(1)])
    assert [Path(each).name for each in told.quoting] == [f"02-invitation-{case(2)}.fr.pdf"]
    said = CliRunner().invoke(main, ["erase", str(folder), "--case", case(1), "--yes", "--speech", "en"])
    assert said.exit_code == 1
    assert f"02-invitation-{case(2)}.fr.pdf" in " ".join(said.output.split())
    again = pemdocs.build(folder, kinds="visa-invitation", languages="fr", formats="pdf")
    assert [each.state for each in again.outcomes] == ["made"]


def test_a_meeting_of_the_pair_stays_and_forgets_whose_journey_it_was_for(tmp_path: Path) -> None:
    data = over()
    pair = data["stays"][0]["partnership"]
    day = {"date": "2026-09-16", "start": "10:00", "stay": case(1)}
    data["meetings"] += [{"id": "M-90-1", "partnership": pair, **day}, {"id": "M-90-2", **day}]
    folder = write(tmp_path, data)
    pemdocs.erase(folder, cases=[case(1)], yes=True)
    kept = {row["id"]: row for row in json.loads((folder / "cohort.json").read_text("utf-8"))["meetings"]}
    assert kept["M-90-1"]["partnership"] == pair
    assert "stay" not in kept["M-90-1"]
    assert "M-90-2" not in kept


def test_of_a_day_the_dossiers_whose_time_is_over_are_chosen(tmp_path: Path) -> None:
    folder = write(tmp_path, over())
    assert pemdocs.erase(folder, after=date(2026, 12, 25)).cases == ()
    chosen = pemdocs.erase(folder, after=date(2026, 12, 26))
    assert (chosen.cases, chosen.ground, chosen.done) == ((case(1),), "period", False)


def test_a_traveller_with_another_dossier_keeps_what_that_one_needs(tmp_path: Path) -> None:
    data = over()
    later = {"id": "S-900", "person": "SN-1015-A", "destination": "BE", "entry": "2027-03-01", "exit": "2027-03-10"}
    data["stays"].append(later)
    folder = write(tmp_path, data)
    pemdocs.erase(folder, cases=[case(1)], yes=True)
    left = found(folder, 1)
    assert left == {"address", "national id", "passport", "zone"}
    pemdocs.erase(folder, cases=["S-900"], yes=True)
    assert found(folder, 1) == set()


def test_misuse_is_told(tmp_path: Path) -> None:
    folder = write(tmp_path, over())
    for wishes, code in (({}, "erase-which"), ({"cases": ["S-1"], "after": date(2026, 1, 1)}, "erase-which"),
                         ({"cases": ["S-1"]}, "unknown-case")):  # fmt: skip
        with pytest.raises(PemdocsError) as fault:
            pemdocs.erase(folder, **wishes)
        assert fault.value.code == code
    (folder / "erasures.json").write_text("[", "utf-8")
    with pytest.raises(PemdocsError) as fault:
        pemdocs.erase(folder, cases=[case(1)], yes=True)
    assert fault.value.code == "erasures-unreadable"
    assert found(folder, 1)


@pytest.mark.parametrize("lang", ["fr", "en", "nl"])
def test_who_names_no_dossier_is_told_how_in_a_sentence(tmp_path: Path, lang: str) -> None:
    said = CliRunner().invoke(main, ["erase", str(write(tmp_path, over())), "--speech", lang])
    assert said.exit_code == 2
    assert "--after" in said.output
