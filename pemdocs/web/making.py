"""Let a process of its own build, tell how far it is, and stop it. Only this module of the room starts programs."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from typing import Any

START = "import sys; sys.path[:] = {path!r}; from pemdocs.web.building import serve; serve()"
APART = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0) | getattr(subprocess, "CREATE_NO_WINDOW", 0)

PATIENCE = 10.0
"""Seconds that a build has to come to a good end once it is stopped."""


@dataclass(frozen=True, slots=True)
class State:
    """How far a build is. ``result`` is what it told at its end; empty before, and where it was stopped."""

    busy: bool = False
    done: int = 0
    of: int = 0
    part: int = 1
    parts: int = 1
    """Which of how many orders is at work."""

    began: float = 0.0
    first: float = 0.0
    """When the first document was done: what comes before is no measure of the rest."""

    stopped: bool = False
    number: int = 0
    result: Mapping[str, Any] = field(default_factory=dict)

    @property
    def left(self) -> int | None:
        """Seconds that the rest will take, as far as those that are done can tell."""
        if not self.busy or self.done < 2 or not self.of:
            return None
        pace = (time.monotonic() - self.first) / (self.done - 1)
        return round(pace * (self.of - self.done))


class Making:
    """The build that is at work, or the last one."""

    def __init__(self) -> None:
        self.state = State()
        self._turn = threading.Lock()
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, order: Mapping[str, Any]) -> bool:
        """Begin to build; ``False`` where a build is at work already."""
        with self._turn:
            if self.state.busy:
                return False
            self.state = State(busy=True, began=time.monotonic(), number=self.state.number + 1)
            self._process = subprocess.Popen(  # noqa: S603 (the same Python, with words of our own)
                [sys.executable, "-c", START.format(path=sys.path)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                creationflags=APART,
            )
        threading.Thread(target=self._follow, args=(self._process, dict(order)), daemon=True).start()
        return True

    def stop(self) -> None:
        """Let the build come to an end: what is written is whole, the rest is not made."""
        process = self._process
        with self._turn:
            if process is None or not self.state.busy:
                return
            self.state = replace(self.state, stopped=True)
        with suppress(OSError, ValueError):
            process.stdin.close()  # type: ignore[union-attr]
        watch = threading.Timer(PATIENCE, process.kill)
        watch.daemon = True
        watch.start()

    def _follow(self, process: subprocess.Popen[bytes], order: Mapping[str, Any]) -> None:
        result: Mapping[str, Any] = {}
        with suppress(OSError, ValueError):
            process.stdin.write(json.dumps(order).encode() + b"\n")  # type: ignore[union-attr]
            process.stdin.flush()  # type: ignore[union-attr]
        for line in process.stdout or ():
            told = json.loads(line)
            if "done" in told:
                self._count(**told)
            else:
                result = told
        process.wait()
        for pipe in (process.stdin, process.stdout):
            with suppress(OSError, ValueError):
                pipe.close()  # type: ignore[union-attr]
        with self._turn:
            self.state = replace(self.state, busy=False, result=result)

    def _count(self, done: int, of: int, part: int, parts: int) -> None:
        with self._turn:
            first = self.state.first if part == self.state.part and self.state.first else time.monotonic()
            self.state = replace(self.state, done=done, of=of, part=part, parts=parts, first=first)
