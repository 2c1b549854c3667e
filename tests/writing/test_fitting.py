"""A sheet that must hold its text is filled with air or set in smaller type, never in less than half points."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from projects import pair, project

from pemdocs.page.view import View
from pemdocs.project import kinds, theme
from pemdocs.resources import SHIPPED, with_look
from pemdocs.rules.charters import AREAS, LONGEST
from pemdocs.writing import fitting, make, pdf

CHARTER = "partnership-charter"
LEGIBLE = 11
"""Points of type that a charter keeps as long as no rule complains."""


def words(length: int) -> str:
    """A text of so many characters, in words such as people use."""
    return ("Deux maisons partagent leurs recettes et leurs marchés " * 6)[:length].strip() + "."


def laid(aim: int, context: int, areas: int, languages: tuple[str, ...], look: str = "classic") -> tuple[float, int]:
    """The size of the type in which a charter of such lengths is set, and the pages it takes."""
    data = project()
    [charter] = data["charters"]
    for name, text in (("aim", words(aim)), ("context", words(context)), ("areas", "\n".join([words(44)] * areas))):
        charter[name] = dict.fromkeys(("fr", "en", "nl"), text)
    templates = with_look(SHIPPED, f"looks/charter/{look}")
    job = make.job(
        kinds.load(CHARTER, templates),
        "P-07",
        make.laid_out(View(kinds.load(CHARTER, templates), pair(data), languages)),
        "pdf",
    )
    made = fitting.fitted(job.theme, lambda each: pdf.count(job.page, each, job.stylesheets))
    return made.size["body"], pdf.count(job.page, made, job.stylesheets)


@settings(max_examples=3, deadline=None)
@given(st.integers(20, LONGEST["aim"]), st.integers(0, LONGEST["context"]), st.integers(1, AREAS), st.booleans())
def test_a_charter_of_which_no_rule_complains_is_one_page_that_can_be_read(
    aim: int, context: int, areas: int, two: bool
) -> None:
    size, pages = laid(aim, context, areas, ("fr", "nl") if two else ("fr",))
    assert pages == 1
    assert size >= LEGIBLE


def test_the_longest_charter_that_the_rules_allow_can_be_read_in_two_languages() -> None:
    assert laid(LONGEST["aim"], LONGEST["context"], AREAS, ("fr", "nl")) >= (LEGIBLE, 1)


def test_a_charter_that_is_far_too_long_is_set_small_and_still_one_page() -> None:
    size, pages = laid(300, 300, 9, ("fr", "nl"), "modern")
    assert pages == 1
    assert size < LEGIBLE


def test_a_theme_without_a_limit_is_left_as_it_is() -> None:
    plain = theme.of(SHIPPED, "accompaniment-plan")
    assert fitting.fitted(plain, lambda made: 99) is plain


@pytest.mark.parametrize(
    ("needed", "size", "air"), [(0.9, 10.0, 0.85), (0.8, 10.0, 0.7), (0.65, 9.5, 0.7), (0.5, 10.0, 1.0)]
)
def test_the_last_page_is_saved_where_the_text_need_not_be_set_too_close(
    needed: float, size: float, air: float
) -> None:
    """Four pages in its own spaces, three where spaces and type together are as small as needed."""
    plain = theme.of(SHIPPED, "learning-note")

    def pages(made: theme.Theme) -> int:
        spaces = made.space["paragraph"] / plain.space["paragraph"]
        return 3 if spaces * (made.size["body"] / 10) ** 3 <= needed else 4

    made = fitting.saved(plain, 4, pages)
    assert (made.size["body"], made.space["paragraph"]) == (size, pytest.approx(plain.space["paragraph"] * air))
