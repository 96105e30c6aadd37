"""Events: told by one party, answered by the other, and what the month comes to then."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

import psycopg
import pytest
from django.test import Client

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, TERMS, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.running_desk import aside
from tests.support.visitors import give_password, logged_in
from tests.web.portal.reading import Reading, read

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.evidence.factlog import PostgresFactLog

OCTOBER = date(2026, 10, 1)
AT = "2026-10-15T10:00"
PROVIDER, CLIENT = "finance", "manager_of_baita"


@cache
def eventful() -> Contract:
    """白塔's terms, with clauses that only people's words can move."""
    plain = contract_to_plain(service_terms())
    [assessed] = [each for each in plain["clauses"] if each["kind"] == "assessment"]
    assessed["remediation"] = {"n": 10, "unit": "day"}
    plain["clauses"] += [
        {
            "id": "event-1",
            "kind": "deduction_event",
            "what": "data_leak",
            "price": {"kind": "amount", "amount": "500.00"},
        },
        {"id": "unserved-1", "kind": "deduction_unserved", "item": "month"},
        {
            "id": "penalty-1",
            "kind": "breach_penalty",
            "party": "client",
            "what": "no_data",
            "price": {"kind": "amount", "amount": "300.00"},
        },
        {"id": "loss-1", "kind": "compensation", "claimant": "client"},
        {
            "id": "score-1",
            "kind": "score_sheet",
            "items": [{"kind": "given", "item": "service", "weight": "100"}],
            "bands": [{"score": "0", "payable": "0.90"}, {"score": "90", "payable": "1"}],
        },
        {
            "id": "expenses-1",
            "kind": "expenses",
            "needs_receipt": True,
            "reimbursed": [{"category": "travel", "cap_per_month": "1000.00"}],
        },
        {
            "id": "deposit-1",
            "kind": "deposit",
            "amount": "5000.00",
            "paid_by": "client",
            "returned_after": {"n": 7, "unit": "day"},
        },
    ]
    return contract_from_plain(plain)


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast, of whom 白塔 has a contract with more in it."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, {**TERMS, "baita": eventful})
    give_password(desk, made, *PEOPLE)
    return made


class Page:
    """The events of 白塔's contract, as one person sees them."""

    def __init__(self, cast: Cast, person: str) -> None:
        self.client: Client = logged_in(person)
        self.at = f"/contracts/{cast.contract_baita}/events/"

    def read(self, query: str = "") -> Reading:
        answer = self.client.get(f"{self.at}{query}")
        assert answer.status_code == 200
        return read(answer)

    def tell(self, kind: str, **fields: Any) -> Any:
        told = {"id": str(uuid4()), "at": AT, **fields}
        return self.client.post(f"{self.at}tell/{kind}/", told)

    def told(self, kind: str, **fields: Any) -> str:
        """The key of what was told just now."""
        answer = self.tell(kind, **fields)
        assert answer.status_code == 302, answer.content.decode()
        return self.read().values("data-event")[0]

    def answer(self, event: str, said: str, reason: str = "", **more: str) -> int:
        told = {"event": event, "answer": said, "reason": reason, **more}
        return int(self.client.post(f"{self.at}answer/", told).status_code)

    def states(self) -> list[str]:
        return self.read().values("data-state")


@pytest.fixture
def ours(cast: Cast, log: PostgresFactLog) -> Page:
    """As the provider's finance sees them."""
    return Page(cast, PROVIDER)


@pytest.fixture
def theirs(cast: Cast, log: PostgresFactLog) -> Page:
    """As the client's manager sees them."""
    return Page(cast, CLIENT)


def amounts(cast: Cast, month: date = OCTOBER) -> dict[str, int]:
    """Clause → fen of the month so far."""
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.standing import refresh_standing

    def measured() -> dict[str, int]:
        with scoped(cast["lead"]) as scope:
            standing = refresh_standing(scope, cast.contract_baita, month)
        assert standing.withheld("zh") == ""
        return {each["clause"]: each["amount_fen"] for each in standing.plain["lines"]}

    found: dict[str, int] = aside(measured)
    return found


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


def test_a_step_of_the_contract_is_told_by_the_party_it_belongs_to(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    renewed = {"event": "renewed", "until": "2027-12-31", "cause": "", "note": ""}
    assert ours.tell("contract", **renewed).status_code == 422
    assert theirs.tell("contract", **{**renewed, "until": ""}).status_code == 422
    theirs.told("contract", **renewed)
    tomorrow = f"{datetime.now(UTC) + timedelta(days=2):%Y-%m-%dT%H:%M}"
    assert ours.tell("contract", event="handed_over", at=tomorrow).status_code == 422
    assert theirs.states() == ["told"]


def test_only_what_the_clauses_can_use_is_offered(cast: Cast, ours: Page, theirs: Page) -> None:
    every = {"incident", "work", "score", "exclusion", "notice", "contract"}
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
