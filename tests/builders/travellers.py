"""A cohort of travellers, each with a dossier of their own: other names, passports, contacts, bookings."""

from __future__ import annotations

import re
from copy import deepcopy
from typing import Any

from projects import Data, journey

from pemdocs.knowledge.mrz import check_digit

SHARED = frozenset({"cohorts", "criteria"})
OWN = re.compile(r"\b(SN|BE|P|N|O|T|A|M|L|S|I)-(014|003|07)\b")
ALONE = frozenset({"rccm", "ninea", "kbo", "vat"})
"""What no two companies may share; only the first keeps it."""


def letters(number: int) -> str:
    """A number as letters, for names: they hold no digits."""
    return "".join("ABCDEFGHIJ"[int(digit)] for digit in f"{number:03}")


def travellers(count: int) -> Data:
    """A project of so many pairs, each with the visa dossier of its entrepreneur; it keeps every rule of a visa."""
    whole = journey()
    data: Data = {name: list(deepcopy(rows)) if name in SHARED else [] for name, rows in whole.items()}
    for number in range(1, count + 1):
        for name, rows in whole.items():
            if name not in SHARED:
                data[name] += [_own(name, row, number) for row in rows if _belongs(name, row, number)]
    return data


def case(number: int) -> str:
    """The id of a traveller's dossier."""
    return f"S-{100 + number}"


def secrets(data: Data, number: int) -> dict[str, str]:
    """What only this traveller's rows hold, by what it is."""
    person = next(each for each in data["people"] if each["id"] == f"SN-{1014 + number}-A")
    passport = next(each for each in data["travel_documents"] if each["id"] == f"T-{100 + number}")
    policy = next(each for each in data["insurance"] if each["stay"] == case(number))
    return {
        "family name": person["family_name"],
        "address": person["home_address"],
        "national id": person["national_id"],
        "passport": passport["number"],
        "zone": passport["mrz_2"],
        "policy": policy["number"],
    }


def _belongs(name: str, row: dict[str, Any], number: int) -> bool:
    own = any(isinstance(each, str) and OWN.search(each) for each in row.values())
    return own or number == 1


def _own(name: str, row: dict[str, Any], number: int) -> dict[str, Any]:
    found = {key: _under(value, number) for key, value in deepcopy(row).items() if number == 1 or key not in ALONE}
    if name == "people" and found["id"] == f"SN-{1014 + number}-A":
        found |= {"family_name": f"Ndiaye{letters(number).lower()}", "home_address": f"Rue {number:03} bis, Rufisque",
                  "national_id": f"2123{1985_00045 + number:09}", "phone": f"+221 77 1{number:02} 00 14",
                  "email": f"traveller{number:03}@example.com"}  # fmt: skip
    if name == "travel_documents":
        found |= _passport(number)
    if name == "insurance":
        found |= {"number": f"AV-2026-{7000 + number}", "insured": f"Ndiaye{letters(number)} Aïssatou Marie"}
    if name == "transport":
        found["passenger"] = f"NDIAYE{letters(number)}/AISSATOUMARIE MRS"
    if name == "lodging":
        found["guest"] = f"Mme Aïssatou Marie Ndiaye{letters(number).lower()}"
    if "holder" in found:
        found["holder"] = found["holder"].replace("NDIAYE", f"NDIAYE{letters(number)}").replace(
            "Ndiaye", f"Ndiaye{letters(number).lower()}")  # fmt: skip
    return found


def _passport(number: int) -> dict[str, str]:
    passport = f"A{number:03}34567"
    numbered, born, until, optional = f"{passport}", "850730", "310114", "<" * 14
    first, second, third = numbered + check_digit(numbered), born + check_digit(born), until + check_digit(until)
    whole = check_digit(first + second + third + optional + "<")
    zone = f"{first}SEN{second}F{third}{optional}<{whole}"
    name = f"P<SENNDIAYE{letters(number)}<<AISSATOU<MARIE"
    return {
        "number": passport,
        "family_name": f"Ndiaye{letters(number).lower()}",
        "mrz_1": f"{name:<<44}",
        "mrz_2": zone,
    }


def _under(value: Any, number: int) -> Any:
    if not isinstance(value, str):
        return value

    def renamed(found: re.Match[str]) -> str:
        base = {"014": 1014, "003": 1003, "07": 100}[found[2]]
        return f"{found[1]}-{base + number}"

    return OWN.sub(renamed, value)
