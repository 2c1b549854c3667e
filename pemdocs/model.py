"""The frozen types that travel between the steps. This module imports no other step."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, time
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Any, NamedTuple, TypeVar

from lxml import etree

Scalar = str | int | Decimal | bool | date | time
"""A typed value as a record holds it; a date is a ``datetime.date``, money and measures are ``Decimal``."""

Value = Scalar | tuple[str, ...] | None
"""What a cell can hold once it is typed: a scalar, a list of texts, or nothing."""

LANGUAGE_MARK = "::"
"""Between a field and a language in the key of a translated cell: ``motivation::fr``, as XLSForm writes it."""

Words = Mapping[str, str]
"""The same words per language: ``{"fr": …, "en": …, "nl": …}``."""

NOTHING: Mapping[str, object] = MappingProxyType({})

TAB = "#"
"""Before the number of a sheet whose name may be a person's, so that it is not told: ``#4`` is the fourth tab."""

T = TypeVar("T")


class Read(StrEnum):
    """The sorts of reading by which anything of a project gets into a page."""

    VALUE = "value"
    TEXTS = "texts"
    PLACE = "place"
    BACK = "back"
    FIND = "find"
    TABLE = "table"
    DAY = "day"
    DAY_WITHIN = "day-within"
    YEAR = "year"
    ATTACHED = "attached"
    FILE = "file"
    TODAY = "today"
    NAMES = "names"
    PSEUDONYM = "pseudonym"
    GROUP = "group"


Reader = Callable[[Read, "Record | None", str, Any], Any]
"""Is told each reading: its sort, the record that is read, by which name, the answer. It gives the answer back, or
another one, to see what would be if it were so."""

READER: ContextVar[Reader | None] = ContextVar("reader", default=None)
"""Who listens while a page is laid out."""


def heard(sort: Read, record: Record | None, name: str, answer: T) -> T:
    """The answer to a reading, once whoever listens has heard it."""
    reader = READER.get()
    if reader is None:
        return answer
    told: T = reader(sort, record, name, answer)
    return told


_VOICES: list[Callable[[object], str]] = []
"""Who says findings and faults in plain words: the one that ``words`` brings, once it is there."""


def speak_through(voice: Callable[[object], str]) -> None:
    """Let ``str`` of findings and faults be what this voice says of them."""
    _VOICES[:] = [voice]


def _said(what: object) -> str:
    return _VOICES[0](what) if _VOICES else ""


class PemdocsError(Exception):
    """A fault that stops the work: misuse or an input that cannot be read. Data faults are findings instead.

    ``code`` names a sentence in ``templates/speech/<lang>.toml``; ``facts`` fill its placeholders. A fault of a
    template is said as the finding of the same code is, at its ``file`` and ``line``.
    """

    def __init__(self, code: str, **facts: object) -> None:
        super().__init__(code, facts)
        self.code = code
        self.facts = facts

    def __reduce__(self) -> tuple[object, ...]:
        """Travel between processes whole."""
        return _fault, (self.code, dict(self.facts))

    def __str__(self) -> str:
        """The fault in a sentence, once the program has learnt to speak; until then its code."""
        return _said(self) or self.code

    def __repr__(self) -> str:
        return f"<PemdocsError {self.code}>"


def _fault(code: str, facts: dict[str, object]) -> PemdocsError:
    return PemdocsError(code, **facts)


