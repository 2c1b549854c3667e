"""Turn an address into what answers it. Only this module knows the addresses of the pages."""

from __future__ import annotations

from starlette.applications import Starlette
from starlette.routing import Route

from pemdocs.web import documents, dossiers, home
from pemdocs.web.answering import Handler, answered
from pemdocs.web.desk import Desk

READ: dict[str, Handler] = {
    "/": home.home,
    "/folders": home.look,
    "/check": home.check,
    "/marked": home.marked,
    "/documents": documents.documents,
    "/look": documents.look,
    "/frame": documents.frame,
    "/take": documents.take,
    "/take-all": documents.take_all,
    "/dossiers": dossiers.dossiers,
    "/take-signed": dossiers.take,
    "/pulse": home.pulse,
    "/static/{name}": home.file,
}
"""What is only shown."""

WRITE: dict[str, Handler] = {
    "/open": home.open_,
    "/upload": home.upload,
    "/new": home.new,
    "/language": home.speak,
    "/again": home.again,
    "/show": home.reveal,
    "/build": documents.build,
    "/stop": documents.stop,
    "/attach": dossiers.attach,
    "/prepare": dossiers.prepare,
    "/receive": dossiers.receive,
    "/place": dossiers.place,
    "/end": home.end,
}
"""What changes something."""


def pages(desk: Desk) -> Starlette:
    """All pages about what lies on a desk."""
    read = [Route(path, answered(desk, handler), methods=["GET"]) for path, handler in READ.items()]
    write = [Route(path, answered(desk, handler), methods=["POST"]) for path, handler in WRITE.items()]
    return Starlette(routes=[*read, *write, Route("/{path:path}", answered(desk, home.nowhere), methods=["GET"])])
