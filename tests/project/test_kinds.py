"""Every kind of document holds together: its layout asks for the sentences it has, in each language, and says none."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import pytest
from each import for_each
from jinja2 import Environment, nodes

from pemdocs import facts
from pemdocs.data import schema
from pemdocs.model import PemdocsError
from pemdocs.project import kinds, languages, programme
from pemdocs.rules.charters import binding_words

ROOT = Path(__file__).parents[2]
KINDS = kinds.available()
WORDINGS = [(kind, lang) for kind in KINDS for lang in kinds.load(kind).languages]
SENTENCES = [(kind, lang, key) for kind, lang in WORDINGS for key in kinds.load(kind).wording[lang]]
ENVIRONMENT = Environment(autoescape=True)


def layouts(kind: str) -> tuple[Path, ...]:
    folders = dict.fromkeys((kind, kinds.load(kind).like or kind, "house"))
    return tuple(path for each in folders for path in sorted((ROOT / "templates" / each).glob("*.html")))


@lru_cache
def parsed(path: Path) -> nodes.Template:
    return ENVIRONMENT.parse(path.read_text("utf-8"))


def pattern(node: nodes.Node | None) -> str:
    """The keys that an expression can mean, as a regular expression."""
    match node:
        case nodes.Const(value=str(text)):
            return re.escape(text)
        case nodes.Concat(nodes=parts):
            return "".join(pattern(part) for part in parts)
        case nodes.CondExpr(expr1=yes, expr2=no):
            return f"(?:{pattern(yes)}|{pattern(no)})"
        case _:
            return ".+"


@lru_cache
def saying() -> frozenset[str]:
    """``say``, and the macros of the house that say what their first argument names."""
    found = {"say"}
    for macro in parsed(ROOT / "templates/house/macros.html").find_all(nodes.Macro):
        for call in macro.find_all(nodes.Call):
            heard = isinstance(call.node, nodes.Name) and call.node.name == "say" and macro.args
            if heard and isinstance(call.args[0], nodes.Name) and call.args[0].name == macro.args[0].name:
                found.add(f"q.{macro.name}")
    return frozenset(found)


def name_of(node: nodes.Node) -> str:
    if isinstance(node, nodes.Getattr) and isinstance(node.node, nodes.Name):
        return f"{node.node.name}.{node.attr}"
    return node.name if isinstance(node, nodes.Name) else ""


def asked(path: Path) -> Iterator[str]:
    """The keys that a layout asks for; those that come as an argument of a macro are asked for by its caller."""
    for call in parsed(path).find_all(nodes.Call):
        if name_of(call.node) in saying() and not isinstance(call.args[0], nodes.Name):
            yield pattern(call.args[0])


ASKING = ("pemdocs/cli/report/text.py", "pemdocs/packs/assemble.py")
"""What asks for sentences of kinds besides layouts and pictures."""


@lru_cache
def drawn() -> tuple[str, ...]:
    """The keys that the pictures and the commands ask for."""
    found = []
    for module in (*sorted((ROOT / "pemdocs" / "page" / "figures").glob("*.py")), *map(ROOT.joinpath, ASKING)):
        for node in ast.walk(ast.parse(module.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                found.append(re.escape(node.value))
            if isinstance(node, ast.JoinedStr):
                parts = (re.escape(str(p.value)) if isinstance(p, ast.Constant) else ".+" for p in node.values)
                found.append("".join(parts))
    return tuple(each for each in found if each.strip(".+"))


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_declares_is_there(kind: str) -> None:
    declared = kinds.load(kind)
    assert declared.table in schema.load()
    assert declared.audience in schema.AUDIENCES
    assert declared.from_stage in (schema.STAGES if declared.table == "partnerships" else ("",))
    assert re.fullmatch(r"[a-z0-9-]*\{case\}[a-z-]*", declared.file)
    assert all(path.is_file() for path in declared.stylesheets)
    assert set(declared.languages) == set(languages.available())


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_kind_needs_is_a_path_from_its_case(kind: str) -> None:
    tables = schema.load()
    for need in kinds.load(kind).needs:
        table = tables[kinds.load(kind).table]
        for step in need.split("."):
            owned = {other.record: other for other in tables.values()} | dict(tables)
            assert step in table.fields or step in owned or facts.known(table.record, step), need
            field = table.fields.get(step)
            table = tables[field.ref] if field and field.ref else owned.get(step, table)


def test_every_kind_of_a_programme_is_installed() -> None:
    for each in programme.available():
        assert all(kinds.members(name) for name in programme.load(each).kinds)


def test_an_unknown_kind_is_a_fault() -> None:
    with pytest.raises(PemdocsError) as caught:
        kinds.load("../house")
    assert (caught.value.code, caught.value.facts["kind"]) == ("unknown-kind", "../house")


@pytest.mark.parametrize("kind", KINDS)
def test_the_wording_has_the_same_sentences_in_every_language(kind: str) -> None:
    wording = kinds.load(kind).wording
    for lang, sentences in wording.items():
        assert (lang, sentences.keys() ^ wording["fr"].keys()) == (lang, set())
        assert list(sentences) == list(wording["fr"]), f"{lang}: in the same order"


@pytest.mark.parametrize("kind", KINDS)
def test_every_sentence_that_a_layout_asks_for_is_there(kind: str) -> None:
    for path in (ROOT / "templates" / kind).glob("*.html"):
        for key in asked(path):
            assert any(re.fullmatch(key, each) for each in kinds.load(kind).wording["fr"]), f"{path.name}: {key}"


@pytest.mark.parametrize("kind", KINDS)
def test_no_sentence_is_left_over(kind: str) -> None:
    keys = [*drawn(), *(key for path in layouts(kind) for key in asked(path))]
    unused = [key for key in kinds.load(kind).wording["fr"] if not any(re.fullmatch(each, key) for each in keys)]
    assert unused == []


@for_each(SENTENCES)
def test_a_sentence_is_filled_and_well_written(kind: str, lang: str, key: str) -> None:
    words = kinds.load(kind).wording[lang][key]
    ENVIRONMENT.parse(words)
    said = re.sub(r"\{%.*?%\}", "", re.sub(r"\{\{.*?\}\}", "X", words))
    assert said
    assert said == said.strip()
    assert "  " not in said
    assert "\n" not in said
    assert not re.search(r"\w'\w|\.\.\.| - ", said), "typographic apostrophes, ellipses and dashes"


def outside(template: str) -> str:
    """A layout's own text: what stands outside of Jinja and of the marks of XHTML."""
    data = "".join(words if kind == "data" else "\0" for _, kind, words in ENVIRONMENT.lex(template))
    return re.sub(r"<[^>]*>|&#?\w+;", " ", data)


