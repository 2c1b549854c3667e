"""A charter goes from draft to signature, electronically and on paper, and what was made is known again."""

from __future__ import annotations

import json
import logging
import shutil
import zipfile
from io import BytesIO
from pathlib import Path

import docx
import pikepdf
import pypdfium2
import pytest
from certificates import PASSWORD, Authority
from click.testing import CliRunner
from projects import codes, project, write
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.sign import signers
from reading_pdf import read_pdf_text, unheard
from scanning import jpeg, papers, pile, scanned, stained

import pemdocs
from pemdocs.cli import main
from pemdocs.model import PemdocsError
from pemdocs.project import signed
from pemdocs.signing import paper, returning, states
from pemdocs.signing.verifying import Verdict

HOME, HOST, WITNESS = "SN-014-A", "BE-003-A", "TEAM-01"
CHARTER = "partnership-charter"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    made = Authority(tmp_path_factory.mktemp("authority"))
    for who in (HOME, HOST, WITNESS, "seal"):
        made.key_of(who)
    return made


@pytest.fixture(scope="module")
def frozen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project with one charter of two pages that is ready to be signed, made once for all tests."""
    folder = unprepared(tmp_path_factory.mktemp("frozen") / "cohort")
    large = folder / "templates/partnership-charter/theme-two.toml"
    large.parent.mkdir(parents=True)
    large.write_text("[size]\nbody = 16\n\n[fit]\npages = 0\n", "utf-8")
    pemdocs.prepare(folder, "P-07", language="fr+nl")
    return folder


@pytest.fixture
def ready(frozen: Path, tmp_path: Path) -> Path:
    """A copy of it that a test may change."""
    return Path(shutil.copytree(frozen, tmp_path / "cohort"))


@pytest.fixture(scope="module")
def both(frozen: Path, authority: Authority, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same, signed by both directors, the host first."""
    folder = Path(shutil.copytree(frozen, tmp_path_factory.mktemp("both") / "cohort"))
    for who in (HOST, HOME):
        pemdocs.sign(folder, authority.folder / f"{who}.p12", PASSWORD, "P-07", who=who)
    return folder


def unprepared(folder: Path) -> Path:
    data = project() | {"signatures": []}
    data["charters"][0]["date"] = None
    return write(folder, data)


def changed(folder: Path, table: str, number: int, **values: object) -> None:
    path = folder / "cohort.json"
    data = json.loads(path.read_text("utf-8"))
    data[table][number] |= values
    path.write_text(json.dumps(data), "utf-8")


def file_of(folder: Path, ending: str = "pdf") -> Path:
    return folder / f"signed/partnership-charter/P-07/charter-P-07.v1.fr-nl.{ending}"


def verdict(file: Path, *, target: Path | None = None, trusted: tuple[Path, ...] = ()) -> Verdict:
    [found] = pemdocs.verify([file], target=target, trusted=trusted)
    return found


def worth(file: Path, *trusted: Path, target: Path | None = None) -> dict[str, str]:
    return {each.field: each.state for each in verdict(file, trusted=trusted, target=target).signatures}


# The version that is to be signed


def test_a_version_is_heard_well_and_has_a_field_for_each_signatory(frozen: Path) -> None:
    assert unheard(file_of(frozen)) == []
    with pikepdf.open(file_of(frozen)) as pdf:
        fields = {str(each.T): str(each.TU) for each in pdf.Root.AcroForm.Fields}
    assert list(fields) == [HOME, HOST, WITNESS, "seal"]
    assert fields[HOME] == "Signature de Aïssatou Marie Ndiaye – Handtekening van Aïssatou Marie Ndiaye"


def test_the_mark_of_the_data_travels_in_pdf_and_word_and_nothing_personal_does(frozen: Path) -> None:
    with pikepdf.open(file_of(frozen)) as pdf:
        told = json.loads(pdf.attachments["pemdocs.json"].get_file().read_bytes())
    assert (told["case"], told["version"], told["kind"]) == ("P-07", 1, "partnership-charter")
    assert "values" not in told
    assert verdict(file_of(frozen, "docx")).clean
    account = file_of(frozen, "json").read_text("utf-8")
    assert "Ndiaye" not in account
    assert "Peeters" not in account


