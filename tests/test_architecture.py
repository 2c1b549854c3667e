"""The modules stand in layers, each outside library behind one door, and what prints or exits is the command line."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import lru_cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pemdocs").rglob("*.py"))

LAYERS = (
    (
        "model",
        "resources",
        "typography",
        "identifiers",
        "schengen",
        "mrz",
        "calendars",
        "emblem",
        "beside",
        "prose",
        "roles",
        "manifest",
    ),
    ("tagging", "schema", "theme", "causes", "names", "destination", "kinds", "scans", "consent"),
    ("programme", "facts", "drawing", "photographs", "printable"),
    ("language", "workbook", "charts"),
    ("dataset",),
    ("convert", "rules", "wording", "markup", "contents", "speech", "word", "pdf", "project", "attachments"),
    ("records", "view", "starting", "pack"),
    ("figures", "saying", "publishing"),
    ("layout",),
    ("make", "checking"),
    ("packing",),
    ("building",),
    ("cli",),
)
"""The steps from the types up to the commands: a step imports only from the layers before its own."""

DOORS = {
    "PIL": {"photographs", "scans"},
    "babel": {"language", "programme", "convert", "workbook"},
    "babel.dates": {"language"},
    "babel.numbers": {"language"},
    "click": {"cli"},
    "docx": {"word"},
    "holidays": {"calendars"},
    "jinja2": {"layout", "wording"},
    "jsonschema": {"records"},
    "lxml": {"charts", "contents", "layout", "model", "pack", "pdf", "word", "workbook"},
    "markdown_it": {"prose"},
    "markupsafe": {"layout", "markup", "prose"},
    "matplotlib": {"charts"},
    "openpyxl": {"workbook"},
    "phonenumbers": {"identifiers"},
    "pi_heif": {"scans"},
    "pikepdf": {"pack", "scans"},
    "pydyf": {"roles", "tagging"},
    "python_calamine": {"workbook"},
    "resvg_py": {"word"},
    "rich": {"cli"},
    "stdnum": {"identifiers"},
    "weasyprint": {"pdf"},
}
"""Who may import which outside library."""

BROUGHT_ALONG = {"markupsafe": "jinja2", "pydyf": "weasyprint"}
"""Libraries that come with another one and are bound to its version."""

SHUT = {"ftplib", "http", "pickle", "requests", "shelve", "smtplib", "socket", "subprocess", "urllib.request"}
"""No network, no foreign programs, no objects from files."""


@lru_cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text("utf-8"), module)


def unit(module: str) -> str:
    """The step a file belongs to: ``pemdocs/word/blocks.py`` is of ``word``; the package's own files are ``""``."""
    inside = module.removeprefix("pemdocs/").split("/")[0].removesuffix(".py")
    return "" if inside in ("__init__", "__main__") else inside


