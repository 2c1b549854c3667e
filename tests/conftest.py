"""How the tests run: a property takes the time it needs, for the first example also pays for what is loaded once."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("pemdocs", deadline=None)
settings.load_profile("pemdocs")
