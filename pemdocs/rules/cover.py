"""Rules about what must be covered: the days by insurance, the nights by lodging, the costs by means."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from pemdocs.facts.stays import DAY, destination_of, figure_of, months_later
from pemdocs.model import Finding, Money, Severity
from pemdocs.rules import at, rule
from pemdocs.rules.stays import VISA_CODE, still_planned, unconfirmed

INSURANCE = f"{VISA_CODE}, art. 15"
OBLIGATION = "Belgium: Royal Decree of 8 October 1981, annex 3bis"
EURO = "EUR"

Run = tuple[date, date]
"""The first and the last of days that follow each other."""


def _runs(days: Iterable[date]) -> Iterator[Run]:
    found: list[date] = []
    for day in sorted(days):
        if found and day != found[-1] + DAY:
            yield found[0], found[-1]
            found = []
        found.append(day)
    if found:
        yield found[0], found[-1]


def _said(first: date, last: date) -> dict[str, object]:
    """The facts of a run; of a single day only the first."""
    return {"first": first, "last": last if last != first else None, "count": (last - first).days + 1}


def _policies(stay: Any) -> tuple[Any, ...]:
    """The policies of a traveller who needs one: diplomatic passports are exempt by art. 15(7)."""
    policies: tuple[Any, ...] = stay.insurance
    return () if stay.passport is not None and stay.passport.kind == "diplomatic" else policies


@rule("insurance-dates", source=f"{INSURANCE}(2) and (3)")
def insurance_dates(stay: Any) -> Iterator[Finding]:
    """Every day of the stay is insured."""
    policies = [each for each in _policies(stay) if each.start and each.end]
    bare = [day.date for day in stay.used if not any(each.start <= day.date <= each.end for each in policies)]
    for first, last in _runs(bare) if policies else ():
        before = [each for each in policies if each.end < first]
        if before:
            yield at(max(before, key=lambda each: each.end), "end", **_said(first, last))
        else:
            yield at(min(policies, key=lambda each: each.start), "start", **_said(first, last))


@rule("insurance-amount", source=f"{INSURANCE}(3)")
def insurance_amount(stay: Any) -> Iterator[Finding]:
    """The insurance covers the amount that the law asks."""
    figure = figure_of(stay, "insurance_minimum")
    for policy in _policies(stay) if figure else ():
        euro = _euro(stay, policy.amount, policy.currency)
        if figure and euro is not None and euro < figure.value:
            yield at(policy, "amount", amount=Money(policy.amount, policy.currency), limit=Money(figure.value, EURO),
                     unconfirmed=unconfirmed(figure))  # fmt: skip


def _euro(stay: Any, amount: Decimal | None, currency: str | None) -> Decimal | None:
    """An amount in euro; ``None`` where there is none, or its currency has no fixed rate."""
    rates = {EURO: Decimal(1), **destination_of(stay).peg}
    return amount / rates[currency] if amount is not None and currency in rates else None


@rule("insurance-territory", source=f"{INSURANCE}(3)")
def insurance_territory(stay: Any) -> Iterator[Finding]:
    """The insurance is valid in all Schengen states."""
    for policy in _policies(stay):
        if policy.territory == "one-state":
            yield at(policy, "territory")


@rule("insurance-cover", source=f"{INSURANCE}(1)")
def insurance_cover(stay: Any) -> Iterator[Finding]:
    """The insurance pays for repatriation, urgent care and hospital."""
    for policy in _policies(stay):
        for name in ("repatriation", "urgent_care", "hospital"):
            if getattr(policy, name) is False:
                yield at(policy, name)


@rule("nights-without-lodging", source=f"{VISA_CODE}, art. 14(1)(b)", severity=Severity.WARNING)
def nights_without_lodging(stay: Any) -> Iterator[Finding]:
    """Of every night of the stay it is known where it is spent."""
    bare = [night.date for night in stay.night_list if night.lodging is None and night.leg is None]
    for first, last in _runs(bare) if still_planned(stay) else ():
        yield at(stay, "id", target="lodging", **_said(first, last))


@rule("nights-doubled", source=f"{VISA_CODE}, art. 14(1)(b)", severity=Severity.WARNING)
def nights_doubled(stay: Any) -> Iterator[Finding]:
    """No night of the stay is spent in two places."""
    for first, last in _runs(night.date for night in stay.night_list if night.doubled):
        yield at(stay, "id", target="lodging", **_said(first, last))


@rule("means-not-covered", source=f"{VISA_CODE}, art. 14(1)(c)", severity=Severity.WARNING)
def means_not_covered(stay: Any, needed: Any) -> Iterator[Finding]:
    """The means reach the reference amounts of the destination for every day."""
    if stay.covered is False and still_planned(stay):
        sources = unconfirmed(*(part.figure for part in stay.subsistence))
        there = Money(stay.available_eur, EURO)
        yield at(stay, "id", needed=Money(needed, EURO), there=there, days=stay.days, unconfirmed=sources,
                 target="means")  # fmt: skip


@rule("guarantor-income", source=f"{OBLIGATION}; Act of 26 May 2002, art. 14", severity=Severity.WARNING)
def guarantor_income(fund: Any, stay: Any) -> Iterator[Finding]:
    """Who signs a formal obligation has the income that is asked for it."""
    figure, euro = figure_of(stay, "guarantor_income"), _euro(stay, fund.monthly_income, fund.currency)
    if fund.kind == "formal-obligation" and figure and euro is not None and euro < figure.value:
        yield at(fund, "monthly_income", amount=Money(fund.monthly_income, fund.currency),
                 limit=Money(figure.value, EURO), unconfirmed=unconfirmed(figure))  # fmt: skip


@rule("obligation-old", source=OBLIGATION, severity=Severity.NOTE)
def obligation_old(fund: Any, stay: Any) -> Iterator[Finding]:
    """A formal obligation was legalised shortly before the application."""
    figure, lodged = figure_of(stay, "obligation_validity_months"), stay.appointment or stay.entry
    if figure and lodged and fund.legalised and months_later(fund.legalised, int(figure.value)) < lodged:
        yield at(fund, "legalised", months=figure.value, unconfirmed=unconfirmed(figure))
