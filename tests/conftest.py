"""How Hypothesis searches: everyday runs look anew each time, `make test` is repeatable."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

# No deadlines: on a busy machine they fail tests that are right.
settings.register_profile("everyday", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile(
    "steady", settings.get_profile("everyday"), derandomize=True, database=None
)
settings.register_profile("search", settings.get_profile("everyday"), max_examples=2_000)
settings.load_profile("everyday")

# The command line decides its language once, when it is imported.
os.environ["PACTDESK_LANG"] = "zh"


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one whole demo: read-only for the tests that share it."""
    from pactdesk.cli.app import main

    folder = tmp_path_factory.mktemp("demo") / "results"
    assert main(["demo", "--out", str(folder)]) == 0
    return folder


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Tests over evidence that is not beside this checkout are left out, not skipped.

    A skip would hide a test that can run; these have nothing to run on.
    """
    empty = [item for item in items if "NOTSET" in item.name.rpartition("[")[2]]
    if empty:
        config.hook.pytest_deselected(items=empty)
        items[:] = [item for item in items if item not in empty]
