"""The command ``web``: the pages of a project in the browser, for those who open no terminal."""

from __future__ import annotations

from pathlib import Path

import click

import pemdocs
from pemdocs.cli import report
from pemdocs.cli.options import SPEECH
from pemdocs.cli.speaking import CLEAN, speaking
from pemdocs.model import PemdocsError


@click.command("web")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@click.option("--no-browser", is_flag=True, help="Only say the address; it is good for one visit.")
@SPEECH
@speaking
def command(target: Path | None, no_browser: bool, speech: str) -> int:
    """Open the pages of a project TARGET in the browser, or those to open or make one.

    They are for this computer alone, in French, English and Dutch, and end by a button there, or with Ctrl-C.
    """
    try:
        serve = pemdocs.serve
    except ImportError as error:
        raise PemdocsError("web-extra-missing") from error

    def told(address: str) -> None:
        click.echo(report.word("web-address", speech, address=address))

    serve(target, browser=not no_browser, told=told)
    return CLEAN
