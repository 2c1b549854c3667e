"""Break builds at random and count what was lost: ``make soak``. Prints a table; a row that is not 0 is a fault."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from resource import RUSAGE_CHILDREN, RUSAGE_SELF, getrusage
from typing import Any

from projects import Data, project, publication, write
from remembered import Example
from scanned import noisy
from scanning import jpeg
from travellers import case, travellers
from word_templates import template

import pemdocs
from pemdocs.building import EDITED, FAILED
from pemdocs.building.tracking import board, messages, sheets
from pemdocs.project.manifest import OWN, Manifest, digest

KILLS = int(os.environ.get("SOAK_KILLS", "50"))
PAIRS = int(os.environ.get("SOAK_PAIRS", "20"))
DOCUMENTS = int(os.environ.get("SOAK_DOCUMENTS", "3000"))
DOSSIERS = int(os.environ.get("SOAK_DOSSIERS", "30"))
CELLS = int(os.environ.get("SOAK_CELLS", "200"))
FIRST = int(os.environ.get("SOAK_FIRST", "0"))
"""The first of the changes of cells: a run that was broken off goes on behind those that it has done."""

SCANS = ("passport", "photo", "bank-statements", "insurance", "transport", "lodging", "company-registration",
         "tax-number", "invoices", "business-relation")  # fmt: skip
KINDS = ("accompaniment-plan", "partnership-charter", "visa-pack", "final-report", "learning-note", "attestation")
LONGEST = 180
"""Seconds after which a build that goes on is a fault."""

OWN_TEMPLATE = ("{{ person.full_name }}", "{{ person.company.name | sinon('') }}")
SIGNALS = {signal.SIGKILL: -9, signal.SIGTERM: 143, signal.SIGINT: 130}
SERVING = "pemdocs.writing.crew.serving"


def everything(folder: Path, number: int = 0) -> Path:
    """A project of every kind, a Word template of its own among them; each number gives other documents."""
    data = publication()
    for row in data["companies"]:
        row["name"] = f"{row['name']} {number}"
    for row in data["reports"] + data["notes"]:
        row["title"] = {each: f"{said} {number}" for each, said in row["title"].items()}
    own = folder / "templates" / "attestation"
    own.mkdir(parents=True, exist_ok=True)
    (own / "kind.toml").write_text('title = {fr = "Attestation"}\ntable = "people"\n', "utf-8")
    (own / "page.docx").write_bytes(template(*OWN_TEMPLATE))
    return write(folder, data)


def many(folder: Path, pairs: int) -> Path:
    """A project of so many pairs, each with one plan."""
    data: Data = project()
    for number in range(9, 9 + pairs):
        data["partnerships"].append({**data["partnerships"][1], "id": f"P-{number:04}"})
    return write(folder, data)


def start(folder: Path, *words: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "pemdocs", "build", str(folder), "--jobs", "2", "--speech", "en", *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)


def ended(running: subprocess.Popen[str]) -> str:
    """What a build says in the end; nothing where it has to be stopped."""
    try:
        return running.communicate(timeout=LONGEST)[0]
    except subprocess.TimeoutExpired:
        running.kill()
        running.communicate()
        return ""


def workers(of: int) -> list[int]:
    """The processes that make documents for one build; process 1 has those that outlived theirs."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    found = [line.split(maxsplit=2) for line in listed.splitlines() if SERVING in line]
    return [int(pid) for pid, parent, _ in found if int(parent) == of]


def documents(out: Path) -> dict[str, bytes]:
    there = (file for file in out.rglob("*") if file.suffix in (".docx", ".pdf") and not file.name.startswith("."))
    return {file.relative_to(out).as_posix(): file.read_bytes() for file in there}


def unknown(out: Path) -> int:
    """The files that the account does not know as they are."""
    known = Manifest.read(out).entries
    return sum(path not in known or known[path].sha256 != digest(each) for path, each in documents(out).items())


def torn(out: Path) -> int:
    return sum(
        b"PK\x05\x06" not in each[-64:] if path.endswith("docx") else b"%%EOF" not in each[-32:]
        for path, each in documents(out).items()
    )


def left_over(out: Path) -> int:
    """Files that are neither documents nor the account."""
    hidden = sum(".part" in file.name for file in out.rglob("*"))
    return hidden + sum(file.is_file() and file.name not in OWN for file in out.glob("*"))


def falsely_edited(folder: Path, out: Path) -> int:
    return sum(each.state == EDITED for each in pemdocs.build(folder, out=out).outcomes)


