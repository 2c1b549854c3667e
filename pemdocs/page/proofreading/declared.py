"""Turn what a kind declares into what it names that there is not: its table, its stage, the paths it needs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pemdocs.data import schema
from pemdocs.data.schema import AUDIENCES, STAGES, Tables
from pemdocs.model import Finding, PemdocsError
from pemdocs.page.proofreading.flaws import Place, as_fault, flaw, nearest
from pemdocs.page.proofreading.values import Attributes, Record, Records
from pemdocs.project.kinds import FILE, Kind

FORMATS = ("docx", "pdf", "html", "figures", "cards", "csv")


def fault(kind: Kind) -> PemdocsError | None:
    """The first thing wrong with what a kind of the project declares, as a fault."""
    if not any(kind.templates.file(f"{kind.id}/{FILE}") == place / kind.id / FILE for place in kind.templates.own):
        return None
    found = next(flaws(kind), None)
    return None if found is None else as_fault(found)


def flaws(kind: Kind) -> Iterator[Finding]:
    """What is wrong with the ``kind.toml`` of a kind, beyond the form of its entries."""
    tables = schema.load()
    chosen: tuple[tuple[str, str, Sequence[str]], ...] = (
        ("table", kind.table, tuple(tables)),
        ("audience", kind.audience, AUDIENCES),
        ("from_stage", kind.from_stage, ("", *STAGES)),
        *(("formats", each, FORMATS) for each in kind.formats),
    )
    for key, value, known in chosen:
        if value not in known:
            listed = ", ".join(each for each in known if each)
            yield flaw("template-choice", _place(kind, key), key=key, found=value, nearest=nearest(value, known),
                       known=listed)  # fmt: skip
    if kind.table in tables:
        for key, path in (*(("needs", each) for each in kind.needs), *(("reads", each) for each in kind.reads)):
            yield from _path(kind, key, path, tables)


def _place(kind: Kind, key: str) -> Place:
    return Place(*kind.templates.place(f"{kind.id}/{FILE}", key))


def _path(kind: Kind, key: str, path: str, tables: Tables) -> Iterator[Finding]:
    """A step of a path that its record has not."""
    attributes, table = Attributes(tables, AUDIENCES[-1], ()), kind.table
    for step in path.split("."):
        if step not in attributes.names(table):
            near = nearest(step, attributes.names(table))
            yield flaw("template-field", _place(kind, key), found=step, nearest=near, table=table)
            return
        found = attributes.value(table, step)
        if not isinstance(found, Record | Records):
            return
        table = found.table