def test_a_page_of_signatures_has_a_letter_for_each_and_no_second_field(tmp_path: Path) -> None:
    folder = unprepared(tmp_path / "cohort")
    made = pemdocs.prepare(folder, "P-07", language="fr", apart=True)
    assert unheard(folder / made.path) == []
    with pikepdf.open(folder / made.path) as pdf:
        assert len(pdf.Root.AcroForm.Fields) == 4
    with pypdfium2.PdfDocument(folder / made.path) as document:
        assert "C · Noor Janssens" in document[made.pages - 1].get_textpage().get_text_range()


def test_the_data_travels_where_it_is_asked_for_without_what_is_personal(tmp_path: Path) -> None:
    folder = unprepared(tmp_path / "cohort")
    made = pemdocs.prepare(folder, "P-07", language="fr", data=True)
    with pikepdf.open(folder / made.path) as pdf:
        told = pdf.attachments["pemdocs.json"].get_file().read_bytes().decode()
    assert "Créer ensemble une gamme" in told
    assert "Aïssatou" not in told
    assert "#" not in told


def test_a_version_is_never_made_again_and_a_change_of_the_data_is_told(ready: Path) -> None:
    before = file_of(ready).read_bytes()
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "sign-current"):
        pemdocs.prepare(ready, "P-07", language="fr+nl")
    changed(ready, "charters", 0, place="Brugge", date="2026-09-30")
    changed(ready, "people", 0, family_name="Diop")
    found = [each for each in pemdocs.check(ready).findings if each.code == "signed-otherwise"]
    assert [(each.table, each.field) for each in found] == [("people", "family_name"), ("charters", "place")]
    assert "Diop" not in str(found[0])
    assert "Gent" in str(found[1])
    assert "Brugge" in str(found[1])
    second = pemdocs.prepare(ready, "P-07", language="fr+nl")
    assert (second.kind, second.version) == ("partnership-charter", 2)
    assert file_of(ready).read_bytes() == before
    assert verdict(file_of(ready)).outdated
    assert "signed-otherwise" not in codes(pemdocs.check(ready))


def test_what_somebody_has_signed_is_amended_with_the_same_signatories(both: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(both, tmp_path / "cohort"))
    changed(folder, "charters", 0, valid_until="2028-06-30")
    amendment = pemdocs.prepare(folder, "P-07", language="fr+nl")
    assert (amendment.kind, amendment.version) == ("charter-amendment", 2)
    assert amendment.signatories == (HOME, HOST, WITNESS)
    assert unheard(folder / amendment.path) == []
    assert "signed-otherwise" not in codes(pemdocs.check(folder))
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "sign-current"):
        pemdocs.prepare(folder, "P-07", language="fr+nl")


def test_consents_are_ticked_as_told_and_signed_apart_from_the_charter(ready: Path, authority: Authority) -> None:
    data = project()
    given = {"id": "CS-1", "person": HOME, "covers": "name; quote", "media": "web", "languages": "fr; nl",
             "valid_from": "2026-09-01", "wording": "2026-1", "proof": "signature"}  # fmt: skip
    write(ready, data | {"signatures": [], "consents": [given]})
    sheet = pemdocs.prepare(ready, "P-07", kind="consent-sheet", language="en")
    assert (sheet.version, sheet.signatories) == (1, (HOME, HOST))
    said = read_pdf_text((ready / sheet.path).read_bytes())
    home, host = said.split("Bakkerij De Linde", 1)
    assert ["☒ Name" in home, "☐ Face" in home, "☒ Web" in home, "☒ French" in home, "☐ English" in home] == [True] * 5
    assert "☒ Web" not in host
    assert pemdocs.sign(ready, authority.folder / f"{HOME}.p12", PASSWORD, "P-07", who=HOME).frozen.kind == CHARTER
    made = pemdocs.sign(ready, authority.folder / f"{HOME}.p12", PASSWORD, "P-07", who=HOME, kind="consent-sheet")
    assert verdict(ready / made.path).content == "added"
    told = [each for each in signed.rows(ready) if each["document"] == "consent-sheet"]
    assert {each["signatory"]: each["state"] for each in told} == {HOME: "signed", HOST: "sign"}
    assert "consents-not-entered" not in codes(pemdocs.check(ready))


