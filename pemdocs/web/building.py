"""What the process does that builds for a page: take an order, tell how far it is, tell what came of it.

It stops when whoever has started it closes the line or ends, as after Ctrl-C: what is written is whole.
"""

from __future__ import annotations

import _thread
import json
import os
import signal
import threading
from collections import Counter
from typing import IO, Any

import pemdocs
from pemdocs.building import CURRENT, EDITED, MADE, Built
from pemdocs.building.outcome import Progress
from pemdocs.building.telling import left_out
from pemdocs.model import PemdocsError
from pemdocs.words import speech


def serve() -> None:
    """Build what the first line of the standard input orders."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    answers = os.fdopen(os.dup(1), "wb")
    with open(os.devnull, "wb") as nowhere:
        os.dup2(nowhere.fileno(), 1)  # what a library prints must not come between
    source = os.fdopen(0, "rb")
    order = json.loads(source.readline() or b"null")
    if order is None:
        return
    threading.Thread(target=_listen, args=(source,), daemon=True).start()
    try:
        _tell(answers, _built(order, answers))
    except KeyboardInterrupt:
        return


def _listen(source: IO[bytes]) -> None:
    source.read()
    _thread.interrupt_main()


def _built(wish: dict[str, Any], answers: IO[bytes]) -> dict[str, Any]:
    """What came of all orders of a wish, one after the other."""
    built: list[Built] = []
    fault: dict[str, str] = {}
    try:
        for number, order in enumerate(wish["orders"], 1):
            part = {"part": number, "parts": len(wish["orders"])}
            built.append(pemdocs.build(wish["target"], progress=_counting(answers, part), **order))
    except Exception as error:
        known = error if isinstance(error, PemdocsError) else PemdocsError("web-failed", reason=type(error).__name__)
        fault["fault"] = speech.fault(known, wish["lang"])
    return _told(built, wish["lang"]) | fault


def _counting(answers: IO[bytes], part: dict[str, int]) -> Progress:
    return lambda done, of: _tell(answers, {"done": done, "of": of, **part})


def _told(some: list[Built], lang: str) -> dict[str, Any]:
    outcomes = [each for built in some for each in built.outcomes]
    counted = Counter(each.state for each in outcomes)
    skipped = [
        left_out(each, lang, built.programme.templates)
        for built in some
        for each in built.skipped
        if each.wrong or each.code == "nothing-to-draw"
    ]
    return {
        "made": counted[MADE],
        "current": counted[CURRENT],
        "edited": [each.path for each in outcomes if each.state == EDITED],
        "faults": [[each.path, speech.fault(each.fault, lang)] for each in outcomes
                   if each.fault and each.state != EDITED],
        "skipped": list(dict.fromkeys(skipped)),
    }  # fmt: skip


def _tell(answers: IO[bytes], told: dict[str, Any]) -> None:
    answers.write(json.dumps(told).encode() + b"\n")
    answers.flush()
