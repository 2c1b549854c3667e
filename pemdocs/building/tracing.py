"""Turn words of a page into the cells they come from: a cell is their origin if they change with it.

Every reading of a page can be answered otherwise than the workbook does. The cells are tried in halves, so that a few
dozen layouts are enough for a page of a thousand readings, and whatever stands between a cell and the words (a fact, a
sentence, a picture) need not know that it is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from difflib import SequenceMatcher
from typing import Any, NamedTuple

from pemdocs.data import dataset as data
from pemdocs.data.schema import Field
from pemdocs.model import LANGUAGE_MARK, Money, Page, PemdocsError, Read, Record
from pemdocs.page.passages import Passage, blocks, folded
from pemdocs.page.reads import Notes, listening
from pemdocs.page.view import View
from pemdocs.writing import make
from pemdocs.writing.own.finished import Merged

LETTERS = "abcdefghijklmnopqrstuvwxyz"
TURNED = str.maketrans(
    LETTERS + LETTERS.upper() + "0123456789éèêàçùûôîï",
    LETTERS[1:] + "a" + LETTERS[1:].upper() + "A" + "1234567890abcdefghik",
)
"""What becomes of the letters and digits of a text: all are others, and every sign between them stays."""

MOST = 6
"""So many origins of a passage are looked for."""

TRIED = 120
"""So many layouts at the most are made for one passage."""


WAYS = (1, 397, -1)
"""By so many days a date moves, one way after the other: month and year too, and back where an earlier one counts."""

NEAR = (-1, -40)
"""By so many days the day of the data moves: other words stay where they are."""

ELSEWHERE = "-"
"""Another place of a cell."""


class Asked(NamedTuple):
    """A reading that may be answered otherwise: its sort, the record, by which name."""

    sort: Read
    record: Record
    name: str


class Trial:
    """A page that can be laid out again as if some of its cells held something else."""

    def __init__(self, view: View) -> None:
        self.view = view
        self.notes = Notes(view.linked.dataset)
        with listening(self.notes):
            page = make.laid_out(view)
        if isinstance(page, PemdocsError):
            raise page
        self.blocks = texts(page)
        self.left = TRIED
        self.days = WAYS[0]
        self.shown = False
        """Whether the words last asked for change with no value, only with the rows that are shown."""

    def asked(self, *, references: bool = False) -> list[Asked]:
        """The cells that were read and are filled: values, or the ids that refer to other rows."""
        found: dict[tuple[int, str], Asked] = {}
        for sort, record, name in self.notes.readings():
            if record is None or sort not in (Read.VALUE, Read.TEXTS):
                continue
            field = self._field(record, name)
            if bool(field and field.ref) is references and self._filled(record, sort, name):
                found[id(record), name] = Asked(sort, record, name)
        return list(found.values())

    def _field(self, record: Record, name: str) -> Field | None:
        fields = self.view.linked.dataset.tables[record.table].fields
        return fields.get(name.partition(LANGUAGE_MARK)[0])

    def _filled(self, record: Record, sort: Read, name: str) -> bool:
        return name in record.cells or (sort is Read.TEXTS and bool(_keys(record, name)))

    def origins(self, passage: Passage) -> list[Asked]:
        """The cells with which the passage changes.

        Where no value does it: those that tell the day of the data, those that it says the place of, or the references
        to its rows.
        """
        self.left, self.shown = TRIED, False
        for self.days in WAYS:
            found = self._origins(self.asked(), passage)
            if found:
                return having(found, passage)
        found = self._of_day(passage) or self._origins(self._placed(), passage)
        if found:
            return found
        self.shown = True
        return self._origins(self.asked(references=True), passage)

    def _of_day(self, passage: Passage) -> list[Asked]:
        """The cells that tell the day of the data, if the passage changes with this day."""
        dataset = self.view.linked.dataset
        told = data.telling(dataset)
        days = [dataset.speaks_of + timedelta(days=each) for each in NEAR] if told else []
        if any(self._changes_with(each, passage) for each in days):
            return [Asked(Read.VALUE, record, name) for record, name in told[:MOST]]
        return []

    def _changes_with(self, day: date, passage: Passage) -> bool:
        """Whether the passage is another, or gone, where the data speaks of another day."""
        answers: dict[Read, Any] = {Read.DAY: day, Read.YEAR: day.year, Read.DAY_WITHIN: day}
        asked = [(sort, name) for sort, _, name in self.notes.readings() if sort in answers]
        page = self._again({(sort, id(None), name): answers[sort] for sort, name in asked}) if asked else None
        return page is not None and not isinstance(page, PemdocsError) and self._moved(page, passage)

    def _placed(self) -> list[Asked]:
        """The cells of which the page says where they stand."""
        readings = self.notes.readings()
        return [Asked(sort, record, name) for sort, record, name in readings if record and sort is Read.PLACE]

    def _again(self, fixed: Mapping[tuple[Read, int, str], Any]) -> Page | Merged | PemdocsError:
        """The page laid out with these answers instead of the true ones."""
        self.left -= 1
        with listening(Notes(self.view.linked.dataset, fixed)):
            return make.laid_out(View(self.view.kind, self.view.linked, self.view.languages, self.view.findings))

    def _origins(self, asked: Sequence[Asked], passage: Passage) -> list[Asked]:
        """Halves first: what changes nothing together is tried no further."""
        found: list[Asked] = []
        queue = [list(asked)] if asked else []
        while queue and len(found) < MOST and self.left > 0:
            some = queue.pop(0)
            if not self._changes(some, passage):
                continue
            if len(some) == 1:
                found += some
            else:
                middle = len(some) // 2
                queue = [some[:middle], some[middle:], *queue]
        return found

    def _changes(self, some: Sequence[Asked], passage: Passage) -> bool:
        """Whether the passage is another, or gone, when these cells hold something else."""
        fixed = {(each.sort, id(each.record), each.name): self._other(each, n) for n, each in enumerate(some)}
        page = self._again(fixed)
        if isinstance(page, PemdocsError):  # some of them are needed for the page as they are
            return len(some) > 1
        return self._moved(page, passage)

    def _moved(self, page: Page | Merged, passage: Passage) -> bool:
        return not _stands(self.blocks, texts(page), passage)

    def _other(self, each: Asked, number: int) -> Any:
        field = self._field(each.record, each.name)
        if each.sort is Read.PLACE:
            return ELSEWHERE
        if each.sort is Read.TEXTS:
            record, keys = each.record, _keys(each.record, each.name)
            texts = {key.partition(LANGUAGE_MARK)[2]: record.cells[key].value for key in keys}
            return {language: another(value, field, number, self.days) for language, value in texts.items()}
        return another(each.record.cells[each.name].value, field, number, self.days)


def having(found: list[Asked], passage: Passage) -> list[Asked]:
    """Of several cells those that hold the very words, if there are any: the others only move what stands around."""
    words = passage.text[passage.start : passage.end].casefold()
    having = [
        each
        for each in found
        if any(words in folded(str(each.record.cells[key].value)).casefold() for key in _written(each))
    ]
    return having or found


def _written(each: Asked) -> list[str]:
    own = [each.name] if each.name in each.record.cells else []
    return own or _keys(each.record, each.name)


def texts(laid: Page | Merged) -> list[tuple[str, str]]:
    """The texts of a page, or of what a Word template has made, block by block."""
    if isinstance(laid, Page):
        return blocks(laid)
    from pemdocs.writing.own import reading  # what most kinds do not need

    return reading.blocks(laid.content)


def _keys(record: Record, name: str) -> list[str]:
    return [key for key in record.cells if key.startswith(name + LANGUAGE_MARK)]


def another(value: Any, field: Field | None, number: int, days: int = WAYS[0]) -> Any:
    """Another value of the same sort; ``number`` makes those of several cells differ from each other.

    A date moves by ``days``; a number, where these are many, by as much as tells when it is rounded.
    """
    match value:
        case bool():
            return not value
        case date():
            return value + timedelta(days=days + (number % 5 if days > 0 else -(number % 5)))
        case time():
            return (datetime.combine(date(2000, 1, 1), value) + timedelta(minutes=67 + number % 5)).time()
        case int() | Decimal():
            step = (1 + number % 3) * (1 if days > 0 else -1)
            return value * 2 + step if days > WAYS[0] else value + step
        case Money():
            return value._replace(amount=another(value.amount, field, number, days))
        case tuple():
            return value[1:]
    codes = tuple(code for code in (field.enum if field else ()) if code != value)
    if codes:
        return codes[number % len(codes)]
    return None if field is not None and field.codelist else str(value).translate(TURNED)


def _stands(before: Sequence[tuple[str, str]], after: Sequence[tuple[str, str]], passage: Passage) -> bool:
    """Whether the passage still stands where it stood, though blocks around it may have come or gone."""
    matcher = SequenceMatcher(None, before, after, autojunk=False)
    for _, start, end, begin, finish in matcher.get_opcodes():
        if start <= passage.place < end:
            if before[start:end] == after[begin:finish]:
                return True
            there = [text for _, text in after[begin:finish]]
            return any(_kept(passage, text) for text in there)
    return False


def _kept(passage: Passage, text: str) -> bool:
    """Whether the words of a passage are among what two texts of a block have in common."""
    wanted = passage.text[passage.start : passage.end]
    if wanted not in text:
        return False
    common = SequenceMatcher(None, passage.text, text, autojunk=False).get_matching_blocks()
    return any(place <= passage.start and passage.end <= place + length for place, _, length in common)
