"""Fill in the controls of Word files as people do in Word."""

from __future__ import annotations

from typing import Any

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"


def controls(document: Any, head: str) -> dict[str, Any]:
    """The controls of a document by the end of their tag."""
    found = document.element.body.iter(f"{W}sdt")
    tags = {each: each.find(f"{W}sdtPr/{W}tag") for each in found}
    return {tag.get(f"{W}val").removeprefix(head): each for each, tag in tags.items() if tag is not None}


def tick(control: Any, on: bool = True) -> None:
    """Tick a box, or take the tick off."""
    control.find(f".//{W14}checked").set(f"{W14}val", "1" if on else "0")
    next(control.iter(f"{W}t")).text = "☒" if on else "☐"


def say(control: Any, text: str) -> None:
    """Type words into a control, with a break for each line."""
    run = next(control.iter(f"{W}r"))
    for room in control.findall(f"{W}sdtPr/{W}showingPlcHdr"):
        room.getparent().remove(room)
    first, *more = text.split("\n")
    next(run.iter(f"{W}t")).text = first
    for line in more:
        run.append(run.makeelement(f"{W}br"))
        words = run.makeelement(f"{W}t")
        words.text = line
        run.append(words)


def pick(control: Any, day: str, shown: str) -> None:
    """Pick a day as Word does: it keeps the day, and shows it in words."""
    control.find(f"{W}sdtPr/{W}date").set(f"{W}fullDate", f"{day}T00:00:00Z")
    say(control, shown)
