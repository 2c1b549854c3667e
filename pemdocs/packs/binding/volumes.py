"""Turn a ``Binding`` into files below a size. Only this module knows where a dossier is cut."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence

from pemdocs.packs.binding import archive, stamps
from pemdocs.packs.binding.binder import Cut, Desk, lay, write
from pemdocs.packs.binding.order import Binding, Sheet, Volume, label, words

RESERVE = 1024
"""Bytes by which a volume may differ from the one that was measured, which names the longest number."""


def bind(binding: Binding) -> tuple[Volume, ...]:
    """Bind the pieces into one file, or into volumes below ``max_bytes``: cut between pieces, else between pages.

    Every page carries its stamp. A file is PDF/A-3b where its pieces may stand in one, a check approves of it and
    there is no password. No page, no volume. The same binding gives the same bytes but with a password.
    """
    desk = lay(binding)
    if not desk.sheets:
        return ()
    cuts = _cuts(desk)
    if len(cuts) > 1:
        cuts = [Cut(cut.start, cut.stop, label(binding, at, len(cuts))) for at, cut in enumerate(cuts, 1)]
    strips = _strips(desk, cuts)
    return tuple(_volume(desk, cut, strips) for cut in cuts)


def _volume(desk: Desk, cut: Cut, strips: stamps.Strips) -> Volume:
    binding = desk.binding
    pieces = {sheet.piece for sheet in desk.sheets[cut.start : cut.stop]}
    archival = binding.password is None and all(binding.pieces[each].archival for each in pieces)
    content = write(desk, cut, strips, archival=archival)
    if archival and not archive.holds(content):
        content = write(desk, cut, strips, archival=False)
    too_large = binding.max_bytes is not None and len(content) > binding.max_bytes
    return Volume(content, cut.stop - cut.start, desk.sheets[cut.start].at, too_large)


def _strips(desk: Desk, cuts: Sequence[Cut] = ()) -> stamps.Strips:
    """The stamps of all sheets, with the volume where there are several."""
    names = {at: cut.label for cut in cuts for at in range(cut.start, cut.stop)}
    lines = (words(desk.binding, sheet, len(desk.sheets)) for sheet in desk.sheets)
    return stamps.draw([" · ".join(filter(None, (line, names.get(at)))) for at, line in enumerate(lines)])


def _cuts(desk: Desk) -> list[Cut]:
    """Where the volumes begin and end; one cut where all fits into one file."""
    whole, limit = Cut(0, len(desk.sheets)), desk.binding.max_bytes
    if limit is None or len(write(desk, whole, _strips(desk), archival=True)) <= limit:
        return [whole]
    longest = label(desk.binding, whole.stop, whole.stop)
    strips = _strips(desk, [Cut(0, whole.stop, longest)])

    def fits(start: int, stop: int) -> bool:
        return len(write(desk, Cut(start, stop, longest), strips, archival=True)) <= limit - RESERVE

    cuts: list[Cut] = []
    start = 0
    while start < whole.stop:
        cuts.append(Cut(start, _stop(desk.sheets, start, fits)))
        start = cuts[-1].stop
    return cuts


def _stop(sheets: Sequence[Sheet], start: int, fits: Callable[[int, int], bool]) -> int:
    """The last end of a piece up to which the sheets fit, else the last page of the piece that does, at least one."""
    last = len(sheets) - 1
    ends = [at + 1 for at in range(start, last) if sheets[at].piece != sheets[at + 1].piece] + [last + 1]
    if within := _most(ends, start, fits):
        return ends[within - 1]
    return start + max(1, _most(range(start + 1, ends[0]), start, fits))


def _most(stops: Sequence[int], start: int, fits: Callable[[int, int], bool]) -> int:
    """How many of the rising stops fit."""
    return bisect_left(stops, True, key=lambda stop: not fits(start, stop))
