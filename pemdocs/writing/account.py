"""Put the account of a version that is to be signed into its files: what the document is, and the mark of what it says.

Only this module knows where it lies: attached to the PDF as its data (PDF/A-3), in Word as custom XML.
"""

from __future__ import annotations

from base64 import b64encode
from datetime import datetime, time
from typing import Any

from pemdocs.model import Page
from pemdocs.writing.engine import weasyprint

NAME = "pemdocs.json"
PART = "/customXml/item1.xml"
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/customXml"
NAMESPACE = "https://pemdocs.invalid/account"


def attachments(page: Page) -> list[Any]:
    """What travels inside the PDF of a page, as WeasyPrint takes it."""
    if not page.account:
        return []
    moment = datetime.combine(page.modified, time())
    told = {"name": NAME, "description": page.title, "relationship": "Data"}
    return [weasyprint().Attachment(string=page.account.decode(), created=moment, modified=moment, **told)]


def settle(pdf: Any) -> None:
    """Name each attached file once: WeasyPrint names those of a PDF/A-3 twice."""
    if "AF" in pdf.catalog:
        pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])


def enclose(document: Any, account: bytes) -> None:
    """The same for a Word file."""
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    words = f'<account xmlns="{NAMESPACE}">{b64encode(account).decode()}</account>'.encode()
    part = Part(PackURI(PART), "application/xml", words, document.part.package)
    document.part.relate_to(part, RELATION)
