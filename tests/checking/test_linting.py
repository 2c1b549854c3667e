"""What is wrong with a template is told with its file, its line, what was found, the nearest name and what to do."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import NamedTuple

import pytest
from click.testing import CliRunner
from speaking import SPOKEN

import pemdocs
from pemdocs import Finding
from pemdocs.cli import main
from pemdocs.words import speech

KIND = """\
table = "partnerships"
audience = "internal"
needs = ["home_person"]
file = "presence-{case}"
"""
WORDING = """\
title = "Attestation"

[body]
line = "{{ case.home_person.full_name }}, {{ programme.name }}"
"""
PAGE = """\
{% import "macros.html" as q with context %}
<html lang="{{ languages[0] }}">
<head><title>{{ plain(say("title")) }}</title></head>
<body>
<h1>{{ joined(say("title")) }}</h1>
{% for activity in case.activities | by("start") %}
<p class="small">{{ value(activity, "title") }}</p>
{% endfor %}
{{ prose(say("body.line")) }}
</body>
</html>
"""
STYLE = ".own { color: var(--colour-ink); }\n"
SOUND = {"kind.toml": KIND, "page.html": PAGE, "page.css": STYLE,
         **{f"wording/{lang}.toml": WORDING for lang in ("fr", "en", "nl")}}  # fmt: skip


class Plant(NamedTuple):
    """A fault that is planted in a file of a sound kind: what stands where, and what is to be told of it."""

    file: str
    old: str
    new: str
    code: str
    line: int
    found: str
    nearest: str = ""


PLANTS = (
    # kind.toml
    Plant("kind.toml", "needs =", "need =", "template-key", 3, "need", "needs"),
    Plant("kind.toml", '"partnerships"', '"partnerchips"', "template-choice", 1, "partnerchips", "partnerships"),
    Plant("kind.toml", '"internal"', '"internel"', "template-choice", 2, "internel", "internal"),
    Plant("kind.toml", 'table = "partnerships"\n', "", "template-lacks", 0, "table"),
    Plant("kind.toml", '["home_person"]', '"home_person"', "template-value", 3, "needs"),
    Plant("kind.toml", "{case}", "{cases}", "template-value", 4, "file"),
    Plant("kind.toml", '"home_person"', '"home_persen"', "template-field", 3, "home_persen", "home_person"),
    # wording
    Plant("wording/fr.toml", '"Attestation"', "Attestation", "template-toml", 1, "title = Attestation"),
    Plant("wording/nl.toml", 'title = "Attestation"\n', "", "template-sentence", 0, "title"),
    Plant("wording/en.toml", "line =", "lime =", "template-unused", 4, "body.lime", "body.line"),
    Plant("wording/fr.toml", "full_name", "ful_name", "template-field", 4, "ful_name", "full_name"),
    Plant("wording/fr.toml", "programme.name", "programme.nam", "template-profile", 4, "nam", "name"),
    Plant("wording/fr.toml", "{{ programme.name }}", "{{ programme.name", "template-syntax", 4,
          "{{ case.home_person.full_name }}, {{ programme.name"),
    Plant("wording/fr.toml", "{{ programme", "{{ program", "template-name", 4, "program", "programme"),
    Plant("wording/nl.toml", "", None, "template-language", 0, "nl"),  # type: ignore[arg-type]
    # page.html
    Plant("page.html", "", None, "template-file", 0, "page.html"),  # type: ignore[arg-type]
    Plant("page.html", '{{ joined(say("title")) }}', '{{ joined(say("title") }', "template-syntax", 5,
          '<h1>{{ joined(say("title") }</h1>'),
    Plant("page.html", "{% endfor %}\n", "", "template-open", 6, "for"),
    Plant("page.html", "{% for", "{% foor", "template-tag", 6, "foor", "for"),
    Plant("page.html", "joined(", "joind(", "template-name", 5, "joind", "joined"),
    Plant("page.html", "case.activities", "case.activites", "template-field", 6, "activites", "activities"),
    Plant("page.html", '"title") }}</p>', '"titel") }}</p>', "template-field", 7, "titel", "title"),
    Plant("page.html", '| by("start")', '| bye("start")', "template-filter", 6, "bye", "by"),
    Plant("page.html", "</h1>", "", "template-unclosed", 5, "<h1>"),
    Plant("page.html", '<p class="small">{{ value(activity, "title") }}</p>', "<footr></footr>", "template-element", 7,
          "footr", "footer"),
    Plant("page.html", 'class="small"', 'class="smal"', "template-class", 7, "smal", "small"),
    Plant("page.html", '"small">', '"small" ', "template-mark", 7, '<p class="small" …'),
    Plant("page.html", '"body.line"', '"body.lines"', "template-unsaid", 9, "body.lines", "body.line"),
    Plant("page.html", '"macros.html"', '"macro.html"', "template-import", 1, "macro.html"),
    Plant("page.html", "<h1>", "<h1>Bonjour ", "template-own-words", 5, "Bonjour"),
    Plant("page.html", "</body>", "{{ stacked(case.home_person.birth_date) }}\n</body>", "template-audience", 10,
          "birth_date"),
    Plant("page.html", "</body>", '{{ q.sectoin("body.line") }}\n</body>', "template-name", 10, "sectoin", "section"),
    Plant("page.html", "</body>", '{{ q.cell(case, "statuss") }}\n</body>', "template-field", 10, "statuss", "stays"),
    Plant("page.html", "</body>", '<p>{{ joined(profile("funding.statment")) }}</p>\n</body>', "template-profile", 10,
          "funding.statment", "funding.statement"),
    Plant("page.html", "</body>", '<p>{{ joined(house("pendng")) }}</p>\n</body>', "template-house", 10, "pendng",
          "pending"),
    Plant("page.html", "</body>", '<p><img src="{{ logo("logos/x.svg") }}" alt=""/></p>\n</body>', "template-logo", 10,
          "logos/x.svg"),
    # page.css and theme.toml
    Plant("page.css", "--colour-ink", "--colour-inc", "template-variable", 1, "--colour-inc", "--colour-ink"),
    Plant("page.css", "}", "", "template-brace", 1, ".own { color: var(--colour-ink);"),
    Plant("theme.toml", "", '[colour]\naccant = "#aa3355"\n', "template-key", 2, "colour.accant", "accent"),
    Plant("theme.toml", "", '[colour]\naccent = "rouge"\n', "template-value", 2, "colour.accent"),
)  # fmt: skip

AROUND = {
    "house/words/fr.toml": 'pending_at = "À venir"\nordinal_frist = "1er"\n',
    "programmes/pem-wecco/programme.toml": 'kinds = ["accompaniment-plan", "partnership-chater"]\n',
    "partnership-chartre/wording/fr.toml": 'title = "Charte"\n',
    "partnership-charter/wordings/fr.toml": 'title = "Charte"\n',
    "house/theme.css": "h1 { color: red }\n",
    "notes.md": "Nos modèles.\n",
}
"""Files beside the kinds, all but the last with something wrong."""


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A project whose templates have every fault, each in a kind of its own, and one kind that is sound."""
    folder = tmp_path_factory.mktemp("cohort")
    (folder / "pemdocs.toml").write_text('programme = "pem-wecco"\n', "utf-8")
    files = {f"sound/{name}": words for name, words in SOUND.items()} | AROUND
    for number, plant in enumerate(PLANTS):
        kind = {f"k{number}/{name}": words for name, words in SOUND.items()}
        path = f"k{number}/{plant.file}"
        assert plant.old in kind.get(path, "")
        if plant.new is None:
            del kind[path]
        else:
            kind[path] = kind.get(path, "").replace(plant.old, plant.new, 1) if plant.old else plant.new
        files |= kind
    for name, words in files.items():
        (folder / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "templates" / name).write_text(words, "utf-8")
    return folder


