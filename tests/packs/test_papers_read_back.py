"""The papers of every dossier of a build, read back from their PDFs, agree with the data and with one another."""

from __future__ import annotations

import csv
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from agreeing import READERS, disagreements, papers, plain, said

import pemdocs
from pemdocs import resources
from pemdocs.checking import examination
from pemdocs.data.dataset import Linked
from pemdocs.project.settings import open_project

STAYS = ("S-06", "S-08", "S-11")
"""One of a group, one with a guarantor, one of no partnership."""

PAPERS = tuple(
    f"visa-{each}" for each in ("invitation", "support", "mission", "programme", "application", "means",
                                "travel", "history", "proofs", "ties", "obligation")
)  # fmt: skip
"""All that a consulate or a guarantor reads: the sheets of the team count days of their own."""

BOUND = "S-11"
"""The one that is bound too, so that it has a list of pieces."""

Dossiers = dict[str, tuple[Linked, dict[str, str]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the example with the papers of some dossiers built, one of them bound."""
    folder = tmp_path_factory.mktemp("agree") / "project"
    shutil.copytree(
        resources.folder("examples") / "pem-wecco", folder, ignore=shutil.ignore_patterns("out", ".pemdocs")
    )
    pemdocs.build(folder, kinds="visa-pack", cases=BOUND, languages="fr", formats="pdf")
    pemdocs.build(folder, kinds=PAPERS, cases=[each for each in STAYS if each != BOUND], languages="fr", formats="pdf")
    return folder


@pytest.fixture(scope="module")
def dossiers(folder: Path) -> Dossiers:
    """Each dossier that is built, with what its papers say."""
    dataset = examination.examine(open_project(folder)).dataset
    built = sorted((folder / "out" / "visa-pack").iterdir())
    return {each.name: (case, papers(each)) for each in built if (case := dataset.find("stays", each.name))}


def test_every_paper_of_a_dossier_is_read(dossiers: Dossiers) -> None:
    assert tuple(dossiers) == STAYS
    assert {number for _, told in dossiers.values() for number in told} >= {
        "01",
        "02",
        "03",
        "04",
        "05",
        "06",
        "07",
        "14",
    }
    sorts = {sort for _, told in dossiers.values() for text in told.values() for sort, _ in said(text)}
    assert sorts == READERS.keys()
    assert all(case.person.family_name in told["13"] for case, told in dossiers.values())


@pytest.mark.parametrize("stay", STAYS)
def test_papers_say_what_the_data_say_and_none_otherwise_than_another(dossiers: Dossiers, stay: str) -> None:
    assert disagreements(*dossiers[stay]) == []


@pytest.mark.parametrize("stay", STAYS)
def test_beside_the_sheet_for_the_form_lies_a_list_to_copy_from(dossiers: Dossiers, folder: Path, stay: str) -> None:
    case, told = dossiers[stay]
    [path] = (folder / "out" / "visa-pack" / stay).glob("06-*.csv")
    content = path.read_bytes()
    assert content.startswith("\ufeff".encode())
    rows = list(csv.reader(content.decode("utf-8-sig").splitlines(), delimiter=";"))
    numbers = [int(number.strip("*")) for number, _, _ in rows[1:]]
    assert numbers == sorted(numbers)
    values = [value for _, _, value in rows if value]
    assert len(values) > 30
    assert {case.passport.number, case.person.family_name, case.person.phone} <= {*values}
    assert all(part in told["06"] for value in values[1:] for part in plain(value).split("; "))
    account = json.loads((folder / "out" / "manifest.json").read_text("utf-8"))
    entries = {each["path"]: each for each in account["documents"]}
    entry = entries[path.relative_to(folder / "out").as_posix()]
    assert (entry["format"], entry["case"], entry["kind"]) == ("csv", stay, "visa-application")
    [sheet] = path.parent.glob("06-*.pdf")
    assert path.stat().st_mode == sheet.stat().st_mode


SEEDS = {
    "sum": (r"1 (\d{3}) €", r"9 \1 €"),
    "day": (r"(\d) (septembre|juin|octobre) 2026", r"\1 \2 2027"),
    "passport": (r"([A-Z])\d(\d{7})", r"\g<1>9\2"),
    "register": (r"(SN-[A-Z]{3})-20", r"\1-19"),
    "company number": (r"0999\.", "0998."),
    "phone": (r"\+32 ", "+33 "),
    "mail": (r"@(\w)", r"@x\1"),
    "name": (r"((?:M\.|Mme) (?:\w+ )?)[A-ZÀ-Ý]{2,}", r"\1SECK"),
    "address": (r"(Quai aux Foins|Rue du Moulin à eau|Zoutwerf) \d", r"\1 9"),
    "town": (r"\b(1000) Bruxelles", r"1020 Bruxelles"),
    "flight": (r"AT 0(\d)", r"AT 9\1"),
    "passenger": (r"([A-Z]{2,})/[A-Z]", r"\1/X"),
    "payer": (r"le programme(?: PEM WECCO)?|notre entreprise|PEM WECCO \(Enabel\)(?=\nr)", "un tiers"),
    "last day": (r"(espace Schengen au plus tard le )\d+", r"\g<1>29"),
}


def seeded(told: dict[str, str], seed: str) -> Iterator[tuple[str, dict[str, str]]]:
    """The papers with one place of one of them changed, by the number of its file."""
    pattern, other = SEEDS[seed]
    wanted = ("02", "03", "04", "07") if seed == "payer" else ("02", "03", "04", "06", "07", "08", "13")
    for number in wanted:
        text = _about_costs(number, told.get(number, "")) if seed == "payer" else told.get(number, "")
        changed = re.sub(pattern, other, text, count=1)
        if changed != text:
            yield number, {**told, number: told[number].replace(text, changed)}


def _about_costs(number: str, text: str) -> str:
    """The part of a paper that tells who pays."""
    found = re.search(
        {"04": r"Prise en charge\n.*", "07": r"Qui paie quoi(?:.|\n)*"}.get(number, r"Les frais .*"), text
    )
    return found[0] if found else ""


@pytest.mark.parametrize("seed", SEEDS)
def test_one_place_of_one_paper_that_says_another_thing_is_found(dossiers: Dossiers, seed: str) -> None:
    tried = 0
    for case, told in dossiers.values():
        for number, other in seeded(told, seed):
            assert disagreements(case, other), (seed, case.record.id, number)
            tried += 1
    assert tried >= 2
