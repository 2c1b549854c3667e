"""Turn a project into its documents: what must be made, what is still current, who makes it, where it goes."""

from pemdocs.building.outcome import CURRENT, EDITED, FAILED, MADE, Built, Outcome, Progress, Skipped
from pemdocs.building.run import build

__all__ = ["CURRENT", "EDITED", "FAILED", "MADE", "Built", "Outcome", "Progress", "Skipped", "build"]
