"""Turn a page into one HTML file that a browser shows at once: what a document will say, before it is made."""

from __future__ import annotations

import base64
from copy import deepcopy

from lxml import etree

from pemdocs.model import Page, PemdocsError
from pemdocs.page import specimen
from pemdocs.writing.make import Job
from pemdocs.writing.sheets import variables

SCREEN = """
html{background:#dfe3e7;color-scheme:light}
body{box-sizing:border-box;max-width:var(--page-width);margin:1rem auto;background:#fff;color:#1b2330;
padding:12mm var(--page-outside) 12mm var(--page-inside);box-shadow:0 1px 6px rgba(0,0,0,.25);overflow-wrap:anywhere}
header,footer{position:static!important;margin-bottom:1rem}footer{margin-top:2rem}
.page-number,.page-count,.page-of{display:none}img,svg{max-width:100%;height:auto}
@media (max-width:40rem){body{margin:0;padding:1rem;box-shadow:none}table{display:block;overflow-x:auto}}
"""
"""What a screen needs besides the rules for paper: one long sheet, its running lines once."""

DOTS = {b"\x89PNG": "image/png", b"\xff\xd8\xff": "image/jpeg"}
"""How pictures of dots begin; what begins otherwise is a drawing."""


def glance(job: Job) -> bytes:
    """The page of a job as HTML, pictures within; it needs nothing else, and says nothing to anybody.

    Raises ``PemdocsError`` ``web-by-word`` where a Word file lays it out.
    """
    if not isinstance(job.page, Page):
        raise PemdocsError("web-by-word")
    tree = deepcopy(job.page.tree)
    for picture in tree.iter("img"):
        picture.set("src", _within(job.page.pictures.get(picture.get("src", ""), b"")))
    body = next(tree.iter("body"))
    for tag in ("header", "footer"):
        _once(body, tag)
    style = etree.SubElement(next(tree.iter("head")), "style")
    style.text = "\n".join([variables(job.theme), *job.stylesheets, SCREEN]).replace("</", "<\\/")
    return b"<!doctype html>" + etree.tostring(tree, method="html", encoding="utf-8")


def _within(content: bytes) -> str:
    media = next((each for head, each in DOTS.items() if content.startswith(head)), "image/svg+xml")
    return f"data:{media};base64,{base64.b64encode(content).decode()}"


def _once(body: etree._Element, tag: str) -> None:
    """Leave one of the running lines of a sort, that of the first sheet; the lower one comes last."""
    lines = [each for each in body if each.tag == tag and not specimen.is_mark(each)]
    if not lines:
        return
    first = next((each for each in lines if each.get("class") == "first"), lines[0])
    for each in lines:
        body.remove(each)
    body.insert(0, first) if tag == "header" else body.append(first)
