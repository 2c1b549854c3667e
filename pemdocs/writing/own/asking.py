"""Turn a view into the names that its template may ask for; what each means is listed in ``names``."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError
from pemdocs.page import figures, publishing, saying
from pemdocs.page.view import EMPTY, View
from pemdocs.project import kinds
from pemdocs.project.theme import Theme
from pemdocs.resources import Templates
from pemdocs.words import language
from pemdocs.words.tags import FILTERING, WRITER
from pemdocs.writing.own import briefly, filters, names
from pemdocs.writing.own.pen import Pen
from pemdocs.writing.own.records import Absent, Record, bare
from pemdocs.writing.own.values import NAMED_LATER, Block, Picture, Value

DRAWN = ("emblem", "logo", "timeline", "stay_days", "progress", "strip", "deadlines")
PICTURES = (".png", ".jpg", ".jpeg", ".svg")
LARGEST = 20_000_000


def context(pen: Pen, theme: Theme, pictures: dict[str, bytes]) -> dict[str, Any]:
    """Everything that a template about the case of a pen's view finds; pictures that it asks for are put there."""
    view = pen.view
    known = {
        **_values(pen),
        **_functions(pen, theme, pictures),
        WRITER: pen.write,
        FILTERING: lambda name, value, *further, **named: filters.BY_NAME[name](pen, value, *further, **named),
    }
    known[view.linked.table.record] = known["case"]
    return known


def _values(pen: Pen) -> dict[str, Any]:
    view = pen.view
    found = {
        "case": pen.told(view.case),
        "programme": pen.told(view.programme.profile),
        "languages": view.languages,
        "parallel": len(view.languages) > 1,
        "draft": pen.told(view.draft) if view.draft else False,
        "home": view.programme.home,
        "host": view.programme.host,
        "partners": pen.told(view.programme.profile.get("partners", [])),
        "as_of": pen.told(view.linked.dataset.as_of),
    }
    return {**found, "destination": _destination(pen)} if view.kind.table == "stays" else found


def _destination(pen: Pen) -> Any:
    told = saying.DestinationTold(pen.view)
    return {
        "complete": told.complete,
        "post": lambda key: pen.told(told.post(key)),
        "figure": lambda name: pen.told(told.figure(name)),
        "figures": pen.told(told.figures),
        "grounds": pen.told(told.grounds),
    }


def _functions(pen: Pen, theme: Theme, pictures: dict[str, bytes]) -> dict[str, Callable[..., Any]]:
    view = pen.view
    drawers = {
        name: figures.drawers(_worded(view, name), theme, pictures)[name] for name in figures.drawers(view, theme, {})
    }
    found: dict[str, Callable[..., Any]] = {
        name: _plainly(pen, function)
        for name, function in {**saying.sayings(view), **publishing.functions(view, pictures), **drawers}.items()
    }
    found |= {name: _drawn(pen, name, drawers[name]) for name in DRAWN}
    found |= {
        "say": lambda key, **told: pen.told(view.say(key, **{name: _spoken(each) for name, each in told.items()})),
        "house": lambda key, **told: pen.told(view.house(key, **told)),
        "profile": lambda path: pen.told(view.profile(path)),
        "value": lambda record, name: record[name],
        "entries": lambda record, *fields: tuple(record[name] for name in fields if record.state(name) != EMPTY),
        "agree": lambda person, *forms: _agreed(person, *forms),
        "signature_block": lambda person=None, role="": _signature(pen, person, role),
        "picture": lambda file: _beside(view, file, pictures),
        "chart": lambda name, case, width=170.0: _chart(pen, drawers["chart"](name, bare(case), width)),
        "photographs": lambda: tuple(_photograph(pen, each) for each in found_photographs(view, pictures)),
    }
    found |= briefly.functions(pen)
    wanted = (each for each in names.FUNCTIONS if not each.tables or view.kind.table in each.tables)
    return {name: found[each.name] for each in wanted for name in each.all}


def _worded(view: View, drawing: str) -> View:
    """The view with the words that a drawing needs: those of the shipped kind that shows it, where it has none."""
    kind = view.kind
    words = _words_of(drawing, kind.table, view.templates)
    if not words:
        return view
    wording = {each: {**words.get(each, {}), **kind.wording.get(each, {})} for each in {*words, *kind.wording}}
    return View(replace(kind, wording=wording), view.linked, view.languages, view.findings, view.bound)


