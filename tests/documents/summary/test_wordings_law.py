"""How long, how it ends, who tells whom: each wording gives the same kind of value."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.documents.summary.test_wordings import summary

TABLES: dict[str, list[tuple[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("wordings_law.yaml").read_text("utf-8")
)


def each(name: str) -> pytest.MarkDecorator:
    """Every wording of a table with what it means."""
    return pytest.mark.parametrize(("wording", "meant"), TABLES[name])


@each("terms")
def test_how_long_it_runs(wording: str, meant: Any) -> None:
    term = summary(wording)["term"]
    assert [term["start"], term["end"], term["months"]] == meant


@each("renewals")
def test_what_follows_the_end(wording: str, meant: Any) -> None:
    renewal = summary(wording)["renewal"] or {}
    assert [renewal.get("kind"), renewal.get("months")] == meant


@each("disputes")
def test_how_a_dispute_is_settled(wording: str, meant: Any) -> None:
    dispute = summary(wording)["dispute"]
    assert [dispute["route"], dispute["venue"]] == meant


@each("notices")
def test_who_tells_whom_how_long_before(wording: str, meant: Any) -> None:
    notices = summary(wording)["notice_days"]
    assert {purpose: [n["n"], n["unit"]] for purpose, n in notices.items()} == meant


@each("secrecy")
def test_how_long_secrets_are_kept(wording: str, meant: Any) -> None:
    kept = summary(wording)["confidentiality"]
    assert [kept[name] for name in ("during_term", "after_years", "indefinite")] == meant


@each("caps")
def test_what_is_owed_at_most(wording: str, meant: Any) -> None:
    cap = summary(wording)["liability_cap"]
    assert (cap and [cap["value"], cap["unit"]]) == meant
