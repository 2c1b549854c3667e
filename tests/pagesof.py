"""Pages laid out from the data of a test, and what their readers read."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from lxml import etree
from projects import Data, checked

from pemdocs import kinds, layout, resources, theme
from pemdocs.dataset import Linked, link
from pemdocs.model import Cell, Page, Record, Value
from pemdocs.schema import Field
from pemdocs.view import View

HOUSE = theme.load(resources.folder("templates") / "house" / "theme.toml")


def page_of(case: Linked, kind: str = "accompaniment-plan", languages: tuple[str, ...] = ("fr",)) -> Page:
    """The page of one kind of document about a case."""
    return layout.lay_out(View(kinds.load(kind), case, languages), HOUSE)


def page(
    data: Data, kind: str = "accompaniment-plan", languages: tuple[str, ...] = ("fr",), case: str = "P-07"
) -> Page:
    """The page of a pair of this data."""
    found = checked(data).dataset.find("partnerships", case)
    assert found is not None
    return page_of(found, kind, languages)


def words(laid: Page) -> str:
    """Everything a page says, pictures' descriptions among it, with single spaces."""
    said = [*map(str, laid.tree.itertext()), *(image.get("alt", "") for image in laid.tree.iter("img"))]
    return re.sub(r"\s+", " ", " ".join(said))


def text_of(element: etree._Element, between: str = "") -> str:
    """What an element says."""
    return between.join(map(str, element.itertext()))


def find(laid: Page, path: str) -> list[Any]:
    """The elements or texts of a page at an XPath."""
    found: Any = laid.tree.xpath(path)
    return list(found)


def source(laid: Page) -> str:
    """The page and its pictures as written."""
    pictures = [content.decode("utf-8", "replace") for content in laid.pictures.values()]
    return "\n".join([etree.tostring(laid.tree, encoding="unicode"), *pictures])


def with_cells(case: Linked, table: str, field: Field, value: Value) -> Linked:
    """The same case, where every record of a table has this typed value in the field; ``None`` empties it."""
    records = [
        _with(record, field, value) if record.table == table else record
        for each in case.dataset.records.values()
        for record in each
    ]
    dataset, _ = link(records, case.dataset.tables, case.dataset.programme, case.dataset.as_of)
    found = dataset.find(case.record.table, case.record.id)
    assert found is not None
    return found


def _with(record: Record, field: Field, value: Value) -> Record:
    cells = {key: cell for key, cell in record.cells.items() if key.partition("::")[0] != field.name}
    if value is not None:
        keys = [f"{field.name}::{each}" for each in field.label] if field.translated else [field.name]
        cells |= {key: Cell(record.sheet, f"[{record.number - 1}].{field.name}", value) for key in keys}
    return replace(record, cells=cells)
