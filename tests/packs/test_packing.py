"""A dossier is bound whole: every piece on the page that the contents name, every file in the register, none lost."""

from __future__ import annotations

import hashlib
import io
import json
import re
import shutil
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any

import pdfplumber
import pikepdf
import pytest
import scanned
from projects import Data, journey, write

import pemdocs
from pemdocs.building import CURRENT, EDITED, FAILED, MADE, Built
from pemdocs.cli import report
from pemdocs.cli.report import standing
from pemdocs.data import schema
from pemdocs.data.dataset import Linked
from pemdocs.model import PemdocsError
from pemdocs.page.view import View
from pemdocs.project import kinds

PACK = "visa-pack/S-07/pack.pdf"
FILE = "visa-pack/S-07/file.pdf"
STAMP = re.compile(r"^(?:pièce (?P<piece>\d+) · )?(?P<at>\d+)/(?P<of>\d+)$")
LISTED = re.compile(r"^(?P<piece>\d+) .* [□–] [□–] (?P<first>\d+)$")
NUMBERED = re.compile(r"\d\s/\s\d+$")
"""The number that a page has of its own paper."""
INNER = (
    "Champ du formulaire",
    "Calendrier de la demande",
    "Contrôle du dossier",
    "Registre des pièces",
    "à confirmer",
    "Conforme",
)
VISA: dict[str, Any] = {"kinds": ["visa-pack"], "formats": ["pdf"]}


def travelling(**stay: Any) -> Data:
    data = journey()
    data["stays"][0].update({"languages": "fr"} | stay)
    return data


FILES = {
    "passport-1.jpg": lambda: scanned.oriented(6),
    "passport-2.png": lambda: scanned.saved(scanned.marked(mode="L"), "PNG"),
    "bank-statements.tiff": lambda: scanned.tiff(scanned.marked(), scanned.marked(), scanned.marked()),
    "company-statements.pdf": lambda: scanned.pdf(lambda pdf: pdf.pages[1].obj.__delitem__("/Contents"), 2, Rotate=90),
    "photo.heic": lambda: scanned.heic(scanned.marked()),
    "employment.pdf": scanned.signed,
    "tax-number.pdf": lambda: scanned.locked("secret"),
    "invitation signée.pdf": lambda: scanned.pdf(pages=2),
    "invoices.webp": lambda: scanned.saved(scanned.noisy((2400, 3300)), "WEBP"),
    "business-relation.pdf": lambda: b"",
    "old-passport.pdf": lambda: b"%PDF-1.4 x",
    "vacances.jpg": lambda: scanned.oriented(1),
}


def attach(folder: Path, *names: str) -> None:
    place = folder / "attachments" / "S-07"
    place.mkdir(parents=True, exist_ok=True)
    for name in names:
        (place / name).write_bytes(FILES[name]())


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    folder = write(tmp_path_factory.mktemp("packed"), travelling())
    attach(folder, *FILES)
    return folder, pemdocs.build(folder, **VISA)


@pytest.fixture(scope="module")
def light(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Built]:
    """A dossier of few scans, to be bound again."""
    folder = write(tmp_path_factory.mktemp("light"), travelling())
    attach(folder, "passport-2.png", "photo.heic", "employment.pdf", "vacances.jpg")
    return folder, pemdocs.build(folder, **VISA)


def pages_of(path: Path) -> list[list[str]]:
    """The lines of every page."""
    return lines_of(path.read_bytes())


@lru_cache(maxsize=32)
def lines_of(content: bytes) -> list[list[str]]:
    with pdfplumber.open(io.BytesIO(content)) as pdf:
        return [(page.extract_text() or "").splitlines() for page in pdf.pages]


def stamps(pages: list[list[str]]) -> Iterator[tuple[int, int, int]]:
    """Piece, or 0, page and number of pages, as each page is stamped."""
    for lines in pages:
        found = next(filter(None, (STAMP.match(line) for line in reversed(lines))))
        yield (int(found["piece"] or 0), int(found["at"]), int(found["of"]))


def begins(pages: list[list[str]]) -> dict[int, int]:
    """The page on which each piece begins, as the pages are stamped."""
    found: dict[int, int] = {}
    for piece, at, _ in stamps(pages):
        if piece:
            found.setdefault(piece, at)
    return found


