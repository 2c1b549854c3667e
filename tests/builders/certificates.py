"""A certificate authority made for a test: keys of signatories, a list of revoked ones, a clock that is trusted."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import pkcs12
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

PASSWORD = "un mot de passe d’essai"  # noqa: S105 - of keys that live as long as a test


def named(name: str) -> x509.Name:
    return x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])


def usage(*, signs: bool, certifies: bool) -> x509.KeyUsage:
    return x509.KeyUsage(signs, signs, False, False, False, certifies, certifies, False, False)


@dataclass
class Authority:
    """An authority in a folder: ``root`` is its certificate, ``serial`` the last number that it has given."""

    folder: Path
    key: Any = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    serial: int = 1

    def __post_init__(self) -> None:
        self.certificate = self._built("Autorité d’essai", self.key.public_key(), 1, 1000, authority=True)
        self.root = self.folder / "root.pem"
        self.root.write_bytes(self.certificate.public_bytes(serialization.Encoding.PEM))

    def _built(self, name: str, key: Any, number: int, days: int, *, authority: bool, **more: Any) -> x509.Certificate:
        now = datetime.now(UTC)
        until = now + timedelta(days=days)
        made = (
            x509.CertificateBuilder()
            .subject_name(named(name))
            .issuer_name(named("Autorité d’essai"))
            .public_key(key)
            .serial_number(number)
            .not_valid_before(min(now, until) - timedelta(days=500))
            .not_valid_after(until)
            .add_extension(x509.BasicConstraints(authority, None), critical=True)
            .add_extension(usage(signs=not authority, certifies=authority), critical=True)
            .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
        )
        if more.get("time"):
            made = made.add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.TIME_STAMPING]), critical=True)
        if more.get("lists"):
            place = x509.DistributionPoint([x509.UniformResourceIdentifier(more["lists"])], None, None, None)
            made = made.add_extension(x509.CRLDistributionPoints([place]), critical=False)
        return made.sign(self.key, hashes.SHA256())

    def key_of(self, name: str, *, days: int = 300, lists: str = "") -> Path:
        """A key with its certificate, which ends in so many days, in a file that ``PASSWORD`` opens."""
        self.serial += 1
        key = ec.generate_private_key(ec.SECP256R1())
        certificate = self._built(name, key.public_key(), self.serial, days, authority=False, lists=lists)
        sealed = serialization.BestAvailableEncryption(PASSWORD.encode())
        path = self.folder / f"{name}.p12"
        path.write_bytes(
            pkcs12.serialize_key_and_certificates(name.encode(), key, certificate, [self.certificate], sealed)
        )
        return path

    def revoked(self, *numbers: int, pem: bool = True) -> bytes:
        """The list of those that are revoked."""
        now = datetime.now(UTC)
        made = (
            x509.CertificateRevocationListBuilder()
            .issuer_name(named("Autorité d’essai"))
            .last_update(now - timedelta(days=1))
            .next_update(now + timedelta(days=30))
            .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key()), critical=False)
            .add_extension(x509.CRLNumber(1), critical=False)
        )
        for number in numbers:
            entry = x509.RevokedCertificateBuilder().serial_number(number).revocation_date(now - timedelta(hours=1))
            made = made.add_revoked_certificate(entry.build())
        form = serialization.Encoding.PEM if pem else serialization.Encoding.DER
        return made.sign(self.key, hashes.SHA256()).public_bytes(form)

    @contextmanager
    def online(self) -> Iterator[str]:
        """A server on this machine that says the time (``/time``) and what is revoked (``/crl``); gives its address."""
        from asn1crypto import keys as asn1keys
        from asn1crypto import tsp
        from asn1crypto import x509 as asn1
        from pyhanko.sign.timestamps import DummyTimeStamper

        key = rsa.generate_private_key(65537, 2048)
        certificate = self._built("Horloge d’essai", key.public_key(), 999, 500, authority=False, time=True)
        form = serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        root = asn1.Certificate.load(self.certificate.public_bytes(serialization.Encoding.DER))
        clock = DummyTimeStamper(
            asn1.Certificate.load(certificate.public_bytes(serialization.Encoding.DER)),
            asn1keys.PrivateKeyInfo.load(key.private_bytes(*form)),
            certs_to_embed=_store(root),
        )
        revoked = self.revoked(pem=False)

        class Answering(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                self._answer(revoked, "application/pkix-crl")

            def do_POST(self) -> None:
                asked = tsp.TimeStampReq.load(self.rfile.read(int(self.headers["Content-Length"])))
                self._answer(clock.request_tsa_response(asked).dump(), "application/timestamp-reply")

            def _answer(self, content: bytes, sort: str) -> None:
                self.send_response(200)
                self.send_header("Content-Type", sort)
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: Any) -> None:
                pass

        server = HTTPServer(("127.0.0.1", 0), Answering)
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
            server.server_close()
            thread.join()


def _store(root: Any) -> Any:
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    store = SimpleCertificateStore()
    store.register(root)
    return store
