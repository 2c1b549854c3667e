"""A built wheel, installed away from the checkout, builds the example too."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from pemdocs import resources

CHECKOUT = resources.PACKAGE.parent


HAS_FINDINGS = 1
"""What a command ends with where the data has something to mend, as the example has."""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that holds the wheel's content and nothing else."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check", "--no-input"]
    subprocess.run([*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", str(folder), str(CHECKOUT)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    wheel = next(folder.glob("pemdocs-*.whl"))
    subprocess.run([*pip, "install", "--no-deps", "--no-index", "--target", str(folder / "site"), str(wheel)],
                   check=True, capture_output=True, timeout=120)  # fmt: skip
    return folder / "site"


def _run(site: Path, cwd: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(site)}
    return subprocess.run([sys.executable, *arguments], cwd=cwd, env=environment, capture_output=True, text=True,
                          timeout=300)  # fmt: skip


def test_the_wheel_holds_what_it_needs(site: Path, tmp_path: Path) -> None:
    found = _run(site, tmp_path, "-c", "import pemdocs; print(pemdocs.__file__)").stdout
    assert found.startswith(str(site))
    assert (site / "pemdocs" / "py.typed").is_file()
    assert list((site / "pemdocs" / "schemas").glob("*.json"))
    assert list((site / "pemdocs" / "templates").glob("*/kind.toml"))


def test_the_wheel_builds_the_example_away_from_the_checkout(site: Path, tmp_path: Path) -> None:
    shutil.copytree(resources.folder("examples") / "pem-wecco", tmp_path / "cohort")
    run = _run(site, tmp_path, "-m", "pemdocs", "build", "cohort", "--case", "P-03", "--lang", "fr")
    assert (run.returncode, run.stderr) == (HAS_FINDINGS, "")
    made = json.loads((tmp_path / "cohort" / "out" / "manifest.json").read_text("utf-8"))["documents"]
    assert [each["format"] for each in made] == ["docx", "pdf"] * 3


def test_the_wheel_makes_a_new_project(site: Path, tmp_path: Path) -> None:
    assert _run(site, tmp_path, "-m", "pemdocs", "new", "project", "--lang", "nl").returncode == 0
    assert _run(site, tmp_path, "-m", "pemdocs", "check", "project").returncode == 0
