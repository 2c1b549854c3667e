"""Turn the dossier of a traveller into a message to paste: what is missing, how it must look, where, when, which fee.

Only this module reads ``templates/tracker/messages``. Nothing is sent.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from pemdocs.building.tracking import rows, saying
from pemdocs.building.tracking.board import Board
from pemdocs.building.tracking.rows import Missing, Tracked
from pemdocs.facts.outcomes import followed
from pemdocs.facts.stays import destination_of, figure_of
from pemdocs.knowledge.typography import typeset
from pemdocs.project import languages
from pemdocs.project.destination import Centre
from pemdocs.words import language

OWN = frozenset({rows.TRAVELLER, rows.HOME, rows.GUARANTOR})
"""Whose documents the traveller is asked for: those of the own company and of the guarantor too."""

PART = re.compile(r"\[([^\[\]]*)\]")
NAMED = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A message to a traveller. ``case`` and ``language`` name it; its text is for the traveller alone."""

    case: str
    language: str
    text: str

    def __repr__(self) -> str:
        return f"<Message {self.case} {self.language}>"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Says the sentences of a language with their facts; a part in brackets only where its facts are there."""

    lang: str
    words: Mapping[str, Any]

    def say(self, key: str, **facts: Any) -> str:
        """A sentence with its facts: days and texts."""
        known = {name: language.say_date(each, self.lang) if isinstance(each, date) else each
                 for name, each in facts.items()}  # fmt: skip

        def settled(part: re.Match[str]) -> str:
            return part[1] if all(known.get(name) for name in NAMED.findall(part[1])) else ""

        return typeset(PART.sub(settled, str(self.words[key])).format_map(known), self.lang)


def messages(board: Board) -> tuple[Message, ...]:
    """A message for each traveller of the tracker, in the traveller's language, by their cases."""
    dataset = board.report.dataset
    stays: Mapping[str, Any] = {stay.record.id: stay for stay in dataset.table("stays")}
    about = [each for each in board.rows if each.kind == rows.DOSSIER and each.case in stays]
    return tuple(_message(each, stays[each.case]) for each in sorted(about, key=lambda each: each.case))


def spoken(stay: Any) -> str:
    """The language of a traveller: their own, that of their company, else the programme's first."""
    person = stay.person
    company = person.company if person is not None else None
    wishes = (person.language if person is not None else None, company.language if company is not None else None)
    return next((str(each) for each in wishes if each in languages.available()), stay.dataset.programme.languages[0])


def _message(row: Tracked, stay: Any) -> Message:
    lang = spoken(stay)
    speaker = Speaker(lang, stay.dataset.programme.templates.table(f"tracker/messages/{lang}.toml"))
    name = stay.person.full_name if stay.person is not None else None
    head = (
        speaker.say("subject", case=row.case),
        "",
        speaker.say("greeting", name=name or row.case).replace(" ,", ","),
    )
    lines = (*head, "", *_body(row, stay, speaker), "", speaker.say("closing"))
    return Message(row.case, lang, "\n".join(lines) + "\n")


def _body(row: Tracked, stay: Any, speaker: Speaker) -> Iterator[str]:
    if row.stage in (rows.COLLECTING, rows.READY, rows.APPOINTMENT):
        yield from _to_bring(row, stay, speaker)
        yield ""
        yield from _lodging(stay, speaker)
    elif row.stage == rows.LODGED:
        until = stay.window.decision
        yield speaker.say("lodged", day=until) if until else speaker.say("lodged_bare")
    elif row.stage == rows.COMPLEMENT:
        yield speaker.say("complement", day=followed(stay, "complement_until"))
        told = followed(stay, "complement")
        yield speaker.say("complement_what", what=told) if told else speaker.say("complement_ask")
    else:
        yield from _after(row, stay, speaker)


def _to_bring(row: Tracked, stay: Any, speaker: Speaker) -> Iterator[str]:
    own = [each for each in row.missing if each.who in OWN and each.sort in ("piece", "translation", "signature")]
    if own:
        yield speaker.say("bring", day=row.deadline) if row.deadline else speaker.say("bring_soon")
        yield from dict.fromkeys(_asked(each, stay, speaker) for each in own)
        yield speaker.say("whole")
    else:
        yield speaker.say("nothing")
    asked = {each.code for each in own}
    sorts = ("piece", "signature")
    others = [each for each in row.missing if each.who not in OWN and each.sort in sorts and each.code not in asked]
    if others:
        names = dict.fromkeys(_lower(saying.one("piece", each.code, speaker.lang)) for each in others)
        yield speaker.say("others", what=", ".join(names))
    if any(each.sort == "error" for each in row.missing):
        yield speaker.say("errors")


