"""Serve pages, and open them in a real browser: Debian's Chromium, which asks nobody anything."""

from __future__ import annotations

import http.client
import json
import re
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

import pemdocs

CHROMIUM = "/usr/bin/chromium"
ALONE = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PATIENCE = 60_000
"""Milliseconds that a page may take on a machine that does much else."""


class Site:
    """The pages as they are served, until ``end``."""

    def __init__(self, target: Path | None = None, lang: str = "en") -> None:
        ready = threading.Event()

        def told(address: str) -> None:
            self.address = address
            ready.set()

        def run() -> None:
            pemdocs.serve(target, lang=lang, browser=False, told=told)

        self.thread = threading.Thread(target=run, daemon=True)
        self.thread.start()
        assert ready.wait(60)
        self.base = re.match("http://[^/]+", self.address)[0]  # type: ignore[index]
        self.port = int(self.base.rpartition(":")[2])
        self.cookie = ""

    def ask(
        self, path: str, method: str = "GET", form: dict[str, str] | bytes | None = None, **headers: str | None
    ) -> tuple[int, dict[str, str], bytes]:
        """What the server answers to what no browser would send; ``host=None`` and the like leave a header out."""
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        sent = {"Host": f"127.0.0.1:{self.port}", "Cookie": self.cookie}
        if method == "POST":
            sent |= {"Origin": self.base, "Content-Type": "application/x-www-form-urlencoded"}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(
            method,
            path,
            form if isinstance(form, bytes) else urlencode(form or {}),
            {name: each for name, each in sent.items() if each is not None},
        )
        answer = line.getresponse()
        found = answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
        line.close()
        return found

    def enter(self) -> None:
        """Take the cookie that the address gives, for ``ask``."""
        _, headers, _ = self.ask(self.address.removeprefix(self.base))
        self.cookie = headers["set-cookie"].partition(";")[0]

    def settle(self) -> None:
        """Wait until the project is read and looked at."""
        until(lambda: not {"checking", "looking"} & {name for name, on in self._pulse().items() if on is True})

    def _pulse(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.ask("/pulse")[2])
        return found

    def end(self) -> None:
        self.ask("/end", "POST")
        self.thread.join(20)
        assert not self.thread.is_alive()


@contextmanager
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        opened = play.chromium.launch(executable_path=CHROMIUM, args=ALONE)
        yield opened
        opened.close()


def visitor(opened: Browser, site: Site, **looks: Any) -> Page:
    """A page of somebody who is let in already; what it says on its console is an error of the test."""
    name, _, value = site.cookie.partition("=")
    context = opened.new_context(**looks)
    context.set_default_timeout(PATIENCE)
    context.add_cookies([{"name": name, "value": value, "url": site.base}])
    page = context.new_page()
    page.complaints = []  # type: ignore[attr-defined]
    page.on("console", lambda said: page.complaints.append(said.text) if said.type == "error" else None)  # type: ignore[attr-defined]
    page.on("pageerror", lambda error: page.complaints.append(str(error)))  # type: ignore[attr-defined]
    return page


def barriers(page: Page) -> list[str]:
    """What keeps somebody from using the page, as axe finds it: the rule, and the first place."""
    told = Axe().run(page).response
    assert len(told["passes"]) > 8, "axe looked at nothing"
    found = told["violations"]
    return [f"{each['id']}: {each['nodes'][0]['target']} {each['nodes'][0]['html'][:120]}" for each in found]


def until(holds: Callable[[], object], seconds: float = 60) -> None:
    """Wait until something holds."""
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.05)
