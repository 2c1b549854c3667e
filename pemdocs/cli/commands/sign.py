"""The command ``sign``: lead a charter or a letter from draft to signature, on paper and electronically."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path
from typing import Any, TextIO

import click

from pemdocs.cli import report
from pemdocs.cli.options import SPEECH, TARGET
from pemdocs.cli.report import signing as told
from pemdocs.cli.speaking import CLEAN, FINDINGS, speaking
from pemdocs.model import PemdocsError

STATES = ("sign", "sent", "signed", "refused")
WAYS = ("hand", "post", "email", "service", "paper", "electronic")


@click.command("sign")
@TARGET
@click.option(
    "--prepare", is_flag=True, help="Write the version of a case that is to be signed; it is never made again."
)
@click.option("--with", "key", type=click.Path(path_type=Path), metavar="KEY.p12", help="Sign with this key.")
@click.option(
    "--scan", "pile", type=click.Path(path_type=Path), metavar="FOLDER", help="Find what was signed on paper."
)
@click.option("--state", type=click.Choice(STATES), help="Enter how far the signatures of a case are.")
@click.option("--case", default="", help="Id of the case (P-07).")
@click.option("--kind", default="", help="Kind of document (default: the one that is signed, such as the charter).")
@click.option("--lang", "language", default="", metavar="fr|fr+nl…", help="Language of the document, two with a plus.")
@click.option("--data", is_flag=True, help="With --prepare: let the data travel inside the file, not only its mark.")
@click.option(
    "--as", "--by", "who", multiple=True, metavar="ID", help="Id of who signs or has signed; may be repeated."
)
@click.option(
    "--page", "apart", is_flag=True, help="With --prepare: add a page of signatures, for services that use one."
)
@click.option("--seal", is_flag=True, help="With --with: put the seal of an organisation on the last page.")
@click.option("--password-file", type=click.File("r", encoding="utf-8"), help="File whose first line opens the key.")
@click.option("--time-stamps", default="", metavar="URL", help="Service that says the time (PAdES B-T).")
@click.option("--long-term", is_flag=True, help="Put into the file what it takes to check it in years (PAdES B-LT).")
@click.option("--trust", "trusted", multiple=True, type=click.Path(path_type=Path), help="Certificates at the root.")
@click.option(
    "--on",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="YYYY-MM-DD",
    help="Day of what is entered (default: asked for, or today).",
    callback=lambda _context, _option, given: given and given.date(),
)
@click.option("--way", type=click.Choice(WAYS), default=None, help="With --state: how it was sent or signed.")
@click.option("--cohort", "cohorts", multiple=True, help="Cohort of which those who have not signed are listed.")
@click.option("--remind", is_flag=True, help="With the list: a text for each who has not signed, in their language.")
@SPEECH
@speaking
def command(target: Path, speech: str, **wish: Any) -> int:
    """Lead charters and letters of a project (TARGET, by default here) from draft to signature.

    Without an option: who has not signed yet.

    \b
    pemdocs sign --prepare --case P-07
    pemdocs sign --with my-key.p12 --case P-07 --as SN-014-A
    pemdocs sign --scan my-scans
    pemdocs sign --state sent --case P-07 --way email
    """
    if wish["pile"] is not None:
        return _scan(target, speech, wish)
    if wish["prepare"] or wish["key"] is not None or wish["state"]:
        if not wish["case"]:
            raise PemdocsError("sign-case")
        return _case(target, speech, wish)
    from pemdocs.signing import states

    found = states.unsigned(target, wish["cohorts"])
    click.echo(told.of_unsigned(found, target, speech, remind=wish["remind"]))
    return FINDINGS if found else CLEAN


def _case(target: Path, speech: str, wish: dict[str, Any]) -> int:
    case, kind, who = wish["case"], wish["kind"], wish["who"]
    if wish["prepare"]:
        from pemdocs.signing.preparing import prepare

        made = prepare(target, case, kind=kind, language=wish["language"], data=wish["data"], apart=wish["apart"])
        click.echo(told.of_prepared(made, speech))
    if wish["key"] is not None:
        from pemdocs.signing.electronic import sign

        password = _password(wish["password_file"], speech)
        options = {name: wish[name] for name in ("seal", "language", "time_stamps", "long_term", "trusted")}
        signed = sign(target, wish["key"], password, case, who=who[0] if who else "", kind=kind, **options)
        click.echo(told.of_signed(signed, speech))
    if wish["state"]:
        from pemdocs.signing.states import mark

        people = mark(target, case, wish["state"], who, on=wish["on"], way=wish["way"] or "", kind=kind)
        click.echo(told.of_marked(case, people, wish["state"], speech))
    return CLEAN


def _password(file: TextIO | None, speech: str) -> str:
    """The password from the file or from the person, never from the command line, which others can read."""
    if file is None:
        return str(click.prompt(report.word("sign-password", speech), hide_input=True, default="", show_default=False))
    try:
        return file.readline().rstrip("\r\n").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        raise PemdocsError("password-unreadable") from error


def _scan(target: Path, speech: str, wish: dict[str, Any]) -> int:
    from pemdocs.signing import paper

    pile = paper.scan(target, wish["pile"])
    click.echo(told.of_pile(pile, speech))
    whole = [each for each in pile.papers if not each.missing]
    for each in whole:
        day, who = _answers(each, wish, speech, alone=len(whole) == 1)
        path = paper.place(target, each, day, who)
        click.echo(told.of_placed(each, path, who, day, speech))
    return CLEAN if pile.clean else FINDINGS


def _answers(found: Any, wish: dict[str, Any], speech: str, *, alone: bool) -> tuple[date | None, tuple[str, ...]]:
    """Who has signed and when: as the options say it where there is one paper, else as the person answers."""
    if alone and (wish["who"] or wish["on"]):
        return wish["on"], wish["who"] or found.frozen.signatories
    if not sys.stdin.isatty():
        return None, ()
    click.echo(told.of_question(found, speech))
    known = ",".join(found.frozen.signatories)
    who = str(click.prompt(report.word("sign-ask-who", speech), default=known))
    day = click.prompt(report.word("sign-ask-day", speech), type=click.DateTime(["%Y-%m-%d"]))
    return day.date(), tuple(each.strip().upper() for each in who.split(",") if each.strip())
