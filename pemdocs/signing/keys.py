"""Open the key of a signatory or an organisation. Only this module sees a password, and nobody ever says it again."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from pemdocs.model import PemdocsError

QUALIFIED = "0.4.0.1862.1.1"
"""What a certificate says that claims to be qualified (ETSI EN 319 412-5, 4.2.1)."""

STATEMENTS = "qc_statements"


def load(path: Path, password: str) -> Any:
    """The signer of a PKCS#12 file (``.p12``, ``.pfx``), as pyHanko takes it.

    Raises ``PemdocsError``: ``sign-extra-missing``, ``sign-key-unreadable``, ``sign-key-password``,
    ``sign-key-expired``.
    """
    needed()
    from pyhanko.sign import signers

    try:
        content = path.read_bytes()
    except OSError as error:
        raise PemdocsError("sign-key-unreadable", file=path.name) from error
    try:
        signer = signers.SimpleSigner.load_pkcs12_data(content, other_certs=[], passphrase=password.encode())
    except ValueError as error:
        wrong = "password" in str(error.__cause__).lower() or "mac" in str(error.__cause__).lower()
        raise PemdocsError("sign-key-password" if wrong else "sign-key-unreadable", file=path.name) from None
    certificate = signer.signing_cert
    if not certificate.not_valid_before <= datetime.now(UTC) <= certificate.not_valid_after:
        raise PemdocsError("sign-key-expired", file=path.name, day=certificate.not_valid_after.date())
    return signer


def qualified(certificate: Any) -> bool:
    """Whether a certificate says of itself that it is qualified: whether that is so, a trusted list has to tell."""
    for extension in certificate["tbs_certificate"]["extensions"]:
        if extension["extn_id"].dotted == "1.3.6.1.5.5.7.1.3":
            return b"\x06\x06\x04\x00\x8eF\x01\x01" in extension["extn_value"].contents
    return False


def needed() -> None:
    """Raise ``PemdocsError`` ``sign-extra-missing`` where the libraries that sign are not installed."""
    if find_spec("pyhanko") is None:
        raise PemdocsError("sign-extra-missing")


@contextmanager
def quiet() -> Iterator[None]:
    """Keep what pyHanko says of certificates out of logs and streams: it names people."""
    silent = logging.NullHandler()
    loggers = [logging.getLogger(name) for name in ("pyhanko", "pyhanko_certvalidator")]
    before = [each.propagate for each in loggers]
    for each in loggers:
        each.addHandler(silent)
        each.propagate = False
    try:
        yield
    finally:
        for each, propagate in zip(loggers, before, strict=True):
            each.removeHandler(silent)
            each.propagate = propagate
