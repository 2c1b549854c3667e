"""Break builds at random and count what was lost: ``make soak``. Prints a table; a row that is not 0 is a fault."""

from __future__ import annotations

import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from projects import project, write
from remembered import Example

import pemdocs
from pemdocs.building import EDITED, FAILED
from pemdocs.project.manifest import Manifest, digest

KILLS = int(os.environ.get("SOAK_KILLS", "50"))
PAIRS = int(os.environ.get("SOAK_PAIRS", "20"))
DOCUMENTS = int(os.environ.get("SOAK_DOCUMENTS", "3000"))
CELLS = int(os.environ.get("SOAK_CELLS", "200"))
FORMATS = ("docx",)


def many(folder: Path, pairs: int) -> Path:
    """A project of so many pairs, each with one plan."""
    data = project()
    for number in range(9, 9 + pairs):
        data["partnerships"].append({**data["partnerships"][1], "id": f"P-{number:04}"})
    return write(folder, data)


def start(folder: Path, *words: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "pemdocs", "build", str(folder), "--format", "docx", *words]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def workers() -> int:
    listed = subprocess.run(["ps", "-eww", "-o", "args"], capture_output=True, text=True, check=True).stdout
    return sum("pemdocs.writing.crew.serving" in line and "ps -eww" not in line for line in listed.splitlines())


def unknown(folder: Path) -> int:
    """The files that the account does not know as they are."""
    known = Manifest.read(folder / "out").entries
    there = {file.relative_to(folder / "out").as_posix(): file for file in folder.glob("out/**/*.docx")}
    return sum(path not in known or known[path].sha256 != digest(file.read_bytes()) for path, file in there.items())


def torn(folder: Path) -> int:
    return sum(file.read_bytes()[:2] != b"PK" or b"PK\x05\x06" not in file.read_bytes()[-64:]
               for file in folder.glob("out/**/*.docx"))  # fmt: skip


def kills(folder: Path) -> dict[str, int]:
    """Kill builds at random moments, each time after a few more documents."""
    dice, found = random.Random(1), {"unknown": 0, "torn": 0, "edited": 0, "workers": 0}
    before = workers()
    for _ in range(KILLS):
        seen, running = len(list(folder.glob("out/**/*.docx"))), start(folder)
        end = time.monotonic() + 60
        while running.poll() is None and len(list(folder.glob("out/**/*.docx"))) <= seen and time.monotonic() < end:
            time.sleep(0.02)
        time.sleep(dice.random() / 5)
        running.kill()
        running.wait()
        found["unknown"] += unknown(folder)
        found["torn"] += torn(folder)
    time.sleep(3)
    found["workers"] = max(0, workers() - before)
    found["edited"] = sum(each.state == EDITED for each in pemdocs.build(folder, formats=FORMATS).outcomes)
    return found


def together(folder: Path) -> int:
    """Two builds at once, with different kinds; returns how many entries are lost in all."""
    lost = 0
    for number in range(PAIRS):
        out = folder / f"out{number}"
        kinds = ("accompaniment-plan", "partnership-charter")
        for running in [start(folder, "--kind", kind, "--out", str(out)) for kind in kinds]:
            running.wait()
        there = {file.relative_to(out).as_posix() for file in out.glob("**/*.docx")}
        lost += len(there ^ Manifest.read(out).entries.keys())
    return lost


def memory(folder: Path) -> str:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    built = pemdocs.build(folder, formats=FORMATS)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    failed = sum(each.state == FAILED for each in built.outcomes)
    return f"{len(built.outcomes)} documents, {failed} failed, {before} MB before, {after} MB at most"


def changes() -> tuple[int, ...]:
    """Change cells of the example at random: documents that are others, looked at and the same, checked, left."""
    example, counted = Example(), [0, 0, 0, 0]
    for seed in range(CELLS):
        held = example.after(seed)
        found = (len(held.stale), len(held.same), held.checked, len(held.left))
        counted = [*map(sum, zip(counted, found, strict=True))]
        for path in held.left:
            tell(f"left without right after {held.change}", path)
    return tuple(counted)


def tell(what: str, found: Any) -> None:
    print(f"{what:<58} {found}", flush=True)  # noqa: T201


def main() -> None:
    """Run everything and print the table."""
    with tempfile.TemporaryDirectory() as place:
        found = kills(many(Path(place) / "kills", KILLS + 60))
        tell(f"{KILLS} x kill -9: files that the account does not know", found["unknown"])
        tell(f"{KILLS} x kill -9: torn files", found["torn"])
        tell(f"{KILLS} x kill -9: workers left", found["workers"])
        tell("the next build: own files taken for edited", found["edited"])
        tell(f"{PAIRS} x two builds at once: entries lost", together(many(Path(place) / "pairs", 4)))
        stale, same, checked, left = changes()
        tell(f"{CELLS} x a cell or row of the example: documents that are others", stale)
        tell("looked at, and the same", same)
        tell(f"left though they are others, of {checked} looked at", left)
        tell("memory", memory(many(Path(place) / "many", DOCUMENTS)))


if __name__ == "__main__":
    main()
