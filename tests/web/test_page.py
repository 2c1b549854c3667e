"""The pages in a real browser: what people do there, and what nobody else may."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import Site, barriers, browser, visitor
from cohorts import workbook
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page
from projects import FILES, journey
from scanning import papers, pile, scanned

import pemdocs
from pemdocs.data import schema

DOT = FILES["photos/F-1.png"]
"""A picture of one dot."""


DROPPED = """bytes => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(bytes)], "../../évil name.png"));
    return data;
}"""
"""A file as the file manager drops it."""


def send(
    site: Site, path: str, field: str, name: str, content: bytes, **texts: str
) -> tuple[int, dict[str, str], bytes]:
    """Send a file as a form does."""
    parts = [f'--x\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{text}\r\n' for key, text in texts.items()]
    head = f'--x\r\nContent-Disposition: form-data; name="{field}"; filename="{name}"\r\n\r\n'
    body = "".join(parts).encode() + head.encode() + content + b"\r\n--x--\r\n"
    return site.ask(path, "POST", body, Content_Type="multipart/form-data; boundary=x")


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    with browser() as opened:
        yield opened


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cohort of two pairs as an Excel workbook; a second sheet row has a wrong number."""
    data = journey() | {"signatures": []}
    data["charters"][0]["date"] = None
    folder = workbook(tmp_path_factory.mktemp("page") / "cohort", data)
    (folder / "pemdocs.toml").write_text(
        'workbook = "cohort.xlsx"\nlang = "en"\nlanguages = ["fr"]\nkinds = ["partnership-charter", "visa-pack"]\n',
        "utf-8",
    )
    return folder


@pytest.fixture(scope="module")
def site(project: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "home", lambda: tmp_path_factory.getbasetemp())
        served = Site(project)
        served.enter()
        yield served
        served.end()


@pytest.fixture
def page(chromium: Browser, site: Site) -> Iterator[Page]:
    site.settle()
    opened = visitor(chromium, site)
    yield opened
    assert opened.complaints == []  # type: ignore[attr-defined]
    opened.context.close()


PAGES = (
    "/",
    "/check?severity=note&by=sheet",
    "/documents",
    "/dossiers",
    "/?open=1",
    "/folders",
    "/look?kind=partnership-charter&case=P-07&version=fr",
    "/look?kind=visa-invitation&case=S-07&version=fr",
    "/nowhere",
)


def test_nothing_stands_in_the_way_of_anybody(chromium: Browser, site: Site) -> None:
    """Every page, wide or narrow, light or dark: axe finds nothing, and nothing is wider than the window."""
    page = visitor(chromium, site)
    page.goto(f"{site.base}/documents")
    page.wait_for_selector(".sheaf")
    found = {}
    for number, path in enumerate(PAGES):
        page.emulate_media(color_scheme="dark" if number % 2 else "light")
        page.set_viewport_size({"width": 1200 if number % 3 else 320, "height": 800})
        page.goto(site.base + path)
        found[path] = barriers(page)
        page.set_viewport_size({"width": 320, "height": 800})
        wide: int = page.evaluate("document.documentElement.scrollWidth")
        found[path] += [f"{wide} wide"] if wide > 320 else []
    page.context.close()
    assert {path: each for path, each in found.items() if each} == {}


def test_the_pages_speak_three_languages(page: Page, site: Site) -> None:
    for code, title in (("fr", "Trois étapes"), ("nl", "Drie stappen"), ("en", "Three steps")):
        page.goto(site.base)
        page.locator(f".languages button[value={code}]").click()
        page.wait_for_selector(f"html[lang={code}]")
        assert page.locator("h1").inner_text() == title


# What nobody else may


def test_the_address_is_good_for_one_visit_and_nothing_is_shown_without_it(chromium: Browser, site: Site) -> None:
    stranger = chromium.new_page()
    stranger.goto(site.address)  # used by ``enter``
    assert "Start pemdocs again" in stranger.inner_text("body")
    for path in (
        "/",
        "/check",
        "/documents",
        "/pulse",
        "/take-all",
        "/static/page.js",
        "/enter?token=",
        "/enter?token=x",
    ):
        assert site.ask(path, Cookie="")[0] == 403
        assert site.ask(path, Cookie=site.cookie[:-2] + "xx")[0] == 403
    stranger.context.close()


def test_another_name_of_this_machine_is_refused(site: Site) -> None:
    for host in ("evil.example", f"evil.example:{site.port}", "127.0.0.1", f"127.0.0.1:{site.port + 1}", ""):
        assert site.ask("/", Host=host)[0] == 421
    assert site.ask("/", Host=f"localhost:{site.port}")[0] == 200


