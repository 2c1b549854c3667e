"""Facts of a stay about money: what the days cost by the destination's rates, who pays what, whether it is covered."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from typing import Any, NamedTuple

from pemdocs.data.registry import fact
from pemdocs.facts.stays import OFFERED, destination_of, figure_of, lodging_of_days, payers
from pemdocs.project.destination import Figure

PLEDGE = "formal-obligation"
"""The means by which a guarantor answers, and the piece that proves it."""

WHOLE = frozenset({"all-expenses", PLEDGE})
"""Means by which somebody else answers for everything."""

EURO = "EUR"


class Subsistence(NamedTuple):
    """Days at one reference amount."""

    kind: str
    days: int
    rate: Decimal
    amount: Decimal
    figure: Figure


class Bearer(NamedTuple):
    """Who pays: what is paid wholly, and what somebody else pays too; ``None`` where it is not known who."""

    payer: str | None
    wholly: tuple[str, ...]
    partly: tuple[str, ...]


class Cost(NamedTuple):
    """What is paid, by whom, how much as far as it is known, and whether it is booked already."""

    what: str
    payer: str | None
    amount: Decimal | None
    currency: str | None
    booked: str | None


@fact("stay", "restricted")
def subsistence(stay: Any) -> tuple[Subsistence, ...]:
    """The days by their reference amount; a night of which nothing is known counts at the hotel's."""
    counted = Counter(
        "private" if lodging is not None and lodging.kind in OFFERED else "hotel"
        for _, lodging in lodging_of_days(stay)
    )
    found = []
    for kind in ("hotel", "private"):
        figure = figure_of(stay, f"daily_{kind}")
        if counted[kind] and figure:
            found.append(Subsistence(kind, counted[kind], figure.value, figure.value * counted[kind], figure))
    return tuple(found)


@fact("stay", "restricted")
def daily(stay: Any) -> Figure | None:
    """The reference amount of most days."""
    return max(subsistence(stay), key=lambda each: each.days).figure if subsistence(stay) else None


@fact("stay", "restricted")
def needed(stay: Any) -> Decimal | None:
    """Means asked for the whole stay, in euro; ``None`` where the destination's amounts are not known."""
    parts = subsistence(stay)
    return sum((each.amount for each in parts), Decimal(0)) if parts else None


@fact("stay", "restricted", table="means")
def available(stay: Any) -> tuple[Any, ...]:
    """The means that are named."""
    there: tuple[Any, ...] = stay.means
    return there


@fact("stay", "restricted")
def available_eur(stay: Any) -> Decimal:
    """The means that have an amount, in euro to the cent; a currency without a fixed rate is not counted."""
    rates = {EURO: Decimal(1), **destination_of(stay).peg}
    known = [fund for fund in stay.means if fund.amount is not None and fund.currency in rates]
    return sum((fund.amount / rates[fund.currency] for fund in known), Decimal(0)).quantize(Decimal("0.01"))


@fact("stay", "restricted")
def sponsored(stay: Any) -> bool:
    """Whether somebody answers for the traveller by a formal obligation, signed or to be signed."""
    return bool(pledges(stay))


@fact("stay", "restricted", table="means")
def pledges(stay: Any) -> tuple[Any, ...]:
    """The formal obligations among the means."""
    return tuple(fund for fund in stay.means if fund.kind == PLEDGE)


@fact("stay", "restricted")
def pledge_signed(stay: Any) -> bool:
    """Whether the formal obligation is signed: it is there as a piece, or each is legalised by the day of the data."""
    there = PLEDGE in stay.dataset.attached(stay.record.id)
    there = there or any(row.piece == PLEDGE and row.status == "present" for row in stay.supporting_documents)
    made = [fund.legalised for fund in pledges(stay)]
    return bool(made) and (there or all(day and day <= stay.dataset.as_of for day in made))


@fact("stay", "restricted", table="people")
def guarantor(stay: Any) -> Any:
    """Who has signed, or is to sign, a formal obligation for the traveller: the first that is named."""
    return next((fund.guarantor for fund in pledges(stay) if fund.guarantor), None)


@fact("stay", "restricted")
def covered(stay: Any) -> bool | None:
    """Whether the means reach what is needed, or somebody answers for everything."""
    asked = needed(stay)
    if any(fund.kind in WHOLE for fund in stay.means):
        return True
    return None if asked is None else available_eur(stay) >= asked


@fact("stay", "restricted")
def costs(stay: Any) -> tuple[Cost, ...]:
    """What is paid of the stay, by item and payer: never a sum that nobody pays."""
    said = payers(stay)
    insured = [_policy(policy, said.insurance) for policy in stay.insurance]
    return (
        *_summed("travel", stay.transport, said.travel),
        *_summed("lodging", stay.lodging, said.lodging),
        *_allowed(stay, said.subsistence),
        *(insured[:1] or [Cost("insurance", said.insurance, None, None, None)]),
    )


@fact("stay", "restricted")
def bearers(stay: Any) -> tuple[Bearer, ...]:
    """Who pays what, by payer, in the order of the items: the same people as in the table of the costs."""
    paid: dict[str | None, list[str]] = {}
    for cost in costs(stay):
        items = paid.setdefault(cost.payer, [])
        items += [] if cost.what in items else [cost.what]
    shared = Counter(what for items in paid.values() for what in items)
    return tuple(
        Bearer(payer, tuple(w for w in items if shared[w] == 1), tuple(w for w in items if shared[w] > 1))
        for payer, items in paid.items()
    )


def _policy(policy: Any, payer: str | None) -> Cost:
    """What is paid for a policy; it is taken out when it has a number."""
    return Cost("insurance", policy.payer or payer, None, None, "taken" if policy.number else None)


def _allowed(stay: Any, payer: str | None) -> Iterator[Cost]:
    """What is paid for the daily costs: the allowances."""
    sums: dict[tuple[str | None, str | None], Decimal] = {}
    for fund in stay.means:
        if fund.kind == "allowance" and fund.amount is not None:
            key = (fund.payer or payer, fund.currency)
            sums[key] = sums.get(key, Decimal(0)) + fund.amount
    for (who, currency), amount in sums.items():
        yield Cost("subsistence", who, amount, currency, None)
    if payer not in {who for who, _ in sums}:
        yield Cost("subsistence", payer, None, None, None)


def _summed(what: str, records: Iterable[Any], payer: str | None) -> Iterator[Cost]:
    groups: dict[tuple[str | None, str | None, str | None], list[Decimal]] = {}
    for record in records:
        amounts = groups.setdefault((record.payer or payer, record.currency, record.booking), [])
        amounts += [record.amount] if record.amount is not None else []
    for (who, currency, booked), amounts in groups.items():
        yield Cost(what, who, sum(amounts, Decimal(0)) if amounts else None, currency if amounts else None, booked)
    if not groups:
        yield Cost(what, payer, None, None, None)
