"""Name what a record has that its schema forbids. Only this module uses jsonschema.

Most records keep their schema: a quick look at the usual keywords spares them the slow one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, time
from decimal import Decimal
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pemdocs.data.cleaning import quotable, shown
from pemdocs.data.schema import Field, Table
from pemdocs.model import LANGUAGE_MARK, FieldName, Finding, Record, Row, Severity, Value

if TYPE_CHECKING:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import ValidationError

CODES = {
    "required": "missing-required",
    "pattern": "wrong-pattern",
    "minimum": "too-small",
    "exclusiveMinimum": "too-small",
    "maximum": "too-large",
    "minLength": "too-short",
    "maxLength": "too-long",
}
"""The finding's code for each JSON Schema keyword that typing leaves to the schema."""


def violations(record: Record, table: Table) -> Iterator[Finding]:
    """A finding for each field that breaks a keyword of the schema, or is required and empty."""
    instance = _instance(record)
    if _keeps(instance, table.source):
        return
    for error in _validator(table.source).iter_errors(instance):
        for name in _fields_of(error):
            field = table.fields[name]
            value = instance.get(name)
            facts = {"example": _example(field), "limit": _limit(error), **_of_value(field, error, value)}
            code = CODES.get(str(error.validator), "invalid-value")
            yield about(record, field, record.place(name), code, facts)


Check = Callable[[Any], bool]


def _keeps(instance: Mapping[str, Any], schema: str) -> bool:
    """Whether the record surely keeps the schema; if not, it has to be looked at."""
    required, checks = _quick(schema)
    return required <= instance.keys() and all(name in checks and checks[name](each) for name, each in instance.items())


@lru_cache(maxsize=64)
def _quick(schema: str) -> tuple[frozenset[str], Mapping[str, Check]]:
    """The fields that must be there, and a check for each field whose keywords are all known here."""
    whole = json.loads(schema)
    strange = {key for key in whole if not key.startswith(("x-", "$"))} - USUAL
    if strange:
        return frozenset({""}), {}
    fields = whole["properties"].items()
    return frozenset(whole["required"]), {name: _check(spec) for name, spec in fields if _known(spec)}


USUAL = frozenset({"title", "description", "type", "required", "properties", "additionalProperties"})
TYPES: Mapping[str, type | tuple[type, ...]] = {
    "string": str, "integer": int, "number": (int, Decimal), "boolean": bool, "array": list,
}  # fmt: skip
SILENT = frozenset({"title", "description", "examples", "format", "type", "default"})
"""Keywords that forbid nothing, or only what is checked first."""

LIMITS: Mapping[str, Callable[[Any, Any], bool]] = {
    "enum": lambda value, codes: value in codes,
    "pattern": lambda value, pattern: re.search(pattern, value) is not None,
    "minimum": lambda value, least: value >= least,
    "exclusiveMinimum": lambda value, least: value > least,
    "maximum": lambda value, most: value <= most,
    "minLength": lambda value, least: len(value) >= least,
    "maxLength": lambda value, most: len(value) <= most,
}


def _known(spec: Mapping[str, Any]) -> bool:
    words = {key for key in spec if not key.startswith("x-")} - SILENT - LIMITS.keys()
    plain_items = spec.get("items", {"type": "string"}) == {"type": "string"}
    return isinstance(spec.get("type"), str) and plain_items and words <= {"items"}


def _check(spec: Mapping[str, Any]) -> Check:
    kind, limits = TYPES[spec["type"]], [(LIMITS[key], spec[key]) for key in spec if key in LIMITS]

    def holds(value: Any) -> bool:
        right = isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
        return right and all(limit(value, told) for limit, told in limits)

    return holds


@lru_cache(maxsize=64)
def _validator(schema: str) -> Draft202012Validator:
    from jsonschema import Draft202012Validator  # most workbooks keep their schemas, and it takes a moment

    return Draft202012Validator(json.loads(schema))


def _fields_of(error: ValidationError) -> list[str]:
    if error.validator == "required":
        required: list[str] = error.validator_value  # type: ignore[assignment]
        return [name for name in required if f"'{name}'" in error.message]
    return [str(error.absolute_path[0])] if error.absolute_path else []


def _instance(record: Record) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, cell in record.cells.items():
        name = key.partition(LANGUAGE_MARK)[0]
        found.setdefault(name, _plain(cell.value))
    return found


def _plain(value: Value) -> Any:
    if isinstance(value, date | time):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _example(field: Field) -> str:
    return str(field.examples[0]) if field.examples and not field.translated else ""


def _of_value(field: Field, error: ValidationError, value: Any) -> dict[str, object]:
    """The value as a message may quote it, how long it is, and what it should probably be."""
    if value is None or field.name == "id":  # somebody may have written a name for an id
        return {}
    plain = isinstance(value, int | Decimal) and quotable(field)
    found: dict[str, object] = {"value": value if plain else shown(field, value)}
    if error.validator in ("minLength", "maxLength"):
        found["length"] = len(value)
    pattern = field.spec.get("pattern", "")
    mended = MENDED[pattern](str(value)) if pattern in MENDED else ""
    if mended and quotable(field) and re.search(pattern, mended):
        found["mended"] = mended
    return found


def _version(text: str) -> str:
    digits = re.findall(r"[0-9]+", text)
    return ".".join([*digits, "0"][:2])


MENDED: Mapping[str, Callable[[str], str]] = {
    r"^[0-9]+\.[0-9]+$": _version,
    r"^(fr|en|nl)(\+(fr|en|nl))?$": lambda text: "+".join(re.findall("fr|en|nl", text.lower())[:2]),
    r"^[0-9]{2}\.?[0-9]{0,3}$": lambda text: re.sub(r"^(..)(.)", r"\1.\2", re.sub("[^0-9]", "", text)[:5]),
}
"""What values of some patterns were probably meant to be."""


def _limit(error: ValidationError) -> object:
    return error.validator_value if isinstance(error.validator_value, int | float) else ""


def about(
    row: Row | Record,
    field: Field,
    ref: str,
    code: str,
    facts: Mapping[str, object],
    severity: Severity = Severity.ERROR,
) -> Finding:
    """A finding at a cell of a row."""
    return Finding(
        code,
        severity,
        sheet=row.sheet,
        cell=ref,
        table=row.table,
        field=field.name,
        record=row.id if isinstance(row, Record) else "",
        row=row.number,
        facts={"field": FieldName(row.table, field.name), **facts},
    )
