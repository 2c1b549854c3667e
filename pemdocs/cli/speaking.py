"""Turn a function into a command that speaks the reader's language, says faults in a sentence, and exits by its result.

Only this module knows the exit codes and which language is spoken.
"""

from __future__ import annotations

import locale
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click

from pemdocs.cli import report
from pemdocs.model import PemdocsError
from pemdocs.project import languages
from pemdocs.project.settings import open_project

CLEAN, FINDINGS, MISUSE = 0, 1, 2
"""Exit codes: nothing to mend; something to mend; wrong use or unreadable input."""

STOPPED = 128
"""To this the number of the signal is added that has ended a command: 130 for Ctrl-C."""


def speaking(command: Callable[..., int]) -> Callable[..., None]:
    """Give a command the language of its ``speech``; turn its result into the exit code, a fault into a sentence."""

    @wraps(command)
    def run(*args: Any, speech: str | None = None, **options: Any) -> None:
        chosen = chosen_language(speech, options.get("target"), options.get("languages", ()))
        with _stoppable() as stops:
            try:
                if speech:
                    languages.spoken(speech)
                code = command(*args, speech=chosen, **options)
            except PemdocsError as fault:
                click.echo(report.fault(fault, chosen), err=True)
                code = MISUSE
            except KeyboardInterrupt:
                click.echo(report.word("stopped", chosen), err=True)
                code = STOPPED + (stops[0] if stops else signal.SIGINT)
        sys.exit(code)

    return run


@contextmanager
def _stoppable() -> Iterator[list[int]]:
    """Let the signals that ask a program to end do what Ctrl-C does; gives those that have come."""
    stops: list[int] = []

    def stop(number: int, _frame: object) -> None:
        stops.append(number)
        raise KeyboardInterrupt

    asked = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    if threading.current_thread() is not threading.main_thread():
        asked = []
    before = {number: signal.signal(number, stop) for number in asked}
    try:
        yield stops
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def chosen_language(asked: str | None, target: Path | None = None, documents: Sequence[str] = ()) -> str:
    """The language to speak: asked for, of the environment, of the project, of the machine, English.

    A project that is still to be made speaks the first language of its ``documents``.
    """
    own = _of_project(target) if target is not None else "".join(documents[:1])[:2]
    wishes = [asked, os.environ.get("PEMDOCS_LANG"), own, languages.of_locale(_locale())]
    return next((wish for wish in wishes if wish and wish in languages.available()), "en")


def _locale() -> str:
    """What the computer calls its locale: ``nl_BE``, ``Dutch_Belgium``; nothing where it has none, or a broken one."""
    try:
        return locale.getlocale()[0] or ""
    except ValueError:
        return ""


def _of_project(target: Path) -> str:
    try:
        return open_project(target).lang
    except PemdocsError:
        return ""


def colour() -> bool:
    """Whether what is printed may be coloured."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ
