"""Turn the styles of an OpenDocument file into number formats as Excel writes them. Only this module reads them."""

from __future__ import annotations

import re

from pemdocs.workbook.formats import limits
from pemdocs.workbook.formats.styles import Style

DATA = frozenset({"number:number-style", "number:date-style", "number:time-style", "number:percentage-style",
                  "number:currency-style", "number:text-style", "number:boolean-style"})  # fmt: skip
FIELDS = {
    "number:day": ("d", "dd"), "number:month": ("m", "mm"), "number:year": ("yy", "yyyy"), "number:hours": ("h", "hh"),
    "number:minutes": ("m", "mm"), "number:seconds": ("s", "ss"), "number:day-of-week": ("ddd", "dddd"),
    "number:am-pm": ("AM/PM", "AM/PM"), "number:quarter": ("q", "q"), "number:week-of-year": ("w", "w"),
}  # fmt: skip
CONDITION = re.compile(r"value\(\)(<=|>=|!=|<|>|=)(-?[0-9.]{1,20})")


class Looks:
    """The styles read so far: number formats by their names, cells' styles, those of hidden tables and struck words."""

    def __init__(self) -> None:
        self.hidden: set[str] = set()
        self.through: set[str] = set()
        self.shapes: dict[str, str] = {}
        self.cells: dict[str, tuple[str, str, bool]] = {}
        self.known: dict[str, Style] = {}
        self.data = self.own = ""
        self.written: list[str] = []
        self.cases: list[str] = []
        self.quoting = self.words = False
        self.inside: int | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        if tag == "style:style":
            self.own, self.words = attributes.get("style:name", ""), attributes.get("style:family") == "text"
            if self.words:
                return
            if len(self.cells) > limits.STYLES:
                raise ValueError
            data, parent = attributes.get("style:data-style-name", ""), attributes.get("style:parent-style-name", "")
            self.cells[self.own] = (data, parent, False)
        elif tag in DATA:
            self.data, self.written, self.cases = attributes.get("style:name", ""), [], []
        elif self.data:
            self._part(tag, attributes)
        elif tag == "style:text-properties" and self.own:
            line = attributes.get("style:text-line-through-style") or attributes.get("style:text-line-through-type")
            if line not in (None, "none"):
                self._strike()
        elif tag == "style:table-properties" and attributes.get("table:display") == "false":
            self.hidden.add(self.own)

    def _strike(self) -> None:
        if self.words:
            self.through.add(self.own)
        else:
            data, parent, _ = self.cells[self.own]
            self.cells[self.own] = (data, parent, True)

    def _part(self, tag: str, attributes: dict[str, str]) -> None:
        if tag in FIELDS:
            short, full = FIELDS[tag]
            words = tag == "number:month" and attributes.get("number:textual") == "true"
            self.written.append("mmm" if words else full if attributes.get("number:style") == "long" else short)
        elif tag in ("number:number", "number:scientific-number"):
            self.written.append(_digits(attributes))
            if tag == "number:scientific-number":
                self.written.append("E+00")
        elif tag in ("number:text", "number:currency-symbol"):
            self.quoting = True
        elif tag == "number:embedded-text":
            self.inside, self.quoting = _whole(attributes.get("number:position", "")), True
        elif tag == "style:map":
            found = CONDITION.fullmatch(attributes.get("style:condition", "").replace(" ", ""))
            shape = self.shapes.get(attributes.get("style:apply-style-name", ""), "General")
            self.cases += [f"[{found[1].replace('!=', '<>')}{found[2]}]{shape}"] if found else []

    def end(self, tag: str) -> None:
        """An element ends."""
        if tag in DATA and self.data:
            self.shapes[self.data] = ";".join([*self.cases, "".join(self.written) or "General"])
            self.data = ""
        elif tag == "style:style":
            self.own = ""
        self.quoting, self.inside = False, None

    def characters(self, text: str) -> None:
        """Characters between two tags: the words of a number format."""
        if self.inside is not None and self.written:
            self.written[-1] = _embedded(self.written[-1], self.inside, text)
        elif self.quoting and self.data:
            self.written.append("%" if text.strip() == "%" else '"' + text.replace('"', "") + '"')

    def style(self, name: str) -> Style:
        """The style of this name, with what it takes from its parents."""
        if name not in self.known:
            data, parent, struck = self.cells.get(name, ("", "", False))
            seen = {name}
            while parent and parent not in seen and parent in self.cells:
                seen.add(parent)
                above, parent, also = self.cells[parent]
                data, struck = data or above, struck or also
            self.known[name] = Style(self.shapes.get(data, "General"), struck)
        return self.known[name]


def _digits(attributes: dict[str, str]) -> str:
    zeros = "0" * min(_whole(attributes.get("number:min-integer-digits", "1"), 1), 30) or "#"
    grouped = "#,##" + zeros if attributes.get("number:grouping") == "true" else zeros
    places = min(_whole(attributes.get("number:decimal-places", "")), 30)
    thousands = "," * (len(str(_whole(attributes.get("number:display-factor", "1")))) // 3)
    return grouped + ("." + "0" * places if places else "") + thousands


def _embedded(digits: str, position: int, text: str) -> str:
    """The digits with a text before so many of the whole ones, counted from their end."""
    whole, point, places = digits.partition(".")
    signs = [number for number, sign in enumerate(whole) if sign in "0#"]
    at = signs[-position] if 0 < position <= len(signs) else 0
    return f'{whole[:at]}"{text.replace(chr(34), "")}"{whole[at:]}{point}{places}'


def _whole(text: str, otherwise: int = 0) -> int:
    return int(text) if text.isdecimal() and len(text) < 10 else otherwise
