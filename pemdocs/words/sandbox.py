"""Make the sandbox in which templates run: nothing undefined passes, and no attribute leads out of it.

Only this module sets up Jinja.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    UndefinedError,
    meta,
    nodes,
)
from jinja2.sandbox import ImmutableSandboxedEnvironment

Sandbox = ImmutableSandboxedEnvironment
"""An environment whose templates cannot change what they are given."""


def for_sentences(whole: Callable[[Any], Any]) -> Sandbox:
    """A sandbox for sentences that stand in a string; ``whole`` sees every value that a sentence says."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=whole, autoescape=False)


def for_layouts(*folders: Path) -> Sandbox:
    """A sandbox for layouts, which are found in the first of the folders that has them. Values are escaped."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def asks(environment: Sandbox, name: str, what: str) -> bool:
    """Whether a layout, or one that it takes in, asks for something by this name."""
    return _asks(environment, name, what, set())


def _asks(environment: Sandbox, name: str, what: str, seen: set[str]) -> bool:
    if environment.loader is None or name in seen:
        return False
    seen.add(name)
    tree = environment.parse(environment.loader.get_source(environment, name)[0])
    if what in meta.find_undeclared_variables(tree):
        return True
    return any(each is None or _asks(environment, each, what, seen) for each in meta.find_referenced_templates(tree))


def parse(words: str) -> nodes.Template:
    """The tree of a template, to be read without running it. Raises ``TemplateSyntaxError``."""
    return for_layouts().parse(words)


def built_in() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The filters, tests and variables that every template has."""
    environment = for_layouts()
    return frozenset(environment.filters), frozenset(environment.tests), frozenset(environment.globals)


__all__ = [
    "Sandbox",
    "Template",
    "TemplateError",
    "TemplateNotFound",
    "TemplateSyntaxError",
    "UndefinedError",
    "asks",
    "built_in",
    "for_layouts",
    "for_sentences",
    "nodes",
    "parse",
]
