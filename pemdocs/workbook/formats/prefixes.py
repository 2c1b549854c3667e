"""Give the elements of OpenDocument the prefixes that programs write, whatever a file calls them."""

from __future__ import annotations

from pemdocs.workbook.formats.parsing import End, Start

OASIS = "urn:oasis:names:tc:opendocument:xmlns:"
USUAL = {
    **{f"{OASIS}{name}:1.0": name for name in ("office", "table", "text", "style")},
    f"{OASIS}datastyle:1.0": "number",
    f"{OASIS}drawing:1.0": "draw",
    "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0": "calcext",
}
"""The usual prefix of each space of names."""


def usual(start: Start, end: End) -> tuple[Start, End]:
    """The same two calls, for a document whose root declares other prefixes, or none."""
    other: dict[str, str] | None = None

    def begins(tag: str, attributes: dict[str, str]) -> None:
        nonlocal other
        if other is None:
            other = dict(_declared(attributes))
        if other:
            tag = _named(tag, other)
            attributes = {_named(key, other) if ":" in key else key: value for key, value in attributes.items()}
        start(tag, attributes)

    def ends(tag: str) -> None:
        end(_named(tag, other) if other else tag)

    return begins, ends


def _declared(attributes: dict[str, str]) -> list[tuple[str, str]]:
    said = ((key.partition(":"), USUAL.get(value, "")) for key, value in attributes.items())
    return [(prefix, name) for (xmlns, _, prefix), name in said if xmlns == "xmlns" and name not in ("", prefix)]


def _named(tag: str, other: dict[str, str]) -> str:
    prefix, colon, name = tag.rpartition(":")
    known = other.get(prefix)
    return f"{known}:{name}" if known else f"{prefix}{colon}{name}"
