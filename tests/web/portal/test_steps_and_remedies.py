"""Steps that need both parties, steps by a right or for a cause, and remedies agreed on."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import cache
from typing import Any
from uuid import UUID, uuid4

import pytest

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.support.cast import PEOPLE, TERMS, Cast, make_cast
from tests.support.chats import VAULT
from tests.support.database import TestDatabase
from tests.support.facts import SHANGHAI
from tests.support.running_desk import aside
from tests.support.visitors import give_password
from tests.web.portal.reading import read
from tests.web.portal.telling import Page, amounts, do_errands, eventful
from tests.web.portal.telling_fixtures import ours as ours
from tests.web.portal.telling_fixtures import theirs as theirs

NOW = datetime.now(SHANGHAI)
TODAY = NOW.date()
THIS_MONTH = TODAY.replace(day=1)
STEP = {"at": f"{NOW - timedelta(days=1):%Y-%m-%dT%H:%M}", "cause": "", "ground": "", "until": ""}
NOON = f"{NOW - timedelta(hours=1):%Y-%m-%dT%H:%M}"
LAST = {"until": f"{TODAY:%Y-%m-%d}"}


@cache
def refundable() -> Contract:
    """白塔's terms, under which fees go back when the provider is why it ends."""
    plain = contract_to_plain(eventful())
    losses = [each for each in plain["clauses"] if each["kind"] == "compensation"]
    plain["clauses"].remove(*losses)
    plain["clauses"] += [
        {"id": "refund-1", "kind": "refund", "share": "0.5", "of": "paid"},
        {"id": "suspension-1", "kind": "suspension", "after_days": 5},
    ]
    return contract_from_plain(plain)


@pytest.fixture
def cast(desk: TestDatabase, monkeypatch: pytest.MonkeyPatch) -> Cast:
    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    made = make_cast(desk, {**TERMS, "baita": refundable})
    give_password(desk, made, *PEOPLE)
    return made


def facts(cast: Cast, kind: str) -> list[dict[str, Any]]:
    """What the log holds of a kind, in order."""
    from pactdesk.apps.contracts.queries import contract_of
    from pactdesk.apps.evidence.kept import facts_now
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.hands import log_of

    def found() -> list[dict[str, Any]]:
        with scoped(cast["finance"]) as scope:
            every = facts_now(log_of(contract_of(scope, cast.contract_baita)))
        return [dict(each.fact.measured) for each in every if each.fact.kind == kind]

    told: list[dict[str, Any]] = aside(found)
    return told


def paid(cast: Cast, fen: int) -> None:
    """The client paid something."""
    from pactdesk.apps.contracts.queries import contract_of
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.hands import tell
    from pactdesk.core.facts.fact import Fact
    from pactdesk.core.facts.kinds import Payment
    from pactdesk.core.units.instants import instant_of

    def told() -> None:
        with scoped(cast["finance"]) as scope:
            stored = contract_of(scope, cast.contract_baita)
            happened = instant_of(NOW - timedelta(days=2))
            fact = Fact.of(
                Payment("s-1", fen),
                contract_id=stored.code,
                source="bank",
                event_id="1",
                occurred_at=happened,
            )
            tell(stored, [fact])

    aside(told)


@pytest.mark.requirement("A17", "B16")
def test_a_renewal_waits_for_the_other_party(cast: Cast, ours: Page, theirs: Page) -> None:
    renewed = {**STEP, "event": "renewed", "until": "2027-12-31"}
    for until in ("", "1900-01-01"):
        assert theirs.tell("contract", **{**renewed, "until": until}).status_code == 422
    event = theirs.told("contract", **renewed)
    assert (theirs.states(), facts(cast, "contract")) == (["waiting"], [])
    assert theirs.answer(event, "yes") == 409  # not for the other
    assert ours.answer(event, "no") == 409  # not without a reason
    assert ours.answer(event, "yes") == 302
    [step] = facts(cast, "contract")
    assert step == {"event": "renewed", "by": None, "cause": "agreement", "until": "2027-12-31"}
    assert ours.states() == ["told", "agreed"]
    refused = ours.told("contract", **{**renewed, "until": "2028-12-31"})
    assert theirs.answer(refused, "no", "一年够了") == 302
    assert len(facts(cast, "contract")) == 1
    assert "refused" in ours.states()


def test_ending_by_agreement_waits_and_gives_nothing_back(
    cast: Cast, ours: Page, theirs: Page
) -> None:
    paid(cast, 10_000_00)
    ending = {**STEP, "event": "terminated", "ground": "agreement"}
    assert ours.tell("contract", **ending).status_code == 422  # of what last day?
    event = ours.told("contract", **{**ending, **LAST})
    assert theirs.answer(event, "yes") == 302
    assert [each["by"] for each in facts(cast, "contract")] == [None]
    assert amounts(cast, THIS_MONTH)["refund-1"] == 0


