"""The pages of the lines are complete and alike, and listed as the lines stand on a statement."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from pactdesk.core.settle.adjustment import KIND
from pactdesk.core.settle.rules import RULES
from tests.support.reference import page_of

PARTS = (
    "Words",
    "Terms",
    "Formula",
    "Worked example",
    "What the trace looks like",
    "For a verifier",
)
IN_RECHECK = {"fee_headcount_hours"}
KINDS = [*dict.fromkeys(rule.kind for rule in RULES), KIND]


def test_the_index_lists_every_kind_in_the_order_of_the_lines() -> None:
    assert re.findall(r"^\| \[`(\w+)`\]", page_of("index"), re.MULTILINE) == KINDS


@pytest.mark.parametrize("kind", sorted(set(KINDS) - IN_RECHECK))
def test_every_page_has_the_same_parts(kind: str) -> None:
    assert tuple(re.findall(r"^## (.+)$", page_of(kind), re.MULTILINE)) == PARTS


def test_what_stands_elsewhere_is_there() -> None:
    page = Path(__file__).resolve().parents[2] / "docs/reference/recheck.md"
    assert all(kind in page.read_text("utf-8") for kind in IN_RECHECK)
