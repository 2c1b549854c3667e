"""Turn a number as people write it into an exact one. Only this module knows commas, points and group spaces."""

from __future__ import annotations

import re
import unicodedata
from datetime import date, time
from decimal import ROUND_FLOOR, Decimal

from pemdocs.data.convert import currencies, mending
from pemdocs.data.convert.unfit import Unfit, unfit
from pemdocs.data.schema import Field
from pemdocs.knowledge.rough import RoughNumber, parted

LONGEST = 40
SPACES = re.compile("[ \u00a0\u2007\u2009\u202f'’]")
"""What separates groups of digits: spaces of any width, and the Swiss apostrophe; a line break or a tab does not."""

MINUS = re.compile("^[\u2212\u2013]")
SIGN = re.compile(r"^([€$£₵₦¥₹₽])\s*(?=[\d-])|(?<=\d)\s*([€$£₵₦¥₹₽])$")
PERCENT = re.compile(r"[ \u00a0\u202f]*%$")
FULL_WIDTH = str.maketrans("＋－．，％\u3000", "+-.,% ")
"""What a keyboard for Japanese or Chinese writes beside its digits."""

PLAIN = re.compile(r"-?[0-9]+(?:[.,][0-9]+)?")
SPACED = re.compile(r"-?[0-9]{1,3}(?: [0-9]{3})+(?:[.,][0-9]+)?")
COMMAS = re.compile(r"-?[0-9]{1,3}(?:(?:,[0-9]{3}){2,}|(?:,[0-9]{3})+\.[0-9]+|(?:,[0-9]{3}){2,}\.[0-9]+)")
POINTS = re.compile(r"-?[0-9]{1,3}(?:(?:\.[0-9]{3}){2,}|(?:\.[0-9]{3})+,[0-9]+)")
AMBIGUOUS = re.compile(r"-?[1-9][0-9]{0,2}[.,][0-9]{3}")
"""Three digits behind a single separator: thousand two hundred to one reader, one and a bit to another."""

LARGEST_EXPONENT = 40
LIMIT = Decimal(10) ** LARGEST_EXPONENT


def to_number(field: Field, value: object, currency: str = "") -> Decimal:
    """The exact number; a sign of money may stand there only where the amount is known to be in that ``currency``.

    Raises ``Unfit``.
    """
    if isinstance(value, bool):
        raise unfit("not-a-number", field, value)
    if isinstance(value, int | Decimal):
        return Decimal(value)
    if isinstance(value, date):
        raise unfit("date-for-number", field, value.isoformat())
    if isinstance(value, time):
        raise unfit("time-for-number", field, value.isoformat("minutes"))
    sign, rest = parted(str(value)) if field.rough else ("", str(value))
    return RoughNumber(_read(field, rest, currency), sign) if sign else _read(field, rest, currency)


def to_integer(field: Field, value: object, currency: str = "") -> int:
    """The whole number; ``3,0`` is one, ``3,5`` is not. Raises ``Unfit``."""
    number = to_number(field, value, currency)
    if number != number.to_integral_value():
        least = int(number.to_integral_value(ROUND_FLOOR))
        raise unfit("not-an-integer", field, value, mended=f"{least} / {least + 1}")
    return int(number)


def usual(value: int | Decimal) -> bool:
    """Whether the number is one that a cell can mean; 1e999999 would fill the memory once it is written out."""
    if isinstance(value, int):
        return -LIMIT < value < LIMIT
    return value.is_finite() and abs(value.adjusted()) < LARGEST_EXPONENT


def _read(field: Field, typed: str, currency: str) -> Decimal:
    text = MINUS.sub("-", _in_one_script(typed.strip()).translate(FULL_WIDTH))
    if len(text) > LONGEST:
        raise unfit("not-a-number", field, typed)
    if currencies.named(text):
        raise unfit("currency-in-number", field, typed, mended=_alone(field, text))
    if PERCENT.search(text):
        return _percent(field, typed, PERCENT.sub("", text))
    sign = SIGN.search(text)
    if sign and not currencies.agrees(sign[1] or sign[2], currency):
        raise unfit("currency-in-number", field, typed, mended=_alone(field, text))
    return _digits(field, typed, SIGN.sub("", text, count=1))


def _in_one_script(text: str) -> str:
    """The text with ASCII digits, if all its digits are of one script; else, or with ``²`` or ``½``, as it is."""
    digits = {sign for sign in text if sign.isdecimal()}
    if len({ord(sign) - unicodedata.decimal(sign) for sign in digits}) > 1:
        return text
    return text.translate({ord(sign): str(unicodedata.decimal(sign)) for sign in digits})


def _percent(field: Field, typed: str, text: str) -> Decimal:
    """12 % is 12 where the field goes to 100 and 0.12 where it goes to 1; elsewhere the author must say."""
    number = _digits(field, typed, text)
    maximum = field.spec.get("maximum")
    if maximum == 100:
        return number
    if maximum == 1:
        return number / 100
    raise unfit("percent-ambiguous", field, typed, mended=number)


def _digits(field: Field, typed: str, text: str) -> Decimal:
    text = SPACES.sub(" ", text.strip())
    if AMBIGUOUS.fullmatch(text):
        raise _ambiguous(field, typed, text)
    if PLAIN.fullmatch(text) or SPACED.fullmatch(text):
        return Decimal(text.replace(" ", "").replace(",", "."))
    if COMMAS.fullmatch(text):
        return Decimal(text.replace(",", ""))
    if POINTS.fullmatch(text):
        return Decimal(text.replace(".", "").replace(",", "."))
    raise unfit("not-a-number", field, typed, mended=_alone(field, text))


def _alone(field: Field, text: str) -> Decimal | None:
    """The only number among words, as a proposal."""

    def read(digits: str) -> Decimal | None:
        digits = SPACES.sub(" ", digits.strip())
        known = any(form.fullmatch(digits) for form in (PLAIN, SPACED, COMMAS, POINTS))
        return _digits(field, digits, digits) if known and not AMBIGUOUS.fullmatch(digits) else None

    return mending.amount_in(text, read)


def _ambiguous(field: Field, typed: str, text: str) -> Unfit:
    whole, _, rest = re.sub(",", ".", text).partition(".")
    return unfit("number-ambiguous", field, typed, grouped=_told(field, whole + rest), decimal=_told(field, text))


def _told(field: Field, text: str) -> object:
    shown = unfit("", field, text).facts["value"]
    return Decimal(text.replace(",", ".")) if shown == text else shown
