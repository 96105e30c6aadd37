"""What the verifier is tried on: random months, and bundles opened and closed again."""

from __future__ import annotations

import importlib.util
import sys
import zipfile
from collections.abc import Callable, Mapping
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from pactdesk.core.facts.canonical import canonical_json
from pactdesk.gateways.keys import TrustedKeys

Files = dict[str, bytes]


def _module(name: str) -> ModuleType:
    """A file beside this one, which importlib mode does not let tests import by name."""
    path = Path(__file__).with_name(f"{name}.py")
    full = f"pactverify_tests_{name}"
    if full not in sys.modules:
        spec = importlib.util.spec_from_file_location(full, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[full] = module  # dataclasses look themselves up there
        spec.loader.exec_module(module)
    return sys.modules[full]


@pytest.fixture(scope="session")
def random_case() -> Callable[[int], Any]:
    """Seed → a month that the engine has settled (`cases.Case`)."""
    # Kept for a while: several tricks are tried on the same month.
    _module("kinds")
    made: Callable[[int], Any] = lru_cache(maxsize=2)(_module("cases").random_case)
    return made


@pytest.fixture(scope="session")
def tamperings() -> ModuleType:
    """The ways to cheat."""
    return _module("tamperings")


@pytest.fixture
def trust(tmp_path: Path) -> Callable[..., Path]:
    """Keys → the file that `--trust` takes."""

    def write(*keys: Any, name: str = "keys.json") -> Path:
        path = tmp_path / name
        TrustedKeys([key.public for key in keys]).save(path)
        return path

    return write


@pytest.fixture(scope="session")
def opened() -> Callable[[Path], Files]:
    """Bundle → its files."""

    def read(path: Path) -> Files:
        with zipfile.ZipFile(path) as archive:
            return {name: archive.read(name) for name in archive.namelist()}

    return read


@pytest.fixture(scope="session")
def closed() -> Callable[[Path, Mapping[str, bytes]], Path]:
    """Files → a bundle with a new manifest."""

    def write(path: Path, files: Mapping[str, bytes]) -> Path:
        kept = {name: data for name, data in files.items() if name != "manifest.json"}
        hashes = {name: sha256(data).hexdigest() for name, data in kept.items()}
        manifest = canonical_json({"format": "pactdesk.bundle/1", "files": {**hashes}}) + b"\n"
        with zipfile.ZipFile(path, "w") as archive:
            for name, data in {**kept, "manifest.json": manifest}.items():
                archive.writestr(name, data)
        return path

    return write
