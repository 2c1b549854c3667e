"""A project's own templates win over what is shipped, piece by piece, and two projects never mix."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from projects import journey, project, publication, write
from reading_docx import read_docx_text

import pemdocs
from pemdocs import PemdocsError, resources
from pemdocs.building import CURRENT, MADE
from pemdocs.project import kinds, theme
from pemdocs.project.settings import open_project

SHIPPED = resources.folder("templates")
CHARTER = "partnership-charter"


def own(folder: Path, files: dict[str, str]) -> Path:
    """A place for templates with these files."""
    for name, words in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(words, "utf-8")
    return folder


def said(folder: Path, kind: str, case: str = "P-07", **wishes: Any) -> str:
    """The words of a document, as its Word file has them."""
    built = pemdocs.build(folder, kinds=[kind], cases=[case], formats=["docx"], **wishes)
    [outcome] = built.outcomes
    assert outcome.fault is None, outcome.fault
    return read_docx_text((built.out / outcome.path).read_bytes())


def templates_of(folder: Path) -> resources.Templates:
    return open_project(folder).programme.templates


def test_a_project_without_templates_has_what_is_shipped(tmp_path: Path) -> None:
    assert templates_of(write(tmp_path, project())) == resources.SHIPPED


def test_one_sentence_one_colour_and_one_word_of_the_house_are_changed_and_nothing_else(tmp_path: Path) -> None:
    plain, mine = write(tmp_path / "plain", project()), write(tmp_path / "mine", project())
    own(mine / "templates", {
        f"{CHARTER}/wording/fr.toml": '[signature]\nfor = "Au nom de"\n',
        "house/theme.toml": '[colour]\naccent = "#aa3355"\n',
        "house/words/fr.toml": 'ordinal_first = "premier"\n',
    })  # fmt: skip
    assert said(mine, CHARTER) == said(plain, CHARTER).replace("Pour ", "Au nom de ")
    assert theme.of(templates_of(mine), CHARTER).colour["accent"] == "#aa3355"
    assert theme.of(templates_of(mine)).colour.keys() == theme.of(resources.SHIPPED).colour.keys()
    assert theme.of(templates_of(plain), CHARTER).colour["accent"] != "#aa3355"
    plan, other = said(mine, "accompaniment-plan"), said(plain, "accompaniment-plan")
    assert "1er" in other
    assert plan == re.sub(r"\b1er\b", "premier", other)


def test_a_page_a_macro_and_a_logo_are_replaced(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    page = (SHIPPED / CHARTER / "page.html").read_text("utf-8")
    macros = (SHIPPED / "house/macros.html").read_text("utf-8")
    changed = own(folder / "templates", {
        f"{CHARTER}/page.html": page.replace("</body>", '<p class="key">{{ joined(say("title")) }}</p></body>'),
        "house/macros.html": macros.replace('<h2 class="plain">', '<h2 class="plain"><em>§</em> '),
    })  # fmt: skip
    words = said(folder, CHARTER)
    assert words.count("Charte de partenariat") > words.count("Charte de partenariat P-07") + 1
    assert words.count("§") == page.count("q.quiet(")
    name = next(each["logo"] for each in open_project(folder).programme.profile["partners"] if "logo" in each)
    own(changed, {f"programmes/pem-wecco/{name}": "<svg/>"})
    found = open_project(folder).programme.file(name)
    assert found is not None
    assert found.read_text("utf-8") == "<svg/>"
    assert open_project(folder).programme.file("../../house/theme.toml") is None


def test_a_profile_is_changed_piece_by_piece(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    own(folder / "templates", {"programmes/pem-wecco/programme.toml": '[name]\nfr = "Essai"\n'})
    profile = open_project(folder).programme.profile
    assert (profile["name"]["fr"], profile["name"]["en"]) == ("Essai", "PEM WECCO")
    assert "Essai" in said(folder, CHARTER)


CERTIFICATE = {
    "attendance/kind.toml": 'table = "partnerships"\naudience = "partner"\n'
    'needs = ["home_person"]\nfile = "presence-{case}"\n',
    "attendance/wording/fr.toml": 'title = "Attestation de présence"\n'
    'line = "{{ case.home_person.full_name }} était là."\n',
    "attendance/page.html": '<html lang="fr"><head><title>{{ plain(say("title")) }}</title></head><body>'
    '<h1>{{ joined(say("title")) }}</h1>{{ prose(say("line")) }}</body></html>',
}  # fmt: skip


def test_a_kind_of_ones_own_takes_three_files_and_nothing_else(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    own(folder / "templates", CERTIFICATE)
    assert "attendance" in open_project(folder).programme.kinds
    built = pemdocs.build(folder, formats=["docx"], dry_run=True)
    assert "attendance/P-07/presence-P-07.fr.docx" in {outcome.path for outcome in built.outcomes}
    assert "Aïssatou Marie Ndiaye était là." in said(folder, "attendance").replace("\N{NO-BREAK SPACE}", " ")
    assert "attendance" not in kinds.available()


def test_a_shared_folder_stands_between_the_project_and_what_is_shipped(tmp_path: Path) -> None:
    own(tmp_path / "house", {**CERTIFICATE, "house/theme.toml": '[colour]\nink = "#111111"\nmuted = "#222222"\n'})
    folder = write(tmp_path / "cohort", project(), templates="../house")
    own(folder / "templates", {"attendance/wording/fr.toml": 'title = "Attestation"\n',
                               "house/theme.toml": '[colour]\nmuted = "#333333"\n'})  # fmt: skip
    colour = theme.of(templates_of(folder)).colour
    assert (colour["ink"], colour["muted"], colour["rule"]) == ("#111111", "#333333", "#c9d0d8")
    assert said(folder, "attendance").startswith("Attestation\n")
    write(folder, project(), templates="../hous")
    with pytest.raises(PemdocsError) as caught:
        open_project(folder)
    assert (caught.value.code, caught.value.facts) == ("templates-missing", {"folder": "../hous"})


def test_a_template_that_changes_makes_its_documents_anew_and_no_others(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    wish: dict[str, Any] = {"formats": ["docx"], "cases": ["P-07"]}
    pemdocs.build(folder, **wish)
    own(folder / "templates", {f"{CHARTER}/wording/fr.toml": 'preamble = "Autrement."\n'})
    states = {outcome.path.split("/")[0]: outcome.state for outcome in pemdocs.build(folder, **wish).outcomes}
    assert states == {CHARTER: MADE, "accompaniment-plan": CURRENT, "consent-sheet": CURRENT}


def test_everything_of_a_project_comes_through_its_own_templates(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Were anything asked for beside them, it would not be there: what is shipped is taken away."""
    folder = write(tmp_path / "cohort", {**publication(), **journey()}, languages=["fr", "fr+nl"])
    usual = pemdocs.build(folder, dry_run=True)
    shutil.copytree(SHIPPED, folder / "templates")
    bare = tmp_path / "bare" / "templates"
    shutil.copytree(SHIPPED / "programmes", bare / "programmes")
    own(bare, {f"house/words/{each}.toml": "" for each in ("fr", "en", "nl")})
    monkeypatch.setattr(resources.Templates, "__setattr__", object.__setattr__)
    monkeypatch.setattr(resources.SHIPPED, "places", (bare,))
    built = pemdocs.build(folder, dry_run=True)
    assert [outcome.fault for outcome in built.outcomes if outcome.fault] == []
    assert {outcome.path for outcome in built.outcomes} == {outcome.path for outcome in usual.outcomes}


@pytest.mark.parametrize("look", ["classic", "modern", "certificate"])
def test_a_project_chooses_the_look_of_its_charter_and_says_the_rest_of_it_itself(look: str, tmp_path: Path) -> None:
    folder = write(tmp_path, project(), charter=look)
    own = folder / "templates/partnership-charter/theme.toml"
    own.parent.mkdir(parents=True)
    own.write_text("[size]\nbody = 13\n", encoding="utf-8")
    found = open_project(folder).programme.templates
    made = theme.of(found, CHARTER)
    assert made.size["body"] == 13
    assert (made.align["title"], made.frame["lines"]) == {
        "classic": ("center", 1), "modern": ("left", 1), "certificate": ("center", 2),
    }[look]  # fmt: skip
    assert found.own == (folder / "templates",)


def test_a_look_that_there_is_not_is_told_with_those_that_there_are(tmp_path: Path) -> None:
    with pytest.raises(PemdocsError) as caught:
        open_project(write(tmp_path, project(), charter="certificat"))
    facts = {"key": "charter", "found": "certificat", "nearest": "certificate",
             "known": "certificate, classic, modern"}  # fmt: skip
    assert (caught.value.code, caught.value.facts) == ("project-look", facts)
