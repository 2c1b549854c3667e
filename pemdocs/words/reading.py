"""Turn an expression or a statement of a template into its tree, to be read without running it."""

from __future__ import annotations

from functools import lru_cache

from jinja2 import TemplateSyntaxError, nodes

from pemdocs.words.sandbox import for_layouts


def read(words: str) -> nodes.Template:
    """The tree of a template. Raises ``TemplateSyntaxError``."""
    return for_layouts().parse(words)


@lru_cache(maxsize=1)
def built_in() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """The filters, tests and variables that every template has."""
    environment = for_layouts()
    return frozenset(environment.filters), frozenset(environment.tests), frozenset(environment.globals)


__all__ = ["TemplateSyntaxError", "built_in", "nodes", "read"]
