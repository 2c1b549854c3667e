"""Facts that are computed from a record, never typed: usable in wording, layouts and rules alike.

A fact is a pure function of a linked record. Its audience is declared, for it may be shown where the field it comes
from may not: a birth date is restricted, an age is not.
"""

from pemdocs.data.registry import audience as audience
from pemdocs.data.registry import compute as compute
from pemdocs.data.registry import given as given
from pemdocs.data.registry import known as known
from pemdocs.data.registry import names as names
from pemdocs.facts import consents as consents
from pemdocs.facts import days as days
from pemdocs.facts import dossier as dossier
from pemdocs.facts import indicators as indicators
from pemdocs.facts import money as money
from pemdocs.facts import notes as notes
from pemdocs.facts import outcomes as outcomes
from pemdocs.facts import reports as reports
from pemdocs.facts import responses as responses
from pemdocs.facts import signatures as signatures
from pemdocs.facts import stays as stays
from pemdocs.facts import ties as ties
from pemdocs.facts.plan import full_years as full_years
from pemdocs.facts.plan import mobility_days as mobility_days
from pemdocs.facts.plan import order as order
from pemdocs.facts.plan import stage_number as stage_number
