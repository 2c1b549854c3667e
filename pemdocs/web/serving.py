"""Serve the pages to the browser of this computer, and to nobody else. Only this module knows uvicorn."""

from __future__ import annotations

import asyncio
import threading
import webbrowser
from collections.abc import Callable
from pathlib import Path

import python_multipart  # noqa: F401 (reads the forms: Starlette would miss it only when somebody sends one)
import uvicorn

from pemdocs.web.desk import Desk
from pemdocs.web.gate import ENTER, Gate
from pemdocs.web.routes import pages

HERE = "127.0.0.1"


def serve(
    target: Path | str | None = None,
    *,
    lang: str = "",
    browser: bool = True,
    told: Callable[[str], object] | None = None,
) -> None:
    """Serve the pages of a project, or those that open one, until somebody ends it there, or Ctrl-C.

    ``browser``: open them there; ``told`` is called with the address, which is good for one visit: it gives a cookie.
    The server listens on a free port of this computer alone. Raises ``PemdocsError`` where the project cannot be read.
    """
    desk = Desk(Path(target) if target is not None else None, lang)
    gate = Gate(pages(desk))
    config = uvicorn.Config(
        gate, HERE, 0, log_config=None, log_level="critical", access_log=False, lifespan="off", ws="none",
        server_header=False, timeout_graceful_shutdown=2,
    )  # fmt: skip
    server = uvicorn.Server(config)

    def end() -> None:
        server.should_exit = True

    desk.end = end
    asyncio.run(_run(server, lambda port: _opened(f"http://{HERE}:{port}{ENTER}?token={gate.token}", browser, told)))
    desk.making.stop()


async def _run(server: uvicorn.Server, ready: Callable[[int], None]) -> None:
    serving = asyncio.create_task(server.serve())
    while not server.started and not serving.done():
        await asyncio.sleep(0.02)
    if server.started:
        ready(server.servers[0].sockets[0].getsockname()[1])
    await serving


def _opened(address: str, browser: bool, told: Callable[[str], object] | None) -> None:
    if told is not None:
        told(address)
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
