"""Turn a command's help, and what is wrong with a call, into the reader's language.

Only this module reads ``templates/help``: English stands in the commands themselves.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from pemdocs.cli.speaking import MISUSE, chosen_language
from pemdocs.resources import SHIPPED
from pemdocs.words import speech

HELP = "pemdocs.help"
"""Under this name a context keeps the language of its help."""


def asked(words: Sequence[str]) -> str:
    """The language that a call asks for, before anything of it is understood."""
    given = ""
    for number, word in enumerate(words):
        if word.startswith("--speech="):
            given = word.partition("=")[2]
        elif word == "--speech" and number + 1 < len(words):
            given = words[number + 1]
    return chosen_language(given or None)


def translated(command: click.Command, lang: str) -> click.Command:
    """The command with its help in the language, as far as there are words for it; the command itself stays."""
    words = _words(lang)
    own = words.get(command.name or "", {})
    if not words:
        return command
    found = copy.copy(command)
    found.help = own.get("about", command.help)
    found.short_help = own.get("short", command.short_help)
    found.params = [_parameter(each, own, words.get("options", {})) for each in command.params]
    return found


def _parameter(parameter: click.Parameter, own: Mapping[str, str], shared: Mapping[str, str]) -> click.Parameter:
    if not isinstance(parameter, click.Option):
        return parameter
    found = copy.copy(parameter)
    found.help = next((said[each] for said in (own, shared) for each in parameter.opts if each in said), parameter.help)
    return found


def _words(lang: str) -> Mapping[str, Any]:
    path = f"help/{lang}.toml"
    return SHIPPED.table(path) if SHIPPED.files(path) else {}


@contextmanager
def told(lang: str) -> Iterator[None]:
    """Say in the language what is wrong with a call, and exit."""
    try:
        yield
    except click.exceptions.NoArgsIsHelpError:
        raise
    except click.UsageError as error:
        _say(error, lang)


def no_such_command(name: str, known: Sequence[str], context: click.Context, lang: str) -> NoReturn:
    """Say that there is no such command, and exit."""
    near = get_close_matches(name, known, 1)
    _end(speech.word("usage-command", lang, name=name, nearest="".join(near), known=", ".join(known)), context, lang)


def _say(error: click.UsageError, lang: str) -> NoReturn:
    match error:
        case click.NoSuchOption(option_name=name, possibilities=near):
            text = speech.word("usage-option", lang, name=name, nearest="".join(list(near or ())[:1]))
        case click.MissingParameter(param=click.Parameter() as parameter):
            text = speech.word("usage-missing", lang, name=parameter.human_readable_name)
        case click.BadParameter(param=click.Parameter() as parameter):
            text = speech.word("usage-value", lang, name=parameter.opts[0], known=_known(parameter))
        case click.BadOptionUsage(option_name=name):
            text = speech.word("usage-bare", lang, name=name)
        case _:
            text = speech.word("usage-words", lang)
    _end(text, error.ctx, lang)


def _known(parameter: click.Parameter) -> str:
    if isinstance(parameter.type, click.Choice):
        return ", ".join(map(str, parameter.type.choices))
    return parameter.metavar or ""


def _end(text: str, context: click.Context | None, lang: str) -> NoReturn:
    path = context.command_path if context else "pemdocs"
    hint = speech.word("usage-help", lang, command=f"{path} --help")
    click.echo(f"pemdocs: {text}\n{hint}", err=True)
    sys.exit(MISUSE)