def contents(pages: list[list[str]]) -> dict[int, int]:
    """The first page of each piece, as the list says it."""
    lines = [line for page in pages for line in page]
    rows = filter(None, (LISTED.match(line) for line in lines[lines.index("Liste des pièces") :]))
    return {int(row["piece"]): int(row["first"]) for row in rows}


def digests(path: Path) -> str:
    """What a column of digests holds, line after line."""
    with pdfplumber.open(path) as pdf:
        words = [word["text"] for page in pdf.pages for word in page.extract_words()]
    return "".join(word for word in words if re.fullmatch(r"[0-9a-f]{8,}", word))


def states(built: Built) -> dict[str, str]:
    return {outcome.path: outcome.state for outcome in built.outcomes}


def test_every_page_is_stamped_with_its_true_numbers(packed: tuple[Path, Built]) -> None:
    pages = pages_of(packed[0] / "out" / PACK)
    found = list(stamps(pages))
    assert [(at, of) for _, at, of in found] == [(number, len(pages)) for number in range(1, len(pages) + 1)]
    assert [piece for piece, *_ in found] == sorted(piece for piece, *_ in found)


def test_a_page_carries_no_other_number_than_that_of_the_pack(packed: tuple[Path, Built]) -> None:
    for lines in pages_of(packed[0] / "out" / PACK):
        assert not [line for line in lines if NUMBERED.search(line)]


def test_what_is_for_the_team_is_bound_apart(packed: tuple[Path, Built]) -> None:
    pack, file = (" ".join(" ".join(page) for page in pages_of(packed[0] / "out" / path)) for path in (PACK, FILE))
    assert not [word for word in INNER if word in pack]
    assert all(word in file for word in INNER[:4])
    assert states(packed[1])[FILE] == MADE
    found = [at for _, at, _ in stamps(pages_of(packed[0] / "out" / FILE))]
    assert found == list(range(1, len(found) + 1))


def test_words_of_a_pack_and_of_its_list_lead_to_the_cells_of_their_paper(packed: tuple[Path, Built]) -> None:
    folder, _ = packed
    for path, words in ((PACK, "Rue 3, Rufisque"), ("visa-pack/S-07/01-checklist-S-07.fr.pdf", "Liste des pièces")):
        found = pemdocs.explain(path, words, target=folder).traced
        told = {f"{cell.table}.{cell.field}" for each in found for cell in each.cells}
        assert told == ({"companies.address", "companies.commune"} if path == PACK else set())
        assert found[0].source.startswith("" if path == PACK else "visa-checklist/wording/fr.toml")


def test_the_contents_name_the_page_on_which_each_piece_begins(packed: tuple[Path, Built]) -> None:
    pages = pages_of(packed[0] / "out" / PACK)
    first = begins(pages)
    front = min(first.values()) - 1
    assert contents(pages[:front]) == first
    assert len(first) > 12
    assert sum("Non relié" in line for page in pages[:front] for line in page) == 3


def test_the_bookmarks_lead_to_the_pieces(packed: tuple[Path, Built]) -> None:
    with pikepdf.open(packed[0] / "out" / PACK) as pdf, pdf.open_outline() as outline:
        numbers = [int(item.title.split(".")[0]) for item in outline.root if item.title[0].isdigit()]
    assert numbers == list(begins(pages_of(packed[0] / "out" / PACK)))


def test_the_register_names_every_file_with_its_digest(packed: tuple[Path, Built]) -> None:
    folder, _ = packed
    squeezed = digests(folder / "out/visa-pack/S-07/99-register-S-07.fr.pdf")
    for path in (folder / "attachments/S-07").iterdir():
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        assert (digest in squeezed) == (path.name != "vacances.jpg"), path.name
    papers = [path for path in (folder / "out/visa-pack/S-07").glob("0[3-9]*.pdf") if "06-" not in path.name]
    assert papers
    assert all(hashlib.sha256(path.read_bytes()).hexdigest() in squeezed for path in papers)


def test_what_keeps_a_file_out_is_told_in_the_register_and_by_check(packed: tuple[Path, Built]) -> None:
    folder, built = packed
    words = " ".join(" ".join(page) for page in pages_of(folder / "out/visa-pack/S-07/99-register-S-07.fr.pdf"))
    assert "mot de passe" in words
    assert "fichier vide" in words
    assert "Pages vides relevées : 2" in words
    assert "Résolution ramenée à 200" in words
    codes = {finding.code for finding in built.report.findings}
    assert {"attachment-encrypted", "attachment-empty", "attachment-unmatched", "attachment-signed"} <= codes


