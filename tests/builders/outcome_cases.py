"""The cases of the rules about what follows the lodging of a visa dossier."""

from __future__ import annotations

from datetime import date

from cases import ERROR, NOTE, WARNING, Case
from visa_cases import BACK

GRANTED = {"stay": "S-07", "result": "granted", "sticker_from": "2026-09-11", "sticker_until": "2026-10-12",
           "sticker_days": 15, "sticker_entries": "single"}  # fmt: skip
WAS = {**GRANTED, "entered": "2026-09-13", "left": "2026-09-26"}
REFUSED = {"stay": "S-07", "result": "refused", "decided": "2026-08-07", "notified": "2026-08-10", "grounds": "2; 13"}


def _after(status: str, outcome: dict[str, object], **further: object) -> dict[str, object]:
    """The change that gives the dossier a status and what followed its lodging."""
    return {"stays.0.status": status, "outcomes.…": {**outcome, **further}}


AFTERWARDS = {
    "follow-up-order": Case(
        WARNING,
        "outcomes![0].decided",
        _after("lodged", {"stay": "S-07", "lodged": "2026-07-20", "decided": "2026-07-19"}),
        (
            _after("lodged", {"stay": "S-07", "lodged": "2026-07-20", "decided": "2026-07-20"}),
            _after("granted", WAS),
        ),
        {"date": date(2026, 7, 19), "before": date(2026, 7, 20)},
    ),
    "complement-late": Case(
        WARNING,
        "outcomes![0].complement_given",
        _after("lodged", {"stay": "S-07", "complement_until": "2026-08-03", "complement_given": "2026-08-04"}),
        (_after("lodged", {"stay": "S-07", "complement_until": "2026-08-03", "complement_given": "2026-08-03"}),),
        {"until": date(2026, 8, 3)},
    ),
    "result-differs": Case(
        WARNING,
        "outcomes![0].result",
        _after("lodged", GRANTED),
        (_after("granted", GRANTED), {"outcomes.…": GRANTED, "stays.0.status": None}),
        {"other": "stays![0].status"},
    ),
    "sticker-not-recorded": Case(
        NOTE,
        "outcomes![0].sticker_until",
        _after("granted", GRANTED, sticker_until=None),
        (_after("granted", GRANTED), _after("refused", REFUSED)),
    ),
    "sticker-dates": Case(
        ERROR,
        "outcomes![0].sticker_until",
        _after("granted", GRANTED, sticker_until="2026-09-25"),
        (_after("granted", GRANTED, sticker_until="2026-09-26"), _after("granted", WAS, sticker_until="2026-09-25")),
        {"exit": date(2026, 9, 26)},
    ),
    "sticker-days": Case(
        ERROR,
        "outcomes![0].sticker_days",
        _after("granted", GRANTED, sticker_days=13),
        (_after("granted", GRANTED, sticker_days=14),),
        {"days": 13, "count": 14},
    ),
    "sticker-entries": Case(
        ERROR,
        "outcomes![0].sticker_entries",
        {**_after("granted", GRANTED), "stays.0.entries": "two", "transport.…": {**BACK, "kind": "train"}},
        (
            {**_after("granted", GRANTED, sticker_entries="two"), "transport.…": BACK},
            {**_after("granted", GRANTED, sticker_entries="multiple"), "transport.…": BACK},
            _after("granted", GRANTED),
        ),
        {"entries": 1, "count": 2},
    ),
    "stay-outside-sticker": Case(
        ERROR,
        "outcomes![0].left",
        _after("granted", WAS, left="2026-10-13"),
        (_after("granted", WAS), _after("granted", WAS, left="2026-09-27")),
        {"last": date(2026, 10, 12)},
    ),
    "stayed-over-90-days": Case(
        ERROR,
        "outcomes![0].left",
        {**_after("granted", WAS, left="2026-10-02", sticker_days=30),
         "travel_history.0.entry": "2026-06-29", "travel_history.0.exit": "2026-09-08"},
        ({**_after("granted", WAS, left="2026-09-30", sticker_days=30),
          "travel_history.0.entry": "2026-06-29", "travel_history.0.exit": "2026-09-08"},),
        {"limit": 90},
    ),
    "refusal-grounds-missing": Case(
        NOTE,
        "outcomes![0].grounds",
        _after("refused", REFUSED, grounds=None),
        (_after("refused", REFUSED), _after("granted", GRANTED)),
    ),
    "grounds-without-refusal": Case(
        WARNING,
        "outcomes![0].grounds",
        _after("granted", GRANTED, grounds="2"),
        (_after("refused", REFUSED),),
    ),
    "appeal-open": Case(
        NOTE,
        "outcomes![0].appealed",
        _after("refused", REFUSED),
        (
            _after("refused", REFUSED, appealed="2026-09-01"),
            _after("granted", GRANTED),
            {**_after("refused", REFUSED), "stays.0.destination": "DE"},
        ),
        {"until": date(2026, 9, 9), "days": 30, "unconfirmed": ""},
    ),
    "appeal-late": Case(
        WARNING,
        "outcomes![0].appealed",
        _after("refused", REFUSED, appealed="2026-09-10"),
        (_after("refused", REFUSED, appealed="2026-09-09"),),
        {"until": date(2026, 9, 9)},
    ),
}  # fmt: skip
