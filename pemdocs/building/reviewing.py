"""Turn Word files that come back from reviewers into one table of what they say, in the order of the paragraphs.

Names and words of reviewers stand in the table alone: nothing here has a representation, and no message quotes them.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

from pemdocs import resources
from pemdocs.model import PemdocsError
from pemdocs.page.board import lay_out
from pemdocs.project import theme
from pemdocs.resources import SHIPPED
from pemdocs.words import language, speech
from pemdocs.workbook.listed import Listed, Plain, workbook
from pemdocs.writing import make
from pemdocs.writing.reviewed import Paragraph, Remark, paragraphs

FOLDER = "comments"
HEADS = (("number", 6), ("place", 26), ("passage", 44), ("reviewer", 20), ("on", 12), ("sort", 14), ("remark", 60),
         ("state", 12), ("answer", 40), ("decision", 24))  # fmt: skip
"""The columns of the workbook and their widths in characters."""

PAPER = (
    ("number", 4),
    ("place", 13),
    ("passage", 20),
    ("reviewer", 11),
    ("remark", 26),
    ("answer", 15),
    ("decision", 11),
)
"""The columns on paper and their widths in percent."""

LONGEST_PASSAGE, LONGEST_CELL = 400, 32_000
"""Signs of a passage that still says which one is meant; signs that a cell of Excel takes."""

Place = tuple[int, int, int]
"""Where a paragraph stands: by the first file, how far behind it, in which file."""


@dataclass(frozen=True, slots=True, repr=False)
class Commented:
    """A remark with the heading that its paragraph stands under, and the words of that paragraph.

    A paragraph that somebody has added has none of its own: then they are those of the one before it.
    """

    heading: str
    paragraph: str
    remark: Remark


@dataclass(frozen=True, slots=True, repr=False)
class Comments:
    """What reviewers say in Word files, in the order of the paragraphs; ``files`` is how many files there were."""

    files: int
    rows: tuple[Commented, ...]

    @property
    def reviewers(self) -> int:
        """How many people have commented or changed something."""
        return len({each.remark.reviewer for each in self.rows})

    def count(self, *, comments: bool) -> int:
        """How many comments there are, or how many tracked changes."""
        return sum((each.remark.sort == "comment") is comments for each in self.rows)

    def as_workbook(self, lang: str) -> bytes:
        """The table as a workbook to filter."""
        heads = tuple((word(f"head-{name}", lang), width) for name, width in HEADS)
        rows = tuple(_line(number, each, lang) for number, each in enumerate(self.rows, 1))
        return workbook([Listed(word("sheet", lang), heads, rows)], word("title", lang))

    def as_word(self, lang: str) -> bytes:
        """The table as a Word file, across the sheet, with a list to choose what was decided from."""
        days = [each.remark.on for each in self.rows if each.remark.on]
        page = lay_out(_told(self, lang), lang, SHIPPED, author="pemdocs", on=max(days, default=date.today()),
                       folder=FOLDER)  # fmt: skip
        styles = tuple(resources.text(path, SHIPPED.shown(path)) for path in SHIPPED.files("house/house.css"))
        [made] = make.make_all([make.Job("comments.docx", FOLDER, "", "docx", page, theme.of(SHIPPED, FOLDER), styles)])
        if isinstance(made, PemdocsError):
            raise made
        return made.content


def comments(files: Sequence[Path | str]) -> Comments:
    """Every comment and tracked change of Word files that came back, by paragraph, each once.

    The files are copies of one document: their paragraphs are held against those of the first one as they were before
    anybody changed them. Raises ``PemdocsError``: ``review-not-found``, ``review-locked``, ``review-not-word``,
    ``review-password``, ``review-damaged``, ``review-swollen``.
    """
    read = [paragraphs(Path(each)) for each in files]
    spine = _keys(read[0]) if read else []
    found: dict[Place, list[Commented]] = defaultdict(list)
    seen: set[tuple[Any, ...]] = set()
    for number, each in enumerate(read):
        before = ""
        for place, paragraph in zip(_places(spine, each, number), each, strict=True):
            before = paragraph.text or before
            for remark in paragraph.remarks:
                told = (place[:2], remark.sort, remark.reviewer, remark.on, remark.passage, remark.text)
                if told not in seen:
                    seen.add(told)
                    found[place].append(Commented(paragraph.heading, before, remark))
    return Comments(len(read), tuple(row for place in sorted(found) for row in found[place]))


def _keys(found: Sequence[Paragraph]) -> list[tuple[str, int]]:
    """Paragraphs by their words, and which of those that say the same they are: so none is like another one."""
    counts: dict[str, int] = defaultdict(int)
    keys = []
    for each in found:
        counts[each.text] += 1
        keys.append((each.text, counts[each.text]))
    return keys


def _places(spine: Sequence[tuple[str, int]], found: Sequence[Paragraph], file: int) -> Iterator[Place]:
    """Where each paragraph of a file stands among those of the first one; what that one lacks, behind what it has."""
    matcher = SequenceMatcher(None, spine, _keys(found), autojunk=False)
    for _, first, last, begin, end in matcher.get_opcodes():
        for number in range(end - begin):
            inside = number < last - first
            yield (first + number, 0, 0) if inside else (max(last - 1, -1), number + 1, file)


def word(key: str, lang: str, **facts: Any) -> str:
    """A word of the table."""
    return speech.word(f"comments-{key}", lang, **facts)


def _line(number: int, each: Commented, lang: str) -> tuple[Plain, ...]:
    remark = each.remark
    state = word("done" if remark.done else "open", lang)
    cells = (number, each.heading, _passage(each), _who(remark), remark.on, word(f"sort-{remark.sort}", lang),
             "\n".join(_says(remark, lang)), state, None, None)  # fmt: skip
    return tuple(cell[:LONGEST_CELL] if isinstance(cell, str) else cell for cell in cells)


def _passage(each: Commented) -> str:
    """The words that are meant: those that a comment stands at, else the beginning of the paragraph."""
    words = (each.remark.passage if each.remark.sort == "comment" else "") or each.paragraph
    return words if len(words) <= LONGEST_PASSAGE else f"{words[:LONGEST_PASSAGE].rstrip()} …"


def _who(remark: Remark) -> str:
    return remark.reviewer or remark.initials or "–"


def _says(remark: Remark, lang: str) -> Iterator[str]:
    """What somebody says or has changed, and what others have answered."""
    if remark.sort != "comment":
        yield word(f"says-{remark.sort}", lang, old=remark.passage, new=remark.text)
    elif remark.text:
        yield remark.text
    for reply in remark.replies:
        yield f"→ {reply.reviewer or '–'}: {reply.text}"


def _told(found: Comments, lang: str) -> dict[str, Any]:
    return {
        "title": word("title", lang),
        "counted": counted(found, lang),
        "columns": [{"label": word(f"head-{name}", lang), "width": width} for name, width in PAPER],
        "rows": [_cells(number, each, lang) for number, each in enumerate(found.rows, 1)],
        "none": word("none", lang),
        "choices": "|".join(word(f"decision-{each}", lang) for each in ("taken", "partly", "not", "discuss")),
        "choose": word("choose", lang),
        "foot": word("foot", lang),
    }


def counted(found: Comments, lang: str) -> str:
    """How much there is: comments, changes, files, people; no names."""
    facts = {"comments": str(found.count(comments=True)), "changes": str(found.count(comments=False)),
             "files": str(found.files), "people": str(found.reviewers)}  # fmt: skip
    return word("counted", lang, **facts)


def _cells(number: int, each: Commented, lang: str) -> dict[str, Any]:
    remark = each.remark
    day = language.say_short_date(remark.on, lang) if remark.on else ""
    return {
        "number": str(number),
        "place": each.heading or "–",
        "passage": _passage(each).split("\n"),
        "reviewer": [part for part in (_who(remark), day) if part],
        "remark": [line for part in _says(remark, lang) for line in part.split("\n")],
        "done": word("done", lang) if remark.done else "",
    }
