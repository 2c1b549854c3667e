"""Turn a part's relationships into the parts it names. Only this module knows ``_rels``."""

from __future__ import annotations

import posixpath
from collections.abc import Callable, Iterator, Mapping
from typing import NamedTuple

from pemdocs.workbook.formats.archive import Package, plain
from pemdocs.workbook.formats.parsing import local, parse, said

MAIN = "officedocument"


class Relation(NamedTuple):
    """What a part leads to: the last word of the type, in small letters, and the name of the part, empty if outside."""

    kind: str
    part: str


def relations(package: Package, part: str, look: Callable[[], None]) -> Mapping[str, Relation]:
    """The relations of a part (of the package itself where it is empty) by their id; parts may be missing."""
    folder, name = posixpath.split(plain(part) if part else "")
    listed = package.find(posixpath.join(folder, "_rels", name + ".rels"))
    found: dict[str, Relation] = {}

    def start(tag: str, attributes: dict[str, str]) -> None:
        if local(tag) == "Relationship":
            kind = said(attributes, "Type").rstrip("/").rpartition("/")[2].casefold()
            inside = said(attributes, "TargetMode") != "External"
            target = _resolved(package, folder, said(attributes, "Target")) if inside else ""
            found[said(attributes, "Id")] = Relation(kind, target)

    if listed:
        with package.stream(listed) as stream:
            parse(stream, package.file, look, start, _nothing, _nothing)
    return found


def _resolved(package: Package, folder: str, target: str) -> str:
    """The part that a target names, seen from the folder; some writers give it from the top without saying so."""
    path = target.partition("#")[0]
    return next(filter(None, (package.find(each) for each in _ways(folder, path))), "")


def _ways(folder: str, path: str) -> Iterator[str]:
    path = path.replace("\\", "/")
    yield path if path.startswith("/") else posixpath.join("/" + folder, path)
    yield path


def _nothing(_: str) -> None:
    return None