def test_a_signed_file_is_attached_as_it_is_and_a_page_says_so(packed: tuple[Path, Built]) -> None:
    folder, _ = packed
    with pikepdf.open(folder / "out" / PACK) as pdf:
        attached = [spec.get_file().read_bytes() for spec in pdf.attachments.values()]
    assert attached == [(folder / "attachments/S-07/employment.pdf").read_bytes()]
    digest = hashlib.sha256(attached[0]).hexdigest()
    standing = [page for page in pages_of(folder / "out" / PACK) if "signature électronique" in " ".join(page)]
    assert len(standing) == 1
    assert digest in re.sub(r"\s", "", "".join(standing[0]))


def test_a_scan_stands_for_the_paper_that_the_program_made(packed: tuple[Path, Built]) -> None:
    folder, _ = packed
    text = "\n".join(line for page in pages_of(folder / "out" / PACK) for line in page)
    letter = "\n".join(
        line for page in pages_of(folder / "out/visa-pack/S-07/02-invitation-S-07.fr.pdf") for line in page
    )
    assert "Madame, Monsieur" in letter
    subject = next(line for line in letter.splitlines() if line.startswith("Objet"))
    assert subject not in text


def test_the_file_check_is_for_the_team_and_never_bound(packed: tuple[Path, Built]) -> None:
    folder, built = packed
    path = "visa-pack/S-07/12-file-check-S-07.fr.pdf"
    assert states(built)[path] == MADE
    digest = hashlib.sha256((folder / "out" / path).read_bytes()).hexdigest()
    register = "".join(
        line for page in pages_of(folder / "out/visa-pack/S-07/99-register-S-07.fr.pdf") for line in page
    )
    assert digest not in re.sub(r"\s", "", register)


def test_a_pack_carries_no_scripts_and_no_name_in_its_metadata(packed: tuple[Path, Built]) -> None:
    with pikepdf.open(packed[0] / "out" / PACK) as pdf:
        assert not {"/OpenAction", "/AA"} & set(pdf.Root.keys())
        assert "/JavaScript" not in pdf.Root.get("/Names", {})
        told = " ".join(str(value) for value in pdf.docinfo.values()) + str(pdf.open_metadata())
    assert "Ndiaye" not in told
    assert "A01234567" not in told


def test_no_name_stands_in_a_path(packed: tuple[Path, Built]) -> None:
    assert not any(re.search("ndiaye|aissatou|aïssatou", path, re.I) for path in states(packed[1]))


def again(packed: tuple[Path, Built], tmp_path: Path) -> Path:
    """The project with its papers as they were built, to go on with."""
    return shutil.copytree(packed[0], tmp_path / "again")


def test_a_pack_is_made_again_only_when_something_in_it_changed(light: tuple[Path, Built], tmp_path: Path) -> None:
    folder = again(light, tmp_path)
    first = (folder / "out" / PACK).read_bytes()
    assert set(states(pemdocs.build(folder, **VISA)).values()) == {CURRENT}
    (folder / "attachments/S-07/photo.heic").unlink()
    changed = states(pemdocs.build(folder, **VISA))
    assert changed[PACK] == MADE
    assert changed["visa-pack/S-07/05-programme-of-stay-S-07.fr.pdf"] == CURRENT
    attach(folder, "photo.heic")
    assert states(pemdocs.build(folder, **VISA))[PACK] == MADE
    assert (folder / "out" / PACK).read_bytes() == first


def test_a_pack_that_a_person_changed_is_left_alone(light: tuple[Path, Built], tmp_path: Path) -> None:
    folder = again(light, tmp_path)
    (folder / "out" / PACK).write_bytes(b"%PDF-1.7 signed by hand")
    (folder / "attachments/S-07/photo.heic").unlink()
    assert states(pemdocs.build(folder, **VISA))[PACK] == EDITED
    assert (folder / "out" / PACK).read_bytes() == b"%PDF-1.7 signed by hand"


