"""Blanks are filled by answers; what the paper says is never overwritten."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings

from pactdesk.core.terms.base import Blank, BlankLeft, agreed
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.contract import (
    BlanksRemain,
    ClauseMissing,
    ClauseNotSingle,
    Contract,
    PathUnknown,
)
from pactdesk.core.terms.filling import (
    AnswersUnreadable,
    AnswerWithoutBlank,
    NothingToAccept,
    filled,
)
from pactdesk.core.terms.text import TermsInvalid, contract_from_plain, contract_to_plain
from tests.support.contracts import agreement, fixed_fee, hours, late_fee
from tests.support.laws import cases
from tests.support.terms import Plain, contracts

OPEN: Plain = {"blank": "____"}
DRAFT = agreement(
    {"id": "fee-1", "kind": "fee_fixed", "amount": OPEN, "per": "month", "tax_rate": "0.06"},
    {"id": "late-1", "kind": "late_fee",
     "rate_per_day": {"blank": "[万分之五]", "suggested": "0.0005"},
     "cap": {"blank": "[三成]", "suggested": "0.30"}},
    {"id": "payment-1", "kind": "payment", "cycle": "monthly",
     "due": {"kind": "working_days_after", "n": {"blank": "__个", "suggested": 10}}},
    service_hours=hours() | {"week": [{"days": ["mon"], "windows": OPEN}]},
)  # fmt: skip


def values(contract: Contract) -> dict[str, Any]:
    return {clause["id"]: clause for clause in contract_to_plain(contract)["clauses"]}


def test_blanks_are_listed_in_the_papers_order() -> None:
    assert [path for path, _ in DRAFT.blanks()] == [
        "hours-1.week.0.windows",
        "fee-1.amount",
        "late-1.rate_per_day",
        "late-1.cap",
        "payment-1.due.n",
    ]
    assert DRAFT.value("payment-1.due.n") == DRAFT.blanks()[-1][1]


def test_answers_fill_blanks_and_leave_everything_else_alone() -> None:
    answers = {
        "fee-1.amount": "31416.00",
        "payment-1.due.n": 5,
        "hours-1.week.0.windows": ["09:00-18:00"],
    }
    done = filled(DRAFT, {"answers": answers, "accept": ["late-1"], "contract_id": "c-2"})
    assert done.completed() == done
    assert done.contract_id == "c-2"
    before, after = values(DRAFT), values(done)
    assert after["fee-1"] == before["fee-1"] | {"amount": "31416.00"}
    assert after["payment-1"]["due"] == before["payment-1"]["due"] | {"n": 5}
    assert (after["late-1"]["rate_per_day"], after["late-1"]["cap"]) == ("0.0005", "0.30")
    assert after["hours-1"]["week"] == [{"days": ["mon"], "windows": ["09:00-18:00"]}]
    assert after["period-1"] == before["period-1"]


def test_an_answer_goes_before_a_suggestion() -> None:
    answers = {"answers": {"late-1.rate_per_day": "0.0003"}, "accept": ["late-1"]}
    done = filled(DRAFT, answers)
    assert [str(done.value(f"late-1.{field}")) for field in ("rate_per_day", "cap")] == [
        "0.0003",
        "0.30",
    ]


@pytest.mark.parametrize(
    "path", ["fee-1.tax_rate", "fee-1.per", "fee-1", "fee-9.amount", "fee-1.amount.x", "", 7]
)
def test_an_answer_never_overwrites_the_paper(path: Any) -> None:
    with pytest.raises(AnswerWithoutBlank) as told:
        filled(DRAFT, {"answers": {path: "1.00"}}, "a.yaml")
    assert (told.value.facts["file"], told.value.facts["path"]) == ("a.yaml", path)


@pytest.mark.parametrize("accepted", ["fee-1", "payment-2"])
def test_without_a_suggestion_there_is_nothing_to_accept(accepted: str) -> None:
    with pytest.raises((NothingToAccept, ClauseMissing)):
        filled(DRAFT, {"accept": [accepted]})


def test_clauses_are_added_and_struck_out() -> None:
    done = filled(DRAFT, {"drop": ["late-1"], "add": [late_fee("0.0003") | {"id": "late-2"}]})
    assert [clause.id for clause in done.clauses][-1] == "late-2"
    with pytest.raises(ClauseMissing):
        done.clause("late-1")


@pytest.mark.parametrize(
    "answers",
    [
        {"drop": ["late-9"]},
        {"drop": ["late-1"], "accept": ["late-1"]},
        {"drop": ["late-1"], "answers": {"late-1.cap": "0.20"}},
    ],
)
def test_what_is_not_there_is_neither_struck_out_nor_answered(answers: Plain) -> None:
    with pytest.raises((ClauseMissing, AnswerWithoutBlank)):
        filled(DRAFT, answers)


@pytest.mark.parametrize(
    "answers",
    [None, [], "fee-1.amount", {"answer": {}}, {"answers": []}, {"drop": "late-1"}, {"add": {}},
     {"accept": {"late-1": True}}],
)  # fmt: skip
def test_answers_of_another_form_are_refused(answers: object) -> None:
    with pytest.raises(AnswersUnreadable):
        filled(DRAFT, answers)


@pytest.mark.parametrize(
    "answers",
    [
        {"answers": {"fee-1.amount": 31416}},
        {"answers": {"fee-1.amount": "viel"}},
        {"answers": {"payment-1.due.n": 0}},
        {"add": [late_fee()]},  # the id is taken
        {"add": ["late fee"]},
        {"contract_id": None},
    ],
)
def test_an_answer_is_checked_like_any_term(answers: Plain) -> None:
    with pytest.raises(TermsInvalid):
        filled(DRAFT, answers)


@settings(max_examples=cases(40))
@given(contracts())
def test_filling_nothing_changes_nothing(plain: Plain) -> None:
    draft = contract_from_plain(plain)
    assert filled(draft, {}) == draft
    for path, blank in draft.blanks():
        assert draft.value(path) == blank
        assert isinstance(blank, Blank)
        with pytest.raises(BlankLeft):
            agreed(blank, path)
    if draft.blanks():
        with pytest.raises(BlanksRemain) as told:
            draft.completed()
        assert told.value.facts["count"] == len(draft.blanks())


@pytest.mark.parametrize(
    "path", ["fee-1.price", "fee-1.amount.n", "payment-1.due.9", "hours-1.week.4"]
)
def test_a_path_that_leads_nowhere_is_refused(path: str) -> None:
    with pytest.raises(PathUnknown):
        DRAFT.value(path)


def test_two_clauses_that_both_apply_are_an_error_with_their_ids() -> None:
    contract = agreement(fixed_fee(), late_fee(), late_fee() | {"id": "late-2"})
    with pytest.raises(ClauseNotSingle) as told:
        contract.one(LateFee)
    assert told.value.facts["ids"] == "late-1, late-2"
    assert contract.one(FixedFee).id == "fee-1"
    with pytest.raises(ClauseMissing):
        agreement(fixed_fee()).one(LateFee)
