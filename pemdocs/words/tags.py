"""Compile and fill the tags of Word templates, in the sandbox. Only this module knows Jinja's faults."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import Any, TypeVar

from jinja2 import StrictUndefined, TemplateError, TemplateSyntaxError, UndefinedError, pass_context
from jinja2.exceptions import SecurityError
from markupsafe import Markup

from pemdocs.model import PemdocsError
from pemdocs.words.sandbox import Guarded

T = TypeVar("T")

WRITER, FILTERING = "_write", "_filtered"
"""The names under which a rendering finds what finishes its values, and what applies a filter to one."""

UNKNOWN = re.compile(r"'(\w+)' is undefined")
LACKING = re.compile(r"(?:has no attribute|no element) '?(\w+)'?")
UNDECLARED = re.compile(r"No (filter|test) named '(\w+)'")

Environment = Guarded


def environment(filters: Iterable[str], shown: tuple[type, ...] = ()) -> Environment:
    """A sandbox for Word templates: nothing undefined passes, and ``WRITER`` finishes and escapes each value.

    ``filters`` are names that each rendering resolves by itself, for they speak the languages of its document. A
    template sees nothing but plain values and those of ``shown`` types, as a layout does.
    """

    @pass_context
    def finished(context: Any, value: Any) -> Any:
        write = context.get(WRITER)
        if isinstance(value, StrictUndefined):
            return str(value)  # which raises what is undefined, or forbidden
        made.guarded(value)
        return value if write is None or hasattr(value, "__html__") else Markup(write(value))  # noqa: S704

    made = Guarded(undefined=StrictUndefined, autoescape=True, finalize=finished)
    made.shown = shown
    made.filters.update({name: _filter(name) for name in filters})
    for name in ("pprint", "tojson", "xmlattr", "urlize"):
        made.filters.pop(name, None)
    return made


def _filter(name: str) -> Callable[..., Any]:
    @pass_context
    def filtered(context: Any, value: Any, *further: Any, **named: Any) -> Any:
        return context[FILTERING](name, value, *further, **named)

    return filtered


def guarded(work: Callable[[], T], file: str, known: Iterable[str] = ()) -> T:
    """The result of a work on a template, or its fault as a ``PemdocsError`` that names the template and the tag.

    Codes: ``own-tag-broken``, ``own-unknown-name``, ``own-unknown-filter``, ``own-unsafe``, ``own-tag-failed``.
    """
    try:
        return work()
    except TemplateSyntaxError as error:
        raise _of_syntax(error, file, known) from error
    except SecurityError as error:
        raise PemdocsError("own-unsafe", file=file) from error
    except UndefinedError as error:
        raise _of_name(str(error.message), file, known) from error
    except (TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise PemdocsError("own-tag-failed", file=file, reason=type(error).__name__) from error
    except (RecursionError, MemoryError, OverflowError) as error:
        raise PemdocsError("own-tag-failed", file=file, reason=type(error).__name__) from error


def line_of(error: BaseException | None) -> int:
    """The line of the template that a fault comes from, zero where it is not known."""
    while error:
        if isinstance(error, TemplateSyntaxError):
            return int(error.lineno or 0)
        if found := _line_in(error):
            return found
        error = error.__cause__
    return 0


def _line_in(error: BaseException) -> int:
    found, trace = 0, error.__traceback__
    while trace:
        if trace.tb_frame.f_code.co_filename == "<template>":
            found = trace.tb_lineno
        trace = trace.tb_next
    return found


def _of_syntax(error: TemplateSyntaxError, file: str, known: Iterable[str]) -> PemdocsError:
    found = UNDECLARED.search(str(error.message))
    if found:
        return PemdocsError("own-unknown-filter", file=file, name=found[2], nearest=_nearest(found[2], known))
    return PemdocsError("own-tag-broken", file=file)


def _of_name(message: str, file: str, known: Iterable[str]) -> PemdocsError:
    found = UNKNOWN.search(message) or LACKING.search(message)
    if not found:
        return PemdocsError("own-tag-failed", file=file, reason="UndefinedError")
    return PemdocsError("own-unknown-name", file=file, name=found[1], nearest=_nearest(found[1], known))


def _nearest(name: str, known: Iterable[str]) -> str:
    return next(iter(get_close_matches(name, list(known), 1)), "")
