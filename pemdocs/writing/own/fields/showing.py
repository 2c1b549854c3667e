"""Turn the list of names into text for a terminal, JSON for programs, a web page, a Word document to copy from."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import date
from html import escape

from lxml import etree

from pemdocs.model import Page
from pemdocs.project.theme import Theme
from pemdocs.words import speech
from pemdocs.writing import word
from pemdocs.writing.own.fields.listing import Entry, Group

COLUMNS = (("fields-tag", 31), ("fields-label", 18), ("fields-meaning", 25), ("fields-example", 16),
           ("fields-audience", 10))  # fmt: skip
STYLE = """
body { font-family: Calibri, Carlito, sans-serif; margin: 2rem auto; max-width: 72rem; color: #1b2330; }
table { border-collapse: collapse; width: 100%; margin-bottom: 2rem; }
th, td { border: 1px solid #c9d0d8; padding: .3rem .5rem; text-align: left; vertical-align: top; }
th { background: #f2f5f8; } .mono { font-family: Consolas, monospace; white-space: pre-wrap; user-select: all; }
"""
WIDTH = 42
"""Columns of a terminal that a tag takes."""


def as_text(groups: tuple[Group, ...], lang: str) -> str:
    """A line for each name, group by group."""
    lines = []
    for group in groups:
        lines += ["", group.title, "─" * 80]
        lines += [group.loop[0]] if group.loop[0] else []
        for each in group.entries:
            told = [each.label, each.meaning, each.example and f"({each.example})"]
            lines.append(f"{each.tag:<{WIDTH}} {' – '.join(filter(None, told))}")
            if each.also:
                lines.append(f"{'':<{WIDTH}} {speech.word('fields-also', lang, names=', '.join(each.also))}")
        lines += [group.loop[1]] if group.loop[1] else []
    return "\n".join(lines[1:])


def as_json(groups: tuple[Group, ...]) -> str:
    """The same for programs."""
    return json.dumps([asdict(group) for group in groups], indent=2, ensure_ascii=False)


def as_html(groups: tuple[Group, ...], title: str, lang: str) -> str:
    """A web page that stands by itself; a click on a tag marks it whole."""
    return (
        f'<!DOCTYPE html>\n<html lang="{lang}">\n<head><meta charset="utf-8"/><title>{escape(title)}</title>'
        f"<style>{STYLE}</style></head>\n<body>{_body(groups, title, lang)}</body>\n</html>\n"
    )


def as_word(groups: tuple[Group, ...], title: str, lang: str, theme: Theme) -> bytes:
    """A Word document with each name as a tag that can be copied."""
    tree = etree.fromstring(
        f'<html lang="{lang}"><head><title>{escape(title)}</title></head>'
        f'<body><section class="landscape">{_body(groups, title, lang)}</section></body></html>'
    )
    return word.write(Page(tree, {}, title, (lang,), "pemdocs", title, date(1980, 1, 1)), theme)


def _body(groups: tuple[Group, ...], title: str, lang: str) -> str:
    intro = escape(speech.word("fields-intro", lang))
    return f"<h1>{escape(title)}</h1><p>{intro}</p>{''.join(_table(group, lang) for group in groups)}"


def _table(group: Group, lang: str) -> str:
    labelled = any(each.label for each in group.entries)
    columns = COLUMNS if labelled else (COLUMNS[0], ("fields-meaning", 46), ("fields-also-known", 20))
    widths = "".join(f'<col style="width:{width}%"/>' for _, width in columns)
    head = "".join(f'<th scope="col">{escape(speech.word(key, lang))}</th>' for key, _ in columns)
    rows = "".join(_row(each, labelled=labelled) for each in group.entries)
    first, last = (_span(tag, len(columns)) for tag in group.loop)
    return (
        f'<h2 class="plain">{escape(group.title)}</h2><table class="grid"><colgroup>{widths}</colgroup>'
        f"<thead><tr>{head}</tr></thead><tbody>{first}{rows}{last}</tbody></table>"
    )


def _span(tag: str, columns: int) -> str:
    return f'<tr><td colspan="{columns}">{escape(tag)}</td></tr>' if tag else ""


def _row(each: Entry, *, labelled: bool) -> str:
    told = (each.label, each.meaning, each.example, each.audience) if labelled else (each.meaning, ", ".join(each.also))
    cells = "".join(f"<td>{escape(words) or '–'}</td>" for words in told)
    return f"<tr><td>{escape(each.tag)}</td>{cells}</tr>"
