"""Turn the bytes of XML into calls, piece by piece, within the limits. Only this module uses the XML parser."""

from __future__ import annotations

import xml.parsers.expat
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from typing import IO, NoReturn

from pemdocs.model import PemdocsError
from pemdocs.workbook.formats import limits

CHUNK = 1 << 16

Start = Callable[[str, dict[str, str]], None]
End = Callable[[str], None]
Text = Callable[[str], None]


def parse(stream: IO[bytes], file: str, look: Callable[[], None], start: Start, end: End, text: Text) -> None:
    """Call ``start``, ``end`` and ``text`` for what the stream holds; names come with their prefixes.

    ``look`` is called now and then and may raise. Raises ``PemdocsError``: damaged, over a limit, with declarations.
    """
    parser = xml.parsers.expat.ParserCreate()
    parser.buffer_text = True
    parser.buffer_size = CHUNK
    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = text
    parser.StartDoctypeDeclHandler = _refuse(file)
    read = 0
    with damaged(file):
        while chunk := stream.read(CHUNK):
            read += len(chunk)
            if read > limits.PARSED:
                raise limits.heavy(file)
            parser.Parse(chunk, False)
            look()
        parser.Parse(b"", True)


@contextmanager
def damaged(file: str) -> Iterator[None]:
    """What a parser or a decoder raises inside, as a file that is damaged."""
    try:
        yield
    except (xml.parsers.expat.ExpatError, ValueError, LookupError, OverflowError, RecursionError) as error:
        raise PemdocsError("unreadable-damaged", file=file) from error


def _refuse(file: str) -> Callable[..., NoReturn]:
    def refuse(*_: object) -> NoReturn:
        raise PemdocsError("unreadable-entities", file=file)

    return refuse


def local(name: str) -> str:
    """The name without its prefix: ``x:row`` is ``row``."""
    return name.rpartition(":")[2]


def said(attributes: Mapping[str, str], name: str, default: str = "") -> str:
    """An attribute, whatever its prefix."""
    for key, value in attributes.items():
        if local(key) == name:
            return value
    return default


def yes(value: str) -> bool:
    """Whether an attribute says yes."""
    return value.strip() in ("1", "true", "on")
