"""Tell whether an identifier is right, and write it the usual way. Only this module uses stdnum and phonenumbers.

Sources: python-stdnum (NINEA, ICE, KBO, VAT), OHADA's nomenclature of the trade register (RCCM), libphonenumber.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from urllib.parse import urlsplit

import phonenumbers
from stdnum.be import vat as be_vat
from stdnum.exceptions import InvalidChecksum, ValidationError
from stdnum.ma import ice
from stdnum.sn import ninea

RCCM_SHORT = re.compile(r"([A-Z]{2})[-. ]?([A-Z]{3})[-. ]?((?:19|20)\d{2})[-. ]?([ABCDEKMRS])[-. ]?(\d{1,6})")
RCCM_LONG = re.compile(r"([A-Z]{2})-([A-Z]{3})-(\d{2})-((?:19|20)\d{2})-([A-Z]\d{2})-(\d{5,6})")
REGISTRATIONS = frozenset("ABCEK")
"""Key letters of a registration; D, M, R and S are later filings."""

COFI = re.compile(r"[012][A-Z][0-9]")
"""The tax code behind a NINEA: status, tax centre, legal form; wider than stdnum's list, for letterheads show more."""

EMAIL = re.compile(r"[^@\s<>,;:?()\[\]\"]+@[^@\s<>,;:?()\[\].]+(\.[^@\s<>,;:?()\[\].]+)+")
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+\.?(?::\d{1,5})?")
CALLED = re.compile(
    r"^\W*(?:t[ée]l(?:[ée]phone)?|phone|gsm|mobile|portable)\b[.:\s]*|\bext\.? ?(?=\d+$)", re.IGNORECASE
)
"""What may stand around a telephone number in letters."""

DOUBT = re.compile(r"[^\W\d_]|[?*~≈#]")
"""What may not: a letter O is no zero, though a keypad would dial a 6 for it."""


Fault = str
"""Why an identifier is wrong: ``identifier-form``, ``identifier-check-digit`` or ``identifier-is-filing``; else ''."""


def checked(format: str) -> bool:
    """Whether values of this format can be wrong."""
    return format in _CHECKS


def fault(format: str, value: str, country: str = "") -> Fault:
    """What is wrong with a value of this format; the empty text where nothing is. Unknown formats are never wrong."""
    check = _CHECKS.get(format)
    return check(value, country) if check else ""


def written(format: str, value: str, country: str = "") -> str:
    """The usual way to write it: ``0403.019.261``, ``SN-DKR-2021-B-12345``; a value that is wrong stays as it is."""
    write = _WRITERS.get(format)
    return write(value, country) if write and not fault(format, value, country) else value


def meant(format: str, value: str, countries: Iterable[str] = ()) -> str:
    """What a wrong value was probably meant to be; the empty text where that is not plain.

    ``countries`` are those that a telephone number without its country may be of. Check digits are worked out where the
    other digits leave only one: that is right if those are.
    """
    guesses = (each for guess in _MENDERS.get(format, ()) for each in guess(value.strip(), tuple(countries)))
    right = dict.fromkeys(written(format, each) for each in guesses if not fault(format, each))
    return next(iter(right)) if len(right) == 1 else ""


def lacks(value: str) -> str:
    """What a wrong e-mail address lacks, in a word that does not tell it: ``at``, ``dot``, ``space``, ``several``."""
    if len(EMAIL.findall(value)) > 1 or value.count("@") > 1:
        return "several"
    if "@" not in value:
        return "at"
    return "space" if re.search(r"\s", value.strip()) else "dot"


def prefix(value: str, countries: Iterable[str]) -> str:
    """The country code that a telephone number lacks: ``+32``; empty where it has one, or where that is not plain."""
    return "" if value.strip().startswith("+") else meant("phone", value, countries).partition(" ")[0]


def _abroad(value: str, countries: tuple[str, ...]) -> Iterator[str]:
    """A telephone number as it would be in each of these countries, or with the sign that its country code lacks."""
    digits = re.sub(r"[^0-9+]", "", value)
    for country in countries:
        with suppress(phonenumbers.NumberParseException):
            number = phonenumbers.parse(digits, country)
            yield phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
    yield f"+{digits.lstrip('+0')}"


def _address(value: str, _countries: tuple[str, ...]) -> Iterator[str]:
    yield re.sub(r"\s", "", value.replace("(at)", "@").replace("[at]", "@").replace(",", "."))


def _page(value: str, _countries: tuple[str, ...]) -> Iterator[str]:
    bare = re.sub(r"\s", "", value)
    yield re.sub(r"^(?:[a-z]{2,6}[:;/\\]+)?", "https://", bare.replace("\\", "/"), count=1, flags=re.IGNORECASE)


def _checked(tail: int) -> Callable[[str, tuple[str, ...]], Iterator[str]]:
    """Guesses with every other check digit, of so many."""

    def guess(value: str, _countries: tuple[str, ...]) -> Iterator[str]:
        number, rest = _ninea_parts(value)
        if number[-tail:].isdigit():
            yield from (f"{number[:-tail]}{each:0{tail}}{rest}" for each in range(10**tail))

    return guess


def _longer(*lengths: int) -> Callable[[str, tuple[str, ...]], Iterator[str]]:
    """Guesses with the zeros that Excel takes away at the front."""

    def guess(value: str, _countries: tuple[str, ...]) -> Iterator[str]:
        number, rest = _ninea_parts(value)
        fitting = (each for each in lengths if len(number) < each)
        yield from (f"{number.zfill(each)}{rest}" for each in fitting if number.isdigit())

    return guess


