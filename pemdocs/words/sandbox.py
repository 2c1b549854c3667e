"""Make the sandbox in which templates run: nothing undefined passes, and no attribute leads out of it.

Only this module sets up Jinja.
"""

from __future__ import annotations

from collections.abc import Callable, ItemsView, KeysView, Mapping, Set, ValuesView
from datetime import date, time, timedelta
from decimal import Decimal
from functools import partial
from pathlib import Path
from types import BuiltinMethodType, FunctionType, MethodType
from typing import Any

from jinja2 import (
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateError,
    TemplateNotFound,
    TemplateSyntaxError,
    Undefined,
    UndefinedError,
    meta,
    nodes,
)
from jinja2.environment import TemplateModule
from jinja2.exceptions import SecurityError
from jinja2.runtime import BlockReference, LoopContext, Macro, TemplateReference
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace

Sandbox = ImmutableSandboxedEnvironment
"""An environment whose templates cannot change what they are given."""


def for_sentences(whole: Callable[[Any], Any]) -> Sandbox:
    """A sandbox for sentences that stand in a string; ``whole`` sees every value that a sentence says."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=whole, autoescape=False)


class Guarded(ImmutableSandboxedEnvironment):
    """A sandbox in which a template touches, is given and is shown nothing but values of ``shown`` types.

    So no record, folder, module or function of the program is reached through a value that holds one.
    """

    intercepted_binops = frozenset({"*", "**"})
    shown: tuple[type, ...] = ()

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The attribute of a value."""
        return self.guarded(super().getattr(self.guarded(obj), attribute))

    def getitem(self, obj: Any, argument: Any) -> Any:
        """The part of a value."""
        return self.guarded(super().getitem(self.guarded(obj), argument))

    def call(__self, __context: Any, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805 (as in Jinja)
        """What a function gives."""
        return __self.guarded(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """A product or a power, no larger than a page may be."""
        sizes = [len(each) for each in (left, right) if isinstance(each, str | list | tuple)]
        factors = [abs(each) for each in (left, right) if isinstance(each, int | float)]
        if operator == "**" and any(each > LARGEST_POWER for each in factors[-1:]):
            raise SecurityError("power")
        if sizes and factors and sizes[0] * factors[0] > LONGEST:
            raise SecurityError("product")
        return super().call_binop(context, operator, left, right)

    def guarded(self, value: Any) -> Any:
        """The value, if it is of a type that is shown."""
        if self.shown and not isinstance(value, OWN) and not isinstance(value, self.shown):
            raise SecurityError(type(value).__name__)
        return value


OWN: tuple[type, ...] = (str, int, float, bool, type(None), Decimal, date, time, timedelta, tuple, list, Mapping, Set,
                         ItemsView, KeysView, ValuesView, Undefined, Macro, LoopContext, Namespace, FunctionType,
                         MethodType, BuiltinMethodType, partial, TemplateReference, TemplateModule, BlockReference,
                         range, Cycler, Joiner)  # fmt: skip
"""Values as files and tables have them, and what Jinja itself makes."""

LONGEST = 1_000_000
LARGEST_POWER = 64


def for_layouts(*folders: Path, shown: tuple[type, ...] = ()) -> Sandbox:
    """A sandbox for layouts, which are found in the first of the folders that has them. Values are escaped.

    A layout sees nothing but plain values and those of ``shown`` types.
    """
    found = Guarded(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.shown = shown
    found.finalize = found.guarded
    return found


def for_sources(*folders: Path) -> Sandbox:
    """A sandbox for sources of Word templates: its tags stand in square brackets, those of Word stay as they are."""
    return Guarded(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=False,
        trim_blocks=True,
        lstrip_blocks=True,
        block_start_string="[%",
        block_end_string="%]",
        variable_start_string="[[",
        variable_end_string="]]",
        comment_start_string="[#",
        comment_end_string="#]",
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
    "for_sources",
    "nodes",
    "parse",
]
