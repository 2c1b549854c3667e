"""Turn a project into how far each of its dossiers and charters is, what is missing, and who must act until when."""

from pemdocs.building.tracking.board import Board as Board
from pemdocs.building.tracking.board import board as board
from pemdocs.building.tracking.board import track as track
from pemdocs.building.tracking.rows import Missing as Missing
from pemdocs.building.tracking.rows import Tracked as Tracked