def test_a_form_of_another_page_is_refused(site: Site) -> None:
    for origin in ("http://evil.example", "null", f"http://localhost:{site.port}", f"https://127.0.0.1:{site.port}"):
        assert site.ask("/again", "POST", Origin=origin)[0] == 403
    assert site.ask("/again", "POST", Origin=None)[0] == 403
    assert site.ask("/check", Sec_Fetch_Site="cross-site")[0] == 403
    assert site.ask("/again", "DELETE")[0] == 405
    assert site.ask("/again")[0] in (404, 405)


def test_every_answer_forbids_what_a_page_does_not_need(site: Site) -> None:
    for path in ("/", "/check", "/static/page.css", "/nowhere"):
        headers = site.ask(path)[1]
        assert "default-src 'none'" in headers["content-security-policy"]
        assert "unsafe" not in headers["content-security-policy"]
        assert (headers["x-content-type-options"], headers["cache-control"]) == ("nosniff", "no-store")
        assert "server" not in headers
    frame = site.ask("/frame?kind=partnership-charter&case=P-07&version=fr")[1]["content-security-policy"]
    assert frame.startswith("sandbox;")
    assert "script-src" not in frame


WAYS_OUT = ("../cohort.xlsx", "../pemdocs.toml", "/etc/passwd", "manifest.json", "..%2f..%2f..%2fetc%2fpasswd",
            "partnership-charter/../../cohort.xlsx", "C:\\Windows\\win.ini", "", "visa-pack")  # fmt: skip


def test_nothing_but_documents_can_be_taken(site: Site) -> None:
    for path in WAYS_OUT:
        for place in ("/take", "/take-signed"):
            status, _, content = site.ask(f"{place}?path={path}")
            assert status == 400
            assert b"root:" not in content
    assert site.ask("/static/../page.css")[0] != 200
    assert site.ask("/static/..%2fwords%2ffr.toml")[0] in (303, 404)


def test_another_language_leads_to_no_other_place(site: Site) -> None:
    for back in ("//evil.example", "https://evil.example", "/\\evil.example", "evil"):
        answer = site.ask("/language", "POST", {"lang": "en", "back": back})
        assert (answer[0], answer[1]["location"]) == (303, "/")


def test_what_cannot_be_opened_is_said_without_a_trace(page: Page, site: Site) -> None:
    for path in ("/nowhere/at/all", "x" * 5000, "\x00", "~nobody/there"):
        status, _, content = site.ask("/open", "POST", {"path": path})
        assert status == 400
        assert b"Traceback" not in content
    charter = "kind=partnership-charter"
    for query in (
        "kind=x&case=P-07",
        f"{charter}&case=X",
        f"{charter}&case=P-07&version=xx",
        charter,
        "kind=visa-pack",
    ):
        assert site.ask(f"/frame?{query}")[0] == 400
    assert site.ask("/check?case=X")[0] == 400
    assert site.ask("/upload", "POST", Content_Type="multipart/form-data; boundary=x")[0] == 400


def test_the_workbook_that_is_chosen_is_opened_though_the_settings_name_another(site: Site, project: Path) -> None:
    other = project / "other.xlsx"
    other.write_bytes((project / "cohort.xlsx").read_bytes())
    for path, name in ((other, b"other.xlsx"), (project, b"cohort.xlsx")):
        assert site.ask("/open", "POST", {"path": f'"{path}"'})[0] == 303
        assert b'<span class="file">' + name in site.ask("/")[2]
    other.unlink()


# What people do


def test_restricted_data_is_behind_a_click_that_says_so(page: Page, site: Site) -> None:
    page.goto(f"{site.base}/look?kind=visa-invitation&case=S-07&version=fr")
    assert page.locator("iframe").count() == 0
    assert site.ask("/frame?kind=visa-invitation&case=S-07&version=fr")[0] == 400
    page.get_by_role("link", name="Show it").click()
    assert "Ndiaye".upper() in page.frame_locator("iframe").locator("body").inner_text()
    page.goto(f"{site.base}/dossiers")
    assert "ndiaye" not in page.inner_text("main").lower()
    page.get_by_role("link", name="Name the travellers").click()
    page.wait_for_selector("text=The travellers are named")
    assert "ndiaye" in page.inner_text("main").lower()


def test_a_scan_is_dropped_onto_a_piece(page: Page, site: Site, project: Path) -> None:
    page.goto(f"{site.base}/dossiers")
    page.get_by_text("Add a scan to S-07").click()
    form = page.locator("#attach-S-07 form")
    form.locator("select").select_option("insurance")
    data = page.evaluate_handle(DROPPED, list(DOT))
    form.dispatch_event("drop", {"dataTransfer": data})
    page.wait_for_selector("text=The scan is in its place")
    assert [each.name for each in (project / "attachments" / "S-07").iterdir()] == ["insurance.png"]
    status, _, content = send(site, "/attach", "scan", "a.pdf", b"MZ no scan", stay="S-07", piece="insurance")
    assert (status, b"Traceback" in content) == (400, False)
    assert send(site, "/attach", "scan", "a.png", DOT, stay="../S-07", piece="insurance")[0] == 400
    assert send(site, "/attach", "scan", "a.png", DOT, stay="S-07", piece="../insurance")[0] == 400


