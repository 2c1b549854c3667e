"""The rooms stand on floors, each outside library has one home, and what prints or exits is the command line."""

from __future__ import annotations

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

from each import for_each

ROOT = Path(__file__).parent.parent
MODULES = sorted(path.relative_to(ROOT).as_posix() for path in (ROOT / "pemdocs").rglob("*.py"))
PLACES = frozenset(MODULES)

FLOORS = (
    {"model", "resources", "knowledge"},
    {"project", "scans"},
    {"data", "pictures"},
    {"consent"},
    {"workbook", "facts"},
    {"words"},
    {"page", "rules"},
    {"writing", "checking"},
    {"packs", "signing"},
    {"building"},
    {"cli", "web"},
)
"""The rooms from the types up to the commands: a room imports only from the floors below its own, and from itself."""

GROUND = ("resources", "knowledge")
"""On the ground floor these may import the types, and the folders of what is shipped."""

HOMES = {
    "PIL": {"scans"},
    "asn1crypto": {"signing"},
    "babel": {"knowledge"},
    "click": {"cli"},
    "distributed": {"writing"},
    "docx": {"writing"},
    "docxtpl": {"writing"},
    "dxpdf": {"writing"},
    "fontTools": {"writing"},
    "holidays": {"knowledge"},
    "jinja2": {"words"},
    "jsonschema": {"data"},
    "markdown_it": {"knowledge"},
    "matplotlib": {"pictures"},
    "openpyxl": {"workbook"},
    "phonenumbers": {"knowledge"},
    "pi_heif": {"scans"},
    "pydyf": {"writing"},
    "pyhanko": {"signing"},
    "pyhanko_certvalidator": {"signing"},
    "pypdfium2": {"scans"},
    "python_multipart": {"web"},
    "resvg_py": {"writing"},
    "rich": {"cli"},
    "segno": {"pictures"},
    "starlette": {"web"},
    "stdnum": {"knowledge"},
    "uvicorn": {"web"},
    "zxingcpp": {"scans"},
    # A page is made as a PDF, and a scan needs the letters that its own fonts lack.
    "weasyprint": {"scans", "writing"},
    # A page is a tree of lxml, and Word, SVG and workbooks are XML: who reads or writes one of them needs it.
    "lxml": {"model", "packs", "page", "pictures", "signing", "workbook", "writing"},
    # Text that is safe in a page comes from Markdown and from the layout.
    "markupsafe": {"knowledge", "page", "words"},
    # A scan is made ready as a PDF, a pack is bound as one, and what a foreign program converts gets its title.
    "pikepdf": {"packs", "scans", "signing", "writing"},
}
"""The one room in which each outside library is at home; those that have several say why."""

BROUGHT_ALONG = {
    "markupsafe": "jinja2",
    "pydyf": "weasyprint",
    "fontTools": "weasyprint",
    "pyhanko_certvalidator": "pyhanko",
    "asn1crypto": "pyhanko",
}
"""Libraries that come with another one and are bound to its version."""

MOST_ROOMS = 20
"""What `ls pemdocs/` may show at most, so that it stays a table of contents."""

STARTS_LIBREOFFICE = "pemdocs/writing/own/converting.py"
"""The one module that starts a foreign program, to turn Word files into PDF."""

SHUT = {"ftplib", "http", "pickle", "requests", "shelve", "smtplib", "socket", "subprocess", "urllib.request"}
"""No network, no foreign programs, no objects from files."""

OPENED = {
    "pemdocs/writing/crew/processes.py": {"subprocess"},
    "pemdocs/writing/crew/serving.py": {"pickle"},
    "pemdocs/web/making.py": {"subprocess"},
}
"""Who may all the same: the crew, and the pages for a build, start the same Python again."""


@cache
def tree(module: str) -> ast.Module:
    return ast.parse((ROOT / module).read_text("utf-8"), module)


def room(module: str) -> str:
    """The room a file stands in: ``pemdocs/writing/pdf.py`` in ``writing``; the package's own files in ``""``."""
    inside = module.removeprefix("pemdocs/").split("/")[0].removesuffix(".py")
    return "" if inside in ("__init__", "__main__") else inside


@cache
def imports(module: str) -> tuple[str, ...]:
    """Everything a module imports, wherever it does, as dotted names."""
    return tuple(_imports(module))


def _imports(module: str) -> Iterator[str]:
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: a relative import hides its floor"
            yield from (f"{node.module}.{name.name}" for name in node.names)


def rooms(module: str) -> set[str]:
    """The rooms a module imports from."""
    found = {name.split(".")[1] for name in imports(module) if name.startswith("pemdocs.")}
    return found - {"__version__"}


@for_each(module for module in MODULES if room(module))
def test_a_room_imports_only_from_the_floors_below_it(module: str) -> None:
    floor = {name: number for number, there in enumerate(FLOORS) for name in there}
    assert room(module) in floor, "a new room needs its floor"
    below = {name for name in floor if floor[name] < floor[room(module)]}
    if room(module) in GROUND:
        below = {"model", "resources"}
    assert rooms(module) - {room(module)} <= below


def test_the_floors_name_no_room_that_is_gone() -> None:
    assert set().union(*FLOORS) == {room(module) for module in MODULES} - {""}


def test_the_top_of_the_house_is_a_table_of_contents() -> None:
    assert len(set().union(*FLOORS)) <= MOST_ROOMS