def test_nothing_that_a_person_changed_is_bound_and_a_dry_run_says_the_same(
    light: tuple[Path, Built], tmp_path: Path
) -> None:
    folder = again(light, tmp_path)
    assert set(states(pemdocs.build(folder, dry_run=True, **VISA)).values()) == {CURRENT}
    before = (folder / "out" / PACK).read_bytes()
    paper = "visa-pack/S-07/05-programme-of-stay-S-07.fr.pdf"
    (folder / "out" / paper).write_bytes(b"%PDF-1.7 of a hand")
    for dry in (True, False):
        built = pemdocs.build(folder, dry_run=dry, **VISA)
        assert (states(built)[paper], states(built)[PACK]) == (EDITED, FAILED)
        assert {each.fault.facts["papers"] for each in built.outcomes if each.fault} == {paper}
    assert (folder / "out" / PACK).read_bytes() == before


def test_what_has_changed_for_a_pack_is_told_and_nothing_of_it_quoted(
    light: tuple[Path, Built], tmp_path: Path
) -> None:
    folder = again(light, tmp_path)
    scans = folder / "attachments/S-07"
    (scans / "photo.heic").unlink()
    (scans / "vacances.jpg").rename(scans / "Ndiaye A07654321.jpg")
    data = json.loads((folder / "cohort.json").read_text("utf-8"))
    data["meetings"][0]["place"] = "Kortrijk"
    data["insurance"][0]["number"] = "AV-2026-9999"
    passport = data["travel_documents"][0]
    passport["number"] = "A07654321"
    del passport["mrz_1"], passport["mrz_2"]
    (folder / "cohort.json").write_text(json.dumps(data), "utf-8")
    status = pemdocs.status(folder, **VISA)
    reasons = {each.path: each.reasons for each in status.documents if each.state == "stale"}
    told = [(each.code, each.name or each.cell) for each in reasons[PACK]]
    paper = "visa-pack/S-07/05-programme-of-stay-S-07.fr.pdf"
    assert {("paper", paper), ("cell", "[0].place"), ("cell", "[0].number"), ("pieces", "photo")} <= set(told)
    assert "findings" in {each.code for each in reasons[FILE]}
    foreseen = pemdocs.build(folder, dry_run=True, **VISA)
    assert {each.path: each.reasons for each in foreseen.outcomes}[PACK] == reasons[PACK]
    said = repr(list(reasons.values())) + standing.as_text(status, "fr") + standing.as_json(status, "en")
    said += report.of_build(foreseen, "nl", dry_run=True) + report.build_as_json(foreseen, "fr")
    secret = ("A01234567", "A07654321", "P<SEN", "AV-2026-", "Ndiaye", "1985-07-30", "Kortrijk")
    assert not [each for each in secret if each in said]


def test_a_size_limit_makes_numbered_volumes(packed: tuple[Path, Built], tmp_path: Path) -> None:
    folder = again(packed, tmp_path)
    size = (folder / "out" / PACK).stat().st_size
    built = pemdocs.build(folder, pack_size=size * 0.6 / 1_000_000, **VISA)
    volumes = sorted(path for path in states(built) if "/pack" in path)
    files = sorted(path for path in states(built) if "/file" in path)
    assert files == [FILE] or all(f"-of-{len(files)}.pdf" in path for path in files)
    count = len(volumes)
    assert count > 1
    assert volumes == [f"visa-pack/S-07/pack-{number}-of-{count}.pdf" for number in range(1, count + 1)]
    assert not (folder / "out" / PACK).exists()
    pages = [page for path in volumes for page in pages_of(folder / "out" / path)]
    marks = [re.search(r"(\d+)/(\d+) · volume (\d+)/(\d+)$", page[-1]) for page in pages]
    assert [int(mark[1]) for mark in marks if mark] == list(range(1, len(pages) + 1))
    assert all((folder / "out" / path).stat().st_size <= size * 0.6 for path in volumes)


def test_a_password_locks_the_pack(light: tuple[Path, Built], tmp_path: Path) -> None:
    folder = again(light, tmp_path)
    built = pemdocs.build(folder, password="geheim", **VISA)  # noqa: S106
    assert states(built)[PACK] == MADE
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(folder / "out" / PACK)
    for path in (PACK, FILE):
        with pikepdf.open(folder / "out" / path, password="geheim") as pdf:  # noqa: S106
            assert (pdf.encryption.bits, pdf.encryption.R) == (256, 6)
    assert "geheim" not in (folder / "out/manifest.json").read_text("utf-8")
    assert states(pemdocs.build(folder, **VISA))[PACK] == CURRENT
    (folder / "attachments/S-07/photo.heic").unlink()
    assert states(pemdocs.build(folder, **VISA))[PACK] == FAILED
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(folder / "out" / PACK)


