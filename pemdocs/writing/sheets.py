"""Turn a theme into style rules: its entries as variables, its sheets with their margins and frames."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from pemdocs.project.theme import Theme

AIR = 5.0
"""Least millimetres between the running lines and the text."""
MARK_FROM_EDGE, MARK_FROM_SIDE, LONGEST_MARK = 3.5, 8.0, 60.0
"""Millimetres of the mark of an example from the top and the right edge, and how far it may reach."""
SIDES = ("top", "right", "bottom", "left")


@dataclass(frozen=True, slots=True)
class Heights:
    """Millimetres that the tallest header and footer take at one width."""

    header: float
    footer: float


def variables(theme: Theme) -> str:
    """The theme as CSS variables, named by table and entry: ``--colour-ink``, ``--font-body``, ``--size-body``."""
    lines = [f"--colour-{name}:{value}" for name, value in theme.colour.items()]
    lines += [f'--font-{name}:"{font.pdf}","{font.word}"' for name, font in theme.font.items()]
    lines += [f"--size-{name}:{value:g}pt" for name, value in theme.size.items()]
    lines += [f"--page-{name}:{value:g}mm" for name, value in theme.page.items()]
    lines += [f"--space-{name}:{value:g}{'' if name == 'line' else 'pt'}" for name, value in theme.space.items()]
    lines += [f"--align-{name}:{value}" for name, value in theme.align.items()]
    return f":root{{{';'.join(lines)}}}"


def rules_of(name: str, paper: tuple[float, float], theme: Theme, heights: Heights) -> str:
    """The rules of one sort of sheet, its margins tall enough for its running lines, with its frame."""
    inside, outside, edge = theme.page["inside"], theme.page["outside"], theme.page["edge"]
    top, bottom = _margin(theme.page["top"], heights.header, edge), _margin(theme.page["bottom"], heights.footer, edge)
    return (
        f"@page {name}{{size:{paper[0]:g}mm {paper[1]:g}mm;{_ground(theme, paper, inside, top)}"
        f"margin:{top:.2f}mm {outside:g}mm {bottom:.2f}mm {inside:g}mm;"
        f"@top-left{{content:element(header);width:100%;vertical-align:top;padding-top:{edge:g}mm}}"
        f"@bottom-left{{content:element(footer);width:100%;vertical-align:bottom;padding-bottom:{edge:g}mm}}}}"
    )


def marked(theme: Theme) -> str:
    """The rule of the mark of an example: in the corner above the running lines, where no text comes."""
    away = theme.page["outside"] + LONGEST_MARK
    return (
        f"@page{{@top-right-corner{{content:element(specimen);vertical-align:top;padding-top:{MARK_FROM_EDGE:g}mm}}}}"
        f"header.specimen p{{margin-left:-{LONGEST_MARK:g}mm;width:{away - MARK_FROM_SIDE:g}mm;text-align:right}}"
    )


def _margin(least: float, height: float, edge: float) -> float:
    return max(least, edge + height + AIR if height else 0.0)


FRAMES = "frame:"
"""How the picture of a frame is named, before the width and height of its sheet in millimetres."""


def frames(theme: Theme) -> dict[str, bytes]:
    """The pictures of the lines around the sheets of a theme, upright and across; none where it draws none."""
    if not any(theme.frame.get(side) for side in SIDES):
        return {}
    upright = (theme.page["width"], theme.page["height"])
    return {_frame(*paper): _drawn(theme, *paper) for paper in (upright, upright[::-1])}


def _frame(width: float, height: float) -> str:
    return f"{FRAMES}{width:g}x{height:g}"


def _ground(theme: Theme, paper: tuple[float, float], left: float, top: float) -> str:
    """The frame as the ground of a sheet, which style sheets place inside its margins."""
    if _frame(*paper) not in frames(theme):
        return ""
    return f'background:url("{_frame(*paper)}") -{left:g}mm -{top:.2f}mm/{paper[0]:g}mm {paper[1]:g}mm no-repeat;'


def _drawn(theme: Theme, width: float, height: float) -> bytes:
    lines = "".join(
        f'<rect x="{x:.3f}" y="{y:.3f}" width="{across:.3f}" height="{down:.3f}" fill="{theme.colour["accent"]}"/>'
        for x, y, across, down in _lines(theme, width, height)
    )
    size = f'width="{width:g}mm" height="{height:g}mm" viewBox="0 0 {width:g} {height:g}"'
    return f'<svg xmlns="http://www.w3.org/2000/svg" {size}>{lines}</svg>'.encode()


def _lines(theme: Theme, width: float, height: float) -> Iterator[tuple[float, float, float, float]]:
    """Each line: where it begins from the left and the top, how far it reaches across and down, in millimetres."""
    for number in range(int(theme.frame["lines"])):
        for side in SIDES:
            thick = theme.frame[side] * 25.4 / 72
            off = theme.frame["distance"] + 2 * number * thick
            across, down = width - 2 * off, height - 2 * off
            far = {"right": width - off - thick, "bottom": height - off - thick}
            if side in ("top", "bottom"):
                yield off, far.get(side, off), across, thick
            else:
                yield far.get(side, off), off, thick, down
