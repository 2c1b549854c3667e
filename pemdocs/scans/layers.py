"""Tell which layers of a PDF a reader does not show when it opens the file."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pikepdf import Array, Dictionary, Name, Object, Pdf, Stream

from pemdocs.scans import streams
from pemdocs.scans.keeping import exact

DEEPEST = 16
"""Expressions within expressions."""


@dataclass(frozen=True, slots=True)
class Hidden:
    """The layers that a reader does not show when it opens the file, by number."""

    layers: frozenset[tuple[int, int]]

    def holds(self, layer: object) -> bool:
        """Whether a layer, or a membership in several, is not shown (ISO 32000-1, table 99)."""
        if not self.layers or not isinstance(layer, Dictionary):
            return False
        if layer.get("/Type") != Name.OCMD:
            return layer.objgen in self.layers
        expression = layer.get("/VE")
        if isinstance(expression, Array) and len(expression):
            return not self._true(expression, 0)
        group = layer.get("/OCGs")
        each = [one for one in (group if isinstance(group, Array) else [group]) if isinstance(one, Dictionary)]
        off = [one.objgen in self.layers for one in each]
        rule = {"/AllOn": any(off), "/AnyOff": not any(off), "/AllOff": not all(off)}
        return bool(off) and rule.get(streams.word(layer.get("/P")), all(off))

    def _true(self, expression: object, depth: int) -> bool:
        """Whether a visibility expression says that something is shown."""
        if isinstance(expression, Dictionary):
            return expression.objgen not in self.layers
        if not isinstance(expression, Array) or not len(expression) or depth > DEEPEST:
            return True
        parts = [self._true(each, depth + 1) for each in list(expression)[1:] if each is not None]
        if expression[0] == Name.Not:
            return not all(parts)
        return any(parts) if expression[0] == Name.Or and parts else all(parts)


def hidden(pdf: Pdf) -> Hidden:
    """The layers of a PDF that are not shown on a screen (ISO 32000-1, 8.11.4)."""
    layers = pdf.Root.get("/OCProperties")
    usual = layers.get("/D") if isinstance(layers, Dictionary) else None
    if not isinstance(layers, Dictionary) or not isinstance(usual, Dictionary):
        return Hidden(frozenset())
    every = list(_listed(layers.get("/OCGs")))
    off = {each.objgen for each in (every if usual.get("/BaseState") == Name.OFF else ())}
    off -= {each.objgen for each in _listed(usual.get("/ON"))}
    off |= {each.objgen for each in _listed(usual.get("/OFF"))}
    for each in every:
        state = _on_screen(each)
        off = off | {each.objgen} if state == Name.OFF else off - {each.objgen} if state == Name.ON else off
    return Hidden(frozenset(off - {(0, 0)}))


def _listed(found: object) -> Iterator[Object]:
    yield from (each for each in found if isinstance(each, Dictionary)) if isinstance(found, Array) else ()


def _on_screen(layer: Object) -> object:
    """The state that a layer has on screens alone, which readers put above the usual one."""
    usage = layer.get("/Usage")
    view = usage.get("/View") if isinstance(usage, Dictionary) else None
    return view.get("/ViewState") if isinstance(view, Dictionary) else None


def named(resources: Object | None, name: str) -> Object | None:
    """What a name of marked content stands for."""
    properties = resources.get("/Properties") if isinstance(resources, Dictionary | Stream) else None
    return properties.get(exact(name)) if isinstance(properties, Dictionary) else None