def wait_for(what: Callable[[], Any], running: subprocess.Popen[str], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while running.poll() is None and not what() and time.monotonic() < end:
        time.sleep(0.02)


def holds(running: subprocess.Popen[str], out: Path) -> bool:
    """Whether a build is writing into a folder already."""
    try:
        return f'"process": {running.pid},' in (out / "manifest.lock").read_text()
    except OSError:
        return False


def stopped(folder: Path) -> Iterator[tuple[str, int]]:
    """Stop builds by each signal at random moments, each of another kind, with other data every time."""
    dice, found, out = random.Random(1), Counter[str](), folder / "out"
    before = set(workers(1))
    rounds = [*[signal.SIGKILL] * KILLS, *[signal.SIGTERM, signal.SIGINT] * max(1, KILLS // 10)]
    for number, sign in enumerate(rounds):
        running = start(everything(folder, number), "--kind", KINDS[number % len(KINDS)])
        wait_for(partial(holds, running, out), running)
        time.sleep(dice.random())
        found["in the middle"] += running.poll() is None
        running.send_signal(sign)
        told = ended(running)
        found["wrong exit"] += running.returncode not in (0, 1, SIGNALS[sign])
        found["traceback"] += "Traceback" in told
        found["unknown"] += unknown(out)
        found["torn"] += torn(out)
    time.sleep(3)
    found["workers"] = len(set(workers(1)) - before)
    found["edited"] = falsely_edited(folder, out)
    found["left over"] = left_over(out)
    yield f"{len(rounds)} builds stopped, not in the middle of the work", len(rounds) - found["in the middle"]
    for what in ("unknown", "torn", "traceback", "wrong exit", "workers", "edited", "left over"):
        yield f"{len(rounds)} builds stopped: {what}", found[what]


def together(folder: Path) -> Iterator[tuple[str, int]]:
    """Two builds at once into one folder, with different kinds; then the same once more, one after the other."""
    found = Counter[str]()
    for number in range(PAIRS):
        out = folder / f"out{number}"
        both = [start(folder, "--kind", kind, "--format", "docx", "--out", str(out)) for kind in KINDS[:2]]
        told = [ended(each) for each in both]
        found["traceback"] += any("Traceback" in each for each in told)
        found["refused without a word"] += sum("Another build" not in said and each.returncode not in (0, 1)
                                               for each, said in zip(both, told, strict=True))  # fmt: skip
        found["entries lost"] += len(documents(out).keys() ^ Manifest.read(out).entries.keys())
    yield from ((f"{PAIRS} x two builds at once: {what}", found[what]) for what in
                ("entries lost", "refused without a word", "traceback"))  # fmt: skip


def full(folder: Path, place: Path) -> Iterator[tuple[str, object]]:
    """A disk that is full in the middle, then one with room."""
    place.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(place)], check=False)
    if mounted.returncode:
        yield "full disk", "not possible here"
        return
    try:
        out, running = place / "out", start(folder, "--out", str(place / "out"))
        told = re.sub(r"\s+", " ", ended(running))
        yield "full disk: traceback, or not told", int("Traceback" in told or "disk is full" not in told)
        yield "full disk: torn", torn(out)
        yield "full disk: unknown", unknown(out)
        yield "full disk: left over", left_over(out)
        subprocess.run(["mount", "-o", "remount,size=100m", str(place)], check=True)
        built = pemdocs.build(folder, out=out)
        yield "full disk, then room: edited or failed", sum(each.state in (EDITED, FAILED) for each in built.outcomes)
    finally:
        subprocess.run(["umount", str(place)], check=False)


def lost(folder: Path, sign: signal.Signals, what: str) -> Iterator[tuple[str, int]]:
    """Workers that die, or never answer, in the middle; what they were at is named, the rest is made."""
    out = folder / f"out{sign}"
    running = start(folder, "--out", str(out), "--timeout", "20")
    wait_for(lambda: len(documents(out)) > 2, running)
    hit = workers(running.pid)[:1] if running.poll() is None else []
    for pid in hit:
        os.kill(pid, sign)
    told = re.sub(r"\s+", " ", ended(running))
    yield f"{what}: none was hit", int(not hit)
    yield f"{what}: no end, or a traceback", int(not told or "Traceback" in told)
    yield f"{what}: not named", int(not re.search("more than 20 seconds|stopped suddenly", told))
    built = pemdocs.build(folder, out=out)
    yield f"{what}: not made by the next build", sum(each.state in (EDITED, FAILED) for each in built.outcomes)


def changes() -> Iterator[tuple[str, object]]:
    """Change cells of the example at random: documents that are others, looked at and the same, checked, left."""
    example, found = Example(), Counter[str]()
    for seed in range(FIRST, FIRST + CELLS):
        held = example.after(seed)
        for what in ("stale", "same", "left", "needless"):
            found[what] += len(getattr(held, what))
        found["checked"] += held.checked
        yield from ((f"{seed}: left without right after {held.change}", path) for path in held.left)
        yield from ((f"{seed}: made without need after {held.change}", path) for path in held.needless)
    yield f"{CELLS} x a cell of the example: others, and looked at in vain", f"{found['stale']} {found['same']}"
    yield f"left though they are others, of {found['checked']} looked at", found["left"]
    yield f"made without need, of {found['stale']} made", found["needless"]


def memory(folder: Path) -> Iterator[tuple[str, object]]:
    """The memory of thousands of documents beside that of the first three hundred."""
    seen: list[int] = []
    built = pemdocs.build(folder, formats=("docx",), progress=lambda done, _: seen.append(resident()))
    failed = sum(each.state == FAILED for each in built.outcomes)
    count = len(built.outcomes)
    yield f"{count} documents: failed", failed
    yield f"{count} documents: MB at the 300th and at the last", f"{seen[min(299, count - 1)]} {seen[-1]}"
    yield (
        f"{count} documents: more than 30 kB for each",
        int((seen[-1] - seen[min(299, count - 1)]) * 1000 > count * 30),
    )


def day(folder: Path) -> Iterator[tuple[str, object]]:
    """The day of who keeps many dossiers: check, chase, bind, lodge, decide, return, erase; ten scans in each."""
    data = travellers(DOSSIERS)
    for number in range(1, DOSSIERS + 1):
        scans = folder / "attachments" / case(number)
        scans.mkdir(parents=True)
        for place, piece in enumerate(SCANS, 1):
            (scans / f"{piece}.jpg").write_bytes(jpeg(noisy((1240, 1754)), 150 + place))
    write(folder, data)
    steps: tuple[tuple[str, Callable[[], Any]], ...] = (
        ("check", lambda: pemdocs.check(folder)),
        ("chase: tracker, sheet, workbook, messages", lambda: _chased(folder)),
        ("bind", lambda: pemdocs.build(folder, kinds="visa-pack", languages="fr")),
        ("bind again, nothing changed", lambda: pemdocs.build(folder, kinds="visa-pack", languages="fr")),
        ("lodge, decide, return", lambda: _returned(folder, data)),
        ("erase one", lambda: pemdocs.erase(folder, cases=[case(1)], yes=True)),
        ("erase all that are over", lambda: pemdocs.erase(folder, after=date(2027, 1, 31), yes=True)),
    )
    for what, step in steps:
        began, before = time.monotonic(), sum(os.times()[:4])
        step()
        worked = sum(os.times()[:4]) - before
        yield f"{DOSSIERS} dossiers, {what}: seconds, of work", f"{time.monotonic() - began:.1f} {worked:.1f}"
    yield f"{DOSSIERS} dossiers: MB here, at most in a worker", f"{peak(RUSAGE_SELF)} {peak(RUSAGE_CHILDREN)}"
    yield f"{DOSSIERS} dossiers: files left of those that are erased", len(list(folder.rglob("visa-pack/*/*")))


def _chased(folder: Path) -> None:
    found = board(folder, on=date(2026, 7, 10))
    sheets.as_pdf(found, "fr")
    sheets.as_workbook(found, "fr")
    messages.messages(found)


def _returned(folder: Path, data: Data) -> None:
    """Enter what the consulate and the travellers tell, one step after the other."""
    told: dict[str, Any] = {"lodged": "2026-07-20"}
    for further in ({}, {"result": "granted", "decided": "2026-08-05", "sticker_from": "2026-09-11",
                         "sticker_until": "2026-10-12", "sticker_days": 15, "sticker_entries": "single"},
                    {"entered": "2026-09-13"}, {"left": "2026-09-26"}):  # fmt: skip
        told |= further
        for number, row in enumerate(data["stays"], 1):
            row["status"] = told.get("result", "lodged")
            data["outcomes"] = [each for each in data["outcomes"] if each["stay"] != case(number)]
            data["outcomes"].append({"stay": case(number), **told})
        write(folder, data)
        pemdocs.track(folder, on=date(2026, 9, 30))


def peak(whose: int) -> int:
    """Megabytes of memory at most."""
    return getrusage(whose).ru_maxrss // 1000


def resident() -> int:
    """Megabytes of memory that this process has now."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") // 1_000_000


@contextmanager
def somewhere() -> Iterator[Path]:
    place = Path(tempfile.mkdtemp(prefix="soak-"))
    try:
        yield place
    finally:
        shutil.rmtree(place, ignore_errors=True)


def tell(rows: Iterator[tuple[str, Any]]) -> None:
    began = time.monotonic()
    for what, found in rows:
        print(f"{what:<64} {found}", flush=True)  # noqa: T201
    print(f"{'':<64} ({time.monotonic() - began:.0f} s)", flush=True)  # noqa: T201


def main() -> None:
    """Run everything, or what is named alone, and print the table."""
    with somewhere() as place:
        if sys.argv[1:] == ["day"]:
            tell(day(place / "day"))
            return
        tell(stopped(place / "stopped"))
        tell(together(many(place / "pairs", 4)))
        tell(full(everything(place / "full"), place / "disk"))
        tell(lost(everything(place / "lost"), signal.SIGKILL, "a worker dies"))
        tell(lost(everything(place / "lost"), signal.SIGSTOP, "a worker hangs"))
        tell(changes())
        tell(memory(many(place / "many", DOCUMENTS)))
        tell(day(place / "day"))


if __name__ == "__main__":
    main()
