"""Turn what people do in their browser into calls, and the answers into pages: nothing leaves the machine."""

from __future__ import annotations


def main() -> None:
    """Start by a double click, with the pages that open a project."""
    from pemdocs.web.serving import serve  # so that the room is there where its libraries are not

    serve()
