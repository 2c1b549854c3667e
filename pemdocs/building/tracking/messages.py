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
from pemdocs.facts.stays import destination_of, figure_of, months_later
from pemdocs.knowledge import births
from pemdocs.knowledge.typography import typeset
from pemdocs.project import languages
from pemdocs.words import language

OWN = frozenset({rows.TRAVELLER, rows.HOME, rows.GUARANTOR})
"""Whose documents the traveller is asked for: those of the own company and of the guarantor too."""

CHILD = 12 * 12
"""Months of age from which the whole fee is paid: Regulation (EC) 810/2009, art. 16(2)."""

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
    """Where, when, which fee."""
    post = destination_of(stay).post
    if "name" in post:
        where = {"post": post["name"][speaker.lang], "city": post["city"][speaker.lang]}
        yield speaker.say("where", day=stay.appointment, **where)
    if not stay.appointment and stay.window.latest:
        yield speaker.say("unbooked", day=stay.window.latest)
    yield speaker.say("appear")
    fee = _fee(stay)
    if fee is not None:
        amount = language.say_money(fee.value, fee.unit, speaker.lang)
        yield speaker.say("fee", amount=amount, unsure="" if fee.sure else fee.source)
        yield speaker.say("fee_local")


def _fee(stay: Any) -> Any:
    """The fee that a traveller of this age pays."""
    born, day = stay.person.birth_date if stay.person else None, stay.appointment or stay.entry
    young = born and day and months_later(births.earliest(born), CHILD) > day
    return (figure_of(stay, "fee_child") if young else None) or figure_of(stay, "fee_adult")


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