def test_a_build_is_followed_and_stopped_and_what_is_made_is_taken(page: Page, site: Site, project: Path) -> None:
    page.goto(f"{site.base}/documents")
    page.locator("input[value='visa-pack|S-07']").check()
    page.get_by_role("button", name="Make what is ticked").click()
    page.get_by_role("button", name="Stop").click()
    page.wait_for_selector("text=Stopped. What was made")
    page.get_by_role("checkbox", name="Partnership charter P-07").check()
    page.get_by_role("button", name="Make what is ticked").click()
    page.wait_for_selector("text=2 documents made")
    page.wait_for_selector("a:has-text('Word')")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download charter-P-07.fr.pdf").first.click()
    assert Path(started.value.path()).read_bytes().startswith(b"%PDF-")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download all").click()
    names = zipfile.ZipFile(started.value.path()).namelist()
    assert {"partnership-charter/P-07/charter-P-07.fr.docx", "partnership-charter/P-07/charter-P-07.fr.pdf"} <= set(
        names
    )


def test_the_page_checks_again_when_the_workbook_is_saved(page: Page, site: Site, project: Path) -> None:
    page.goto(f"{site.base}/check")
    page.wait_for_selector("text=Nothing to mend")
    written(project / "cohort.xlsx", "companies", 2, kbo="1000.000.121")
    page.wait_for_selector("#found .finding.error")
    finding = page.locator("#found .finding.error").first.inner_text()
    assert "check digits" in finding
    assert page.locator("#told").inner_text().startswith("Checked. Errors: ")
    page.get_by_label("Coach").select_option("COACH-01")
    page.get_by_role("button", name="Show").click()
    page.wait_for_selector("#part-P-07 .finding.error")
    with page.expect_download() as started:
        page.get_by_role("link", name="Download the marked workbook").click()
    marked = load_workbook(io.BytesIO(Path(started.value.path()).read_bytes()))
    assert marked.sheetnames[0] != "cohorts"
    assert marked["companies"]["I3"].comment or any(each.comment for row in marked["companies"] for each in row)
    written(project / "cohort.xlsx", "companies", 2, kbo="1000.000.120")
    page.wait_for_selector("text=Nothing to mend")


def written(file: Path, sheet: str, number: int, **values: object) -> None:
    """Change a row of a workbook and save it, as its author does; the first row is number 1."""
    book = load_workbook(file)
    columns = {cell.value: cell.column for cell in book[sheet][1]}
    for name, value in values.items():
        book[sheet].cell(number + 1, columns[name]).value = value
    book.save(file)


# What comes in


