"""Turn the schemas into the sheets that explain the workbook: one page that opens it, and the columns at its end.

Only this module knows how they are laid out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import ceil

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Border, Side
from openpyxl.utils import quote_sheetname
from openpyxl.worksheet.hyperlink import Hyperlink
from openpyxl.worksheet.worksheet import Worksheet

from pemdocs.data.schema import STAGES, Field
from pemdocs.project import kinds
from pemdocs.project.programme import Programme
from pemdocs.workbook.choices import Choices
from pemdocs.workbook.columns import HEADING_ROW, Layout
from pemdocs.workbook.looks import Looks, band, ground, lines, placed
from pemdocs.workbook.sheet import printable, put
from pemdocs.workbook.words import WorkbookWords

WIDTHS = (22, 36, 50, 18, 28, 44)
LAST = len(WIDTHS)
LINE, SMALL_LINE, AIR = 15.0, 13.0, 5.0
"""The height of a line and the room around a passage, in points: nobody sizes merged cells by themselves."""

MOST_CHOICES, LONGEST_CHOICES = 12, 220
"""A longer list of choices is not spelled out: the drop-down shows it."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """What the explanation sheet is written from."""

    layouts: Mapping[str, Layout]
    choices: Choices
    programme: Programme
    words: WorkbookWords
    looks: Looks
    language: str


def write(workbook: Workbook, about: Explanation, title: str) -> None:
    """Add the sheet that opens the workbook, on one page: steps, legend, sheets with what they are for."""
    sheet = workbook.create_sheet(about.words.sheet)
    sheet.sheet_view.showGridLines = False
    for name, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[name].width = width
    row = _top(sheet, about, title)
    row = _steps(sheet, row, about)
    row = _legend(sheet, row, about)
    _sheets(sheet, row, about)
    printable(sheet)
    sheet.page_setup.fitToHeight = 1


def write_columns(workbook: Workbook, about: Explanation) -> None:
    """Add the sheet with every field and what is declared about it."""
    sheet = workbook.create_sheet(about.words.fields["sheet"])
    sheet.sheet_view.showGridLines = False
    for name, width in zip("ABCDEF", WIDTHS, strict=True):
        sheet.column_dimensions[name].width = width
    _fields(sheet, 1, about)
    sheet.freeze_panes = "A3"
    printable(sheet)


def allowed(field: Field, about: Explanation) -> str:
    """The values that a field takes, in words: ``Date, such as 2026-12-31``."""
    words = about.words.values
    parts = [_kind(field, about)]
    if field.type == "array":
        parts.append(words["several"])
    if field.countries:
        names = about.programme.codelist("countries")
        countries = ", ".join(names[code][about.language] for code in field.countries)
        parts.append(words["only"].format(countries=countries))
    return " · ".join(parts)


def expected(field: Field, words: WorkbookWords) -> str:
    """When a field must be filled in, in words."""
    if field.required:
        return str(words.fields["always"])
    return words.stages[field.due] if field.due else str(words.fields["optional"])


def _top(sheet: Worksheet, about: Explanation, title: str) -> int:
    cell = _passage(sheet, 1, 1, title)
    cell.font = about.looks.text(20, bold=True, colour="FFFFFF")
    cell.fill = ground(about.looks.strong)
    cell.alignment = placed("left", "center", indent=1)
    sheet.row_dimensions[1].height = 48
    lead = _passage(sheet, 2, 1, about.words.lead)
    lead.font = about.looks.text(12)
    lead.fill = ground(about.looks.wash)
    lead.alignment = placed("left", "center", indent=1)
    sheet.row_dimensions[2].height = 40
    return 4


def _steps(sheet: Worksheet, row: int, about: Explanation) -> int:
    _section(sheet, row, about.words.steps["heading"], about)
    for number, text in enumerate(about.words.steps["lines"], 1):
        row += 1
        cell = put(sheet, row, 1, number)
        cell.font = about.looks.text(14, bold=True, colour=about.looks.accent)
        cell.alignment = placed("center", "center")
        _told(sheet, row, text, about)
    return row + 2


def _legend(sheet: Worksheet, row: int, about: Explanation) -> int:
    words, looks = about.words.legend, about.looks
    _section(sheet, row, words["heading"], about)
    grounds = {"required": looks.strong, "optional": looks.accent, "restricted": looks.restricted}
    classes = {field.audience for layout in about.layouts.values() for field in layout.table.fields.values()}
    for name, colour in grounds.items():
        if name == "restricted" and name not in classes:
            continue
        row += 1
        _sample(put(sheet, row, 1, words["sample"]), colour, colour, about)
        _told(sheet, row, words[name], about)
    row += 1
    cell = put(sheet, row, 1, words["example"])
    cell.font, cell.fill = looks.text(10, italic=True, colour=looks.muted), ground(looks.wash)
    cell.alignment = placed("left", "center", indent=1)
    _told(sheet, row, words["example_note"], about)
    row += 1
    _sample(put(sheet, row, 1, words["sample"]), looks.accent, looks.stage(STAGES[0]), about)
    _told(sheet, row, words["line"], about)
    for stage in STAGES:
        row += 1
        sheet.cell(row, 1).fill = ground(looks.stage(stage))
        sheet.cell(row, 1).border = lines("FFFFFF")
        _told(sheet, row, words["stage"].format(stage=about.words.stages[stage]), about)
    return row + 2


def _sheets(sheet: Worksheet, row: int, about: Explanation) -> int:
    _section(sheet, row, about.words.sheets["heading"], about)
    for layout in about.layouts.values():
        row += 1
        cell = put(sheet, row, 1, layout.sheet)
        _link(cell, layout.sheet, "A1", about)
        cell.border = Border(left=Side("thick", color=about.looks.stage(layout.stage)))
        cell.alignment = placed("left", "center", indent=1)
        _told(sheet, row, " ".join((layout.table.help[about.language], *_purpose(layout, about))), about)
    return row + 2


def _purpose(layout: Layout, about: Explanation) -> Iterator[str]:
    """For which documents a sheet is filled in, where not every one of them asks for it, and from when on."""
    programme = about.programme
    asked = {}
    for name in programme.kinds:
        sheets = (kinds.load(each, programme.templates).sheets for each in kinds.members(name, programme.templates))
        asked[name] = {table for each in sheets for table in each}
    wanting = [name for name in asked if layout.table.name in asked[name]]
    if wanting and len(wanting) < len(asked):
        titles = ", ".join(kinds.title(name, about.language, programme.templates) for name in wanting)
        yield about.words.sheets["purpose"].format(documents=titles)
    if layout.stage:
        yield about.words.sheets["stage"].format(stage=about.words.stages[layout.stage])


def _fields(sheet: Worksheet, row: int, about: Explanation) -> None:
    _section(sheet, row, about.words.fields["heading"], about)
    row += 1
    for number, heading in enumerate(about.words.fields["columns"], 1):
        _sample(put(sheet, row, number, heading), about.looks.accent, about.looks.accent, about)
    first = row
    for layout in about.layouts.values():
        for field in layout.table.fields.values():
            row += 1
            _field(sheet, row, layout, field, about)
    sheet.auto_filter.ref = f"A{first}:F{row}"


def _field(sheet: Worksheet, row: int, layout: Layout, field: Field, about: Explanation) -> None:
    texts = (
        layout.sheet,
        _heading(layout, field, about.language),
        field.help[about.language],
        expected(field, about.words),
        about.words.audiences[field.audience],
        allowed(field, about),
    )
    sheet.row_dimensions[row].height = max(
        _height(text, width, SMALL_LINE) for text, width in zip(texts, WIDTHS, strict=True)
    )
    for number, text in enumerate(texts, 1):
        cell = put(sheet, row, number, text)
        cell.font = about.looks.text(10)
        cell.alignment = placed("left", "center", indent=1)
        cell.border = lines(about.looks.rule)
        if number == 2:
            _link(cell, layout.sheet, f"{layout.letter(field.name)}{HEADING_ROW}", about, 10, bold=field.required)
    if field.due:
        side = Side("thick", color=about.looks.stage(field.due))
        sheet.cell(row, 4).border = Border(left=side, bottom=Side("thin", color=about.looks.rule))


def _heading(layout: Layout, field: Field, language: str) -> str:
    own = [column.language for column in layout.columns if column.field is field and column.language]
    return f"{field.label[language]} ({' · '.join(own)})" if own else field.label[language]


def _kind(field: Field, about: Explanation) -> str:
    words = about.words.values
    if field.coded:
        return _choice(list(about.choices.labels(field).values()), words)
    if field.ref in about.layouts:
        return words["ref"].format(sheet=about.layouts[field.ref].sheet)
    if field.type == "boolean":
        return words["one"].format(choices=" / ".join(about.words.answers.values()))
    if field.type in ("integer", "number"):
        return " · ".join(filter(None, (words[field.type], _limits(field, words))))
    return words.get(field.format) or words["kept" if field.kept_as_text else "text"]


def _choice(labels: list[str], words: Mapping[str, str]) -> str:
    choices = ", ".join(labels)
    if len(labels) > MOST_CHOICES or len(choices) > LONGEST_CHOICES:
        return words["list"].format(count=len(labels))
    return words["one"].format(choices=choices)


def _limits(field: Field, words: Mapping[str, str]) -> str:
    least, above, most = (field.spec.get(name) for name in ("minimum", "exclusiveMinimum", "maximum"))
    if least is not None and most is not None:
        return words["between"].format(low=least, high=most)
    limits = {"at_least": least, "above": above, "at_most": most}
    return " · ".join(words[name].format(limit=limit) for name, limit in limits.items() if limit is not None)


def _section(sheet: Worksheet, row: int, text: str, about: Explanation) -> None:
    cell = _passage(sheet, row, 1, text)
    cell.font = about.looks.text(14, bold=True, colour=about.looks.strong)
    cell.alignment = placed(vertical="center")
    for number in range(1, LAST + 1):
        sheet.cell(row, number).border = lines(about.looks.accent)
    sheet.row_dimensions[row].height = 26


def _told(sheet: Worksheet, row: int, text: str, about: Explanation) -> None:
    cell = _passage(sheet, row, 2, text)
    cell.font = about.looks.text()
    cell.alignment = placed("left", "center", indent=1)
    sheet.row_dimensions[row].height = _height(text, sum(WIDTHS[1:]))


def _height(text: str, width: float, line: float = LINE) -> float:
    # Letters are a little narrower than the digits by which Excel counts.
    return line * ceil(len(text) * 0.95 / width) + AIR


def _passage(sheet: Worksheet, row: int, column: int, text: str) -> Cell:
    sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=LAST)
    return put(sheet, row, column, text)


def _sample(cell: Cell, colour: str, line: str, about: Explanation) -> None:
    cell.font = about.looks.text(bold=True, colour="FFFFFF")
    cell.fill, cell.border = ground(colour), band(line)
    cell.alignment = placed("left", "center", indent=1)


def _link(cell: Cell, sheet: str, ref: str, about: Explanation, size: float = 11, *, bold: bool = True) -> None:
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"{quote_sheetname(sheet)}!{ref}")
    cell.font = about.looks.text(size, bold=bold, colour=about.looks.accent)
