"""The command ``fields``: list what a Word template can ask for."""

from __future__ import annotations

from pathlib import Path

import click

from pemdocs.cli.options import SPEECH
from pemdocs.cli.speaking import CLEAN, speaking
from pemdocs.data.schema import AUDIENCES

FORMATS = ("text", "docx", "html", "json")


@click.command("fields")
@click.argument("name", metavar="KIND|TABLE")
@click.option("--format", "form", type=click.Choice(FORMATS), default="text", help="Form of the list.")
@click.option("--out", type=click.Path(path_type=Path), help="File to write (default: what docx is called by itself).")
@click.option("--audience", type=click.Choice(AUDIENCES), help="Readers of the document (default: the kind’s).")
@click.option("--project", "target", type=click.Path(path_type=Path), default=".", help="Project with own templates.")
@SPEECH
@speaking
def command(name: str, form: str, out: Path | None, audience: str | None, target: Path, speech: str) -> int:
    """List all that a Word template can ask for, ready to be pasted: by a KIND of document, or by a TABLE."""
    from pemdocs.building import authoring  # python-docx takes a moment

    content = authoring.fields(name, form, audience=audience or "", project=target, lang=speech)
    if isinstance(content, bytes) or out is not None:
        path = out or Path(f"fields-{name}.docx")
        authoring.write(path, content)
        click.echo(path)
    else:
        click.echo(content)
    return CLEAN
