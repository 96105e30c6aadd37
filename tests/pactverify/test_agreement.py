"""The verifier and the engine, written apart from the same pages, agree on random months."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from pathlib import Path
from random import Random
from types import ModuleType
from typing import Any

import pytest

from pactverify import verify

CASES = 250
TAMPERINGS = 300
A_PART = 50
PARTS = range(0, CASES, A_PART)


@pytest.mark.requirement("E11", "T4")
@pytest.mark.parametrize(
    ("first", "wild"), [*((first, False) for first in PARTS), (0, True)], ids=str
)
def test_the_verifier_agrees_with_the_engine(
    first: int, *, wild: bool, random_case: Callable[..., Any], trust: Callable[..., Path],
    tmp_path: Path,
) -> None:  # fmt: skip
    """On random months, and on those of terms that a careless clerk could type."""
    for seed in range(first, first + A_PART):
        case = random_case(seed, wild=wild)
        bundle = case.write(tmp_path / "case.pactbundle")
        report = verify(bundle, trust=trust(case.key))
        assert report.ok, f"seed {seed}:\n{report.text('en')}"
        assert report.authentic


@pytest.mark.requirement("T4")
@pytest.mark.parametrize("first", range(0, TAMPERINGS, A_PART))
def test_every_tampering_is_caught(
    first: int,
    random_case: Callable[[int], Any],
    tamperings: ModuleType,
    trust: Callable[..., Path],
    opened: Callable[[Path], dict[str, bytes]],
    closed: Callable[..., Path],
    tmp_path: Path,
) -> None:
    tricks: Counter[str] = Counter()
    for seed in range(first, first + A_PART):
        rng = Random(-seed - 1)
        case = random_case(1000 + seed // 5)
        files = opened(case.write(tmp_path / "case.pactbundle"))
        trick, changed = tamperings.tampered(files, rng)
        tricks[trick] += 1
        report = verify(closed(tmp_path / "copy.pactbundle", changed), trust=trust(case.key))
        assert not report.ok, f"seed {seed}: {trick} went unnoticed"
        assert report.failures
        assert report.text("zh")
        assert report.text("en")
    assert len(tricks) > 5, "the tricks are not tried evenly"
