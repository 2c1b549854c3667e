"""Read the papers of a visa dossier back from their PDFs, in French, and name what disagrees with data or papers."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from decimal import Decimal
from itertools import pairwise
from pathlib import Path

from reading_pdf import read_pdf_text

from pemdocs.data.dataset import Linked
from pemdocs.facts.stays import destination_of
from pemdocs.model import Money
from pemdocs.words.naming import say_place

MONTHS = ("janv", "févr", "mars", "avr", "mai", "juin", "juil", "août", "sept", "oct", "nov", "déc")
MONTH = "|".join(
    f"{short}(?:{rest}|\\.)" if rest else short
    for short, rest in zip(
        MONTHS, ("ier", "ier", "", "il", "", "", "let", "", *["embre", "obre", "embre", "embre"]), strict=True
    )
)
DAY = rf"(\d{{1,2}})(?: ?er)? ({MONTH}) (\d{{4}})"
LAW = {date(2025, 10, 12), date(2026, 4, 10), date(1981, 10, 8)}
"""The days that papers tell of the entry/exit system and of the decree on the formal obligation."""

SHEETS = ("01", "02", "03", "04", "05", "06", "07", "08", "09", "10", "13", "14")
"""The papers by the number of their file: all but those of the team, which count days of their own."""

ITEMS = {"travel": "voyage", "lodging": "hébergement", "subsistence": "séjour", "insurance": "assurance"}

Found = set[tuple[str, object]]


def papers(folder: Path) -> dict[str, str]:
    """What each paper of a dossier says, by the number of its file; a line for each block."""
    files = sorted(each for each in folder.glob("[0-9]*.pdf") if each.name[:2] in SHEETS)
    return {each.name[:2]: plain(read_pdf_text(each.read_bytes())) for each in files}


def plain(text: str) -> str:
    """The text with plain spaces; a word that a line breaks at its hyphen is whole again."""
    lines = (re.sub(r"\s+", " ", line) for line in text.replace("'", "’").split("\n"))
    return "\n".join(re.sub(r"(?<=\w)- (?=\w)", "-", line) for line in lines)


# What a text says


def said(text: str) -> Found:
    """The sums, days, numbers, ways to reach somebody, towns and names that a text says."""
    return {(sort, value) for sort, read in READERS.items() for value in read(text)}


def _sums(text: str) -> Iterator[object]:
    for number, sign in re.findall(r"(?<![\d,])(?<!\d )(\d{1,3}(?: \d{3})*(?:,\d\d)?) (€|F CFA)", text):
        yield Decimal(number.replace(" ", "").replace(",", ".")), {"€": "EUR", "F CFA": "XOF"}[sign]


def _days(text: str) -> Iterator[object]:
    for day, month, year in re.findall(DAY, text):
        yield date(int(year), 1 + next(n for n, m in enumerate(MONTHS) if month.startswith(m)), int(day))
    for day, month, year in re.findall(r"\b(\d\d)[-/](\d\d)[-/](\d{4})\b", text):
        yield date(int(year), int(month), int(day))


def _towns_said(text: str) -> Iterator[object]:
    """The towns behind their postal codes; a year behind its month is none."""
    for each in re.finditer(r"(?<!\d)(?<!\d )[1-9]\d{3} [A-ZÀ-Ý][\w’]+(?:-[\w’]+)*", text):
        if not re.search(rf"(?:{MONTH}) $|[-/]$", text[: each.start()]):
            yield each[0]


def _found(pattern: str) -> Callable[[str], Iterator[object]]:
    return lambda text: iter(re.findall(pattern, text))


READERS: Mapping[str, Callable[[str], Iterator[object]]] = {
    "sum": _sums,
    "day": _days,
    "passport": _found(r"\b[A-Z]\d{8}\b"),
    "register": _found(r"\bSN-[A-Z]{3}-\d{4}-[A-Z]-\d+\b"),
    "company number": _found(r"\b\d{4}\.\d{3}\.\d{3}\b"),
    "phone": lambda text: (each.replace(" ", "") for each in re.findall(r"\+\d[\d ]{6,}\d", text)),
    "mail": _found(r"[\w.]+@[\w.]+\w"),
    "town": lambda text: _towns_said(text),
    "flight": _found(r"\bAT \d{4}\b"),
    "name": _found(r"(?:M\.|Mme) (?:[A-ZÀ-Ý]\w+(?:[ -][A-ZÀ-Ý]\w+)* )?([A-ZÀ-Ý]{2,}(?:[ -][A-ZÀ-Ý]{2,})*)\b"),
    "whole name": _found(r"(?:M\.|Mme) ([A-ZÀ-Ý]\w+(?:[ -][A-ZÀ-Ý]\w+)* [A-ZÀ-Ý]{2,}(?:[ -][A-ZÀ-Ý]{2,})*)\b"),
    "passenger": _found(r"\b[A-ZÀ-Ý]{2,}/[A-ZÀ-Ý ]{2,}\b"),
}


# What the data say


def known(case: Linked) -> Found:
    """What the records of a dossier and what is computed of them let its papers say."""
    values = [value for each in _records(case) for value in _values(each)]
    days = {each for each in values if isinstance(each, date)} | {day.date for day in case.agenda} | LAW
    days |= {each for each in (case.latest_exit, case.overstay, *(case.window or ())) if isinstance(each, date)}
    figures = [figure for known in destination_of(case).figures.values() for figure in known]
    days |= {figure.valid_from for figure in figures}
    sums = {(each.amount, each.currency) for each in values if isinstance(each, Money)}
    sums |= {(Decimal(each.value), each.unit) for each in figures if each.unit in ("EUR", "XOF")}
    sums |= {(each.amount, "EUR") for each in case.subsistence} | {(case.needed, "EUR"), (case.available_eur, "EUR")}
    sums |= {(each.amount, each.currency) for each in case.costs if each.amount is not None}
    words = "\n".join(each for each in values if isinstance(each, str))
    found = {("day", each) for each in days} | {("sum", each) for each in sums} | said(plain(words))
    return found | set(_named(case)) | set(_towns(case))


def _records(case: Linked) -> Iterator[Linked]:
    pair = case.partnership
    yield from (case, *case.legs, *case.lodgings, *case.means, *case.insurance, *case.supporting_documents)
    for stay in case.invited:
        yield from filter(None, (stay, stay.person, stay.passport, stay.home_company, *stay.person.travel_history))
    invitation = case.invitation
    people = [fund.guarantor for fund in case.means] + [case.mission_signatory, case.support_signatory, case.filled_by]
    people += [invitation.signatory, invitation.contact, invitation.company, invitation] if invitation else []
    yield from filter(None, [*people, case.host_company, *case.meetings, *case.activities])
    if pair:
        yield from filter(None, (pair, pair.cohort, pair.charter, pair.host_person, *pair.activities, *pair.meetings))
        yield from (*pair.objectives, *(each for each in (pair.cohort.contact if pair.cohort else None,) if each))


def _values(record: Linked) -> Iterator[object]:
    for name, field in record.table.fields.items():
        value = record.record.value(name)
        if field.money and value is not None:
            yield Money(Decimal(value), record.record.value(field.money) or "EUR")
        elif isinstance(value, dict):
            yield from value.values()
        else:
            yield value


def _named(case: Linked) -> Iterator[tuple[str, object]]:
    for stay in case.invited:
        who = stay.passport if stay.passport and stay.passport.family_name else stay.person
        yield "name", who.family_name.upper()
        yield "whole name", f"{who.given_names} {who.family_name.upper()}"


def _towns(case: Linked) -> Iterator[tuple[str, object]]:
    """The towns with their postal codes, named as a French paper names them."""
    seat = case.dataset.programme.profile["implementer"]["address"]["fr"]
    yield from (("town", each) for each in _towns_said(seat))
    for company in filter(None, (case.host_company, case.home_company)):
        yield "town", f"{company.postal_code} {say_place(company.commune or '', 'fr')}"
    for lodging in case.lodgings:
        code = (lodging.address or "").split(", ")[-1]
        yield "town", f"{code} {say_place(lodging.city or '', 'fr')}"


# What does not agree


def disagreements(case: Linked, told: Mapping[str, str]) -> list[str]:
    """What papers say and the data do not, or one paper otherwise than another, each with the number of the file."""
    there = known(case)
    found = [f"{number}: {sort} {value}" for number, text in told.items() for sort, value in said(text) - there]
    return sorted([*found, *_addresses(case, told), *_subjects(told), *_payers(case, told)])


def _addresses(case: Linked, told: Mapping[str, str]) -> Iterator[str]:
    """Where a paper begins a street that the data know, it goes on as they do."""
    streets = {each.address for each in (*case.lodgings, case.host_company, case.home_company) if each and each.address}
    homes = [case.person, *(fund.guarantor for fund in case.means)]
    streets |= {each.home_address for each in homes if each and each.home_address}
    for number, text in told.items():
        for street in map(plain, streets):
            begun = re.match(r"[^\d,]+", street)
            begins = begun[0] if begun and len(begun[0]) > 6 else street
            whole = [each for each in map(plain, streets) if each.startswith(begins)]
            for place in (each.start() for each in re.finditer(re.escape(begins) + r"(?=[\d,])", text)):
                if not any(text.startswith(each, place) for each in whole):
                    yield f"{number}: address {text[place : place + 40]!r}"


SUBJECTS = {
    "last day": rf"espace Schengen au plus tard le {DAY}",
    "days of the stay": r"\((\d+) jours|: (\d+) jours et",
    "passport until": rf"valable jusqu’au {DAY}",
    "born": rf"\b[Nn]ée? le {DAY}",
}


def _subjects(told: Mapping[str, str]) -> Iterator[str]:
    for subject, pattern in SUBJECTS.items():
        values = {number: re.findall(pattern, text) for number, text in told.items()}
        heard = {number: {"".join(each).lstrip() for each in found} for number, found in values.items() if found}
        alone = {number: next(iter(each)) for number, each in heard.items() if len(each) == 1}
        if len(set(alone.values())) > 1:
            yield f"{subject}: {alone}"


def _payers(case: Linked, told: Mapping[str, str]) -> Iterator[str]:
    """Who pays what is the same in each paper that tells it."""
    tables = {number: dict(_paid(case, number, told[number])) for number in ("02", "03", "04", "07") if number in told}
    heard = {number: table for number, table in tables.items() if table}
    for item in ITEMS:
        who = {number: table.get(item, frozenset()) for number, table in heard.items()}
        if len(set(who.values())) > 1:
            yield f"payer of {item}: {who}"


def _paid(case: Linked, number: str, text: str) -> Iterator[tuple[str, frozenset[str]]]:
    clauses = _table(text) if number == "07" else _clauses(number, text)
    paid: dict[str, set[str]] = {}
    for items, payer in clauses:
        for item, word in ITEMS.items():
            if word in items.casefold():
                paid.setdefault(item, set()).add(_payer(case, number, payer))
    yield from ((item, frozenset(names)) for item, names in paid.items())


def _clauses(number: str, text: str) -> Iterable[tuple[str, str]]:
    if number == "04":
        told = re.search(r"Prise en charge\n(.*)", text)
        return [tuple(each.split(" : ", 1)) for each in told[1].split(" ; ")] if told else []  # type: ignore[misc]
    told = re.search(r"Les frais [^.]*? sont pris en charge par [^.]*(?:M\. [^.]*)*\.", text)
    return re.findall(r"es frais (.*?)(?: sont pris en charge|,) par ([^;]*)", told[0].rstrip(".")) if told else []


def _table(text: str) -> Iterator[tuple[str, str]]:
    lines = text.split("\n")
    if "Qui paie quoi" in lines and "Moyens disponibles" in lines:
        rows = lines[lines.index("Qui paie quoi") : lines.index("Moyens disponibles")]
        for line, after in pairwise(rows):
            if line in ("Voyage", "Hébergement", "Frais de séjour", "Assurance"):
                yield line, after


def _payer(case: Linked, number: str, words: str) -> str:
    """Who is meant: a letter calls its own company “our company”, and who signs it “myself”."""
    own = case.host_company if number == "02" else case.home_company
    words = words.strip()
    if "PEM WECCO" in words or words == "le programme":
        return "programme"
    if words in ("notre entreprise", "l’entreprise", "l’entreprise qui l’envoie", "l’entreprise qui les envoie"):
        company = own if words in ("notre entreprise", "l’entreprise") else case.home_company
        return str(company.name)
    if words == "moi-même":
        return str(case.invitation.signatory.full_name)
    if case.person.family_name.upper() in words or words == case.person.full_name:
        return str(case.person.full_name)
    return words.removeprefix("l’entreprise ")
