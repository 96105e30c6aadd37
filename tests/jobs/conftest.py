"""The worker's role, and a provider's key in a file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey
from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process


@pytest.fixture
def worker(desk: TestDatabase) -> Iterator[None]:
    """This process has the worker's role."""
    with worker_process(desk):
        yield


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """Everybody, made anew for each test."""
    return make_cast(desk)


@pytest.fixture
def key_file(tmp_path: Path) -> Path:
    """The provider's sealing key, as the worker is given it."""
    path = tmp_path / "sealing.pem"
    SigningKey.from_seed("tests", Party.PROVIDER, demo=True).save(path)
    return path
