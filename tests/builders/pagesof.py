"""Pages laid out from the data of a test, and what their readers read."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

from lxml import etree
from projects import Data, checked

from pemdocs import resources
from pemdocs.data import schema
from pemdocs.data.dataset import Linked, link
from pemdocs.data.schema import Field
from pemdocs.model import Cell, Finding, Page, Record, Value
from pemdocs.page import layout
from pemdocs.page.view import View
from pemdocs.project import kinds, theme

HOUSE = theme.load(resources.folder("templates") / "house" / "theme.toml")


def page_of(
    case: Linked,
    kind: str = "accompaniment-plan",
    languages: tuple[str, ...] = ("fr",),
    findings: tuple[Finding, ...] = (),
) -> Page:
    """The page of one kind of document about a case."""
    return layout.lay_out(View(kinds.load(kind), case, languages, findings), HOUSE)


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
    old = case.dataset
    made, _ = link(records, old.tables, old.programme, old.as_of)
    dataset = replace(made, scanned=old.scanned, languages=old.languages, folder=old.folder)
    found = dataset.find(case.record.table, case.record.id)
    assert found is not None
    return found


def _with(record: Record, field: Field, value: Value) -> Record:
    cells = {key: cell for key, cell in record.cells.items() if key.partition("::")[0] != field.name}
    if value is not None:
        keys = [f"{field.name}::{each}" for each in field.label] if field.translated else [field.name]
        cells |= {key: Cell(record.sheet, f"[{record.number - 1}].{field.name}", value) for key in keys}
    return replace(record, cells=cells)


def kept_by_typing(field: Field) -> bool:
    """Whether any text can stand in the field: it is neither a code, nor a reference, nor an id."""
    return (
        field.type == "string"
        and not (field.coded or field.ref or field.name in ("id", "version"))
        and (field.format not in ("date", "time"))
    )


def marked(case: Linked, wanted: Callable[[Field], bool]) -> tuple[Linked, dict[str, Field]]:
    """The case with a text of its own in each wanted field."""
    marks: dict[str, Field] = {}
    for table in schema.load().values():
        for field in table.fields.values():
            if kept_by_typing(field) and wanted(field):
                mark = f"Qz{len(marks):03}x"
                marks[mark] = field
                case = with_cells(case, table.name, field, mark)
    return case, marks


BLOCKS = {"html", "head", "title", "body", "header", "footer", "section", "div", "h1", "h2", "h3", "h4", "p", "ul",
          "ol", "li", "table", "caption", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "figure",
          "figcaption", "img", "span", "strong", "em", "sup", "br", "a", "nav", "blockquote"}  # fmt: skip


def ill_formed(laid: Page) -> list[str]:
    """What in a page is not of the vocabulary of layouts; empty where all is."""
    tags = Counter(str(element.tag) for element in laid.tree.iter())
    faults = [*(tags.keys() - BLOCKS), *(["h1"] if tags["h1"] != 1 else [])]
    faults += [
        "img" for image in laid.tree.iter("img") if image.get("src") not in laid.pictures or not image.get("alt")
    ]
    for table in laid.tree.iter("table"):
        widths = [float(re.findall(r"width:([\d.]+)%", column.get("style", ""))[0]) for column in table.iter("col")]
        faults += ["col"] if round(sum(widths), 6) != 100 else []
        faults += [text_of(row) for row, columns in _rows(table) if columns != len(widths)]
    return faults


def _rows(table: etree._Element) -> Iterator[tuple[etree._Element, int]]:
    """Each row with the columns that it fills, those that a cell of a row above reaches into among them."""
    reaching: list[tuple[int, int]] = []
    for row in table.iter("tr"):
        own = [cell for cell in row if cell.tag in ("td", "th")]
        spans = [(int(cell.get("rowspan", 1)), int(cell.get("colspan", 1))) for cell in own]
        yield row, sum(columns for _, columns in (*reaching, *spans))
        reaching = [(rows - 1, columns) for rows, columns in (*reaching, *spans) if rows > 1]
