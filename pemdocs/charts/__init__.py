"""Turn results into the figures of a publication. Only this package knows how a figure is drawn and what it tells."""

from pemdocs.charts.bars import Bar, Group, Measure, breakdown, regions
from pemdocs.charts.chart import Chart, Row, Speech
from pemdocs.charts.funnel import Step, funnel
from pemdocs.charts.milestones import Milestone, milestones
from pemdocs.charts.scores import Grade, Rating, scores
from pemdocs.charts.sex import Split, by_sex
from pemdocs.charts.targets import Target, targets
from pemdocs.drawing import Label

__all__ = [
    "Bar",
    "Chart",
    "Grade",
    "Group",
    "Label",
    "Measure",
    "Milestone",
    "Rating",
    "Row",
    "Speech",
    "Split",
    "Step",
    "Target",
    "breakdown",
    "by_sex",
    "funnel",
    "milestones",
    "regions",
    "scores",
    "targets",
]
