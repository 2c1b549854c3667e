"""Mark a page as a version that is to be signed: fields for the signatures, its number at the foot of each page."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import replace
from typing import Any

from lxml import etree

from pemdocs.data.dataset import Linked
from pemdocs.model import Page
from pemdocs.words import speech
from pemdocs.writing.fields import LABEL, NAME, SEAL

LETTERS = "ABCDEFGHIJ"
"""How services name the places in which they put signatures."""

LINE = "signature"
"""The class of the lines that names stand under (``docs/layouts.md``): the n-th is that of the n-th signatory."""


def marked(
    page: Page,
    signatories: Sequence[Linked],
    version: int,
    case: str,
    code: str,
    account: bytes,
    *,
    apart: bool = False,
) -> Page:
    """The page with a field above the line of each signatory, one for the seal, and its version at each foot.

    ``code`` is what the code on each page says before its number, ``account`` what travels inside the file. ``apart``:
    a page of signatures stands at the end, for services that put what they make onto one.
    """
    tree = deepcopy(page.tree)
    lines = (each for each in tree.iter("p") if LINE in each.get("class", "").split())
    for line, person in zip(lines, signatories, strict=False):
        line.set(NAME, person.record.id)
        line.set(LABEL, _said(page, "sign-field", name=_name(person)))
    body = next(tree.iter("body"))
    body.set(SEAL, _said(page, "sign-seal-field", name=page.author))
    if apart:
        body.append(_page(page, signatories))
    for foot in body.iter("footer"):
        _number(foot, _said(page, "sign-version", version=version, case=case), f"{case} · v{version}")
    return replace(page, tree=tree, code=code, account=account)


def _page(page: Page, signatories: Sequence[Linked]) -> etree._Element:
    """A page on which each signatory has a letter and room."""
    section = etree.Element("section", {"class": "new-page"})
    etree.SubElement(section, "h2", {"class": "plain"}).text = _said(page, "sign-page")
    etree.SubElement(section, "p").text = _said(page, "sign-page-note")
    for letter, person in zip(LETTERS, signatories, strict=False):
        etree.SubElement(section, "p", {"class": LINE}).text = f"{letter} · {_name(person)}"
    return section


def fields(page: Page) -> tuple[str, ...]:
    """The names of the fields that a page has, in the order in which they are signed."""
    return tuple(each.get(NAME, "") for each in page.tree.iter("p") if each.get(NAME))


def _name(person: Any) -> str:
    return str(person.full_name or person.record.id)


def _said(page: Page, key: str, **facts: object) -> str:
    """A word of the program in each language of the page."""
    return " – ".join(dict.fromkeys(speech.word(key, each, **facts) for each in page.languages))


def _number(foot: Any, words: str, short: str) -> None:
    """Write the version behind the number of the page; where there is none, in short behind the last words."""
    number = next((each for each in foot.iter("span") if each.get("class") == "page-count"), None)
    if number is not None:
        number.tail = f"{number.tail or ''} · {words}"
        return
    line = next((each for each in reversed(list(foot.iter("p"))) if "".join(each.itertext()).strip()), None)
    if line is not None and len(line):
        line[-1].tail = f"{line[-1].tail or ''} · {short}"
    elif line is not None:
        line.text = f"{line.text or ''} · {short}"
