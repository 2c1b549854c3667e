"""Read the command line, call the function of the same name, print what it gives, set the exit code."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any, TextIO

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.model import PemdocsError
from pemdocs.project.languages import spoken

CLEAN, FINDINGS, MISUSE = 0, 1, 2
"""Exit codes: nothing to mend; something to mend; wrong use or unreadable input."""

TARGET = click.argument("target", default=".", type=click.Path(path_type=Path))
AS_OF = click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), metavar="YYYY-MM-DD",
                     help="Day the documents speak of; what is dated later is not seen (default: the data’s own).",
                     callback=lambda _context, _option, given: given and given.date())  # fmt: skip
LANG = click.option("--lang", metavar="fr|en|nl", help="Language in which the program speaks (default: the project's).")


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(pemdocs.__version__, prog_name="pemdocs")
def main() -> None:
    """One Excel workbook in, all the paperwork of a mobility programme out, in Word and PDF.

    \b
    pemdocs new my-cohort --lang fr     a project folder with a blank workbook
    pemdocs check my-cohort             everything that should be mended in it
    pemdocs build my-cohort             its documents, into my-cohort/out
    """


def speaking(command: Callable[..., int]) -> Callable[..., None]:
    """Give a command its language, turn its result into the exit code, and a fault into a sentence."""

    @wraps(command)
    def run(*args: Any, lang: str | None = None, **options: Any) -> None:
        chosen = report.chosen_language(lang, options.get("target"))
        try:
            if lang:
                spoken(lang)
            code = command(*args, lang=chosen, **options)
        except PemdocsError as fault:
            click.echo(report.fault(fault, chosen), err=True)
            code = MISUSE
        sys.exit(code)

    return run


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "--programme",
    default="",
    help="Programme of the project: installed, or a folder with programme.toml (default: the first).",
)
@LANG
@speaking
def new(folder: Path, programme: str, lang: str) -> int:
    """Make a project FOLDER: settings and a blank workbook with drop-downs, help and an example row."""
    workbook = pemdocs.new(folder, programme=programme, lang=lang)
    click.echo(report.made_project(workbook, lang))
    return CLEAN


@main.command()
@TARGET
@LANG
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@AS_OF
@speaking
def check(target: Path, form: str, as_of: date | None, lang: str) -> int:
    """Check a project folder or a workbook (TARGET, by default here) and name everything to mend."""
    found = pemdocs.check(target, as_of=as_of)
    click.echo(report.as_json(found, lang) if form == "json" else report.as_text(found, lang, _colour()))
    return CLEAN if found.clean else FINDINGS


@main.command()
@TARGET
@click.option("--kind", "kinds", multiple=True, help="Kind of document; may be repeated (default: all).")
@click.option("--case", "cases", multiple=True, help="Id of a case, such as P-07; may be repeated (default: all).")
@click.option("--lang", "languages", multiple=True, metavar="fr|en|nl|fr+en…",
              help="Language of the documents, two with a plus; may be repeated (default: the project's).")  # fmt: skip
@click.option("--format", "formats", multiple=True, help="docx or pdf; may be repeated (default: both).")
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: out in the project).")
@click.option("--dry-run", is_flag=True, help="Say what would be made and write nothing.")
@click.option(
    "--force", is_flag=True, help="Make every document anew, also those that are current or were edited by hand."
)
@AS_OF
@click.option("--pack-size", type=click.FloatRange(min=0, min_open=True), metavar="MB",
              help="Largest file of a visa pack in megabytes; a larger one is cut into volumes.")  # fmt: skip
@click.option("--password-file", type=click.File("r", encoding="utf-8"),
              help="Encrypt the visa packs (AES-256) with the password on the first line of this file.")  # fmt: skip
@click.option("--ask-password", is_flag=True, help="Encrypt the visa packs with a password that is asked for.")
@click.option("--speech", metavar="fr|en|nl", help="Language in which the program speaks (default: the project's).")
def build(target: Path, speech: str | None, password_file: TextIO | None, ask_password: bool, **wishes: Any) -> None:
    """Build the documents of a project folder or a workbook (TARGET, by default here).

    A case with errors is left out and named; the rest goes on. Documents that are still current are not made again.
    """
    _build(target=target, lang=speech, secret=(password_file, ask_password), **wishes)


@speaking
def _build(target: Path, lang: str, secret: tuple[TextIO | None, bool], **wishes: Any) -> int:
    password = _password(*secret, lang)
    with _bar(lang) as progress:
        built = pemdocs.build(target, progress=progress, password=password, **wishes)
    click.echo(report.of_build(built, lang, dry_run=wishes["dry_run"], colour=_colour()))
    return CLEAN if built.clean else FINDINGS


def _password(file: TextIO | None, ask: bool, lang: str) -> str | None:
    """The password from the file or from the person, never from the command line, which others can read."""
    if file is not None:
        found = file.readline().rstrip("\r\n")
    elif ask:
        found = str(click.prompt(report.word("password", lang), hide_input=True, confirmation_prompt=True))
    else:
        return None
    if not found:
        raise PemdocsError("password-empty")
    return found


@contextmanager
def _bar(lang: str) -> Iterator[Callable[[int, int], None] | None]:
    """A progress bar on stderr where that is a terminal."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console  # rich takes a moment to import, and only a terminal needs it
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(report.word("building", lang), total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


def _colour() -> bool:
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