@pytest.mark.parametrize(
    "path", sorted({path for kind in KINDS for path in layouts(kind)}), ids=lambda path: path.parent.name
)
def test_a_layout_says_nothing_of_its_own(path: Path) -> None:
    template = path.read_text("utf-8")
    assert re.findall(r"[^\W\d_]+", outside(template)) == []
    assert not re.search(r"\b(alt|title|content)=\"[^\"{]*[^\W\d_]", template)


def test_a_sentence_in_a_layout_would_be_seen() -> None:
    assert re.findall(r"[^\W\d_]+", outside('<p class="x">{{ say("a") }} Bonjour <b lang="{{ l }}">a</b></p>')) == [
        "Bonjour",
        "a",
    ]


@pytest.mark.parametrize(("kind", "lang"), [each for each in WORDINGS if "charter" in each[0]])
def test_the_wording_of_a_charter_obliges_nobody(kind: str, lang: str) -> None:
    for key, words in kinds.load(kind).wording[lang].items():
        assert binding_words(re.sub(r"\{[{%].*?[%}]\}", " ", words), lang) == (), key


@pytest.mark.parametrize(("kind", "lang"), WORDINGS)
def test_the_wording_names_no_programme(kind: str, lang: str) -> None:
    names = {str(name).lower() for each in programme.available()
             for name in programme.load(each).profile["name"].values()}  # fmt: skip
    for key, words in kinds.load(kind).wording[lang].items():
        assert not [name for name in names if name in words.lower()], key
