"""The user's guide is the same in each language, chapter by chapter, and leaves out no command and no option."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from each import for_each
from manual import DOCS, HEADINGS, chapter, commands, guide, without_chapter

from pemdocs.project import languages, settings

LANGUAGES = sorted(HEADINGS)
FENCED = re.compile(r"```.*?```", re.DOTALL)


def shape(lang: str) -> list[str]:
    """The headings of a guide by their levels, with what stands below each: tables, fenced parts, points of lists."""
    found = []
    for line in without_chapter(lang).split("\n"):
        if mark := re.match(r"(#+) |(\| *---)|(```)|(- |\d+\. )", line.lstrip()):
            found.append(next(each for each in mark.groups() if each).rstrip())
    return found


def typed(lang: str) -> list[tuple[str, ...]]:
    """Each command that a guide lets its reader type, with its options, in their order."""
    lines = [line for line in re.findall(r"pemdocs ([a-z]+)(.*)", without_chapter(lang)) if line[0] in KNOWN]
    return [(name, *re.findall(r"(?<!\S)--[a-z-]+", rest.split("  #")[0].split("`")[0])) for name, rest in lines]


KNOWN = {command.name for command in commands("en")}


def settings_told(lang: str) -> list[str]:
    """The settings that the first chapter explains, in their order."""
    table = without_chapter(lang).split("`pemdocs.toml`", 2)[2].split("\n## ")[0]
    return re.findall(r"^\| `([a-z_]+)` \|", table, re.MULTILINE)


def test_there_is_a_guide_in_every_language() -> None:
    assert (
        LANGUAGES
        == sorted(languages.available())
        == sorted(path.name.split(".")[1] for path in DOCS.glob("guide.*.md"))
    )


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_guides_have_the_same_chapters_tables_and_lists(lang: str) -> None:
    assert shape(lang) == shape("fr")


@pytest.mark.parametrize("lang", ["en", "nl"])
def test_the_guides_let_type_the_same_commands(lang: str) -> None:
    assert typed(lang) == typed("fr")


@for_each(LANGUAGES)
def test_the_guides_explain_every_setting(lang: str) -> None:
    assert set(settings_told(lang)) == set(settings.KEYS)


@for_each(LANGUAGES)
def test_the_last_chapter_is_what_the_program_says_of_itself(lang: str) -> None:
    """``python tests/builders/manual.py`` writes it anew."""
    assert guide(lang).endswith(chapter(lang))


@for_each(LANGUAGES)
def test_no_guide_names_an_option_that_there_is_not(lang: str) -> None:
    known = {name for command in commands("en") for each in command.params for name in each.opts} | {"--speech"}
    others = {"--cask", "--help"}  # of programs that the guide names
    told = set(re.findall(r"`[^`\n]*?(--[a-z][a-z-]+)", without_chapter(lang)))
    assert told <= known | others


@for_each(LANGUAGES)
def test_links_between_the_pages_lead_somewhere(lang: str) -> None:
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)]+)\)", FENCED.sub("", guide(lang))):
        assert (DOCS / target).exists(), target


def test_the_recipe_for_installing_can_be_read() -> None:
    recipe = tomllib.loads((DOCS / "install/pixi.toml").read_text("utf-8"))
    package = recipe["pypi-dependencies"]["pemdocs"]
    assert (DOCS / "install" / Path(package["path"]) / "pyproject.toml").is_file()
