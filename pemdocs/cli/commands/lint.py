"""The command ``lint``: name everything to mend in the templates of a project, or in one Word template."""

from __future__ import annotations

import json
from pathlib import Path

import click

from pemdocs.cli import report
from pemdocs.cli.options import SPEECH
from pemdocs.cli.report import tags
from pemdocs.cli.speaking import CLEAN, FINDINGS, colour, speaking
from pemdocs.cli.streams import for_programs
from pemdocs.model import PemdocsError
from pemdocs.project.settings import FILE
from pemdocs.words.speech import word


@click.command("lint")
@click.argument("target", required=False, type=click.Path(path_type=Path))
@SPEECH
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How to report.")
@click.option("--table", default="", help="Table that a Word template is about (default: its kind’s, or guessed).")
@click.option(
    "--annotate",
    type=click.Path(path_type=Path),
    metavar="COPY.docx",
    help="Write what is wrong with a Word template into a copy, as comments at their places.",
)
@click.option("--fix", is_flag=True, help="Mend what has one answer in a Word template; in itself, or where --to says.")
@click.option("--to", type=click.Path(path_type=Path), metavar="COPY.docx", help="Copy that --fix writes.")
@speaking
def command(
    target: Path | None, form: str, table: str, annotate: Path | None, fix: bool, to: Path | None, speech: str
) -> int:
    """Check the templates of a project folder (TARGET, by default here) without building: layouts, wording, themes,
    profile, Word templates. Outside of a project, check what comes along. A TARGET that is a Word file is a template.
    """
    from pemdocs.building.linting import is_word  # python-docx and docxtpl take a moment

    if target is not None and is_word(target):
        return _one(target, form, table, annotate, fix, to, speech)
    if annotate or fix:
        raise PemdocsError("own-one-template")
    here = Path() if (Path(FILE)).is_file() else ""
    return _project(target or here, form, speech)


def _one(template: Path, form: str, table: str, annotate: Path | None, fix: bool, to: Path | None, speech: str) -> int:
    """Report on one Word template, once it is mended where that is asked for."""
    from pemdocs.building.linting import programme_of
    from pemdocs.writing.own import lint

    programme = programme_of(template)
    if fix:
        copy = to or template
        count = lint.fix(template, copy, table, programme)
        told = word("tags-mended-one" if count == 1 else "tags-mended-many", speech, count=count, path=str(copy))
        click.echo(told, err=form == "json")
        template = copy
    examined = lint.examine(template, table, programme)
    if annotate is not None:
        lint.annotate(examined, annotate, template, speech)
        click.echo(word("tags-annotated", speech, path=str(annotate)), err=form == "json")
    if form == "json":
        click.echo(for_programs(tags.as_json(examined, speech)))
    else:
        click.echo(tags.as_text(examined, speech, colour()))
    return CLEAN if examined.clean else FINDINGS


def _project(target: Path | str, form: str, speech: str) -> int:
    """Report on the templates of a project, its Word templates behind the others."""
    from pemdocs.building import linting

    found = linting.project(target)
    word_templates = linting.word_templates(target)
    if form == "json":
        told = json.loads(report.of_lint_as_json(found, speech))
        told["word_templates"] = [json.loads(tags.as_json(each, speech)) for each in word_templates]
        click.echo(for_programs(json.dumps(told, indent=2, ensure_ascii=False)))
    else:
        click.echo(report.of_lint(found, speech, colour()))
        for each in word_templates:
            click.echo(f"\n{tags.as_text(each, speech, colour())}")
    clean = found.clean and all(each.clean for each in word_templates)
    return CLEAN if clean else FINDINGS