def test_a_contradiction_stops_letters_and_pack_but_not_the_computed_sheets_nor_the_plan(tmp_path: Path) -> None:
    data = travelling()
    data["travel_documents"][0]["mrz_2"] = "A012345678SEN8507309F3101149<<<<<<<<<<<<<<<2"
    built = pemdocs.build(write(tmp_path / "p", data), formats=["pdf"], languages=["fr"])
    made = {path.rpartition("/")[2][:2] for path in states(built) if path.startswith("visa-pack")}
    assert made == {"07", "08", "09", "11", "12"}
    assert "accompaniment-plan/P-07/plan-P-07.fr.pdf" in states(built)
    assert [(each.kind, each.case, each.code) for each in built.skipped if each.wrong] == [
        ("visa-pack", "S-07", "case-has-errors")
    ]


def test_what_is_not_there_yet_is_left_open_and_the_pack_is_bound(tmp_path: Path) -> None:
    data = travelling()
    for table in ("insurance", "lodging", "means", "travel_history", "supporting_documents"):
        data[table] = []
    built = pemdocs.build(write(tmp_path / "p", data), **VISA)
    assert built.report.counts["error"] == 0
    assert FAILED not in states(built).values()
    words = " ".join(line for page in pages_of(tmp_path / "p/out" / PACK) for line in page)
    assert "Manquante" in words


def test_another_language_gives_another_pack(tmp_path: Path) -> None:
    folder = write(tmp_path / "p", travelling())
    built = pemdocs.build(folder, languages=["en"], **VISA)
    assert states(built)["visa-pack/S-07/pack.en.pdf"] == MADE
    assert PACK not in states(built)


OTHERS = [kind for kind in kinds.available() if kinds.load(kind).audience != "restricted"]


@pytest.mark.parametrize("kind", OTHERS)
def test_no_other_kind_can_show_anything_of_a_visa(kind: str, tmp_path: Path) -> None:
    dataset = pemdocs.check(write(tmp_path / "p", travelling())).dataset
    pair: Linked = dataset.table("partnerships")[0]
    view = View(kinds.load(kind), pair, ("fr",))
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "audience"):
        view.case.stays  # noqa: B018
    person = view.case.home_person
    for name, field in schema.load()["people"].fields.items():
        if field.audience == "restricted":
            with pytest.raises(PemdocsError, check=lambda fault: fault.code == "audience"):
                getattr(person, name)
    for back in ("stays", "travel_documents", "travel_history"):
        with pytest.raises(PemdocsError, check=lambda fault: fault.code == "audience"):
            getattr(person, back)


def test_a_scan_that_another_program_holds_is_named_and_costs_nothing_else(
    light: tuple[Path, Built], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, opened = again(light, tmp_path), Path.open

    def held(path: Path, *how: Any, **more: Any) -> Any:
        if path.name == "passport-2.png":
            raise PermissionError(13, "held")
        return opened(path, *how, **more)

    monkeypatch.setattr(Path, "open", held)
    built = pemdocs.build(folder, **VISA)
    assert states(built)[PACK] == MADE
    words = " ".join(" ".join(page) for page in pages_of(folder / "out/visa-pack/S-07/99-register-S-07.fr.pdf"))
    assert "illisible" in words


def test_the_same_dossier_gives_the_same_bytes(light: tuple[Path, Built], tmp_path: Path) -> None:
    pemdocs.build(light[0], out=tmp_path / "again", **VISA)
    for path in (PACK, FILE):
        assert (tmp_path / "again" / path).read_bytes() == (light[0] / "out" / path).read_bytes()


def test_a_finding_that_changes_binds_the_file_of_the_team_anew_and_leaves_the_pack(
    light: tuple[Path, Built], tmp_path: Path
) -> None:
    folder = again(light, tmp_path)
    (folder / "attachments/S-07/vacances.jpg").unlink()
    found = states(pemdocs.build(folder, **VISA))
    assert (found[PACK], found[FILE]) == (CURRENT, MADE)


def test_nothing_covers_a_stamp(packed: tuple[Path, Built]) -> None:
    """The last eight millimetres of every page hold the stamp and no other word."""
    with pdfplumber.open(io.BytesIO((packed[0] / "out" / PACK).read_bytes())) as pdf:
        for page in pdf.pages:
            foot = page.crop((0, float(page.height) - 8.5 / 25.4 * 72, page.width, page.height)).extract_text()
            assert STAMP.match(foot.strip()), foot
