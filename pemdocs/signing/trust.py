"""Turn files of certificates and of revocations into what signatures are checked against."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError

CERTIFICATE, REVOCATIONS = "CERTIFICATE", "X509 CRL"


def context(
    trusted: Iterable[Path], *, fetch: bool = False, moment: datetime | None = None, revocations: tuple[Any, ...] = ()
) -> Any:
    """What a certificate must lead back to: the certificates of these files, and the lists of revocations in them.

    Nothing is fetched from elsewhere unless ``fetch``. Raises ``PemdocsError`` ``sign-trust-unreadable``.
    """
    from pyhanko_certvalidator import ValidationContext

    roots: list[Any] = []
    lists = [*revocations]
    for path in trusted:
        for sort, content in _parts(path):
            (roots if sort == CERTIFICATE else lists).append(_read(sort, content, path))
    return ValidationContext(
        trust_roots=roots,
        allow_fetching=fetch,
        crls=lists,
        moment=moment,
        revocation_mode="require" if fetch else "soft-fail",
    )


def _parts(path: Path) -> Iterator[tuple[str, bytes]]:
    from asn1crypto import pem

    try:
        content = path.read_bytes()
    except OSError as error:
        raise PemdocsError("sign-trust-unreadable", file=path.name) from error
    if not pem.detect(content):
        yield (REVOCATIONS if path.suffix.lower() == ".crl" else CERTIFICATE), content
        return
    for sort, _, inner in pem.unarmor(content, multiple=True):
        if sort in (CERTIFICATE, REVOCATIONS):
            yield sort, inner


def _read(sort: str, content: bytes, path: Path) -> Any:
    from asn1crypto import crl, x509

    try:
        found: Any = (x509.Certificate if sort == CERTIFICATE else crl.CertificateList).load(content, strict=True)
        found.native  # noqa: B018 - what is no certificate shows only when it is read
    except (ValueError, TypeError) as error:
        raise PemdocsError("sign-trust-unreadable", file=path.name) from error
    return found