def test_a_register_that_is_spoiled_is_told_and_not_taken_for_empty(ready: Path) -> None:
    (ready / signed.PLACE).write_text("{", "utf-8")
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "signed-unreadable"):
        pemdocs.check(ready)


# Electronic signatures


def test_two_directors_sign_in_either_order_and_both_signatures_stay_good(
    both: Path, ready: Path, authority: Authority
) -> None:
    assert worth(file_of(both, "signed.pdf"), authority.root) == {HOST: "valid", HOME: "valid"}
    assert unheard(file_of(both, "signed.pdf")) == []
    for who in (HOME, HOST):
        pemdocs.sign(ready, authority.folder / f"{who}.p12", PASSWORD, "P-07", who=who)
    pemdocs.sign(ready, authority.folder / "seal.p12", PASSWORD, "P-07", seal=True)
    assert worth(file_of(ready, "signed.pdf"), authority.root) == {HOME: "valid", HOST: "valid", "seal": "valid"}
    told = verdict(file_of(ready, "signed.pdf"), trusted=(authority.root,))
    assert (told.content, told.data, told.clean) == ("added", "current", True)


def test_a_charter_is_signed_from_the_day_on_which_both_companies_have(
    both: Path, ready: Path, authority: Authority
) -> None:
    pemdocs.sign(ready, authority.folder / f"{HOST}.p12", PASSWORD, "P-07", who=HOST)
    pairs = [pemdocs.check(each).dataset.find("partnerships", "P-07") for each in (ready, both)]
    assert [each.charter_signed is not None for each in pairs if each is not None] == [False, True]


def test_a_signature_that_nobody_vouches_for_is_said_to_be_unchecked_or_untrusted(both: Path, tmp_path: Path) -> None:
    other = Authority(tmp_path)
    assert set(worth(file_of(both, "signed.pdf")).values()) == {"unchecked"}
    assert set(worth(file_of(both, "signed.pdf"), other.root).values()) == {"untrusted"}


