"""What the architecture tests look at: the checkout's files, read once."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

import pactdesk
from pactdesk.core.units.errors import PactError

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def root() -> Path:
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def sources() -> Mapping[Path, ast.Module]:
    """The tree of every Python file under src, by its path from the checkout."""
    files = sorted((ROOT / "src").rglob("*.py"))
    return {file.relative_to(ROOT): ast.parse(file.read_text(encoding="utf-8")) for file in files}


@pytest.fixture(scope="session")
def texts() -> Mapping[Path, str]:
    """Every committed text file, by its path from the checkout."""
    found = {}
    for name in _committed():
        try:
            found[Path(name)] = (ROOT / name).read_text(encoding="utf-8")
        except (UnicodeDecodeError, FileNotFoundError, IsADirectoryError):
            continue
    return found


@pytest.fixture(scope="session")
def broken_modules() -> Mapping[str, Exception]:
    """Imports every module of pactdesk; those that cannot be, and why."""
    broken: dict[str, Exception] = {}
    for module in pkgutil.walk_packages(pactdesk.__path__, "pactdesk.", lambda _: None):
        if not module.name.endswith("__main__"):
            try:
                importlib.import_module(module.name)
            except Exception as problem:  # whatever it is, the test names it
                broken[module.name] = problem
    return broken


@pytest.fixture(scope="session")
def error_classes(broken_modules: Mapping[str, Exception]) -> list[type[PactError]]:
    """Every error that a user may see, of the modules that can be imported."""
    return [kind for kind in _subclasses(PactError) if kind.__module__.startswith("pactdesk.")]


def _subclasses(kind: type[Any]) -> list[type[Any]]:
    direct = kind.__subclasses__()
    return list(dict.fromkeys([*direct, *(deep for one in direct for deep in _subclasses(one))]))


def _committed() -> list[str]:
    """What git would commit; in an archive without git, every file that is not a cache."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    try:
        listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True, text=True)
    except (OSError, subprocess.CalledProcessError):
        folders = ("src", "tests", "docs", "scripts", "requirements", "benchmarks")
        files = [file for folder in folders for file in (ROOT / folder).rglob("*")]
        files += ROOT.glob("*")
        return [str(file.relative_to(ROOT)) for file in files if "__pycache__" not in file.parts]
    return [name for name in listed.stdout.split("\0") if name]
