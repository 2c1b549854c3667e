"""Turn the colours of paper into those of a dark screen: what was dark is light, each as far apart as it was.

Only this module knows how light a colour looks (Oklab, Björn Ottosson 2020: equal steps of its lightness look equal).
"""

from __future__ import annotations

from functools import lru_cache

Three = tuple[float, float, float]

GROUND, GAIN, TOP = 0.19, 1.03, 0.95
"""How light the ground of a dark page is, by how much what is darker on paper rises above it, and how far at most."""

STEPS = 24
"""Halvings by which a colour that no screen can show is made paler until one can."""


@lru_cache(maxsize=256)
def dark(colour: str) -> str:
    """The colour (``#rrggbb``) as a dark page has it: of the same hue, as far from its ground as it was from paper."""
    light, across, down = _oklab(_linear(colour))
    wanted = min(TOP, GROUND + GAIN * (1 - light))
    low, high = 0.0, 1.0
    for _ in range(STEPS):
        share = (low + high) / 2
        inside = all(-1e-4 <= part <= 1 + 1e-4 for part in _of_oklab((wanted, across * share, down * share)))
        low, high = (share, high) if inside else (low, share)
    return _written(_of_oklab((wanted, across * low, down * low)))


def _linear(colour: str) -> Three:
    red, green, blue = (int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5))
    return _lit(red), _lit(green), _lit(blue)


def _lit(part: float) -> float:
    """The light of a part of a colour of screens (IEC 61966-2-1)."""
    return part / 12.92 if part <= 0.04045 else float(((part + 0.055) / 1.055) ** 2.4)


def _unlit(light: float) -> float:
    light = min(1.0, max(0.0, light))
    return light * 12.92 if light <= 0.0031308 else 1.055 * float(light ** (1 / 2.4)) - 0.055


def _written(parts: Three) -> str:
    return "#" + "".join(f"{round(_unlit(part) * 255):02x}" for part in parts)


def _oklab(parts: Three) -> Three:
    red, green, blue = parts
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    middle = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _of_oklab(parts: Three) -> Three:
    light, across, down = parts
    long = (light + 0.3963377774 * across + 0.2158037573 * down) ** 3
    middle = (light - 0.1055613458 * across - 0.0638541728 * down) ** 3
    short = (light - 0.0894841775 * across - 1.2914855480 * down) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
