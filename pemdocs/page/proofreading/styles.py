"""Turn style sheets into the classes that they know and what is wrong with them: braces, variables of the theme."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from pemdocs import resources
from pemdocs.model import Finding
from pemdocs.page.proofreading.flaws import Place, flaw, nearest, quoted
from pemdocs.project.theme import TABLES, Theme
from pemdocs.resources import Templates

QUIET = re.compile(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", re.DOTALL)
"""What no brace or class is read in: comments and strings."""


def classes(path: Path, templates: Templates) -> frozenset[str]:
    """The classes for which a style sheet has rules."""
    words = _bare(resources.text(path, templates.shown(path)))
    heads = re.findall(r"(?:^|[{};])([^{};]*)(?=\{)", words)
    return frozenset(name for head in heads for name in re.findall(r"\.([A-Za-z][\w-]*)", head))


def flaws(path: Path, templates: Templates, theme: Theme) -> Iterator[Finding]:
    """What is wrong with a style sheet."""
    shown = templates.shown(path)
    words = _bare(resources.text(path, shown))
    yield from _braces(words, shown)
    known = {f"--{name}-{entry}" for name in TABLES for entry in getattr(theme, name)}
    known |= set(re.findall(r"(--[\w-]+)\s*:", words))
    for used in re.finditer(r"var\(\s*(--[\w-]+)", words):
        if used[1] not in known:
            yield flaw("template-variable", _place(words, used, shown), found=used[1], nearest=nearest(used[1], known))


def _braces(words: str, shown: str) -> Iterator[Finding]:
    """A brace that is opened and not closed, or closed and not opened."""
    open_: list[re.Match[str]] = []
    for brace in re.finditer(r"[{}]", words):
        if brace[0] == "{":
            open_.append(brace)
        elif open_:
            open_.pop()
        else:
            yield flaw("template-brace", _place(words, brace, shown), found=_line(words, brace))
    for brace in open_:
        yield flaw("template-brace", _place(words, brace, shown), found=_line(words, brace))


def _place(words: str, found: re.Match[str], shown: str) -> Place:
    return Place(shown, words[: found.start()].count("\n") + 1)


def _line(words: str, found: re.Match[str]) -> str:
    return quoted(words.split("\n")[words[: found.start()].count("\n")])


def _bare(words: str) -> str:
    """The rules alone, on the same lines."""
    return QUIET.sub(lambda quiet: "\n" * quiet[0].count("\n"), words)