def bomb() -> bytes:
    """A workbook that would unpack to more than anybody has."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("xl/workbook.xml", b"0" * 150_000_000)
    return packed.getvalue()


HOSTILE = "</td><script>window.bad=1</script><img src=x onerror=window.bad=1>{{ 7*7 }}&"


def test_a_hostile_workbook_is_named_and_does_nothing(
    chromium: Browser, page: Page, site: Site, project: Path, tmp_path: Path
) -> None:
    data = journey()
    data["companies"][0] |= {"name": HOSTILE, "trade_name": HOSTILE, "kbo": HOSTILE, "country": HOSTILE}
    data["companies"][1]["name"] = '=HYPERLINK("http://evil.example","x")'
    data["people"][2]["given_names"] = HOSTILE
    data["partnerships"][0]["cohort"] = HOSTILE
    hostile = workbook(tmp_path / "<img src=x onerror=window.bad=1>", data) / "cohort.xlsx"
    for name, content in (("notes.xlsx", b"no workbook"), ("bomb.xlsx", bomb()), ("a.exe", b"MZ"), ("a.xlsx", b"")):
        status, _, told = send(site, "/upload", "workbook", name, content, parent=str(tmp_path), programme="pem-wecco")
        assert b"Traceback" not in told
        if status == 303:  # it is a workbook by its name: what it is, is told by the check
            page.goto(f"{site.base}/check")
            page.wait_for_selector("#wrong")
            page.goto(f"{site.base}/documents")
            page.goto(f"{site.base}/dossiers")
        else:
            assert status == 400
    large = send(site, "/upload", "workbook", "a.xlsx", b"0" * 121_000_000, parent=str(tmp_path))
    assert large[0] == 413
    page.goto(f"{site.base}/?open=1")
    page.get_by_label("Or its path").fill(str(hostile.parent))
    page.locator("form:has(input[name=path][required]) button").click()
    for path in ("/check?severity=note", "/documents", "/dossiers", "/", "/?open=1"):
        page.goto(site.base + path)
        if path != "/?open=1":
            page.wait_for_selector("body[data-busy='0']")
        assert page.evaluate("window.bad") is None
    page.goto(f"{site.base}/check")
    assert "<script>" in page.inner_text("main")
    status, _, _ = site.ask("/open", "POST", {"path": str(project)})
    assert status == 303


# From nothing to a signed charter


def fill(file: Path, lang: str) -> None:
    """Fill in one pair by the headings that the workbook has."""
    tables, book, data = schema.load(), load_workbook(file), journey()
    data["charters"][0]["date"] = None
    data["companies"][1]["kbo"] = "1000.000.121"
    for table, rows in data.items():
        if tables[table].sheet[lang] not in book.sheetnames or table == "signatures":
            continue
        sheet = book[tables[table].sheet[lang]]
        columns = {cell.value: cell.column for cell in sheet[1]}
        for number, row in enumerate(rows, 3):
            for name, value in row.items():
                label = tables[table].fields[name].label[lang]
                heading, said = (f"{label} ({lang})", value[lang]) if isinstance(value, dict) else (label, value)
                if heading in columns:
                    sheet.cell(number, columns[heading]).value = "; ".join(said) if isinstance(said, list) else said
    book.save(file)


def mend(file: Path, heading: str, sheet: str, wrong: str, right: str) -> None:
    book = load_workbook(file)
    column = next(cell.column for cell in book[sheet][1] if cell.value == heading)
    cell = next(row[column - 1] for row in book[sheet].iter_rows() if row[column - 1].value == wrong)
    cell.value = right
    book.save(file)


def test_somebody_without_a_terminal_goes_from_nothing_to_a_signed_charter(
    chromium: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    site = Site(None, "fr")
    site.enter()
    page = visitor(chromium, site)
    page.goto(site.base)
    page.get_by_label("Nom du dossier").fill("Cohorte 1")
    page.get_by_label("Charte de partenariat").check()
    page.get_by_role("button", name="Créer le projet").click()
    page.wait_for_selector("text=Rien n’est encore rempli")
    workbook_ = tmp_path / "Cohorte 1" / "classeur.xlsx"
    fill(workbook_, "fr")
    page.wait_for_selector("text=1 erreur")
    page.get_by_role("link", name="Voir la vérification").click()
    assert "chiffres de contrôle" in page.locator(".finding.error").first.inner_text()
    mend(workbook_, "Numéro d’entreprise (BCE)", "Entreprises", "1000.000.121", "1000.000.120")
    page.wait_for_selector("#found .state .sign.good, #found .state .sign.warning")
    page.get_by_role("link", name="Documents").click()
    page.get_by_role("link", name="Regarder Charte de partenariat P-07 fr").click()
    assert "Céréales du Cap" in page.frame_locator("iframe").locator("body").inner_text()
    page.get_by_role("link", name="Documents", exact=True).click()
    page.get_by_role("checkbox", name="Charte de partenariat P-07").check()
    page.get_by_role("button", name="Produire ce qui est coché").click()
    page.wait_for_selector("text=2 documents produits")
    page.get_by_role("link", name="Dossiers").click()
    page.get_by_role("button", name="Préparer P-07 à la signature (FR)").click()
    page.wait_for_selector("text=La version à signer est écrite")
    page.wait_for_selector("a:has-text('à signer')")
    with page.expect_download() as started:
        page.get_by_role("link", name="Télécharger à signer P-07 v1").click()
    printed = list(papers(Path(started.value.path()).read_bytes()))
    scan = tmp_path / "scan.pdf"
    scan.write_bytes(pile([scanned(each, dots=150) for each in printed], 150))
    page.locator("input[name=signed]").set_input_files(scan)
    page.get_by_role("button", name="Reprendre ce qui est revenu").click()
    page.get_by_role("button", name="Mettre à sa place et inscrire les signatures").click()
    page.wait_for_selector("text=les signatures sont inscrites")
    page.wait_for_selector("article:has-text('P-07') .tag.good:has-text('signé')")
    assert page.locator(".signers .tag.good").count() == 3
    assert page.complaints == []  # type: ignore[attr-defined]
    page.get_by_role("button", name="Fermer pemdocs").click()
    page.wait_for_selector("text=pemdocs est fermé")
    site.thread.join(20)
    assert not site.thread.is_alive()
    page.context.close()
    assert pemdocs.track(workbook_.parent)[0].over