def test_a_changed_byte_breaks_every_signature(both: Path, tmp_path: Path, authority: Authority) -> None:
    content = bytearray(file_of(both, "signed.pdf").read_bytes())
    content[file_of(both).stat().st_size // 2] ^= 1
    (tmp_path / "changed.pdf").write_bytes(content)
    told = verdict(tmp_path / "changed.pdf", target=both, trusted=(authority.root,))
    assert told.content == "changed"
    assert {each.state for each in told.signatures} == {"broken"}
    assert not told.clean


def test_what_is_added_after_a_signature_and_is_none_is_told(both: Path, tmp_path: Path, authority: Authority) -> None:
    with file_of(both, "signed.pdf").open("rb") as file:
        writer = IncrementalPdfFileWriter(file)
        page = writer.root["/Pages"]["/Kids"][0]
        page["/Rotate"] = generic.NumberObject(90)
        writer.update_container(page)
        with (tmp_path / "turned.pdf").open("wb") as out:
            writer.write(out)
    assert set(worth(tmp_path / "turned.pdf", authority.root, target=both).values()) == {"changed-after"}


def test_a_signature_of_another_program_in_our_field_is_judged_and_an_ended_certificate_told(
    ready: Path, authority: Authority
) -> None:
    ended = signers.SimpleSigner.load_pkcs12(str(authority.key_of("late", days=-2)), passphrase=PASSWORD.encode())
    writer = IncrementalPdfFileWriter(BytesIO(file_of(ready).read_bytes()))
    made = signers.sign_pdf(writer, signers.PdfSignatureMetadata(field_name=HOME), ended, existing_fields_only=True)
    file_of(ready, "signed.pdf").write_bytes(made.getvalue())
    assert worth(file_of(ready, "signed.pdf"), authority.root) == {HOME: "expired"}


def elsewhere(folder: Path, key: Path, who: str) -> bytes:
    """The version of a project as a program of the signatory's own has signed it."""
    signer = signers.SimpleSigner.load_pkcs12(str(key), passphrase=PASSWORD.encode())
    writer = IncrementalPdfFileWriter(BytesIO(file_of(folder).read_bytes()))
    told = signers.PdfSignatureMetadata(field_name=who)
    return signers.sign_pdf(writer, told, signer, existing_fields_only=True).getvalue()


def test_what_was_signed_elsewhere_is_kept_and_entered(both: Path, ready: Path, authority: Authority) -> None:
    sent = elsewhere(ready, authority.folder / f"{HOME}.p12", HOME)
    assert returning.signed_electronically(sent)
    back = returning.receive(ready, sent)
    assert (back.frozen.case, back.people) == ("P-07", (HOME,))
    assert (ready / back.path).read_bytes() == sent
    states_of = {each.signatory: (each.state, each.way) for each in pemdocs.status(ready, kinds="charte").signatures}
    assert states_of == {HOME: ("signed", "electronic"), HOST: ("sign", ""), WITNESS: ("sign", "")}
    pemdocs.sign(ready, authority.folder / f"{HOST}.p12", PASSWORD, "P-07", who=HOST)
    assert worth(file_of(ready, "signed.pdf"), authority.root) == {HOME: "valid", HOST: "valid"}


def test_what_was_signed_elsewhere_and_is_not_ours_whole_or_the_newest_is_not_kept(
    both: Path, ready: Path, authority: Authority
) -> None:
    sent = elsewhere(ready, authority.folder / f"{HOME}.p12", HOME)
    refused = {
        "sign-foreign-file": [b"%PDF-1.7 /ByteRange", b"x" + sent, sent[: file_of(ready).stat().st_size]],
        "sign-broken": [file_of(ready).read_bytes() + b"\n%%EOF\n"],
        "sign-behind": [sent],
    }
    before = sorted(path.name for path in file_of(ready).parent.iterdir())
    for code, contents in refused.items():
        folder = both if code == "sign-behind" else ready
        for content in contents:
            with pytest.raises(PemdocsError, check=lambda fault: fault.code == code):  # noqa: B023
                returning.receive(folder, content)
    assert sorted(path.name for path in file_of(ready).parent.iterdir()) == before


def test_a_certificate_that_has_ended_signs_nothing_and_one_that_is_revoked_is_told(
    ready: Path, authority: Authority
) -> None:
    ended = authority.key_of("ended", days=-3)
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "sign-key-expired"):
        pemdocs.sign(ready, ended, PASSWORD, "P-07", who=HOME)
    revoked = authority.key_of("revoked", lists="http://127.0.0.1:9/crl")
    pemdocs.sign(ready, revoked, PASSWORD, "P-07", who=HOME)
    lists = authority.folder / "revoked.pem"
    lists.write_bytes(authority.revoked(authority.serial))
    assert worth(file_of(ready, "signed.pdf"), authority.root, lists) == {HOME: "revoked"}
    assert worth(file_of(ready, "signed.pdf"), authority.root) == {HOME: "valid"}


@pytest.mark.filterwarnings("ignore::ResourceWarning")
def test_with_a_service_the_time_is_trusted_and_with_long_term_the_file_proves_itself(
    ready: Path, authority: Authority
) -> None:
    with authority.online() as address:
        pemdocs.sign(ready, authority.folder / f"{HOME}.p12", PASSWORD, "P-07", who=HOME, time_stamps=f"{address}/time")
        host = authority.key_of("listed", lists=f"{address}/crl")
        made = pemdocs.sign(
            ready,
            host,
            PASSWORD,
            "P-07",
            who=HOST,
            time_stamps=f"{address}/time",
            long_term=True,
            trusted=(authority.root,),
        )
    told = verdict(file_of(ready, "signed.pdf"), trusted=(authority.root,)).signatures
    assert made.level == "B-LT"
    assert [(each.field, each.state) for each in told] == [(HOME, "valid"), (HOST, "valid")]
    assert {each.level for each in told} == {"B-LT"}
    assert unheard(file_of(ready, "signed.pdf")) == []


@pytest.mark.parametrize(
    ("key", "password", "who", "code"),
    [
        (f"{HOME}.p12", "faux", HOME, "sign-key-password"),
        ("root.pem", PASSWORD, HOME, "sign-key-unreadable"),
        ("nowhere.p12", PASSWORD, HOME, "sign-key-unreadable"),
        (f"{HOME}.p12", PASSWORD, "COACH-01", "sign-who"),
        (f"{HOME}.p12", PASSWORD, "", "sign-who"),
    ],
)
def test_what_keeps_a_signature_from_being_made_is_said(
    frozen: Path, authority: Authority, key: str, password: str, who: str, code: str
) -> None:
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == code):
        pemdocs.sign(frozen, authority.folder / key, password, "P-07", who=who)
    assert not file_of(frozen, "signed.pdf").exists()


