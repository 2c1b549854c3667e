"""A build tells what its templates have wrong where it stands, and never takes it for a fault of the program."""

from __future__ import annotations

from pathlib import Path

import pytest
from projects import project, write
from speaking import SPOKEN

import pemdocs
from pemdocs import PemdocsError
from pemdocs.words import speech

KIND = 'table = "partnerships"\naudience = "internal"\nfile = "b-{case}"\n'
WORDING = 'title = "Titre"\nline = "{{ case.home_person.full_name }}"\n'
PAGE = """\
{% import "macros.html" as q with context %}
<html lang="fr"><head><title>{{ plain(say("title")) }}</title></head>
<body>
<h1>{{ joined(say("title")) }}</h1>
{{ prose(say("line")) }}
</body></html>
"""
BROKEN = {
    "field": ("page.html", 'joined(say("title"))', "joined(case.home_persn.id)", "template-field", 4, "home_person"),
    "unclosed": ("page.html", "</h1>", "", "template-unclosed", 4, "</h1>"),
    "open": ("page.html", 'say("title")) }}</h1>', 'say("title")) </h1>', "template-syntax", 4, "{{"),
    "block": ("page.html", "<h1>", "{% if case.id %}<h1>", "template-open", 4, "endif"),
    "name": ("page.html", "prose(", "prosee(", "template-name", 5, "prose"),
    "macro": ("page.html", "</body>", "{{ q.sectin() }}</body>", "template-name", 6, "section"),
    "filter": ("page.html", "</body>", '{{ "a" | uper }}</body>', "template-filter", 6, "upper"),
    "import": ("page.html", "macros.html", "macro.html", "template-import", 1, "macro.html"),
    "key": ("page.html", '"line"', '"lines"', "template-unsaid", 5, "line"),
    "element": ("page.html", "<h1>", "<hr/><h1>", "template-element", 4, "hr"),
    "audience": ("page.html", "</body>", "{{ stacked(case.home_person.birth_date) }}</body>", "template-audience", 6,
                 "birth_date"),
    "wording": ("wording/fr.toml", "full_name", "ful_name", "template-field", 2, "full_name"),
    "division": ("page.html", "</body>", "{{ 1 / 0 }}</body>", "template-failed", 6, "ZeroDivisionError"),
    "theme": ("theme.toml", "", "[colour]\nink = 3\n", "template-value", 2, "colour.ink"),
}  # fmt: skip


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> dict[str, PemdocsError | None]:
    """The fault of each kind of a project, by its name; all but the last are broken."""
    folder = write(tmp_path_factory.mktemp("broken"), project())
    for name, (file, old, new, *_) in {**BROKEN, "sound": ("page.html", "", "", "", 0, "")}.items():
        files = {"kind.toml": KIND, "wording/fr.toml": WORDING, "page.html": PAGE}
        assert old in files.get(file, "")
        files[file] = files.get(file, "").replace(old, new, 1) if old else files.get(file, new)
        if name == "theme":
            files[file] = new
        for path, words in files.items():
            (folder / "templates" / name / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / "templates" / name / path).write_text(words, "utf-8")
    built = pemdocs.build(folder, kinds=[*BROKEN, "sound"], cases=["P-07"], formats=["docx"], dry_run=True)
    return {outcome.path.split("/")[0]: outcome.fault for outcome in built.outcomes}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_template_is_told_with_its_place(name: str, faults: dict[str, PemdocsError | None]) -> None:
    file, _, _, code, line, told = BROKEN[name]
    fault = faults[name]
    assert fault is not None
    assert (fault.code, fault.facts["file"], fault.facts["line"]) == (code, f"templates/{name}/{file}", line)
    for lang in SPOKEN:
        said = speech.fault(fault, lang)
        assert f"templates/{name}/{file}" in said
        assert told in said


def test_one_broken_kind_costs_the_others_nothing(faults: dict[str, PemdocsError | None]) -> None:
    assert faults["sound"] is None


@pytest.mark.parametrize(
    ("file", "words", "code", "line"),
    [
        ("partnership-charter/wording/fr.toml", 'title = "Charte\n', "template-toml", 1),
        ("partnership-charter/kind.toml", '\ntabel = "x"\n', "template-key", 2),
        ("partnership-charter/kind.toml", 'table = "partnershps"\n', "template-choice", 1),
        ("partnership-charter/kind.toml", 'needs = ["charter.aimm"]\n', "template-field", 1),
        ("programmes/pem-wecco/programme.toml", 'name = "x"\n', "template-lacks", 1),
    ],
)
def test_what_a_kind_or_a_programme_declares_wrongly_stops_the_build(
    tmp_path: Path, file: str, words: str, code: str, line: int
) -> None:
    folder = write(tmp_path, project())
    (folder / "templates" / file).parent.mkdir(parents=True)
    (folder / "templates" / file).write_text(words, "utf-8")
    with pytest.raises(PemdocsError) as caught:
        pemdocs.build(folder, dry_run=True)
    assert (caught.value.code, caught.value.facts["file"], caught.value.facts["line"]) == (
        code,
        f"templates/{file}",
        line,
    )
    assert all(f"templates/{file}" in speech.fault(caught.value, lang) for lang in SPOKEN)


def test_a_kind_without_a_page_says_so(tmp_path: Path) -> None:
    folder = write(tmp_path, project())
    (folder / "templates/bare/wording").mkdir(parents=True)
    (folder / "templates/bare/kind.toml").write_text(KIND, "utf-8")
    (folder / "templates/bare/wording/fr.toml").write_text(WORDING, "utf-8")
    built = pemdocs.build(folder, kinds=["bare"], cases=["P-07"], formats=["pdf"], dry_run=True)
    [fault] = [outcome.fault for outcome in built.outcomes]
    assert fault is not None
    assert (fault.code, fault.facts["file"]) == ("template-file", "templates/bare/page.html")