def _asked(each: Missing, stay: Any, speaker: Speaker) -> str:
    what = saying.one("piece", each.code, speaker.lang)
    if each.sort == "translation":
        return speaker.say("translate", what=what)
    if each.sort == "signature":
        return speaker.say("sign", what=what)
    form = next((due.form for due in stay.checklist if due.code == each.code), "both")
    how = speaker.words["how"].get(each.code)
    facts = {"what": what, "form": str(speaker.words[form])}
    return speaker.say("piece", how=how, **facts) if how else speaker.say("bare", **facts)


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def _lodging(stay: Any, speaker: Speaker) -> Iterator[str]:
    """The form online, then where, when, which fee."""
    destination = destination_of(stay)
    post, centre = destination.post, destination.centre
    if centre is not None:
        yield from _form(stay, centre, speaker)
    if "name" in post:
        where = {"post": post["name"][speaker.lang], "city": post["city"][speaker.lang]}
        key = "where" if centre is None else "where_centre"
        yield speaker.say(key, day=stay.appointment, centre=centre.operator if centre else "", **where)
    if stay.centre_reference:
        yield speaker.say("reference", number=stay.centre_reference)
    if not stay.appointment and stay.window.latest:
        yield speaker.say("unbooked", day=stay.window.latest)
    yield speaker.say("appear")
    yield from _fee(stay, speaker)


def _form(stay: Any, centre: Centre, speaker: Speaker) -> Iterator[str]:
    """What is done online before the appointment; the number of the form where it is filled in."""
    if stay.application_number:
        yield speaker.say("form_filled", form=centre.form, number=stay.application_number)
        return
    yield speaker.say("form", form=centre.form, address=centre.address)
    yield from (f"- {typeset(step, speaker.lang)}" for step in centre.steps.get(speaker.lang, ()))


def _fee(stay: Any, speaker: Speaker) -> Iterator[str]:
    """The fee that this traveller pays, and why it is less or none."""
    fee, whole = stay.fee, figure_of(stay, "fee_adult")
    if whole is None:
        return
    if fee is None:
        citizens = destination_of(stay).citizens
        family = stay.person is not None and stay.person.eu_family_nationality in citizens
        yield speaker.say("fee_none_family" if family else "fee_none_child")
        return
    amount = language.say_money(fee.value, fee.unit, speaker.lang)
    key = "fee" if fee.value == whole.value else "fee_child"
    yield speaker.say(key, amount=amount, unsure="" if fee.sure else fee.source)
    yield speaker.say("fee_local")


def _after(row: Tracked, stay: Any, speaker: Speaker) -> Iterator[str]:
    """What is said once it is decided."""
    if row.stage == rows.DECIDED:
        yield speaker.say("decided")
    elif row.stage == rows.ISSUED:
        yield _issued(stay, speaker)
        yield speaker.say("issued_entry")
        yield speaker.say("keep")
    elif row.stage == rows.REFUSED:
        yield from _refused(stay, speaker)
    elif row.stage == rows.TRAVELLED:
        yield speaker.say("travelled", day=followed(stay, "sticker_until") or stay.exit)
        yield speaker.say("keep")
    else:
        yield speaker.say({rows.APPEAL: "appealed"}.get(row.stage, row.stage))


def _issued(stay: Any, speaker: Speaker) -> str:
    start, end = followed(stay, "sticker_from"), followed(stay, "sticker_until")
    if not (start and end):
        return speaker.say("issued_bare")
    entries = followed(stay, "sticker_entries")
    facts = {"days": str(followed(stay, "sticker_days") or ""), "entries": speaker.words.get(entries or "", "")}
    return speaker.say("issued", start=start, end=end, **facts)


def _refused(stay: Any, speaker: Speaker) -> Iterator[str]:
    grounds = followed(stay, "grounds")
    yield speaker.say("refused" if grounds else "refused_bare")
    told = {str(each.number): each.text for each in destination_of(stay).grounds}
    for number in grounds or ():
        yield speaker.say("ground", what=f"{number}. {told[number][speaker.lang] if number in told else ''}".strip())
    if stay.appeal_until:
        rule = destination_of(stay).figure("appeal_days", followed(stay, "notified") or followed(stay, "decided"))
        body = destination_of(stay).post.get("appeal", {}).get(speaker.lang, "")
        law = {"law": rule.source, "unsure": "" if rule.sure else rule.source} if rule else {"law": "", "unsure": ""}
        yield speaker.say("appeal", day=stay.appeal_until, body=body, **law)
