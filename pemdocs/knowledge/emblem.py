"""Draw the emblem of the European Union from its geometry. Only this module knows where its stars stand."""

from __future__ import annotations

from math import cos, pi, sin
from typing import Literal

BLUE = "#003399"
YELLOW = "#ffcc00"
INNER = 0.381966
"""Inner radius of a regular five-point star, for an outer radius of one: (3 - √5) / 2."""

Variant = Literal["colour", "black", "blue", "bordered"]
"""``colour``; ``black`` or ``blue`` for one-colour printing; ``bordered`` in colour on a coloured ground."""


def svg(height_mm: float = 10.0, variant: Variant = "colour") -> bytes:
    """The emblem as SVG, one and a half times as wide as high.

    Twelve stars, one point up, stand like the hours of a clock on a circle with a third of the height as its radius;
    each fits a circle with an eighteenth of the height as its radius. Blue is Pantone Reflex Blue, RGB 0-51-153;
    yellow is RGB 255-204-0. In black: outlined, black stars on white. In blue: white stars. On a coloured ground:
    a white border of a twenty-fifth of the height.

    Source: Council of Europe and European Commission, graphics guide to the European emblem (Interinstitutional style
    guide, annex A1); Implementing Regulation (EU) No 763/2014, annex II. Ten millimetres is the least height.
    """
    border = height_mm / 25 if variant == "bordered" else 0.0
    width, height = height_mm * 1.5 + 2 * border, height_mm + 2 * border
    shapes = [_ground(height_mm, border, variant)]
    shapes += [_polygon(star, _stars_colour(variant)) for star in stars(height_mm, border)]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:g}mm" height="{height:g}mm" '
        f'viewBox="0 0 {width:g} {height:g}">{"".join(shapes)}</svg>'
    ).encode()


def centres(height: float) -> tuple[tuple[float, float], ...]:
    """The middles of the twelve stars, from the hour twelve clockwise, in the unit of ``height``, y downwards."""
    middle = (height * 0.75, height * 0.5)
    return tuple(_turn(middle, height / 3, hour * pi / 6) for hour in range(12))


def stars(height: float, border: float = 0.0) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The ten corners of each of the twelve stars, outer and inner in turn, the upright point first."""
    radii = (height / 18, height / 18 * INNER)
    return tuple(
        tuple(_turn((x + border, y + border), radii[corner % 2], corner * pi / 5) for corner in range(10))
        for x, y in centres(height)
    )


def _turn(middle: tuple[float, float], radius: float, angle: float) -> tuple[float, float]:
    """The point at ``angle`` from the vertical, clockwise."""
    return middle[0] + radius * sin(angle), middle[1] - radius * cos(angle)


def _polygon(corners: tuple[tuple[float, float], ...], colour: str) -> str:
    points = " ".join(f"{x:.4f},{y:.4f}" for x, y in corners)
    return f'<polygon points="{points}" fill="{colour}"/>'


def _stars_colour(variant: Variant) -> str:
    return {"black": "#000000", "blue": "#ffffff"}.get(variant, YELLOW)


def _ground(height: float, border: float, variant: Variant) -> str:
    if variant == "black":  # the line lies inside the rectangle, so that the size stays
        line = height / 60
        return (
            f'<rect x="{line / 2:g}" y="{line / 2:g}" width="{height * 1.5 - line:g}" height="{height - line:g}" '
            f'fill="#ffffff" stroke="#000000" stroke-width="{line:g}"/>'
        )
    frame = f'<rect width="{height * 1.5 + 2 * border:g}" height="{height + 2 * border:g}" fill="#ffffff"/>'
    field = f'<rect x="{border:g}" y="{border:g}" width="{height * 1.5:g}" height="{height:g}" fill="{BLUE}"/>'
    return frame + field if border else field
