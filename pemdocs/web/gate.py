"""Let in who has the key, from this machine and from our own pages alone. Only this module knows token and cookie."""

from __future__ import annotations

import secrets
from hmac import compare_digest

from starlette.datastructures import MutableHeaders
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from pemdocs.project import languages
from pemdocs.web.speaking import said

ENTER = "/enter"
"""Where the token is shown, once: from then on a cookie stands for it."""

LARGEST = 120_000_000
"""Bytes that one form may send: a workbook, or a pile of scans."""

READS, WRITES = ("GET", "HEAD"), ("POST",)

HEADERS = {
    "content-security-policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; frame-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}
"""What every answer says, unless it says something else itself."""


class Gate:
    """What stands before the pages. ``token`` opens them once."""

    def __init__(self, pages: ASGIApp) -> None:
        self.token = secrets.token_urlsafe(32)
        self._pages = pages
        self._pass = secrets.token_urlsafe(32)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, or hand it on."""
        if scope["type"] != "http":
            return
        request = Request(scope)
        answer = self._entered(request) if request.url.path == ENTER else self._refused(request)
        if answer is not None:
            await answer(scope, receive, _guarded(send))
        else:
            await self._pages(scope, _counted(receive), _guarded(send))

    def _entered(self, request: Request) -> Response | None:
        if (refused := _foreign(request)) is not None:
            return refused
        if self.token and compare_digest(request.query_params.get("token", "").encode(), self.token.encode()):
            self.token = ""
        elif not self._known(request):
            return _told("gate-used", 403)
        answer = RedirectResponse("/", 303)
        answer.set_cookie(_cookie(request), self._pass, httponly=True, samesite="strict")
        return answer

    def _refused(self, request: Request) -> Response | None:
        refused = _foreign(request)
        if refused is None and not self._known(request):
            return _told("gate-closed", 403)
        return refused

    def _known(self, request: Request) -> bool:
        return compare_digest(request.cookies.get(_cookie(request), "").encode(), self._pass.encode())


def _cookie(request: Request) -> str:
    """The name of our cookie: browsers do not keep those of two ports apart."""
    return f"pemdocs-{request.scope['server'][1]}"


def _foreign(request: Request) -> Response | None:
    """The answer to what does not come from our own pages: another name of this machine, another page."""
    port = request.scope["server"][1]
    host, origin = request.headers.get("host", ""), request.headers.get("origin")
    if host not in (f"127.0.0.1:{port}", f"localhost:{port}"):
        return _told("gate-foreign", 421)
    if request.method not in READS + WRITES:
        return _told("gate-foreign", 405)
    from_elsewhere = request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin")
    if from_elsewhere or ((request.method in WRITES or origin is not None) and origin != f"http://{host}"):
        return _told("gate-foreign", 403)
    return None


def _told(code: str, status: int) -> Response:
    """A refusal, in every language: nobody knows yet who reads it."""
    return PlainTextResponse("\n\n".join(said(code, lang) for lang in languages.available()) + "\n", status)


def _guarded(send: Send) -> Send:
    async def guarded(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await send(message)

    return guarded


def _counted(receive: Receive) -> Receive:
    """What is received, up to a bound, so that nobody fills the disk."""
    size = 0

    async def counted() -> Message:
        nonlocal size
        message = await receive()
        size += len(message.get("body", b""))
        if size > LARGEST:
            raise HTTPException(413)
        return message

    return counted