def test_a_password_and_a_name_are_in_no_file_no_log_and_no_output(
    ready: Path, authority: Authority, caplog: pytest.LogCaptureFixture
) -> None:
    secret = authority.folder / "password.txt"
    secret.write_text(f"{PASSWORD}\n", "utf-8")
    key = authority.key_of("Aïssatou Marie Ndiaye")
    with caplog.at_level(logging.DEBUG):
        words = ["sign", str(ready), "--with", str(key), "--case", "P-07", "--as", HOME, "--password-file", str(secret)]
        result = CliRunner().invoke(main, words)
        said = CliRunner().invoke(main, ["verify", str(file_of(ready, "signed.pdf"))])
    assert (result.exit_code, said.exit_code) == (0, 0), result.output + said.output
    assert "PAdES B-B" in result.output
    told = f"{result.output}{said.output}{caplog.text}"
    assert "Ndiaye" not in told.replace(str(key), "")
    assert PASSWORD not in told
    assert not any(PASSWORD.encode() in each.read_bytes() for each in ready.rglob("*") if each.is_file())


def test_who_has_signed_does_not_sign_again(both: Path, authority: Authority) -> None:
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "sign-done"):
        pemdocs.sign(both, authority.folder / f"{HOME}.p12", PASSWORD, "P-07", who=HOME)


# Paper


@pytest.fixture(scope="module")
def sheets(frozen: Path) -> list[object]:
    return list(papers(file_of(frozen).read_bytes()))


BAD = {
    "coarse": {"dots": 100},
    "upside down": {"turn": 180, "dots": 100},
    "on its side": {"turn": 90, "dots": 150},
    "skewed": {"skew": 4.0, "dots": 100},
    "grey and soft": {"grey": True, "blur": 0.6, "dots": 150},
}


@pytest.mark.parametrize("way", BAD)
def test_a_bad_scan_is_known_by_its_code(frozen: Path, tmp_path: Path, sheets: list, way: str) -> None:
    (tmp_path / "scan.jpg").write_bytes(jpeg(scanned(sheets[1], **BAD[way]), BAD[way]["dots"]))
    told = verdict(tmp_path / "scan.jpg", target=frozen)
    assert (told.sort, told.case, told.version, told.pages, told.of) == ("scan", "P-07", 1, (2,), 2)


