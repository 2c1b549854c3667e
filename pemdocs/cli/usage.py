"""Turn a command's help, and what is wrong with a call, into the reader's language.

Only this module reads ``templates/help``: English stands in the commands themselves.
"""

from __future__ import annotations

import copy
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from typing import Any, NoReturn

import click

from pemdocs.cli.speaking import MISUSE, chosen_language
from pemdocs.resources import SHIPPED
from pemdocs.words import speech

HELP = "pemdocs.help"
"""Under this name a context keeps the language of its help."""


class SpokenContext(click.Context):
    """A context whose help is said in a language."""

    def __init__(self, *args: Any, lang: str = "", **options: Any) -> None:
        super().__init__(*args, **options)
        if lang:
            self.meta[HELP] = lang

    def make_formatter(self) -> click.HelpFormatter:
        """What writes the help, with click's own words in the reader's language."""
        width = self.terminal_width, self.max_content_width
        return _Formatter(*width, _words(self.meta.get(HELP, "en")).get("words", {}))


class _Formatter(click.HelpFormatter):
    """Click's own words (``Usage``, ``Options``, ``TEXT``) by what stands for them in ``[words]``."""

    def __init__(self, width: int | None, max_width: int | None, words: Mapping[str, str]) -> None:
        super().__init__(width=width, max_width=max_width)
        self.words = words

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """The line that says how a command is written."""
        said = self.words.get("Usage", "Usage")
        super().write_usage(prog, self._said(args), prefix or f"{said}: ")

    def write_heading(self, heading: str) -> None:
        """A heading over options or commands."""
        super().write_heading(self.words.get(heading, heading))

    def write_dl(self, rows: Iterable[tuple[str, str]], col_max: int = 30, col_spacing: int = 2) -> None:
        """A list of options or commands with what they are for."""
        said = [(self._said(name), self.words.get(about, about)) for name, about in rows]
        super().write_dl(said, col_max, col_spacing)

    def _said(self, text: str) -> str:
        return re.sub(r"[A-Z]{2,}", lambda word: self.words.get(word[0], word[0]), text)


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
    found.context_class = SpokenContext
    found.help = own.get("about", command.help)
    found.short_help = own.get("short", command.short_help)
    found.params = [_parameter(each, own, words.get("options", {})) for each in command.params]
    return found


def parameters(given: Sequence[click.Parameter], lang: str) -> list[click.Parameter]:
    """The options of the program itself in the language."""
    return [_parameter(each, {}, _words(lang).get("options", {})) for each in given]


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
