"""Turn what a code on a page says into which paper it is: case, version, page of pages."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from pemdocs.project.signed import Frozen

MARK = "PEM1"
"""What every code of this program begins with, and the shape of what follows."""

SHAPE = re.compile(rf"{MARK}:(?P<case>[^:]+):(?P<version>\d+):(?P<check>[0-9A-Z]{{8}}):(?P<page>\d+)/(?P<pages>\d+)")


class Coded(NamedTuple):
    """What a code says."""

    case: str
    version: int
    check: str
    page: int
    pages: int


def code(case: str, version: int, check: str) -> str:
    """What the code on each page of a version says before the number of the page."""
    return f"{MARK}:{case}:{version}:{check}"


def read(texts: Iterable[str]) -> Coded | None:
    """The first code of this program among those of a page; ``None`` where there is none."""
    for text in texts:
        told = SHAPE.fullmatch(text)
        if told:
            return Coded(told["case"], int(told["version"]), told["check"], int(told["page"]), int(told["pages"]))
    return None


def version(said: Coded, versions: Iterable[Frozen]) -> Frozen | None:
    """The version that a code means; ``None`` for one that this project has never made."""
    return next((each for each in versions if each.check == said.check and each.case == said.case), None)
