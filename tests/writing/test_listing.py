"""A list to copy from shows what it says and reckons nothing."""

from __future__ import annotations

import csv

from pemdocs.writing.listing import separated


def test_a_text_that_would_be_reckoned_is_shown_and_a_number_stays_as_it_is() -> None:
    rows = [("=1+1", "+221 77 100 01 08", "-3,5"), ("@SUM(A1)", "+cmd|x", "-2+3"), ("a;b", 'say "so"', "")]
    content = separated(rows, "fr").decode("utf-8-sig")
    read = list(csv.reader(content.splitlines(), delimiter=";"))
    assert read[0] == ["'=1+1", "+221 77 100 01 08", "-3,5"]
    assert read[1] == ["'@SUM(A1)", "'+cmd|x", "'-2+3"]
    assert read[2] == ["a;b", 'say "so"', ""]
    assert separated(rows[:1], "en").decode("utf-8-sig").startswith("'=1+1,")
