"""The quarters of the five seeds, each settled once for all tests that look at it."""

from __future__ import annotations

import pytest

from tests.support.quarter_facts import TOLD
from tests.support.quarters import Quarter, Quarters, kept_terms, settled_quarter


@pytest.fixture(scope="session")
def quarters(tmp_path_factory: pytest.TempPathFactory) -> Quarters:
    """The quarter of a seed, by the terms that are kept."""
    made: dict[str, Quarter] = {}

    def of(name: str) -> Quarter:
        if name not in made:
            folder = tmp_path_factory.mktemp(name)
            made[name] = settled_quarter(kept_terms(name), TOLD[name](), folder)
        return made[name]

    return of
