"""The command ``build``: make the documents of a project."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import AS_OF, CASE, KIND, LANG, SPEECH, TARGET
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking
from pemdocs.cli.streams import for_programs
from pemdocs.model import PemdocsError
from pemdocs.writing.crew import LIMIT

REPORT = "json"
"""The one format that is not of the documents but of the report."""


@click.command("build")
@TARGET
@KIND
@CASE
@LANG
@click.option(
    "--template",
    type=click.Path(path_type=Path),
    metavar="FILE.docx",
    help="A Word template to build by, instead of a kind: one document for each record of --table.",
)
@click.option("--table", default="", help="The table that --template is about, such as people (default: guessed).")
@click.option(
    "--format",
    "formats",
    multiple=True,
    help="docx, pdf (default: both), html, figures or cards of a note or report, or json to report to programs.",
)
@click.option("--out", type=click.Path(path_type=Path), help="Output folder (default: out in the project).")
@click.option("--dry-run", is_flag=True, help="Say what would be made and write nothing.")
@click.option(
    "--force", is_flag=True, help="Make every document anew, also those that are current or were edited by hand."
)
@click.option("--no-cache", is_flag=True, help="Look at everything anew: ignore what earlier builds have remembered.")
@AS_OF
@click.option(
    "--pack-size",
    type=click.FloatRange(min=0, min_open=True, max=1_000_000),
    metavar="MB",
    help="Largest file of a visa pack in megabytes; a larger one is cut into volumes.",
)
@click.option(
    "--password-file",
    type=click.File("r", encoding="utf-8"),
    help="Encrypt the visa packs (AES-256) with the password on the first line of this file.",
)
@click.option("--ask-password", is_flag=True, help="Encrypt the visa packs with a password that is asked for.")
@click.option(
    "--jobs",
    type=click.IntRange(min=1),
    metavar="N",
    help="Documents that are made at the same time (default: one for each processor).",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=1, max=86_400),
    default=LIMIT,
    metavar="SECONDS",
    help=f"Time that one document may take (default: {LIMIT:.0f}).",
)
@click.option(
    "--cluster",
    default="",
    metavar="ADDRESS",
    help="Let the workers of this Dask scheduler make the documents (tls://HOST:PORT).",
)
@SPEECH
@speaking
def command(
    target: Path,
    speech: str,
    password_file: TextIO | None,
    ask_password: bool,
    dry_run: bool,
    no_cache: bool,
    **wishes: Any,
) -> int:
    """Build the documents of a project folder or a workbook (TARGET, by default here).

    A case with errors is left out and named; the rest goes on. Documents that are still current are not made again.
    """
    programs = REPORT in wishes["formats"]
    wishes["formats"] = tuple(each for each in wishes["formats"] if each != REPORT)
    password = _password(password_file, ask_password, speech)
    with _bar(speech) as progress:
        built = pemdocs.build(
            target, progress=progress, password=password, dry_run=dry_run, cache=not no_cache, **wishes
        )
    if programs:
        click.echo(for_programs(report.build_as_json(built, speech)))
        return CLEAN if built.clean else FINDINGS
    click.echo(report.of_build(built, speech, dry_run=dry_run, colour=colour()))
    return CLEAN if built.clean else FINDINGS


def _password(file: TextIO | None, ask: bool, lang: str) -> str | None:
    """The password from the file or from the person, never from the command line, which others can read."""
    if file is not None:
        try:
            found = file.readline().rstrip("\r\n").removeprefix("\ufeff")
        except UnicodeDecodeError as error:
            raise PemdocsError("password-unreadable") from error
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
