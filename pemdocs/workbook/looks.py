"""Turn the theme into fonts, fills and borders. Only this module knows how a cell of a new workbook looks."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from pemdocs.data.schema import Field
from pemdocs.project.theme import Theme

Horizontal = Literal["general", "left", "right", "center"]
Vertical = Literal["top", "center"]

RESTRICTED = "#8c2f4b"
"""Burgundy, for what is confidential: the house style has no colour that says so."""

SHADES = {
    "selection": ("before", "#ffffff", 0.5),
    "matching": ("before", "#ffffff", 0.0),
    "pre-departure": ("before", "#000000", 0.45),
    "mobility": ("during", "#ffffff", 0.25),
    "after": ("after", "#ffffff", 0.35),
}
"""Each stage as a shade of its phase: the theme's colour, what it is mixed with, and how much of that."""


@dataclass(frozen=True, slots=True)
class Looks:
    """The colours of a workbook as ``rrggbb``, and the name of its font."""

    font: str
    ink: str
    muted: str
    rule: str
    wash: str
    accent: str
    strong: str
    restricted: str
    restricted_strong: str
    stages: Mapping[str, str]

    def heading(self, field: Field) -> str:
        """The ground of a field's heading: blue or, where confidential, burgundy; darker where required."""
        if field.audience == "restricted":
            return self.restricted_strong if field.required else self.restricted
        return self.strong if field.required else self.accent

    def stage(self, name: str) -> str:
        """The colour of a stage; the accent where there is none."""
        return self.stages.get(name, self.accent)

    def text(self, size: float = 11, *, bold: bool = False, italic: bool = False, colour: str = "") -> Font:
        """A font of the house."""
        return Font(name=self.font, size=size, bold=bold, italic=italic, color=colour or self.ink)


def looks(theme: Theme) -> Looks:
    """The look of a workbook in this house style."""
    colour = theme.colour
    return Looks(
        font=theme.font["body"].word,
        **{name: colour[name][1:] for name in ("ink", "muted", "rule", "wash")},
        accent=colour["accent"][1:],
        strong=_mix(colour["accent"], "#000000", 0.5),
        restricted=RESTRICTED[1:],
        restricted_strong=_mix(RESTRICTED, "#000000", 0.5),
        stages={stage: _mix(colour[name], other, share) for stage, (name, other, share) in SHADES.items()},
    )


def ground(colour: str) -> PatternFill:
    """A cell filled with one colour."""
    return PatternFill("solid", start_color=colour)


def band(colour: str) -> Border:
    """The thick line below a heading."""
    return Border(bottom=Side("thick", color=colour), right=Side("thin", color="FFFFFF"))


def lines(colour: str) -> Border:
    """A thin line below a cell."""
    return Border(bottom=Side("thin", color=colour))


def placed(horizontal: Horizontal = "general", vertical: Vertical = "top", indent: int = 0) -> Alignment:
    """Wrapped text, at the top unless told. ``indent`` needs a side to start from."""
    return Alignment(horizontal=horizontal, vertical=vertical, wrap_text=True, indent=indent)


def _mix(colour: str, other: str, share: float) -> str:
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "".join(f"{round(one * (1 - share) + two * share):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, ...]:
    return tuple(int(colour[place : place + 2], 16) for place in (1, 3, 5))
