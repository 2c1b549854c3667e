"""Make a Word template to start from: the look of the house, fields of a table with their labels, lists as tables."""

from __future__ import annotations

from datetime import date
from html import escape

from lxml import etree

from pemdocs.model import Page
from pemdocs.project.theme import Theme
from pemdocs.words import speech
from pemdocs.writing import word
from pemdocs.writing.own.fields.listing import Group

SHOWN, LISTS, COLUMNS = 14, 2, 4
"""So many fields of the record, lists and columns of a list are put in; the others are in the list of names."""

CONSENTED = ("quotes", "photographs", "consents", "interviews")
"""The lists that nobody prints without thinking of consents."""


def starting(groups: tuple[Group, ...], title: str, lang: str, theme: Theme) -> bytes:
    """A template about the record of the first group."""
    own, *others = groups
    lists = [group for group in others if group.loop[0] and not any(f".{name} " in group.loop[0] for name in CONSENTED)]
    body = (
        f"<h1>{escape(title)}</h1><p>{escape(speech.word('starting-intro', lang))}</p>{_fields(own)}"
        f"{''.join(map(_list, lists[:LISTS]))}<p>{{{{ signature_block(case) }}}}</p>"
    )
    if not any(entry.name == "case.full_name" for entry in own.entries):
        body = body.replace("{{ signature_block(case) }}", "{{ signature_block() }}")
    tree = etree.fromstring(
        f'<html lang="{lang}"><head><title>{escape(title)}</title></head><body>'
        '<header><p>{{ programme.full_name }}</p></header><footer><p class="centre">'
        '<span class="page-number"></span> / <span class="page-count"></span></p></footer>'
        f"{body}</body></html>"
    )
    return word.write(Page(tree, {}, title, (lang,), "pemdocs", title, date(1980, 1, 1)), theme)


def _fields(group: Group) -> str:
    rows = "".join(
        f'<tr><th scope="row">{{{{ {each.name}.label }}}}</th><td>{escape(each.tag)}</td></tr>'
        for each in group.entries[:SHOWN]
        if each.label
    )
    return (
        '<table class="fields"><colgroup><col style="width:30%"/><col style="width:70%"/></colgroup>'
        f"<tbody>{rows}</tbody></table>"
    )


def _list(group: Group) -> str:
    columns = [each for each in group.entries if each.label][:COLUMNS]
    span = f'<tr><td colspan="{len(columns)}">'
    widths = "".join(f'<col style="width:{100 // len(columns)}%"/>' for _ in columns)
    head = "".join(f'<th scope="col">{escape(each.label)}</th>' for each in columns)
    row = "".join(f"<td>{escape(each.tag)}</td>" for each in columns)
    return (
        f'<h2 class="plain">{escape(group.title)}</h2><table class="grid"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{span}{escape(group.loop[0])}</td></tr><tr>{row}</tr>"
        f"{span}{escape(group.loop[1])}</td></tr></tbody></table>"
    )
