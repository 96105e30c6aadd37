"""Payments, invoices and volumes told on the page, and what the month comes to then."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from functools import cache, partial
from typing import TYPE_CHECKING
from uuid import uuid4

import pytest

from pactdesk.core.facts.fact import Fact
from pactdesk.core.facts.kinds import Payment, StatementIssued
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.core.units.instants import instant_of
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, TERMS, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.facts import SHANGHAI
from tests.support.running_desk import aside
from tests.support.visitors import give_password, logged_in
from tests.web.portal.telling import CLIENT, PROVIDER, Page, amounts

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.apps.evidence.factlog import PostgresFactLog

AUGUST = "BT-XY-2026-01-2026-08"
OWED_FEN = 1_800_000


@cache
def billed() -> Contract:
    """白塔's terms: due after the invoice; shop accounts are billed, conversations forecast."""
    plain = contract_to_plain(service_terms())
    for each in plain["clauses"]:
        if each["id"] == "payment-1":
            each["due"] |= {"kind": "calendar_days_after", "n": 5, "event": "invoice_received"}
        if each["id"] == "level-1":
            each["above_forecast"] = {"measure": "conversation", "times": "1.3"}
    plain["clauses"].append(
        {
            "id": "units-1",
            "kind": "fee_per_unit",
            "measure": "usage",
            "usage": "shop_account",
            "tiers": [{"price": "2.50"}],
            "tiering": "graduated",
        }
    )
    plain["clauses"].append(
        {"id": "sales-1", "kind": "fee_commission", "settle_window": 30, "rate": "0.05"}
    )
    return contract_from_plain(plain)


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    """The cast, of whom 白塔 pays after the invoice."""
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, {**TERMS, "baita": billed})
    give_password(desk, made, *PEOPLE)
    return made


@pytest.fixture
def august(cast: Cast, log: PostgresFactLog) -> None:
    """August's statement, issued on 1 September: 18,000.00 yuan."""
    from pactdesk.apps.walls.scope import within

    fact = Fact.of(
        StatementIssued(AUGUST, "2026-08", OWED_FEN, {}),
        contract_id=log.contract_id,
        source="paper",
        event_id="august",
        occurred_at=instant_of(datetime(2026, 9, 1, 10, tzinfo=SHANGHAI)),
    )

    def told() -> None:
        with within(of(cast.contract_baita)):
            log.append_now([fact])

    aside(told)


@pytest.fixture
def ours(cast: Cast, august: None) -> Page:
    """As the provider's finance sees them."""
    return Page(cast, PROVIDER)


@pytest.fixture
def theirs(cast: Cast, august: None) -> Page:
    """As the client's manager sees them."""
    return Page(cast, CLIENT)


def late_fee(days: int, fen: int = OWED_FEN) -> int:
    """0.05 % a day."""
    return fen * 5 * days // 10_000


