"""How the tests run: a property takes the time it needs, and what is built once for a module is built on one worker."""

from __future__ import annotations

import pytest
from hypothesis import settings

settings.register_profile("pemdocs", deadline=None)
settings.load_profile("pemdocs")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Function]) -> None:
    """Keep the tests together that share a fixture of their module."""
    for item in items:
        fixtures = item._fixtureinfo.name2fixturedefs.values()
        if any(each[-1].scope == "module" for each in fixtures):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
