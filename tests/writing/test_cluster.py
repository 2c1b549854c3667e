"""A real scheduler with two workers makes the same documents; one that is lost costs none; all travels encrypted."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import dask
import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from distributed import Client  # before its settings are changed: they come with it
from projects import project, write

import pemdocs
from pemdocs import PemdocsError
from pemdocs.project.manifest import Manifest
from pemdocs.resources import program
from pemdocs.writing.crew import clustered

pytestmark = pytest.mark.filterwarnings("default")


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key with its own certificate, in one file."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "pemdocs")])
    now = datetime.now(UTC)
    day, anyone = timedelta(1), x509.BasicConstraints(ca=True, path_length=None)
    builder = x509.CertificateBuilder(name, name, key.public_key(), 1, now - day, now + day)
    made = builder.add_extension(anyone, critical=True).sign(key, hashes.SHA256())
    plain = serialization.NoEncryption()
    path = tmp_path_factory.mktemp("tls") / "both.pem"
    path.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain)
        + made.public_bytes(serialization.Encoding.PEM)
    )
    return path


@contextlib.contextmanager
def cluster(folder: Path, *options: str, workers: int = 2) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """The address of a scheduler on this machine, and its workers."""
    told = folder / "scheduler.json"
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": folder}
    shared = ["--scheduler-file", str(told), "--no-dashboard", *options]
    dask_ = [sys.executable, "-m", "distributed.cli."]
    scheduler = subprocess.Popen(
        [*dask_[:2], dask_[2] + "dask_scheduler", *shared, "--host", "127.0.0.1", "--port", "0"], **quiet
    )
    there = [
        subprocess.Popen([*dask_[:2], dask_[2] + "dask_worker", *shared, "--no-nanny", "--nthreads", "1"], **quiet)
        for _ in range(workers)
    ]
    try:
        for _ in range(600):
            if told.exists() and told.stat().st_size:
                break
            time.sleep(0.1)
        yield json.loads(told.read_text())["address"], there
    finally:
        for each in (*there, scheduler):
            each.kill()
            each.wait()


def double(number: int) -> int:
    time.sleep(0.3)
    return 2 * number


def test_a_worker_that_is_lost_costs_nothing_and_each_result_arrives_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONPATH", os.pathsep.join([str(Path(__file__).parent), *sys.path]))
    with cluster(tmp_path) as (address, workers):
        await_workers(address, 2)
        with clustered(address, 60, program) as crew:
            assert crew.hands == 2
            threading.Timer(1.0, workers[0].kill).start()
            found = list(crew.results(double, ((number,) for number in range(12))))
        assert sorted(found) == [(number, 2 * number) for number in range(12)]
        folder = write(tmp_path / "p", project())
        built = pemdocs.build(folder, cluster=address)
        assert (len(built.outcomes), built.clean) == (8, True)
    alone = pemdocs.build(folder, out=tmp_path / "alone")
    assert Manifest.read(built.out).entries == Manifest.read(alone.out).entries


def await_workers(address: str, count: int) -> None:
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(count, timeout=60)


def test_a_cluster_works_over_tls_with_certificates_and_not_without(tmp_path: Path, certificate: Path) -> None:
    options = [word for name in ("ca-file", "cert", "key") for word in (f"--tls-{name}", str(certificate))]
    keys = {"ca-file": str(certificate), "client.cert": str(certificate), "client.key": str(certificate)}
    with cluster(tmp_path, "--protocol", "tls", *options, workers=1) as (address, _):
        assert address.startswith("tls://")
        with dask.config.set({f"distributed.comm.tls.{name}": value for name, value in keys.items()}):
            await_workers(address, 1)
            built = pemdocs.build(write(tmp_path / "p", project()), cluster=address, formats=["docx"])
            assert [(e.path, e.fault and (e.fault.code, dict(e.fault.facts))) for e in built.outcomes if e.fault] == []
            assert (len(built.outcomes), built.clean) == (4, True)
        with pytest.raises(PemdocsError) as caught, clustered(address, 60, program):
            pass
        assert caught.value.code == "cluster-silent"


@pytest.mark.parametrize("address", ["tcp://192.0.2.1:8786", "192.0.2.1:8786", "ws://192.0.2.1:1", "x", "tcp://[::"])
def test_nothing_travels_in_the_clear(address: str) -> None:
    with pytest.raises(PemdocsError) as caught, clustered(address, 60, program):
        pass
    assert caught.value.code == "cluster-open"
