"""What the program can say: its codes as its source has them, the languages it speaks, the fields it must not quote."""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from pemdocs import rules
from pemdocs.data.schema import Field
from pemdocs.data.violations import CODES

ROOT = Path(__file__).parents[2]
SPOKEN = sorted(path.stem for path in (ROOT / "templates/speech").glob("*.toml"))
SOURCES = {path.relative_to(ROOT).as_posix(): ast.parse(path.read_text("utf-8"))
           for path in sorted((ROOT / "pemdocs").rglob("*.py"))}  # fmt: skip


def literals(node: ast.AST) -> Iterator[str]:
    for each in ast.walk(node):
        if isinstance(each, ast.Constant) and isinstance(each.value, str):
            yield each.value


@cache
def _calls() -> dict[str, list[tuple[str, ast.Call]]]:
    """Every call of the program with its module, by the last part of what is called."""
    found: dict[str, list[tuple[str, ast.Call]]] = defaultdict(list)
    for module, tree in SOURCES.items():
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, (ast.Name, ast.Attribute)):
                found[node.func.id if isinstance(node.func, ast.Name) else node.func.attr].append((module, node))
    return found


def calls(*names: str) -> Iterator[tuple[str, ast.Call]]:
    for name in names:
        yield from _calls().get(name, ())


@cache
def fault_codes() -> set[str]:
    given_ = {code for _, call in calls("PemdocsError") if call.args for code in literals(call.args[0])}
    heads = ("unreadable-", "unwritten-", "own-", "unkept-")
    chosen = {code for tree in SOURCES.values() for code in literals(tree) if code.startswith(heads)}
    return {code for code in given_ | chosen if re.fullmatch(r"[a-z]+(-[a-z]+)*", code)}


@cache
def finding_codes() -> set[str]:
    found = {rule.code for rule in rules.registered()} | set(CODES.values()) | {"invalid-value"}
    places = {"at": 2, "about": 3, "_nothing": 2}
    for _, call in calls("Finding", "finding", "_finding", "Unfit", "unfit", "flaw", *places):
        place = places.get(ast.unparse(call.func), 0)
        code = call.args[place if len(call.args) > place else 0]
        found |= {each for each in literals(code) if re.fullmatch(r"[a-z]+(-[a-z]+)+", each)}
    # What a reader finds in a cell, and why a row is set aside, become findings later.
    for module, call in calls("Raw", "_replace"):
        told = [each.value for each in call.keywords if each.arg in ("fault", "doubt")] + call.args[2:3]
        if "/formats/" in module:
            found |= {code for each in told for code in literals(each)}
    return found | {"comment-row", "repeated-headings", "total-row"}


def private(field: Field) -> bool:
    return field.personal or field.audience == "restricted"
