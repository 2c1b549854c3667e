"""Turn records of plain Python into what a check takes: the same as if they had stood in a workbook."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pemdocs.data import schema
from pemdocs.project import programme as programmes
from pemdocs.project.programme import Programme
from pemdocs.project.settings import templates_of, versions_of
from pemdocs.resources import SHIPPED
from pemdocs.workbook.read import Reading, read_records


@dataclass(frozen=True, slots=True, repr=False)
class Loaded:
    """Rows that are read, with all that is needed to check them.

    ``languages`` are those that the documents are meant for. ``folder`` is where the attachments lie, ``beside`` where
    the files that a sheet names: both ``None`` where there are none.
    """

    reading: Reading
    programme: Programme
    languages: tuple[str, ...]
    folder: Path | None = None
    beside: Path | None = None

    def __repr__(self) -> str:
        return f"<Loaded for {self.programme.id}: {len(self.reading.rows)} rows>"


def load(
    records: Mapping[str, Sequence[Mapping[str, object]]],
    *,
    programme: str = "",
    languages: Sequence[str] | str = (),
    folder: Path | str | None = None,
) -> Loaded:
    """Take records as plain Python has them, in the shape of the JSON input: a list of mappings for each table.

    A value is a text, a number (``int``, ``float``, ``Decimal``), a truth value, a ``date`` or ``time``, a list where
    the field holds several, a mapping by language where it is translated, or ``None``. Keys are the names of the
    schemas or the headings of any language::

        loaded = pemdocs.load({
            "companies": [{"id": "SN-014", "name": "Moulins du Fonio", "country": "SN"}],
            "partnerships": [{"id": "P-07", "home_company": "SN-014", "motivation": {"fr": "…", "nl": "…"}}],
        })
        report = pemdocs.check(loaded)

    ``programme`` is the id of an installed one or a folder with a profile (default: the first), ``languages`` what
    the documents are meant for (default: the programme's first), ``folder`` where photographs, attachments and
    own ``templates`` lie. What is wrong with the records are findings of ``check``.
    Raises ``PemdocsError``: ``unknown-programme``, ``template-lacks``, ``unknown-language``, and as ``resources.read``
    does for a template.
    """
    place = None if folder is None else Path(folder)
    templates = SHIPPED if place is None else templates_of(place)
    profile = programmes.load(programme or programmes.available(templates)[0], templates=templates)
    asked = [languages] if isinstance(languages, str) else list(languages) or [profile.languages[0]]
    wanted = tuple(dict.fromkeys(each for version in asked for each in versions_of(version, profile)))
    return Loaded(read_records(records, schema.load(), profile.languages[0]), profile, wanted, place, place)