def test_no_import_leads_back_into_the_module_that_it_comes_from() -> None:
    inside = {module: {name for name in map(file_of, imports(module)) if name} - {module} for module in MODULES}
    open_ = {module: others for module, others in inside.items() if not module.endswith("__init__.py")}
    while free := {module for module, others in open_.items() if not others & set(open_)}:
        open_ = {module: others for module, others in open_.items() if module not in free}
    assert open_ == {}, "modules that import each other in a circle"


def file_of(name: str) -> str:
    """The module that an imported name stands for or stands in, empty where it is none of the program."""
    path = name.replace(".", "/")
    return next((each for each in (f"{path}.py", f"{path.rpartition('/')[0]}.py") if each in PLACES), "")


def test_the_types_import_no_room() -> None:
    assert rooms("pemdocs/model.py") == set()


def outside(module: str) -> set[str]:
    """The names that a module imports from outside the program and the standard library."""
    inside = {*sys.stdlib_module_names, "pemdocs"}
    return {name for name in imports(module) if name.split(".")[0] not in inside}


@for_each(MODULES)
def test_an_outside_library_has_one_home(module: str) -> None:
    for name in outside(module):
        library = name.split(".")[0]
        assert library in HOMES, f"nobody may import {library} yet"
        assert room(module) in HOMES[library], library


def test_every_outside_library_is_declared_and_no_other() -> None:
    profile = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    extras = [each for some in profile["project"].get("optional-dependencies", {}).values() for each in some]
    declared = {re.split(r"[^\w-]", each)[0].lower() for each in (*profile["project"]["dependencies"], *extras)}
    homes = packages_distributions()
    used = {name.split(".")[0] for module in MODULES for name in outside(module)}
    brought = {BROUGHT_ALONG.get(name, homes[name][0].lower().replace("_", "-")) for name in used}
    assert brought == declared


@for_each(MODULES)
def test_nothing_opens_the_network_or_starts_programs(module: str) -> None:
    if module == STARTS_LIBREOFFICE:
        return
    shut = SHUT - OPENED.get(module, set())
    assert [name for name in imports(module) if any(f"{name}.".startswith(f"{each}.") for each in shut)] == []


@for_each(MODULES)
def test_only_the_making_of_files_starts_processes(module: str) -> None:
    starts = {"multiprocessing", "concurrent"} & {name.split(".")[0] for name in imports(module)}
    assert not starts or room(module) == "writing"


SPEAKING = {"print", "input", "exit", "quit", "sys.exit", "os._exit", "click.echo"}


def dotted(node: ast.AST) -> str:
    """The name that an expression is, empty where it is another one."""
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        return f"{node.value.id}.{node.attr}"
    return node.id if isinstance(node, ast.Name) else ""


def speaks(module: str) -> Iterator[str]:
    """Whatever prints, exits, or reaches for the standard streams."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call) and dotted(node.func) in SPEAKING:
            yield ast.unparse(node)
        if dotted(node) in {"sys.stdout", "sys.stderr", "sys.argv"}:
            yield dotted(node)
        if isinstance(node, ast.Raise) and node.exc and "SystemExit" in ast.unparse(node.exc):
            yield ast.unparse(node)


@for_each(module for module in MODULES if room(module) != "cli")
def test_only_the_commands_print_and_exit(module: str) -> None:
    assert list(speaks(module)) == []


@for_each(MODULES)
def test_a_module_says_in_a_sentence_or_two_what_it_is_for(module: str) -> None:
    opening = (ast.get_docstring(tree(module)) or "").split("\n\n")[0]
    assert opening[:1].isupper()
    assert opening.endswith(".")
    bare = re.sub(r"``[^`]*``|\d\.\d", "x", opening)
    assert 1 <= len(re.findall(r"[.!?](?:\s|$)", bare)) <= 2


@for_each(MODULES)
def test_no_module_is_a_drawer_for_odds_and_ends(module: str) -> None:
    words = set(re.split(r"[/_.]", module))
    assert not words & {"utils", "util", "helpers", "helper", "manager", "core", "common", "misc", "base"}


@cache
def programme_names() -> set[str]:
    """The names that belong to one programme alone: of itself, of its partners."""
    found = set()
    for path in (ROOT / "templates" / "programmes").glob("*/programme.toml"):
        profile = tomllib.loads(path.read_text("utf-8"))
        found |= {profile["id"], *profile["id"].split("-"), *(partner["id"] for partner in profile["partners"])}
    return {name for name in found if len(name) > 3} | {"wecco", "enabel"}


@for_each(MODULES)
def test_no_programme_is_named_in_the_program(module: str) -> None:
    words = set(re.findall(r"[a-z]+(?:-[a-z]+)*", (ROOT / module).read_text("utf-8").lower()))
    assert not words & programme_names()


@for_each(MODULES)
def test_a_class_stands_alone_or_is_an_exception(module: str) -> None:
    allowed = {
        "Exception",
        "PemdocsError",
        "StrEnum",
        "NamedTuple",
        "Protocol",
        "HTMLParser",
        "ImmutableSandboxedEnvironment",
    }
    if room(module) == "cli":  # a group that finds its commands, and help in another language, have no other way in
        allowed |= {"Group", "Context", "HelpFormatter"}
    if module.endswith("knowledge/rough.py"):  # whoever compares, adds and draws them needs not know of it
        allowed |= {"Decimal", "date"}
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.ClassDef):
            bases = {ast.unparse(base).split("[")[0].split(".")[-1] for base in node.bases}
            assert bases <= allowed, node.name