@lru_cache(maxsize=64)
def _words_of(drawing: str, table: str, templates: Templates) -> Mapping[str, Mapping[str, str]]:
    """The wording of the first kind about this table whose layout asks for a drawing."""
    for name in kinds.available(templates):
        kind = kinds.load(name, templates)
        page = kind.source("page.html") if kind.table == table else None
        if page is not None and re.search(rf"\b{drawing}\(", page.read_text("utf-8")):
            return kind.wording
    return {}


def found_photographs(view: View, pictures: dict[str, bytes]) -> Any:
    """The photographs that may be printed."""
    return publishing.shown_photographs(view, pictures) if view.kind.table in publishing.TABLES else ()


def _plainly(pen: Pen, function: Callable[..., Any]) -> Callable[..., Any]:
    """A function of the view, given plain values and records, that gives values and records."""
    return lambda *given, **named: pen.told(
        function(*map(bare, given), **{name: bare(each) for name, each in named.items()})
    )


def _spoken(told: Any) -> Any:
    """What a sentence is told: a record, a computed number, the words of another value, nothing where there is none."""
    if isinstance(told, Value):
        counted = isinstance(told.origin, filters.NUMBERS)
        return (told.origin if counted else told.text) if told.state == "filled" else None
    return bare(told)


def _drawn(pen: Pen, name: str, draw: Callable[..., Any]) -> Callable[..., Any]:
    """A function that draws: a picture, or a row of them, with words for those who do not see it."""

    def drawn(*given: Any) -> Any:
        found, alt = draw(*map(bare, given)), _alt(pen, name)
        if isinstance(found, str):
            return Picture(found, alt)
        return tuple(Picture(each, alt) for each in found)

    return drawn


def _alt(pen: Pen, name: str) -> str:
    return str(language.house_words(pen.languages[0], pen.templates)["emblem"]) if name == "emblem" else ""


def _agreed(person: Any, masculine: str, feminine: str, neutral: str) -> str:
    gender = None if isinstance(person, Absent) or person is None else person.raw("gender")
    return {"m": masculine, "f": feminine}.get(str(gender), neutral)


def _signature(pen: Pen, person: Any, role: Any) -> Block | Value:
    """Room for ink over a line, then who signs and as what."""
    who = person["full_name"] if isinstance(person, Record) else None
    function = person["function"] if isinstance(person, Record) and person["function"] else ""
    said = [str(each).replace("\n", " · ") for each in (role, who or "", function) if each]
    rows = "".join(f"<p>{escape(each)}</p>" for each in said)
    return Block(((pen.languages[0], f'<div class="signature">{rows}</div>'),))


def _chart(pen: Pen, made: Any) -> Picture | Value:
    if made is None:
        return filters.value_of(pen, pen.view.house("none_yet"))
    alt = " ".join(words for _, words in made.alt.parts)
    return Picture(made.src, alt, about={"heads": pen.told(made.heads), "rows": pen.told(made.rows)})


def _photograph(pen: Pen, shown: Any) -> Picture:
    about = {name: pen.told(each) for name, each in shown._asdict().items() if name not in ("src", "widest")}
    return Picture(shown.src, str(about.get("alt", "")), width=float(shown.widest), about=about)


def _beside(view: View, file: Any, pictures: dict[str, bytes]) -> Picture:
    """A picture from the template's folder. Raises ``PemdocsError`` ``own-no-picture``."""
    name = str(bare(file))
    path = None if Path(name).suffix.lower() not in PICTURES else view.kind.beside_word(name)
    if path is None:
        raise PemdocsError("own-no-picture", file=NAMED_LATER, picture=Path(name).name)
    pictures[f"own:{name}"] = _content(path, path.stat().st_mtime_ns)
    return Picture(f"own:{name}")


@lru_cache(maxsize=32)
def _content(path: Path, _changed: int) -> bytes:
    if path.stat().st_size > LARGEST:
        raise PemdocsError("own-no-picture", file=NAMED_LATER, picture=path.name)
    return path.read_bytes()
