"""Turn values into one copy for readers of both languages: days and hours in digits, amounts and numbers once.

In one language everything is said as it always is.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

from markupsafe import Markup

from pemdocs.data.schema import Field
from pemdocs.model import PemdocsError, Text
from pemdocs.page.markup import Marker
from pemdocs.page.view import EMPTY, FILLED, Item, Shown, View
from pemdocs.words import language
from pemdocs.words.wording import guard

UNSAID = Text(())
TICKED, UNTICKED = "☒", "☐"
SHORT = 26
"""Letters up to which two languages share a line."""


def functions(view: View, marker: Marker) -> dict[str, Callable[..., Any]]:
    """What a layout calls to say a value as briefly as its languages let it."""

    def short(text: Text) -> Markup:
        return marker.joined(text) if is_short(text) else marker.stacked(text)

    def brief(record: Shown, name: str) -> Markup:
        item = record[name]
        if isinstance(item, Item) and item.state == FILLED:
            return short(once(view, item))
        if isinstance(item, Item) and item.state == EMPTY:
            return Markup("–")
        return Markup('<span class="pending">{}</span>').format(marker.joined(record.pending(name)))

    def choice(record: Shown, name: str, without: Text = UNSAID) -> Markup:
        """A code as Word lets people change it: by a list of all that there are; where it is none, what is said."""
        said = options(view, view.linked.dataset.tables[record._linked.record.table].fields[name])
        lacks = bool(without) and not record[name]
        shown = Markup('<span class="pending">{}</span>').format(short(without)) if lacks else brief(record, name)
        return Markup('<span data-fill="{}">{}</span>').format("|".join(said), shown)

    def fill(record: Shown | str, name: str, sort: str, code: str = "", said: Any = None, room: str = "") -> Markup:
        """Room for a field that is filled in on the paper: a ``tick`` for a code, a ``day``, ``words``; it comes back
        from the Word file by ``pemdocs enter``. A row that the kind fills in or makes is meant by its name there.

        ``said`` is what is there already: whether it is ticked, a day, words; ``room`` what stands in place of nothing.
        """
        table, of = _meant(view, record)
        field = view.linked.dataset.tables[table].fields[name]
        end = [code] if code else view.languages[:1] if field.translated else []
        return _filled(view, sort, said, room, "/".join([table, of, name, *end]))

    return {
        "short": short,
        "choice": choice,
        "fill": fill,
        "to_date": lambda: Markup('<span data-fill="day">\N{NO-BREAK SPACE}</span>'),
        "brief": brief,
        "sees": lambda record, name: sees(view, record, name),
        **sayings(view),
    }


def options(view: View, field: Field) -> tuple[str, ...]:
    """All codes of a field that has a list of its own, as a document says them."""
    labels = field.labels.values()
    return tuple(" · ".join(dict.fromkeys(each[lang] for lang in view.languages)) for each in labels)


def _meant(view: View, record: Shown | str) -> tuple[str, str]:
    """The table and the id that a control says it is for; of a row of the kind its name behind the case."""
    if isinstance(record, str):
        return view.kind.rows[record].table, f"{view.linked.record.id}+{record}"
    return record._linked.record.table, record._linked.record.id


def _filled(view: View, sort: str, said: Any, room: str, tag: str) -> Markup:
    if sort == "tick":
        told, shown = (":ticked", TICKED) if said else ("", UNTICKED)
    elif said:
        told = f":{said.isoformat()}" if isinstance(said, date) else ""
        shown = day_of(view, said).parts[0][1] if isinstance(said, date) else str(said)
    else:
        told, shown = (":room" if room else ""), room or "\N{NO-BREAK SPACE}"
    return Markup('<span data-fill="{}" data-tag="{}">{}</span>').format(sort + told, tag, shown)


def sayings(view: View) -> dict[str, Callable[..., Text]]:
    """The functions that say a plain value or the dates of a record briefly."""
    return {
        "brief_day": lambda day: day_of(view, day),
        "brief_span": lambda start, end: span_of(view, start, end),
        "weekday": lambda day: said(view, lambda lang: language.say_weekday(day, lang, view.templates)),
        "brief_period": lambda record: period_of(view, record),
        "brief_hours": lambda record: hours_of(view, record),
        "brief_money": lambda amount, currency: amount_of(view, amount, currency),
        "say_percent": lambda share: alike(view, language.say_percent(share, view.languages[0], view.templates)),
    }


def is_short(text: Text) -> bool:
    """Whether the languages of a text share a line."""
    return sum(len(words) for _, words in text.parts) <= SHORT


def once(view: View, item: Item) -> Text:
    """The words of a field; of a date, an amount or a number one copy."""
    if len(view.languages) == 1:
        return item.text
    if isinstance(item.raw, date):
        return alike(view, language.say_digits(item.raw))
    if isinstance(item.raw, int | Decimal) and not isinstance(item.raw, bool):
        return alike(view, item.text.parts[0][1])
    return alike(view, item.text.parts[0][1]) if _unspoken(view, item) else item.text


def _unspoken(view: View, item: Item) -> bool:
    """Whether a field is a name, a number of registration, a contact: what no language says otherwise."""
    field = view.linked.dataset.tables[item._record.table].fields[item._name]
    return isinstance(item.raw, str) and not (field.translated or field.coded or field.said)


def day_of(view: View, day: date) -> Text:
    """A day: ``30 juin 2026``, or ``30/06/2026`` for two languages."""
    if len(view.languages) > 1:
        return alike(view, language.say_digits(day))
    return said(view, lambda lang: language.say_short_date(day, lang, view.templates))


def span_of(view: View, start: date, end: date) -> Text:
    """A span in words: ``du 22 mars au 4 avril 2026``, or in digits for two languages."""
    if len(view.languages) > 1:
        return alike(view, language.say_digit_period(start, end))
    lang, templates = view.languages[0], view.templates
    first = language.say_start(start, end, lang, templates)
    return view.house("from_to", start=first, end=language.say_date(end, lang, templates))


def sees(view: View, record: Shown, name: str) -> bool:
    """Whether the readers of the document may see a field, a fact or what refers to a record."""
    try:
        guard(view.kind, record._linked, name)
    except PemdocsError:
        return False
    return True


def period_of(view: View, record: Shown) -> Text:
    """The dates of a record from ``start`` to ``end``; an en dash where there are none."""
    start, end = record.raw("start"), record.raw("end")
    if not isinstance(start, date):
        return Text(((view.languages[0], "–"),))
    last = end if isinstance(end, date) else None
    if len(view.languages) > 1:
        return alike(view, language.say_digit_period(start, last))
    return said(view, lambda lang: language.say_period(start, last, lang, view.templates))


def hours_of(view: View, record: Shown) -> Text:
    """The times of a meeting: ``14 h – 16 h``, or ``14:00 – 16:00`` for two languages."""
    times = [each for name in ("start", "end") if (each := record.raw(name))]
    if len(view.languages) > 1:
        return alike(view, " – ".join(f"{each:%H:%M}" for each in times))
    return said(view, lambda lang: " – ".join(language.say_time(each, lang) for each in times))


def amount_of(view: View, amount: Decimal, currency: str) -> Text:
    """An amount with its currency, in the first language."""
    return alike(view, language.say_money(amount, currency, view.languages[0], view.templates))


def alike(view: View, words: str) -> Text:
    """The same words for every language."""
    return Text(tuple((each, words) for each in view.languages))


def said(view: View, say: Callable[[str], str]) -> Text:
    """What is said in each language."""
    return Text(tuple((each, say(each)) for each in view.languages))