def _register(value: str, _countries: tuple[str, ...]) -> Iterator[str]:
    """A trade-register number with whatever parts it, and the letter O among its digits as a zero."""
    found = re.fullmatch(
        r"([A-Z]{2})([A-Z]{3})([0-9O]{4})([A-Z])([0-9O]{1,6})", re.sub(r"[^A-Z0-9]", "", value.upper())
    )
    if found:
        country, town, year, letter, number = found.groups()
        yield f"{country}-{town}-{year.replace('O', '0')}-{letter}-{number.replace('O', '0')}"


def _squeezed(value: str) -> str:
    return re.sub(r"[\s.\-/]", "", value).upper()


def _ninea_parts(value: str) -> tuple[str, str]:
    text = _squeezed(value)
    return (text[:-3], text[-3:]) if COFI.fullmatch(text[-3:]) else (text, "")


def _ninea_fault(value: str, _country: str) -> Fault:
    number, _ = _ninea_parts(value)
    if not re.fullmatch(r"\d{7}|\d{9}", number):
        return "identifier-form"
    return _stdnum_fault(ninea.validate, number)


def _ice_fault(value: str, _country: str) -> Fault:
    digits = _squeezed(value)
    return _stdnum_fault(ice.validate, digits) if re.fullmatch(r"[0-9]{15}", digits) else "identifier-form"


def _kbo_digits(value: str) -> str:
    digits = _squeezed(value).removeprefix("BE")
    return digits.zfill(10) if len(digits) == 9 else digits


def _kbo_fault(value: str, _country: str) -> Fault:
    digits = _kbo_digits(value)
    return _stdnum_fault(be_vat.validate, digits) if re.fullmatch(r"[01]\d{9}", digits) else "identifier-form"


def _vat_fault(value: str, country: str) -> Fault:
    return _kbo_fault(value, country) if _squeezed(value).startswith("BE") else "identifier-form"


def _stdnum_fault(validate: Callable[[str], str], number: str) -> Fault:
    try:
        validate(number)
    except InvalidChecksum:
        return "identifier-check-digit"
    except ValidationError:
        return "identifier-form"
    return ""


def _rccm_match(value: str) -> re.Match[str] | None:
    text = value.strip().upper()
    return RCCM_SHORT.fullmatch(text) or RCCM_LONG.fullmatch(text)


def _rccm_fault(value: str, _country: str) -> Fault:
    match = _rccm_match(value)
    if match is None:
        return "identifier-form"
    letter = match[4] if match.re is RCCM_SHORT else match[5][0]
    return "" if letter in REGISTRATIONS else "identifier-is-filing"


def rccm_country(value: str) -> str:
    """The country whose register a well-formed RCCM names; else the empty text."""
    match = _rccm_match(value)
    return match[1] if match else ""


def _phone_fault(value: str, country: str) -> Fault:
    if DOUBT.search(CALLED.sub("", value)):
        return "identifier-form"
    try:
        number = phonenumbers.parse(value, country or None)
    except phonenumbers.NumberParseException:
        return "identifier-form"
    return "" if phonenumbers.is_valid_number(number) else "identifier-form"


def _email_fault(value: str, _country: str) -> Fault:
    return "" if EMAIL.fullmatch(value) else "identifier-form"


def _uri_fault(value: str, _country: str) -> Fault:
    try:
        parts = urlsplit(value if "//" in value else f"https://{value}")
    except ValueError:  # a bracket that is no IPv6 address
        return "identifier-form"
    web = parts.scheme in ("http", "https") and HOST.fullmatch(parts.netloc)
    return "" if web and " " not in value else "identifier-form"


def _ninea_written(value: str, _country: str) -> str:
    number, cofi = _ninea_parts(value)
    return f"{number} {cofi}".strip()


def _ice_written(value: str, _country: str) -> str:
    return _squeezed(value)


def _kbo_written(value: str, _country: str) -> str:
    digits = _kbo_digits(value)
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def _vat_written(value: str, country: str) -> str:
    return f"BE {_kbo_written(value, country)}"


def _rccm_written(value: str, _country: str) -> str:
    match = _rccm_match(value)
    return "-".join(match.groups()) if match else value


def _phone_written(value: str, country: str) -> str:
    number = phonenumbers.parse(value, country or None)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)


_CHECKS: dict[str, Callable[[str, str], Fault]] = {
    "ninea": _ninea_fault,
    "ice": _ice_fault,
    "kbo": _kbo_fault,
    "vat": _vat_fault,
    "rccm": _rccm_fault,
    "phone": _phone_fault,
    "email": _email_fault,
    "uri": _uri_fault,
}

_WRITERS: dict[str, Callable[[str, str], str]] = {
    "ninea": _ninea_written,
    "ice": _ice_written,
    "kbo": _kbo_written,
    "vat": _vat_written,
    "rccm": _rccm_written,
    "phone": _phone_written,
}

_MENDERS: dict[str, tuple[Callable[[str, tuple[str, ...]], Iterator[str]], ...]] = {
    "ninea": (_longer(7, 9), _checked(1)),
    "ice": (_longer(15), _checked(2)),
    "kbo": (_checked(2),),
    "vat": (_checked(2), lambda value, _: iter([f"BE{value}"])),
    "rccm": (_register,),
    "phone": (_abroad,),
    "email": (_address,),
    "uri": (_page,),
}
"""Who guesses what was meant."""
