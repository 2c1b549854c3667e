"""Turn dossiers whose time is over, or that a person wants gone, into nothing but an account of it."""

from pemdocs.building.erasing.erasing import GROUNDS as GROUNDS
from pemdocs.building.erasing.erasing import Erasure as Erasure
from pemdocs.building.erasing.erasing import erase as erase