@pytest.mark.requirement("A20", "A47", "B22")
def test_an_invoice_starts_the_clock_and_the_payees_word_of_a_payment_ends_the_late_fee(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    assert amounts(cast)["late-1"] == 0  # nothing is due before the invoice
    theirs.told("invoice.received", bill=AUGUST, at="2026-09-15T10:00")
    assert theirs.states() == ["told"]
    assert amounts(cast)["late-1"] == late_fee(31)  # due on 20 September
    assert theirs.read("?kind=invoice.received").texts("data-clauses") == ["补充约定·付款"]
    assert "invoice.received" not in theirs.read().values("data-tell")
    ours.told("payment", bill=AUGUST, amount="8000.00", at="2026-10-11T10:00")
    ours.told("payment", bill=AUGUST, amount="10000", at="2026-10-21T10:00")
    assert amounts(cast)["late-1"] == late_fee(10) + late_fee(10, 1_000_000)
    assert ours.states() == ["told"] * 3
    assert "payment" not in ours.read().values("data-tell")  # nothing is left to pay


@pytest.mark.requirement("A20")
def test_what_the_payer_says_it_sent_waits_for_the_payee(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    event = ours.told("invoice.received", bill=AUGUST, at="2026-09-15T10:00")
    assert (ours.states(), amounts(cast)["late-1"]) == (["waiting"], 0)
    assert ours.answer(event, "yes") == 409  # not for the other
    assert theirs.answer(event, "yes", arrived="2026-09-25T09:00") == 302
    assert amounts(cast)["late-1"] == late_fee(31)  # due on 30 September, by the day it came
    sent = {"bill": AUGUST, "amount": "18,000.00", "at": "2026-09-28T10:00"}
    assert theirs.tell("payment", **sent).status_code == 422  # without its reference
    event = theirs.told("payment", **sent, note="回单 0928-77")
    assert (theirs.states()[0], amounts(cast)["late-1"]) == ("waiting", late_fee(31))
    page = ours.client.get(ours.at).content.decode()
    assert all(each in page for each in ("2026 年 8 月结算单", "18,000.00 元", "回单 0928-77"))
    assert ours.answer(event, "no") == 409  # without a reason
    assert ours.answer(event, "yes") == 302
    assert ours.answer(event, "yes") == 409
    assert amounts(cast)["late-1"] == 0
    assert ours.states() == ["agreed", "agreed"]


def test_a_payment_that_both_tell_counts_once(cast: Cast, ours: Page, theirs: Page) -> None:
    theirs.told("invoice.received", bill=AUGUST, at="2026-09-15T10:00")
    sent = {"bill": AUGUST, "amount": "18000", "note": "回单 1"}
    event = theirs.told("payment", **sent, at="2026-10-11T10:00")
    same = {"bill": AUGUST, "amount": "18000", "at": "2026-10-11T10:00", "id": str(uuid4())}
    assert [ours.tell("payment", **same).status_code for _ in range(2)] == [302, 302]
    assert ours.answer(event, "yes") == 409  # it is paid
    assert ours.answer(event, "no", "已于 10 月 11 日自行记录") == 302
    assert amounts(cast)["late-1"] == late_fee(10)
    assert theirs.tell("payment", **sent).status_code == 404


def test_more_than_is_owed_or_for_another_bill_is_not_recorded(
    cast: Cast, ours: Page, theirs: Page, log: PostgresFactLog
) -> None:
    from pactdesk.apps.statements import actions
    from pactdesk.apps.statements.errors import EventNotOffered, PaymentAboveDebt

    too_much = ours.tell("payment", bill=AUGUST, amount="18000.01")
    assert too_much.status_code == 422
    assert "不能超过尚欠的 18,000.00 元" in too_much.content.decode()
    assert ours.tell("payment", bill="another", amount="1").status_code == 422
    now = datetime.now(UTC)

    def tell(person: str, told: Payment) -> None:
        actions.tell_event(
            cast[person],
            contract=cast.contract_baita,
            event=uuid4(),
            told=told,
            occurred_at=instant_of(now - timedelta(days=1)),
            at=now,
        )

    # Whoever goes round the form: the action holds the same.
    for person, told, refusal in (
        (PROVIDER, Payment(AUGUST, OWED_FEN + 1), PaymentAboveDebt),
        (PROVIDER, Payment("another", 1), EventNotOffered),
        (CLIENT, Payment(AUGUST, 1), EventNotOffered),  # the payer alone
    ):
        with pytest.raises(refusal):
            aside(partial(tell, person, told))
    assert ours.states() == []


@pytest.mark.requirement("A48")
def test_volumes_count_once_both_agree(cast: Cast, ours: Page, theirs: Page) -> None:
    assert amounts(cast)["units-1"] == 0
    used = {"measure": "shop_account", "quantity": "40", "proof": "platform-export.csv:12"}
    event = ours.told("usage", **used)
    assert (ours.states(), amounts(cast)["units-1"]) == (["waiting"], 0)
    assert theirs.answer(event, "yes") == 302
    assert amounts(cast)["units-1"] == 10_000
    refused = theirs.told("usage", **{**used, "quantity": "4"})
    assert ours.answer(refused, "no", "已含在内") == 302
    assert amounts(cast)["units-1"] == 10_000
    assert ours.tell("usage", **{**used, "measure": "message"}).status_code == 422
    assert ours.states() == ["refused", "agreed"]


def test_a_sale_earns_its_commission_once_both_agree(cast: Cast, ours: Page, theirs: Page) -> None:
    order = {"order": "TB-20261015-0007", "event": "paid", "amount": "1200.00"}
    event = ours.told("sale", **order)
    assert (ours.states(), amounts(cast)["sales-1"]) == (["waiting"], 0)
    assert "订单付款 TB-20261015-0007" in theirs.client.get(theirs.at).content.decode()
    assert theirs.answer(event, "yes") == 302
    assert amounts(cast)["sales-1"] == 6_000
    decomposed = {**order, "order": "e\u0301-7"}  # as some systems paste it
    assert ours.tell("sale", **decomposed).status_code == 302
    refund = {**order, "event": "refunded", "amount": "200.00", "at": "2026-10-17T10:00"}
    event = theirs.told("sale", **refund)
    assert ours.answer(event, "yes") == 302
    assert amounts(cast)["sales-1"] == 5_000


def test_a_forecast_is_of_a_month_that_has_not_begun(cast: Cast, ours: Page, theirs: Page) -> None:
    from pactdesk.apps.walls.scope import within

    today = datetime.now(SHANGHAI).date()
    following = f"{(today.replace(day=1) + timedelta(days=32)):%Y-%m}"
    told = {"measure": "conversation", "quantity": "1200"}
    assert theirs.tell("forecast", **told, period=f"{today:%Y-%m}").status_code == 422
    event = theirs.told("forecast", **told, period=following)

    def known() -> dict[tuple[str, str], int]:
        from pactdesk.apps.evidence.factlog import PostgresFactLog
        from pactdesk.core.measure.forecast import forecasts

        log = PostgresFactLog(cast.contract_baita, billed().contract_id, SHANGHAI)
        with within(of(cast.contract_baita)):
            return forecasts(log.facts(log.contract_id), SHANGHAI)

    assert aside(known) == {}
    assert ours.answer(event, "yes") == 302
    assert aside(known) == {("conversation", following): 1200}


def test_only_bound_people_and_only_what_the_terms_ask(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    figures = {"invoice.received", "payment", "usage", "forecast", "sale"}
    assert figures <= set(ours.read().values("data-tell"))
    assert figures <= set(theirs.read().values("data-tell"))
    told = {"bill": AUGUST, "amount": "1", "id": str(uuid4()), "at": "2026-10-11T10:00"}
    for person, status in (("manager_of_qinghe", 404), ("auditor", 403), ("agent", 403)):
        answer = logged_in(person).post(f"{ours.at}tell/payment/", told)
        assert answer.status_code == status
    assert ours.states() == []
