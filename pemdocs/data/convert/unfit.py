"""The one way in which a value does not fit its field."""

from __future__ import annotations

from collections.abc import Mapping

from pemdocs.data.cleaning import quotable, shown
from pemdocs.data.schema import Field


class Unfit(Exception):  # noqa: N818 - it is a verdict on a value, which the caller turns into a finding
    """A value that cannot become the field's type. ``code`` names the finding, ``facts`` fill its sentence."""

    def __init__(self, code: str, facts: Mapping[str, object]) -> None:
        super().__init__(code)
        self.code = code
        self.facts = facts


def unfit(code: str, field: Field, value: object, **facts: object) -> Unfit:
    """The verdict with the value as a message may quote it; ``…`` where it is restricted, personal or long.

    A fact ``mended`` is what was probably meant; it tells the value, and so it is left out like the value.
    """
    kept = {name: fact for name, fact in facts.items() if name != "mended" or (fact is not None and quotable(field))}
    return Unfit(code, {"value": shown(field, value), **kept})
