"""Events: told by one party, answered by the other, and what the month comes to then."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID, uuid4

import psycopg
import pytest

from tests.support.cast import Cast
from tests.support.visitors import logged_in
from tests.web.portal.reading import read
from tests.web.portal.telling import PROVIDER, Page, amounts
from tests.web.portal.telling_fixtures import cast as cast
from tests.web.portal.telling_fixtures import ours as ours
from tests.web.portal.telling_fixtures import theirs as theirs

LEAK = {"what": "provider|data_leak", "quantity": "1", "note": "订单表发错了群"}


@pytest.mark.requirement("A60", "E80")
def test_a_leak_costs_once_the_other_party_agrees(cast: Cast, ours: Page, theirs: Page) -> None:
    event = theirs.told("incident", **LEAK)
    assert (theirs.states(), amounts(cast)["event-1"]) == (["waiting"], 0)
    # Whoever told it cannot agree to it for the other.
    assert theirs.answer(event, "yes") == 409
    page = ours.read()
    assert page.values("data-event") == [event]
    assert "订单表发错了群" in ours.client.get(ours.at).content.decode()
    assert page.texts("data-clauses") == ["补充约定·按次扣款"]
    assert ours.answer(event, "yes") == 302
    assert ours.answer(event, "yes") == 409
    assert (ours.states(), amounts(cast)["event-1"]) == (["agreed"], -50_000)


def test_what_was_refused_costs_nothing_and_its_reason_stays(
    cast: Cast, ours: Page, theirs: Page, as_superuser: psycopg.Connection
) -> None:
    event = ours.told("incident", what="client|no_data", quantity="2", note="缺商品表")
    assert theirs.answer(event, "no") == 409  # without a reason
    assert theirs.answer(event, "no", "商品表 9 月已发") == 302
    assert theirs.answer(event, "yes") == 409
    assert (ours.states(), amounts(cast)["penalty-1"]) == (["refused"], 0)
    assert "商品表 9 月已发" in ours.client.get(ours.at).content.decode()
    audited = as_superuser.execute(
        "SELECT verb, details ->> 'outcome' FROM audit_entry"
        " WHERE verb LIKE 'statements.%%_event' ORDER BY id"
    ).fetchall()
    assert audited == [("statements.tell_event", None), ("statements.answer_event", "refused")]


@pytest.mark.requirement("A46", "A56")
def test_work_that_was_sent_back_is_not_paid(cast: Cast, ours: Page, theirs: Page) -> None:
    event = ours.told("work", item="month", share="100")
    assert theirs.answer(event, "yes") == 302
    assert amounts(cast)["unserved-1"] == 0  # the answer is of this month, not of October
    refused = {"item": "month", "event": "refused", "share": "25"}
    assert theirs.tell("work", **refused).status_code == 422  # without a reason
    theirs.told("work", **refused, reason="四分之一没有回访")
    # 18,000.00 × 1/4
    assert amounts(cast)["unserved-1"] == -450_000
    assert theirs.states() == ["refused", "agreed"]


@pytest.mark.requirement("A52")
def test_an_expense_is_paid_once_the_client_approves_it(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    claim = {"category": "travel", "amount": "812.50", "receipt": "a" * 64}
    assert ours.tell("expense", **{**claim, "receipt": ""}).status_code == 422
    assert ours.tell("expense", **{**claim, "amount": "8,12.505"}).status_code == 422
    event = ours.told("expense", **claim)
    this_month = datetime.now(UTC).date().replace(day=1)
    assert amounts(cast, this_month)["expenses-1"] == 0
    assert theirs.read().named("amount") == ["812.50"]
    assert [theirs.answer(event, "yes", amount=each) for each in ("812.51", "0", "x")] == [409] * 3
    assert theirs.answer(event, "yes", amount="800.00") == 302
    assert amounts(cast, this_month)["expenses-1"] == 80_000
    assert theirs.client.get(f"{theirs.at}tell/expense/").status_code == 404


@pytest.mark.requirement("A61", "E76", "E82")
def test_scores_losses_exclusions_and_deposits(cast: Cast, ours: Page, theirs: Page) -> None:
    score = {"item": "service", "period": "2026-10", "points": "80", "of": "100"}
    assert theirs.tell("score", **{**score, "points": "101"}).status_code == 422
    worksheet = {"severity": "50", "impact": "75", "fault": "66.6", "reason": "流失客户"}
    told = [
        theirs.told("score", **score),
        theirs.told("loss", amount="1000.00", **worksheet),
        theirs.told(
            "exclusion",
            start="2026-10-18T00:00",
            end="2026-10-21T00:00",
            cause="force_majeure",
            clauses=["level-1"],
            note="停电通知",
        ),
    ]
    before = amounts(cast)
    assert (before["score-1"], before["loss-1"], before["deduction-1"]) == (0, 0, -90_000)
    assert [ours.answer(each, "yes") for each in told] == [302, 302, 302]
    after = amounts(cast)
    # 80 points pay 90 % of 18,000.00; 1,000.00 × 1/2 × 3/4 × 0.666; c-16 to c-18 are not judged
    assert (after["score-1"], after["loss-1"], after["deduction-1"]) == (-180_000, -24_975, 0)
    assert theirs.client.get(f"{theirs.at}tell/deposit/").status_code == 404  # it holds none
    ours.told("deposit", deposit="deposit-1", event="paid", amount="5000.00")
    assert ours.states()[0] == "told"


@pytest.mark.requirement("E21")
def test_a_notice_arrives_when_the_other_party_says_so(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    words = {"purpose": "rectification", "about": "level-1", "note": "请在十日内整改"}
    assert ours.tell("notice", **words).status_code == 422  # it is the client's to demand
    event = theirs.told("notice", **words)
    assert ours.answer(event, "no", "没有收到") == 409
    never = ("2026-10-14T10:00", "2999-01-01T00:00", "yesterday")
    assert [ours.answer(event, "yes", arrived=each) for each in never] == [409] * 3
    assert ours.answer(event, "yes", arrived="2026-10-18T09:30") == 302
    assert ours.states() == ["arrived"]
    obliged = read(ours.client.get(f"/contracts/{cast.contract_baita}/obligations/?on=2026-10-18"))
    assert any("/remedy/" in each for each in obliged.values("data-duty"))


def test_only_what_the_clauses_can_use_is_offered(cast: Cast, ours: Page, theirs: Page) -> None:
    every = {"incident", "work", "score", "exclusion", "notice", "contract"}
    every.add("remedy")
    assert set(ours.read().values("data-tell")) == every | {"expense", "deposit", "loss"}
    assert set(theirs.read().values("data-tell")) == every | {"loss"}
    other = {**LEAK, "what": "provider|something_else"}
    assert theirs.tell("incident", **other).status_code == 422
    assert theirs.client.get(f"{theirs.at}tell/payment/").status_code == 404


def test_a_form_that_comes_twice_is_one_event(cast: Cast, theirs: Page) -> None:
    same = {**LEAK, "id": str(uuid4())}
    assert [theirs.tell("incident", **same).status_code for _ in range(2)] == [302, 302]
    assert theirs.tell("incident", **{**same, "quantity": "9"}).status_code == 422
    assert theirs.states() == ["waiting"]


def test_what_is_told_of_an_issued_month_is_said_to_come_as_an_adjustment(
    cast: Cast, theirs: Page, statement: UUID
) -> None:
    form = read(theirs.client.get(f"{theirs.at}tell/incident/"))
    assert form.values("data-issued") == ["2026-10"]
    theirs.told("incident", **LEAK)
    assert len(theirs.read().values("data-late")) == 1
    theirs.told("incident", **{**LEAK, "at": "2026-11-03T10:00"})
    assert len(theirs.read("?kind=incident").values("data-late")) == 1
    assert theirs.read("?kind=loss").values("data-event") == []
    # A claim costs nothing yet, and its approval belongs to this month.
    claim = Page(cast, PROVIDER).told("expense", category="travel", amount="1.00", receipt="b" * 64)
    theirs.answer(claim, "yes")
    assert theirs.read("?kind=expense").values("data-late") == []


def test_others_see_and_answer_nothing(cast: Cast, theirs: Page) -> None:
    event = theirs.told("incident", **LEAK)
    for person, refused in (("manager_of_qinghe", 404), ("auditor", 403), ("agent", 403)):
        other = logged_in(person)
        assert other.get(theirs.at).status_code == refused
        assert other.post(f"{theirs.at}tell/incident/", LEAK).status_code == refused
        told = {"event": event, "answer": "yes"}
        assert other.post(f"{theirs.at}answer/", told).status_code == refused
    assert theirs.states() == ["waiting"]
