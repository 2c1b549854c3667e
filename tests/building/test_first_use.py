"""Somebody fills in one pair in a new workbook, with mistakes, and mends it by what the marked workbook says alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner
from openpyxl import Workbook, load_workbook

from pemdocs.cli import main

TYPED: dict[str, list[dict[str, str]]] = {
    "Entreprises": [
        {
            "Identifiant": "sn 1",
            "Dénomination": "Moulins du Fleuve",
            "Pays": "Senegal",
            "Téléphone": "33 821 00 00",
            "E-mail": "info(at)moulins.sn",
            "Date de création": "12/03/16",
            "Secteur": "agriculture",
            "Effectif": "environ 12",
            "NINEA": "3067222",
            "Monnaie": "FCFA",
            "Chiffre d’affaires annuel": "45 000 000 F CFA",
        },
        {
            "Dénomination": "Boulangerie Dupré",
            "Pays": "Belgique",
            "Téléphone": "02 505 37 00",
            "Numéro d’entreprise (BCE)": "0403.019.262",
        },
    ],
    "Personnes": [
        {
            "Identifiant": "SN-1-a",
            "Prénoms": "Awa",
            "Nom": "Sow",
            "Entreprise": "sn-1",
            "Rôle": "Entrepreneuse",
            "Téléphone": "77 640 12 34",
        },
        {"Prénoms": "Luc", "Nom": "Dupré", "Entreprise": "BE-001", "Rôle": "homologue"},
        {"Identifiant": "COACH-1", "Prénoms": "Fatou", "Nom": "Ba", "Rôle": "Coach"},
    ],
    "Cohortes": [
        {
            "Identifiant": "C1",
            "Nom (fr)": "Première",
            "Début du programme": "01/02/2026",
            "Fin du programme": "31/06/2026",
        }
    ],
    "Partenariats": [
        {
            "Identifiant": "p1",
            "Cohorte": "c 1",
            "Étape": "Avant départ",
            "Entreprise hôte": "BE-001",
            "Entreprise du pays d’origine": "SN-1",
            "Entrepreneur·e du pays d’origine": "SN-1-A",
            "Homologue du pays hôte": "BE-001-A",
            "Coach du pays d’origine": "Coach 01",
        }
    ],
    "Versions": [{"Partenariat": "P1", "Version": "1", "Date": "03/02/26", "Modification (fr)": "Premier plan"}],
    "Chartes": [
        {
            "Partenariat": "P1",
            "But du partenariat (fr)": "Échanger",
            "Signataire du pays d’origine": "SN-1-A",
            "Signataire du pays hôte": "BE-001-A",
        }
    ],
}
"""What a hand writes that has not read the guide: by sheet, rows by heading."""

PROPOSED = re.compile(
    r"Écrivez-le ainsi : (?P<a>\S[^\n(]*?)\.?\s*(?:$|\n)|libre est (?P<b>[\w-]+)\.|Vouliez-vous dire « (?P<c>[^»]+) »"
    r"|juste?s?, c’est (?P<d>[\d.]+?)\.(?:\s|$)|n’écrivez que lui : (?P<e>[\d ]+)\.|finit le (?P<f>[^:]+?) :"
    r"|indicatif du pays \((?P<g>\+\d+)\)"
)
"""What a note proposes to write, in the words of the program; of a telephone number what to put before it."""


def run(*words: object) -> int:
    return CliRunner().invoke(main, [str(word) for word in words], env={"PEMDOCS_LANG": "fr"}).exit_code


def filled(book: Workbook) -> None:
    for name, rows in TYPED.items():
        columns = {cell.value: cell.column for cell in book[name][1]}
        for number, row in enumerate(rows, 3):
            for heading, value in row.items():
                book[name].cell(number, columns[heading]).value = value


def mended(book: Workbook) -> Iterator[str]:
    """Write what the notes of the bad cells propose, and nothing else; the cells that were mended."""
    for sheet in book.worksheets[1:]:
        for row in sheet.iter_rows(min_row=3):
            for cell in row:
                said = cell.comment.text.replace("\u202f", " ").replace("\u00a0", " ") if cell.comment else ""
                found = PROPOSED.search(said)
                if found:
                    text = next(each for each in found.groups() if each)
                    cell.value = f"{text} {str(cell.value).lstrip('0')}" if found["g"] else text
                    yield f"{sheet.title}!{cell.coordinate}"


def test_one_pair_is_mended_from_the_marked_workbook_alone_and_built(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("new", folder, "--kind", "plan", "--kind", "charte", "--lang", "fr") == 0
    file = folder / "classeur.xlsx"
    book = load_workbook(file)
    filled(book)
    book.save(file)
    rounds = 0
    while run("check", folder, "--severity", "error", "--mark"):
        rounds += 1
        book = load_workbook(file)
        assert rounds < 5
        assert list(mended(book)), "the marked workbook leaves its author without an answer"
        book.save(file)
    assert rounds == 1
    assert run("build", folder, "--format", "docx") == 0
    made = {path.name for path in (folder / "out").rglob("*.docx")}
    assert made == {"plan-P1.fr.docx", "charter-P1.fr.docx"}
