"""Amendments: what holds on which day, and the changes that make no sense."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pactdesk.core.terms.amendments import (
    ChangedTwice,
    ChangeOfAnother,
    ChangeWithoutClause,
    ClauseAlreadyThere,
    ClauseToChangeUnknown,
    KindChanged,
)
from pactdesk.core.terms.base import BlankLeft
from pactdesk.core.terms.contract import BlanksRemain, Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import (
    IdTwice,
    contract_from_plain,
    contract_from_yaml,
    contract_to_plain,
    contract_to_yaml,
)
from pactdesk.core.units.errors import PactError
from tests.support.contracts import agreement, amend, change, fixed_fee, level, per_miss
from tests.support.laws import cases

PRICE = fixed_fee("31416.00")
DEARER = fixed_fee("40000.00")
CHEAPER = fixed_fee("20000.00")
OCTOBER_16 = date(2026, 10, 16)


def fee_on(contract: Contract, day: date) -> str | None:
    found = [each.amount for each in contract.on(day).clauses if each.kind == "fee_fixed"]
    return str(found[0]) if found else None


@pytest.mark.requirement("A54", "A69", "E40")
def test_a_change_holds_from_its_first_day_on() -> None:
    contract = amend(agreement(PRICE), "2026-10-16", change(DEARER))
    assert fee_on(contract, OCTOBER_16 - timedelta(days=1)) == "31416.00"
    assert fee_on(contract, OCTOBER_16) == "40000.00"
    assert contract.on(OCTOBER_16).amendments == ()
    assert contract.clauses[2].id == "fee-1"
    assert contract.on(OCTOBER_16).clauses[2].id == "fee-1"  # keeps its place on the paper


def test_what_is_added_comes_last_and_what_is_repealed_is_gone() -> None:
    contract = amend(
        agreement(PRICE),
        "2026-10-16",
        {"op": "add", "clause": "level-1", "to": level()},
        {"op": "repeal", "clause": "fee-1"},
    )
    ids = [each.id for each in contract.on(OCTOBER_16).clauses]
    assert ids == ["period-1", "hours-1", "conventions-1", "level-1"]


def test_of_two_for_one_day_the_later_signed_one_wins() -> None:
    contract = amend(agreement(PRICE), "2026-10-16", change(DEARER), signed="2026-10-02")
    contract = amend(contract, "2026-10-16", change(CHEAPER), signed="2026-10-01", id="second")
    assert fee_on(contract, OCTOBER_16) == "40000.00"


def test_two_signed_on_one_day_for_one_day_are_refused_with_both_quotes() -> None:
    contract = amend(agreement(PRICE), "2026-10-16", change(DEARER), title="补充协议一")
    with pytest.raises(ChangedTwice) as refused:
        amend(contract, "2026-10-16", change(CHEAPER), id="second", title="补充协议二")
    assert "补充协议一" in str(refused.value.quotes)
    assert "补充协议二" in str(refused.value.quotes)


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"op": "replace", "clause": "fee-9", "to": fixed_fee(id="fee-9")}, ClauseToChangeUnknown),
        ({"op": "repeal", "clause": "fee-9"}, ClauseToChangeUnknown),
        ({"op": "add", "clause": "fee-1", "to": PRICE}, ClauseAlreadyThere),
        ({"op": "replace", "clause": "fee-1", "to": fixed_fee(id="fee-2")}, ChangeOfAnother),
        ({"op": "replace", "clause": "fee-1"}, ChangeWithoutClause),
        ({"op": "repeal", "clause": "fee-1", "to": PRICE}, ChangeWithoutClause),
        ({"op": "replace", "clause": "fee-1", "to": level(id="fee-1")}, KindChanged),
    ],
)
def test_a_change_that_makes_no_sense_is_refused(
    wrong: dict[str, Any], error: type[PactError]
) -> None:
    with pytest.raises(error):
        amend(agreement(PRICE), "2026-10-16", wrong)


def test_an_amendment_has_a_name_of_its_own() -> None:
    with pytest.raises(IdTwice):
        amend(agreement(PRICE), "2026-10-16", change(DEARER), id="fee-1")


def test_a_file_with_amendments_is_read_back_the_same() -> None:
    contract = amend(
        agreement(PRICE, level(), per_miss()),
        "2026-10-16",
        change(DEARER),
        change(level(target="0.95"), judged="weighted"),
    )
    assert contract_from_yaml(contract_to_yaml(contract)) == contract
    assert contract_from_plain(contract_to_plain(contract)) == contract
    assert "amendments" not in contract_to_plain(agreement(PRICE))


def test_blanks_of_an_amendment_count_and_are_filled_like_others() -> None:
    open_price = PRICE | {"amount": {"blank": "____"}}
    contract = amend(agreement(PRICE), {"blank": "__日"}, change(open_price))
    paths = [path for path, _ in contract.blanks()]
    assert paths == ["amendment-1.effective_from", "amendment-1.changes.0.to.amount"]
    with pytest.raises(BlanksRemain):
        contract.completed()
    with pytest.raises(BlankLeft):
        contract.on(OCTOBER_16)
    answers = {paths[0]: "2026-10-16", paths[1]: "40000.00"}
    assert fee_on(filled(contract, {"answers": answers}), OCTOBER_16) == "40000.00"


def test_an_answers_file_brings_a_signed_amendment() -> None:
    signed = {"id": "amendment-1", "signed_on": "2026-09-01", "effective_from": "2026-10-16"}
    contract = filled(agreement(PRICE), {"amend": [signed | {"changes": [change(DEARER)]}]})
    assert fee_on(contract, OCTOBER_16) == "40000.00"
    assert fee_on(contract, OCTOBER_16 - timedelta(days=1)) == "31416.00"


def test_the_linter_reads_what_an_amendment_makes_of_the_terms() -> None:
    second = {"op": "add", "clause": "level-2", "to": level(target="0.99", id="level-2")}
    contract = amend(agreement(PRICE, level()), "2026-10-01", second)
    assert "SL_CONFLICT" in {each.code for each in lint(contract)}
    assert "SL_CONFLICT" not in {each.code for each in lint(agreement(PRICE, level()))}


def test_an_amendment_from_before_its_signing_is_pointed_out() -> None:
    contract = amend(agreement(PRICE), "2026-10-01", change(DEARER), signed="2026-10-15")
    (found,) = [each for each in lint(contract) if each.code.startswith("AMENDMENT")]
    assert (found.code, found.clauses) == ("AMENDMENT_BACKDATED", ("amendment-1", "fee-1"))


@pytest.mark.parametrize(
    ("day", "judged", "open_points"),
    [("2026-10-16", {}, 1), ("2026-10-01", {}, 0), ("2026-10-16", {"judged": "old"}, 0)],
)
def test_a_level_that_changes_inside_a_month_is_an_open_point(
    day: str, judged: dict[str, str], open_points: int
) -> None:
    stricter = change(level(target="0.95"), **judged)
    contract = amend(agreement(PRICE, level(), per_miss()), day, stricter, change(DEARER))
    found = [each for each in lint(contract) if each.code == "AMENDMENT_JUDGING_OPEN"]
    assert len(found) == open_points


DAYS = st.dates(date(2026, 2, 1), date(2026, 12, 1))


@settings(max_examples=cases(40))
@given(st.lists(st.tuples(DAYS, st.integers(1, 99_999)), max_size=5, unique_by=lambda p: p[0]))
def test_on_any_day_the_latest_change_holds(changes: list[tuple[date, int]]) -> None:
    contract = agreement(PRICE)
    for n, (day, yuan) in enumerate(changes):
        contract = amend(contract, day.isoformat(), change(fixed_fee(f"{yuan}.00")), id=f"a-{n}")
    for day in (date(2026, 1, 1), *(day for day, _ in changes), date(2026, 12, 31)):
        held = max((each for each in changes if each[0] <= day), default=None)
        expected = "31416.00" if held is None else f"{held[1]}.00"
        assert fee_on(contract, day) == expected
