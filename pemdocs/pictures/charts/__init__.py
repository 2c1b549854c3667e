"""Turn results into the figures of a publication. Only this package knows how a figure is drawn and what it tells."""

from pemdocs.pictures.charts.bars import Bar, Group, Measure, breakdown, regions
from pemdocs.pictures.charts.changes import Change, changes
from pemdocs.pictures.charts.chart import Chart, Row, Speech, joined
from pemdocs.pictures.charts.dots import Dotted, dots
from pemdocs.pictures.charts.funnel import Step, funnel
from pemdocs.pictures.charts.maps import Land, Place, maps
from pemdocs.pictures.charts.milestones import Milestone, milestones
from pemdocs.pictures.charts.outlines import Ring
from pemdocs.pictures.charts.scores import Grade, Rating, score_strip, scores
from pemdocs.pictures.charts.sex import Split, by_sex
from pemdocs.pictures.charts.targets import Target, targets
from pemdocs.pictures.drawing import Label

__all__ = [
    "Bar",
    "Change",
    "Chart",
    "Dotted",
    "Grade",
    "Group",
    "Label",
    "Land",
    "Measure",
    "Milestone",
    "Place",
    "Rating",
    "Ring",
    "Row",
    "Speech",
    "Split",
    "Step",
    "Target",
    "breakdown",
    "by_sex",
    "changes",
    "dots",
    "funnel",
    "joined",
    "maps",
    "milestones",
    "regions",
    "score_strip",
    "scores",
    "targets",
]