def test_a_pile_is_taken_apart_and_what_is_whole_is_put_in_its_place(ready: Path, tmp_path: Path, sheets: list) -> None:
    foreign, blank = sheets[0].copy(), sheets[0].copy()
    foreign.paste("white", (0, 0, *foreign.size))
    blank.paste("white", (0, sheets[0].height * 9 // 10, *sheets[0].size))
    scans = tmp_path / "scans"
    scans.mkdir()
    coffee = [scanned(stained(each), dots=120, skew=-2) for each in (*sheets, sheets[1])]
    (scans / "a.pdf").write_bytes(pile([coffee[0], scanned(blank), coffee[1], coffee[2]], 120))
    (scans / "notes.txt").write_text("rien", "utf-8")
    found = pemdocs.scan(ready, scans)
    [charter] = found.papers
    assert (charter.missing, charter.doubled, charter.outdated) == ((), (2,), False)
    assert [(each.file.name, each.number) for each in found.without] == [("a.pdf", 2)]
    assert [path.name for path, _ in found.unread] == ["notes.txt"]
    result = CliRunner().invoke(main, ["sign", str(ready), "--scan", str(scans), "--on", "2026-09-24"])
    assert result.exit_code == 1, result.output
    with pikepdf.open(file_of(ready, "scan.pdf")) as pdf:
        assert len(pdf.pages) == 3
    pair = pemdocs.check(ready).dataset.find("partnerships", "P-07")
    assert pair is not None
    assert str(pair.charter_signed) == "2026-09-24"


def test_a_missing_page_is_told_and_nothing_is_put_in_its_place(ready: Path, tmp_path: Path, sheets: list) -> None:
    (tmp_path / "one.jpg").write_bytes(jpeg(scanned(sheets[0])))
    found = pemdocs.scan(ready, tmp_path / "one.jpg")
    assert found.papers[0].missing == (2,)
    with pytest.raises(PemdocsError, check=lambda fault: fault.code == "sign-pages-missing"):
        paper.place(ready, found.papers[0], None, ())


def test_an_old_version_and_one_of_another_project_are_told(ready: Path, tmp_path: Path, sheets: list) -> None:
    changed(ready, "charters", 0, place="Brugge")
    pemdocs.prepare(ready, "P-07", language="fr+nl")
    (tmp_path / "old.jpg").write_bytes(jpeg(scanned(sheets[1])))
    assert pemdocs.scan(ready, tmp_path / "old.jpg").papers[0].outdated
    other = unprepared(tmp_path / "other")
    assert len(pemdocs.scan(other, tmp_path / "old.jpg").foreign) == 1
    assert verdict(tmp_path / "old.jpg", target=other).sort == "foreign"


# What is said of it


def test_what_is_none_of_ours_and_what_is_only_a_draft_is_known(frozen: Path, tmp_path: Path) -> None:
    (tmp_path / "foreign.pdf").write_bytes(b"%PDF-1.7 nothing")
    assert verdict(tmp_path / "foreign.pdf", target=frozen).sort == "foreign"
    with zipfile.ZipFile(tmp_path / "foreign.docx", "w") as parts:
        parts.writestr("word/document.xml", "<x/>")
    assert verdict(tmp_path / "foreign.docx", target=frozen).sort == "foreign"
    shutil.copy(file_of(frozen), tmp_path / "alone.pdf")
    alone = verdict(tmp_path / "alone.pdf")
    assert (alone.sort, alone.content, alone.case) == ("version", "unknown", "P-07")


def test_a_file_says_of_which_fields_the_workbook_says_something_else(ready: Path) -> None:
    changed(ready, "companies", 1, address="Lindestraat 7")
    told = verdict(file_of(ready))
    assert (told.content, told.data) == ("made", "stale")
    assert [(each.field.table, each.field.name) for each in told.stale] == [("companies", "address")]
    result = CliRunner().invoke(main, ["verify", str(file_of(ready)), "--format", "json"])
    assert json.loads(result.output)["files"][0]["stale"][0]["field"] == "address"


def test_who_has_not_signed_is_listed_with_a_reminder_in_their_language(ready: Path) -> None:
    states.mark(ready, "P-07", "sent", [HOST], way="email")
    states.mark(ready, "P-07", "signed", [HOME])
    states.mark(ready, "P-07", "refused", [WITNESS])
    [waiting] = pemdocs.unsigned(ready, ["C1"])
    assert (waiting.signatory, waiting.state, waiting.way, waiting.language) == (HOST, "sent", "email", "nl")
    result = CliRunner().invoke(main, ["sign", str(ready), "--remind", "--speech", "fr"])
    assert "handtekening" in result.output
    assert result.exit_code == 1
    assert pemdocs.unsigned(ready, ["C2"]) == ()


def test_status_manifest_and_the_papers_of_a_visa_tell_a_signed_charter_from_a_draft(both: Path, frozen: Path) -> None:
    told = {each.signatory: (each.state, each.way) for each in pemdocs.status(both, kinds="charte").signatures}
    assert told == {HOME: ("signed", "electronic"), HOST: ("signed", "electronic"), WITNESS: ("sign", "")}
    pemdocs.build(both, kinds="charte", cases="P-07", languages="fr", formats="docx")
    documents = json.loads((both / "out/manifest.json").read_text("utf-8"))["documents"]
    assert [each["signature"] for each in documents] == ["sign"]
    plans = [
        pemdocs.render("accompaniment-plan", pemdocs.check(each).case("P-07"), "fr", "docx") for each in (both, frozen)
    ]
    words = [docx.Document(BytesIO(each)).element.xpath("string(//w:body)") for each in plans]
    assert ["ont signé leur charte" in each for each in words] == [True, False]