def imports(module: str) -> Iterator[str]:
    """Everything a module imports, wherever it does, as dotted names."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: a relative import hides its layer"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def steps(module: str) -> set[str]:
    """The steps a module imports."""
    found = {name.split(".")[1] for name in imports(module) if name.startswith("pemdocs.")}
    return found - {"__version__"}


@pytest.mark.parametrize("module", [module for module in MODULES if unit(module)])
def test_a_step_imports_only_what_stands_below_it(module: str) -> None:
    place = {name: number for number, layer in enumerate(LAYERS) for name in layer}
    assert unit(module) in place, "a new step needs its layer"
    assert [each for each in steps(module) - {unit(module)} if place[each] >= place[unit(module)]] == []


def test_the_layers_name_no_step_that_is_gone() -> None:
    assert {name for layer in LAYERS for name in layer} == {unit(module) for module in MODULES} - {""}


def test_the_types_import_no_step() -> None:
    assert steps("pemdocs/model.py") == set()


def outside(module: str) -> set[str]:
    """The names that a module imports from outside the program and the standard library."""
    inside = {*sys.stdlib_module_names, "pemdocs"}
    return {name for name in imports(module) if name.split(".")[0] not in inside}


@pytest.mark.parametrize("module", MODULES)
def test_an_outside_library_has_its_own_door(module: str) -> None:
    for name in outside(module):
        doors = [door for door in DOORS if f"{name}.".startswith(f"{door}.")]
        assert doors, f"nobody may import {name} yet"
        assert all(unit(module) in DOORS[door] for door in doors), name


def test_every_outside_library_is_declared_and_no_other() -> None:
    profile = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    declared = {re.split(r"[^\w-]", each)[0].lower() for each in profile["project"]["dependencies"]}
    homes = packages_distributions()
    used = {name.split(".")[0] for module in MODULES for name in outside(module)}
    brought = {BROUGHT_ALONG.get(name, homes[name][0].lower().replace("_", "-")) for name in used}
    assert brought == declared


@pytest.mark.parametrize("module", MODULES)
def test_nothing_opens_the_network_or_starts_programs(module: str) -> None:
    assert [name for name in imports(module) if any(f"{name}.".startswith(f"{shut}.") for shut in SHUT)] == []


@pytest.mark.parametrize("module", MODULES)
def test_only_the_making_of_files_starts_processes(module: str) -> None:
    starts = {"multiprocessing", "concurrent"} & {name.split(".")[0] for name in imports(module)}
    assert not starts or unit(module) == "make"


def speaks(module: str) -> Iterator[str]:
    """Whatever prints, exits, or reaches for the standard streams."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in {
            "print",
            "input",
            "exit",
            "quit",
            "sys.exit",
            "os._exit",
            "click.echo",
        }:
            yield ast.unparse(node)
        if isinstance(node, ast.Attribute) and ast.unparse(node) in {"sys.stdout", "sys.stderr", "sys.argv"}:
            yield ast.unparse(node)
        if isinstance(node, ast.Raise) and node.exc and "SystemExit" in ast.unparse(node.exc):
            yield ast.unparse(node)


@pytest.mark.parametrize("module", [module for module in MODULES if unit(module) != "cli"])
def test_only_the_commands_print_and_exit(module: str) -> None:
    assert list(speaks(module)) == []


@pytest.mark.parametrize("module", MODULES)
def test_a_module_says_in_a_sentence_or_two_what_it_is_for(module: str) -> None:
    opening = (ast.get_docstring(tree(module)) or "").split("\n\n")[0]
    assert opening[:1].isupper()
    assert opening.endswith(".")
    bare = re.sub(r"``[^`]*``|\d\.\d", "x", opening)
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", bare)) <= 2


@pytest.mark.parametrize("module", MODULES)
def test_no_module_is_a_drawer_for_odds_and_ends(module: str) -> None:
    words = set(re.split(r"[/_.]", module))
    assert not words & {"utils", "util", "helpers", "helper", "manager", "core", "common", "misc", "base"}


@lru_cache
def programme_names() -> set[str]:
    """The names that belong to one programme alone: of itself, of its partners."""
    found = set()
    for path in (ROOT / "templates" / "programmes").glob("*/programme.toml"):
        profile = tomllib.loads(path.read_text("utf-8"))
        found |= {profile["id"], *profile["id"].split("-"), *(partner["id"] for partner in profile["partners"])}
    return {name for name in found if len(name) > 3} | {"wecco", "enabel"}


@pytest.mark.parametrize("module", MODULES)
def test_no_programme_is_named_in_the_program(module: str) -> None:
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", (ROOT / module).read_text("utf-8").lower()))
    assert not words & programme_names()


@pytest.mark.parametrize("module", MODULES)
def test_a_class_stands_alone_or_is_an_exception(module: str) -> None:
    allowed = {"Exception", "PemdocsError", "StrEnum", "NamedTuple", "Protocol", "HTMLParser"}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases}
            assert bases <= allowed, node.name