@pytest.mark.requirement("A29", "B18")
def test_the_client_ends_it_through_the_providers_fault_and_gets_its_money_back(
    cast: Cast, theirs: Page
) -> None:
    paid(cast, 10_000_00)
    ending = {**STEP, "event": "terminated", **LAST}
    for groundless in (ending, {**ending, "ground": "fault"}, {**ending, "ground": "own"}):
        assert theirs.tell("contract", **groundless).status_code == 422
    theirs.told("contract", **{**ending, "ground": "fault", "cause": "三周无人值守"})
    [step] = facts(cast, "contract")
    assert (step["by"], step["cause"]) == ("provider", "breach 三周无人值守")
    # half of the 10,000.00 that were paid
    assert amounts(cast, THIS_MONTH)["refund-1"] == -5_000_00
    page = theirs.client.get(theirs.at).content.decode()
    assert "对方违约：三周无人值守" in page
    assert "<strong>委托方</strong> 告知" in page  # whose word it is, not whose fault


def test_the_provider_ending_it_for_its_own_reasons_pays_back_too(cast: Cast, ours: Page) -> None:
    paid(cast, 10_000_00)
    own = {**STEP, "event": "terminated", **LAST, "ground": "own", "cause": "停止经营"}
    ours.told("contract", **own)
    assert amounts(cast, THIS_MONTH)["refund-1"] == -5_000_00


@pytest.mark.requirement("B23", "E33")
def test_a_suspension_names_the_right_that_arose_and_since_when(
    cast: Cast, ours: Page, statement: UUID
) -> None:
    of = "breach:suspension-1/suspend_service/"
    unheard = {**STEP, "event": "suspended", "ground": f"{of}another"}
    assert ours.tell("contract", **unheard).status_code == 422
    page = ours.client.get(f"{ours.at}tell/contract/").content.decode()
    right = f"{of}{aside(lambda: _number(cast, statement))}"
    # Due on 13 November, ten working days after October; the clause bears five days.
    assert right in page
    assert "自 2026-11-19 起" in page
    once = {**unheard, "ground": right, "id": str(uuid4())}
    # A form that comes twice is one event, though the right is used up.
    assert [ours.tell("contract", **once).status_code for _ in range(2)] == [302, 302]
    [step] = facts(cast, "contract")
    assert (step["event"], step["by"], step["cause"]) == ("suspended", "provider", right)
    # Whoever suspended resumes by itself; the client can only propose it.
    ours.told("contract", **{**STEP, "event": "resumed", "at": NOON})
    assert len(facts(cast, "contract")) == 2


def _number(cast: Cast, statement: UUID) -> str:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.statements.queries import statement_of

    with scoped(cast["finance"]) as scope:
        return statement_of(scope, statement).number


REMEDY = {
    "clause": "deduction-1",
    "period": "2026-10",
    "what": "加派两名客服到月底",
    "due": f"{TODAY + timedelta(days=10):%Y-%m-%d}",
    "waived": "500.00",
    "note": "",
}


@pytest.mark.requirement("A62")
def test_another_remedy_is_agreed_on_done_and_paid_in_its_place(
    cast: Cast, ours: Page, theirs: Page, statement: UUID, desk: TestDatabase
) -> None:
    # October's deduction was 900.00.
    assert ours.tell("remedy", **{**REMEDY, "waived": "900.01"}).status_code == 422
    assert ours.tell("remedy", **{**REMEDY, "due": "2026-01-01"}).status_code == 422
    event = ours.told("remedy", **REMEDY)
    assert (ours.states(), facts(cast, "loss")) == (["waiting"], [])
    assert theirs.answer(event, "yes") == 302
    [sum_agreed] = facts(cast, "loss")
    assert (sum_agreed["by"], sum_agreed["evidenced_fen"]) == ("provider", 500_00)
    # No clause pays the provider for losses: both agreed to one, and the worker enters it.
    assert "agreed-sum-provider-1" not in amounts(cast, THIS_MONTH)
    do_errands(desk)
    assert amounts(cast, THIS_MONTH)["agreed-sum-provider-1"] == 500_00
    obligations = f"/contracts/{cast.contract_baita}/obligations/"
    page = ours.client.get(obligations)
    assert "完成双方约定的补救：加派两名客服到月底" in page.content.decode()
    [key] = [key for key in read(page).values("data-duty") if "agreed_remedy" in key]
    # The client does not say it for the provider.
    assert theirs.client.post(f"{obligations}fulfil/", {"duty": key}).status_code == 403
    assert ours.client.post(f"{obligations}fulfil/", {"duty": key}).status_code == 302
    assert [each["event"] for each in facts(cast, "duty")] == ["done"]
    sheet = theirs.client.get(f"/statements/{statement}/").content.decode()
    assert "加派两名客服到月底" in sheet


def test_a_remedy_beside_the_deduction_moves_no_money(cast: Cast, ours: Page, theirs: Page) -> None:
    event = theirs.told("remedy", **{**REMEDY, "waived": ""})
    assert ours.answer(event, "yes") == 302
    assert facts(cast, "loss") == []