class Severity(StrEnum):
    """How bad a finding is. An error stops the documents of its case; warnings and notes do not."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True, repr=False)
class Cell:
    """A value and the place it came from.

    ``ref`` is Excel's own (``F12``), or for JSON input the path inside the table (``[3].name``).
    In a ``Row`` the value is text, number, date … as the file stores it; in a ``Record`` it is typed.
    ``unit`` is what the cell's number format shows beside a number: a currency, ``kg``.
    """

    sheet: str
    ref: str
    value: Value
    unit: str = ""

    @property
    def place(self) -> str:
        """The place as people write it: ``People!F12``."""
        return f"{self.sheet}!{self.ref}"

    def __repr__(self) -> str:
        return f"<Cell {self.place}>"


@dataclass(frozen=True, slots=True, repr=False)
class Row:
    """One line of a sheet: ``cells`` by field name, ``field::lang`` where translated. Empty cells are absent."""

    table: str
    sheet: str
    number: int
    cells: Mapping[str, Cell]
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)
    """The column letter of every heading of the sheet, by the same keys: tells where a missing value belongs."""

    def __repr__(self) -> str:
        return f"<Row {self.number} of {self.sheet}: {len(self.cells)} cells>"


@dataclass(frozen=True, slots=True, repr=False)
class Record:
    """One typed row of a table. ``id`` is the readable id, or ``table:number`` where the table has none."""

    table: str
    sheet: str
    number: int
    id: str
    cells: Mapping[str, Cell]
    columns: Mapping[str, str] = dataclasses.field(default_factory=dict)

    def __repr__(self) -> str:
        return f"<Record {self.number} of {self.table}: {len(self.cells)} cells>"

    def place(self, name: str, language: str = "") -> str:
        """Where the field's cell is, or would be: ``F12``; the row alone where the sheet has no such heading.

        Of a translated field the cell of the ``language``, else its first. In JSON an empty field is ``[3].name``.
        """
        return heard(Read.PLACE, self, name + LANGUAGE_MARK + language, self._place(name, language))

    def _place(self, name: str, language: str) -> str:
        head = name + LANGUAGE_MARK
        there = (key for key in (*self.columns, *self.cells) if key.startswith(head))
        for key in (head + language, name, *there):
            if key in self.cells:
                return self.cells[key].ref
            if key in self.columns:
                return f"{self.columns[key]}{self.number}"
        path = any(cell.ref.startswith("[") for cell in self.cells.values())
        return f"[{self.number - 1}].{name}" if path else f"{self.number}:{self.number}"

    def value(self, name: str) -> Value:
        """The typed value of a field (or of ``field::lang``), ``None`` where the cell is empty."""
        cell, reader = self.cells.get(name), READER.get()
        answer = None if cell is None else cell.value
        # A value is asked for a million times in a check: the step to ``heard`` is left out where nobody listens.
        return answer if reader is None else heard(Read.VALUE, self, name, answer)

    def filled(self, name: str) -> Cell | None:
        """The cell of a field with its place, ``None`` where it is empty."""
        place, cell = self.place(name), self.cells.get(name)
        return cell if cell is None or cell.ref == place else dataclasses.replace(cell, ref=place)

    def texts(self, name: str) -> dict[str, Value]:
        """The values of a translated field by language, in the order of the columns."""
        head = name + LANGUAGE_MARK
        found = {key[len(head) :]: cell.value for key, cell in self.cells.items() if key.startswith(head)}
        return heard(Read.TEXTS, self, name, found)


class Money(NamedTuple):
    """An amount with its currency, to be said together."""

    amount: int | Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field named in a finding's facts; the speech turns it into the label that the reader knows."""

    table: str
    field: str


@dataclass(frozen=True, slots=True, repr=False)
class Finding:
    """Something the author of the workbook should mend.

    ``code`` is stable and names the sentences in ``templates/speech``; ``facts`` fill them and never hold
    restricted or personal values. ``sheet`` and ``cell`` are empty where the finding has no place; one on a template
    has a ``file`` and a ``line`` instead.
    """

    code: str
    severity: Severity
    sheet: str = ""
    cell: str = ""
    table: str = ""
    field: str = ""
    record: str = ""
    row: int = 0
    facts: Mapping[str, object] = dataclasses.field(default_factory=lambda: NOTHING)
    source: str = ""
    file: str = ""
    line: int = 0

    @property
    def place(self) -> str:
        """The place as people write it: ``People!F12``; the sheet alone, or nothing, where it has no cell."""
        return "!".join(filter(None, (self.sheet, self.cell)))

    def __str__(self) -> str:
        """What is wrong and what to do, once the program has learnt to speak; until then the code."""
        return _said(self) or f"{self.place}: {self.code}"

    def __repr__(self) -> str:
        return f"<Finding {self.severity} {self.code}{' at ' if self.place else ''}{self.place}>"


