"""How the tests run: a property takes the time it needs, and what is made once is made on one worker."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest
from hypothesis import settings

from pemdocs.consent import consents
from pemdocs.writing.crew import sharing

# What hypothesis knows of where it runs holds: in a run that decides about a change it tries the same data each time.
settings.register_profile("pemdocs", settings(), deadline=None)
settings.load_profile("pemdocs")

TODAY = date(2026, 11, 16)
"""The day of the tests: that of their data."""

WHOLE = {"test_attack", "test_blank", "test_building", "test_documents", "test_erasing", "test_html",
         "test_infographics", "test_linting", "test_packing", "test_page", "test_papers_read_back", "test_published",
         "test_reads", "test_report_pages", "test_signing", "test_wheel"}  # fmt: skip
"""Modules that make something costly once and look at it in many tests."""

LARGE = 20
"""Documents from which a build on one of several workers makes them in processes of its own."""

BY_KIND = "test_sameness"
"""A module that makes every document of a kind once."""


def pytest_configure(config: pytest.Config) -> None:
    """The tests run on a day of their own. A worker is one of several: only a large build gets processes beside it."""
    consents.clock = lambda: TODAY
    if hasattr(config, "workerinput"):
        sharing.FEW = LARGE


def together(test: str) -> str:
    """What a test is run together with: its module, its kind of document, else its function."""
    module = re.split(r"[/.]", test.partition(".py")[0])[-1]
    if module in WHOLE:
        return module
    function, _, parameters = test.partition("[")
    return parameters.rpartition("-")[0] if module == BY_KIND else function


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Several workers: each gets what belongs together, the longest lists first."""
    from xdist.scheduler import LoadScopeScheduling

    class Together(LoadScopeScheduling):
        def _split_scope(self, nodeid: str) -> str:
            return together(nodeid)

    return Together(config, log)