@pytest.fixture(scope="module")
def found(project: Path) -> tuple[Finding, ...]:
    return pemdocs.lint(project).findings


def test_what_is_shipped_has_nothing_to_mend() -> None:
    linted = pemdocs.lint()
    assert [(each.file, each.line, each.code) for each in linted.findings] == []
    assert linted.clean
    assert linted.kinds > 10


def test_a_sound_kind_has_nothing_to_mend(found: tuple[Finding, ...]) -> None:
    assert [each for each in found if each.file.startswith("templates/sound/")] == []


@pytest.mark.parametrize("number", range(len(PLANTS)), ids=[f"{each.file}-{each.code}-{each.found}" for each in PLANTS])
def test_a_fault_is_told_with_its_place_and_the_nearest_name(number: int, found: tuple[Finding, ...]) -> None:
    plant = PLANTS[number]
    there = [each for each in found if each.file == f"templates/k{number}/{plant.file}"]
    told = [(each.code, each.line, each.facts["found"], each.facts.get("nearest", "")) for each in there]
    assert (plant.code, plant.line, plant.found, plant.nearest) in told
    others = {each.code for each in found if each.file.startswith(f"templates/k{number}/")} - {plant.code}
    assert others <= ALONG.get(plant.code, set()), "one fault is told once"
    for lang in SPOKEN:
        [finding, *_] = [each for each in there if each.code == plant.code]
        message, remedy = speech.message(finding, lang), speech.remedy(finding, lang)
        assert plain(str(finding.facts.get("nearest", ""))) in plain(message)
        assert len(remedy) > 10
        assert "pemdocs/" not in message


