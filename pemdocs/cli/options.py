"""The options that several commands have, each in one place, so that one word means one thing everywhere."""

from __future__ import annotations

from pathlib import Path

import click

TARGET = click.argument("target", default=".", type=click.Path(path_type=Path))
SPEECH = click.option(
    "--speech", metavar="fr|en|nl", help="Language in which the program speaks (default: the project's)."
)
LANG = click.option(
    "--lang",
    "--languages",
    "languages",
    multiple=True,
    metavar="fr|en|nl|fr+en…",
    callback=lambda _context, _option, given: tuple(each for one in given for each in one.split(",") if each.strip()),
    help="Language of the documents, two with a plus; may be repeated (default: the project's).",
)
KIND = click.option("--kind", "kinds", multiple=True, help="Kind of document; may be repeated (default: all).")
CASE = click.option("--case", "cases", multiple=True, help="Id of a case (P-07); may be repeated (default: all).")
AS_OF = click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day the documents speak of; what is dated later is not seen (default: the data’s own).",
    callback=lambda _context, _option, given: given and given.date(),
)
