"""How the suite is shared out among its workers."""

from __future__ import annotations

from pathlib import Path

from tests.support.scheduling import LONGEST, ROOT, piece_of


def test_files_of_one_group_go_to_one_worker() -> None:
    demo = ("tests/journeys/test_demo.py", "tests/cli/test_bad_input.py")
    assert {piece_of(file) for file in demo} == {"demo"}
    assert piece_of("tests/core/units/test_money.py") == "tests/core/units/test_money.py"


def test_what_goes_first_is_there() -> None:
    files = [str(file.relative_to(ROOT)) for file in Path(ROOT, "tests").rglob("test_*.py")]
    assert set(LONGEST) <= {piece_of(file) for file in files}, "tests/support/scheduling.py"