ALONG = {
    "template-unused": {"template-sentence"},
    "template-unsaid": {"template-unused"},
    "template-mark": {"template-unopened", "template-unclosed", "template-own-words"},
}
"""What follows from a fault and may be told beside it."""


def plain(words: str) -> str:
    return re.sub(r"\s+", " ", words.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))


def test_files_beside_the_kinds_are_read_too(found: tuple[Finding, ...]) -> None:
    told = {(each.file, each.line, each.code, each.facts["found"], each.facts.get("nearest", "")) for each in found
            if not re.match(r"templates/k\d", each.file)}  # fmt: skip
    assert told == {
        ("templates/house/words/fr.toml", 1, "template-placeholder", "pending_at", ""),
        ("templates/house/words/fr.toml", 2, "template-key", "ordinal_frist", "ordinal_first"),
        ("templates/programmes/pem-wecco/programme.toml", 1, "template-choice", "partnership-chater",
         "partnership-charter"),
        ("templates/partnership-chartre", 0, "template-folder", "partnership-chartre", "partnership-charter"),
        ("templates/partnership-charter/wordings/fr.toml", 0, "template-stray", "partnership-charter/wordings/fr.toml",
         "partnership-charter/wording/fr.toml"),
        ("templates/house/theme.css", 0, "template-stray", "house/theme.css", "house/house.css"),
    }  # fmt: skip


def test_one_fault_hides_no_other(tmp_path: Path) -> None:
    """Broken wording, a broken theme, a broken page: each is told, whatever else is broken."""
    files = {
        "house/theme.toml": '[colour]\naccant = "#aa3355"\n',
        "programmes/pem-wecco/programme.toml": "name =\n",
        **{f"sound/{name}": words for name, words in SOUND.items()},
        "sound/wording/nl.toml": "title = Attest\n",
        "sound/page.html": PAGE.replace("joined(", "joind(").replace("case.activities", "case.activites"),
        "sound/page.css": ".own { color: var(--colour-inc)\n",
    }
    for name, words in files.items():
        (tmp_path / "templates" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "templates" / name).write_text(words, "utf-8")
    told = {(each.code, each.file.removeprefix("templates/"), each.line) for each in pemdocs.lint(tmp_path).findings}
    assert {
        ("template-key", "house/theme.toml", 2),
        ("template-toml", "programmes/pem-wecco/programme.toml", 1),
        ("template-toml", "sound/wording/nl.toml", 1),
        ("template-name", "sound/page.html", 5),
        ("template-field", "sound/page.html", 6),
    } <= told


def test_the_command_tells_each_fault_by_file_and_line(project: Path, found: tuple[Finding, ...]) -> None:
    result = CliRunner().invoke(main, ["lint", str(project), "--speech", "nl", "--format", "json"])
    assert result.exit_code == 1
    told = json.loads(result.stdout)["findings"]
    assert [(each["file"], each["line"]) for each in told] == [(each.file, each.line) for each in found]
    assert all(each["message"] and each["remedy"] for each in told)