@dataclass(frozen=True, slots=True, repr=False)
class Text:
    """The same words in each language of a document: ``(("fr", "Plan"), ("en", "Plan"))``.

    ``missing`` names the languages of the document in which the author has not written the text; ``parts`` then holds
    what there is, be it in a language that the document does not have.
    """

    parts: tuple[tuple[str, str], ...]
    missing: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return any(words for _, words in self.parts)

    def __repr__(self) -> str:
        return f"<Text in {', '.join(language for language, _ in self.parts) or 'no language'}>"

    @property
    def uniform(self) -> bool:
        """Whether every language says exactly the same, so that one copy is enough."""
        return len({words for _, words in self.parts}) == 1


@dataclass(frozen=True, slots=True, repr=False)
class Document:
    """A finished file, still in memory. ``pages`` is known for PDF only."""

    name: str
    content: bytes
    pages: int | None = None

    def __repr__(self) -> str:
        return f"<Document {self.name}: {len(self.content)} bytes>"


class Amends(NamedTuple):
    """The signed version that an amendment belongs to, with what has changed since: a record, a field, the values.

    ``changes``: records with the name of a field, its language where it is translated, and the value that was signed.
    """

    version: int
    on: date
    changes: tuple[tuple[Record, str, str, Value], ...]


class BoundFile(NamedTuple):
    """A file of a pack: what it is, its size in bytes, what was done to it (code and facts, in order)."""

    label: Text
    format: str
    pages: int
    size: int
    sha256: str
    treatments: tuple[tuple[str, Mapping[str, object]], ...]


class Bound(NamedTuple):
    """A piece of a pack with the page and the volume in which it begins, and its files."""

    number: int
    code: str
    title: Text
    page: int | None
    pages: int
    volume: int | None
    files: tuple[BoundFile, ...]


class Tabled(NamedTuple):
    """What a drawn figure says, as a table: under ``heads``, of which the first is that of the labels, a line for each
    row with its label and values, all as they are printed. ``name`` is the same in every language and at every width.
    ``narrow`` is the same figure drawn for a telephone, if it is.
    """

    name: str
    title: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, tuple[Text, ...]], ...]
    narrow: bytes = b""


class SharedQuote(NamedTuple):
    """A quote that may be shared on social media, and who speaks."""

    text: Text
    who: Text


class SharedPhotograph(NamedTuple):
    """A photograph that may be shared on social media: its ``src`` on the page, what it shows, who took it."""

    source: str
    alt: Text
    credit: str


class Shared(NamedTuple):
    """What of a publication may be shared on social media, as far as consents reach there; ``fault`` why nothing may.

    ``label`` is what it is called beside its title.
    """

    label: Text = Text(())
    title: Text = Text(())
    subtitle: Text = Text(())
    quotes: tuple[SharedQuote, ...] = ()
    photographs: tuple[SharedPhotograph, ...] = ()
    fault: PemdocsError | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Page:
    """A laid-out document before it becomes a file: both writers read it, so they cannot disagree.

    ``tree`` is well-formed XHTML without namespace (vocabulary: ``docs/layouts.md``); ``pictures`` maps the whole
    ``src`` of each ``img`` to SVG, PNG or JPEG bytes. ``modified`` dates the metadata, so that bytes repeat. Of a
    version that is to be signed, ``code`` is what the code on each page says before its number, and ``account`` the
    file that travels inside, which says what the document is. Of a
    publication, ``version`` is the code in its imprint, ``tables`` are what its figures say, by the ``src`` of each,
    ``words`` what a web page says of its own (``skip``, ``data``), ``media`` those in which it
    may appear, and ``shared`` what of it may go on social media.
    """

    tree: etree._Element
    pictures: Mapping[str, bytes]
    title: str
    languages: tuple[str, ...]
    author: str
    subject: str
    modified: date
    code: str = ""
    account: bytes = b""
    version: str = ""
    tables: Mapping[str, Tabled] = dataclasses.field(default_factory=dict)
    words: Mapping[str, Text] = dataclasses.field(default_factory=dict)
    media: tuple[str, ...] = ()
    shared: Shared = dataclasses.field(default_factory=Shared)

    def __repr__(self) -> str:
        return f"<Page in {', '.join(self.languages)}: {len(self.pictures)} pictures>"
