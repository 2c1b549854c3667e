"""What a tracker says of a dossier or a charter: how far it is, what is missing, who acts, until when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

DOSSIER, CHARTER = "dossier", "charter"

COLLECTING, READY, APPOINTMENT, LODGED, COMPLEMENT = "collecting", "ready", "appointment", "lodged", "complement"
DECIDED, ISSUED, REFUSED, APPEAL = "decided", "issued", "refused", "appeal"
TRAVELLED, RETURNED, WITHDRAWN = "travelled", "returned", "withdrawn"
STAGES = (COLLECTING, READY, APPOINTMENT, LODGED, COMPLEMENT, DECIDED, ISSUED, REFUSED, APPEAL, TRAVELLED, RETURNED,
          WITHDRAWN)  # fmt: skip
"""How far a dossier is, in the order in which it goes; how far a charter is, ``facts.signatures.STATES`` say."""

OVER = frozenset({RETURNED, WITHDRAWN, "signed"})
"""The stages after which nothing is left to do."""

TRAVELLER, TEAM, HOME, HOST, GUARANTOR, CONSULATE = (
    "traveller", "team", "home-company", "host-company", "guarantor", "consulate",
)  # fmt: skip
ACTORS = (TRAVELLER, TEAM, HOME, HOST, GUARANTOR, CONSULATE)
"""Who may have to act."""


class Missing(NamedTuple):
    """One thing that is missing, and who brings it (one of ``ACTORS``).

    ``sort`` says what ``code`` is: of a ``piece``, a ``translation`` or a ``signature`` the piece of the consulate's
    list (of a charter's signature the kind of document), of an ``error`` the code of the finding, of a ``date`` what is
    to be fixed, done or entered: ``appointment``, ``lodged``, ``complement``, ``sticker``, ``notified``, ``grounds``,
    ``entered``, ``left``.
    """

    sort: str
    code: str
    who: str


class Deadline(NamedTuple):
    """A day, and what it is the last or expected day of."""

    day: date
    about: str


@dataclass(frozen=True, slots=True, repr=False)
class Tracked:
    """How far a dossier or a charter is. Nothing in it is restricted but ``traveller``, which is there if asked for.

    ``case`` is the id of the stay (``S-07``) or of the pair (``P-07``), ``kind`` is ``dossier`` or ``charter``.
    ``role`` is the traveller's (``entrepreneur``), empty for a charter; ``traveller`` the full name, empty unless names
    were asked for. ``cohort`` is the id of the pair's cohort, empty where there is none.
    ``stage`` is one of ``STAGES``, or of a charter one of ``facts.signatures.STATES``. ``missing`` are the things that
    keep it from going on, ``who`` those who must act, whoever has most to do first. ``deadline`` is the next day that
    counts, ``about`` what it is about (``appointment``, ``lodge-by``, ``complement``, ``decision``,
    ``decision-longest``, ``entry``, ``exit``, ``appeal``, ``sign-by``); ``days_left`` are the days until then, below
    zero where it is past. All three are empty where nothing is due.
    """

    case: str
    kind: str
    traveller: str
    role: str
    cohort: str
    stage: str
    missing: tuple[Missing, ...]
    who: tuple[str, ...]
    deadline: date | None
    about: str
    days_left: int | None

    def __repr__(self) -> str:
        return f"<Tracked {self.kind} {self.case}: {self.stage}>"

    @property
    def over(self) -> bool:
        """Whether nothing is left to do."""
        return self.stage in OVER
