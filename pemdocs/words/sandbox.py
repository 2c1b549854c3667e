"""Make the sandbox in which templates run: nothing undefined passes, and no attribute leads out of it.

Only this module sets up Jinja.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from jinja2 import FileSystemLoader, StrictUndefined, Template
from jinja2.sandbox import ImmutableSandboxedEnvironment

Sandbox = ImmutableSandboxedEnvironment
"""An environment whose templates cannot change what they are given."""


def for_sentences(whole: Callable[[Any], Any]) -> Sandbox:
    """A sandbox for sentences that stand in a string; ``whole`` sees every value that a sentence says."""
    return ImmutableSandboxedEnvironment(undefined=StrictUndefined, finalize=whole, autoescape=False)


def for_layouts(*folders: Path) -> Sandbox:
    """A sandbox for layouts, which are found in the first of the folders that has them. Values are escaped."""
    return ImmutableSandboxedEnvironment(
        loader=FileSystemLoader([str(folder) for folder in folders]),
        undefined=StrictUndefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )


__all__ = ["Sandbox", "Template", "for_layouts", "for_sentences"]
