"""Work is shared out, and whoever does it may die, hang or be asked to stop without costing anything else."""

from __future__ import annotations

import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from projects import project, write

from pemdocs import PemdocsError
from pemdocs.project.manifest import Manifest
from pemdocs.writing.crew import Crew, hired, within

WORKERS = "crew.serving"


def double(number: int) -> int:
    """Twice the number, but for those that end the process, hang or fail."""
    if number == 3:
        os.kill(os.getpid(), signal.SIGKILL)
    if number == 5:
        time.sleep(600)
    if number == 7:
        raise PemdocsError("not-found", file="seven")
    if number == 9:
        raise ZeroDivisionError
    return 2 * number


def codes(results: list[int | PemdocsError]) -> list[int | str]:
    return [each.code if isinstance(each, PemdocsError) else each for each in results]


def alive(parent: int) -> list[int]:
    """The processes that a process has started and that are still there."""
    listed = subprocess.run(["ps", "-eww", "-o", "pid,ppid,args"], capture_output=True, text=True, check=True).stdout
    lines = [line.split(None, 2) for line in listed.splitlines() if WORKERS in line]
    return [int(pid) for pid, above, _ in lines if int(above) == parent]


@pytest.fixture(autouse=True)
def _importable(monkeypatch: pytest.MonkeyPatch) -> None:
    """Processes find this module as they find the program: by the path."""
    monkeypatch.syspath_prepend(str(Path(__file__).parent))


def test_one_that_dies_hangs_or_fails_costs_its_own_order_alone_and_none_is_left() -> None:
    with hired(2, 3.0) as crew:
        crew.many(double, [(0,), (0,), (0,), (0,)])  # warm
        found = crew.many(double, [(number,) for number in range(12)])
        assert alive(os.getpid())
    expected: list[int | str] = [2 * number for number in range(12)]
    expected[3], expected[5], expected[7], expected[9] = "worker-died", "took-too-long", "not-found", "document-failed"
    assert codes(found) == expected
    assert alive(os.getpid()) == []


def test_any_executor_will_do_and_orders_are_taken_only_as_they_are_needed() -> None:
    taken: list[int] = []

    def orders() -> Iterator[tuple[int]]:
        for number in range(100, 200):
            taken.append(number)
            yield (number,)

    with ThreadPoolExecutor(2) as executor:
        results = Crew(executor, 2, few=0).results(double, orders())
        first = next(results)
        assert len(taken) <= 6
        assert {first, *results} == {(number, 2 * (number + 100)) for number in range(100)}


def endless(seconds: float) -> None:
    with within(seconds):
        while True:
            gc.isenabled()


def test_what_has_no_end_is_ended_here_too() -> None:
    with pytest.raises(PemdocsError, match="1 second"):
        endless(0.6)
    with within(600):
        pass


SCRIPT = """
import pemdocs
built = pemdocs.build({folder!r}, formats=["docx"])
print(len(built.outcomes))
"""


def many(folder: Path) -> Path:
    """A project of a dozen pairs."""
    data = project()
    for number in range(9, 19):
        data["partnerships"].append({**data["partnerships"][1], "id": f"P-{number:02}"})
    return write(folder, data)


def test_a_plain_script_of_two_lines_builds(tmp_path: Path) -> None:
    script = tmp_path / "script.py"
    script.write_text(SCRIPT.format(folder=str(many(tmp_path / "p"))), "utf-8")
    done = subprocess.run([sys.executable, script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["14"]


TOLD = "Interrupted. The files made so far are whole; run the same command again to finish.\n"


@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -signal.SIGKILL)]
)
def test_a_build_that_is_told_to_stop_keeps_its_account_and_leaves_no_process(
    tmp_path: Path, number: signal.Signals, code: int
) -> None:
    folder = many(tmp_path)
    command = [sys.executable, "-m", "pemdocs", "build", str(folder), "--format", "docx", "--speech", "en"]
    running = subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.default_int_handler),
    )  # fmt: skip
    while not list(folder.glob("out/**/*.docx")):
        time.sleep(0.01)
    workers = alive(running.pid)
    running.send_signal(number)
    said = running.communicate(timeout=60)
    assert running.returncode == code
    assert said == ("", "" if code < 0 else TOLD)
    assert set(Manifest.read(folder / "out").entries) == {
        path.relative_to(folder / "out").as_posix() for path in folder.glob("out/**/*.docx")
    }
    assert (folder / "out/manifest.journal").exists() is (code < 0)
    assert workers
    for _ in range(200):
        if not any(Path(f"/proc/{pid}").exists() for pid in workers):
            break
        time.sleep(0.05)
    assert not any(Path(f"/proc/{pid}").exists() for pid in workers)
