"""A dispute about a statement: from a rejected objection to the line that settles it."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

import psycopg
import pytest
from django.test import Client

from pactdesk.core.units.periods import add_months
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.facts import SHANGHAI
from tests.support.running_desk import aside
from tests.support.visitors import logged_in
from tests.web.portal.reading import read
from tests.web.portal.telling import CLIENT, PROVIDER, Page, amounts, do_errands

DEDUCTION = 2
THIS_MONTH = datetime.now(SHANGHAI).date().replace(day=1)


class Side:
    """One party's person, and what they do in disputes."""

    def __init__(self, person: str, statement: UUID) -> None:
        self.client: Client = logged_in(person)
        self.sheet = f"/statements/{statement}/"
        self.at = ""

    def open(self, line: int, amount: str, text: str = "分母多算了机器人接待") -> Any:
        told = {f"line-{line}": "on", f"amount-{line}": amount, "text": text}
        return self.client.post(f"{self.sheet}dispute/", told)

    def act(self, deed: str, text: str = "", **more: str) -> int:
        told = {"deed": deed, "text": text, **more}
        return int(self.client.post(f"{self.at}act/", told).status_code)

    def page(self) -> str:
        answer = self.client.get(self.at)
        assert answer.status_code == 200
        return answer.content.decode()

    def proposal(self) -> str:
        return read(self.client.get(self.at)).values("data-proposal")[0]


@pytest.fixture
def sides(cast: Cast, statement: UUID) -> tuple[Side, Side]:
    """The provider and the client of 白塔's October."""
    return Side(PROVIDER, statement), Side(CLIENT, statement)


def opened(sides: tuple[Side, Side], line: int = DEDUCTION, amount: str = "-1350.00") -> None:
    """The client disputes the deduction: 900.00 should be 1,350.00."""
    answer = sides[1].open(line, amount)
    assert answer.status_code == 302, answer.content.decode()
    for side in sides:
        side.at = answer["Location"].partition("?")[0]


@pytest.mark.requirement("A57", "A63", "A66")
def test_a_dispute_is_settled_and_its_difference_billed(
    cast: Cast, sides: tuple[Side, Side], desk: TestDatabase, as_superuser: psycopg.Connection
) -> None:
    ours, theirs = sides
    opened(sides)
    # 17,100.00 were billed; both say that 16,650.00 at least are owed.
    assert "¥ 16,650.00 没有争议，仍须按期支付，最迟 2026-11-13。" in theirs.page()
    assert "等待贵方说明立场" in ours.page()
    assert ours.act("position", "机器人未接待的不计", **{"amount-2": "-900.00"}) == 302
    assert theirs.act("step", "协商不成") == 409  # the terms name no route
    offer = {"amount-2": "-1200.00"}
    assert ours.act("proposed", "各让一步", **offer) == 302
    first = theirs.proposal()
    assert ours.act("accepted", proposal=first) == 409  # nobody accepts their own
    assert theirs.act("refused", "还差", proposal=first) == 302
    assert theirs.act("accepted", proposal=first) == 409  # answered already
    assert theirs.act("proposed", "这样可以", **{"amount-2": "-1250.00"}) == 302
    page = ours.page()
    assert "委托方少付 ¥ 350.00" in page
    assert "补充协议" in page  # no clause pays the client for losses
    assert ours.act("accepted", proposal=ours.proposal()) == 302
    assert 'data-dispute="settled"' in theirs.page()
    assert theirs.act("said", "谢谢") == 409
    do_errands(desk)
    # 900.00 − 1,250.00, in the month of the agreement
    assert amounts(cast, THIS_MONTH)["agreed-sum-client-1"] == -350_00
    sheet = theirs.client.get(theirs.sheet).content.decode()
    assert "争议 1" in sheet
    said = as_superuser.execute(
        "SELECT details ->> 'deed', count(*) FROM audit_entry"
        " WHERE verb = 'statements.dispute' GROUP BY 1"
    ).fetchall()
    entered = "SELECT count(*) FROM audit_entry WHERE verb = 'statements.enter_agreement'"
    assert as_superuser.execute(entered).fetchone() == (1,)
    assert dict(said) == {
        "opened": 1,
        "position": 1,
        "proposed": 2,
        "refused": 1,
        "accepted": 1,
    }


def test_one_dispute_at_a_time_with_amounts_and_reasons(sides: tuple[Side, Side]) -> None:
    ours, theirs = sides
    for line, amount, text in (
        (2, "x", "因"),
        (2, "-1.001", "因"),
        (2, "-1.00", " "),
        (9, "0", "因"),
    ):
        assert theirs.open(line, amount, text).status_code == 422
    opened(sides)
    assert ours.open(1, "1.00").status_code == 409
    assert ours.act("proposed", "因", **{"amount-2": "很多"}) == 422
    assert ours.act("dance") == 400
    assert ours.act("withdrawn") == 403  # whoever opened it takes it back
    assert theirs.act("withdrawn") == 302
    assert "已撤回" in ours.page()
    # The provider can, too: of what the client has not said, nothing is taken for granted.
    again = ours.open(1, "18000.00", "至今未付")
    ours.at = again["Location"].partition("?")[0]
    assert "没有双方都认可的应付金额" in ours.page()


def test_the_file_holds_everything_a_court_asks_for(
    sides: tuple[Side, Side], keys_given: object
) -> None:
    opened(sides)
    answer = sides[0].client.get(f"{sides[0].at}file/")
    assert answer.status_code == 200
    content = answer.content
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        names = file.namelist()
        assert file.read(names[0]).startswith(b"%PDF")
    assert [each.rpartition(".")[2] for each in names] == [
        *("pdf", "pdf", "xlsx", "pactbundle", "json", "txt"),
    ]
    assert sides[0].client.get(f"{sides[0].at}file/").content == content


def test_a_third_party_and_strangers_see_nothing_of_it(
    cast: Cast, sides: tuple[Side, Side], as_app: Callable[..., Any]
) -> None:
    opened(sides)
    for person, refused in (("manager_of_qinghe", 404), ("auditor", 403), ("agent", 403)):
        client = logged_in(person)
        assert client.get(sides[0].at).status_code == refused
        assert client.post(f"{sides[0].at}act/", {"deed": "said"}).status_code == refused


def agreed(sides: tuple[Side, Side], amount: str) -> None:
    """Both say that the deduction should be so much."""
    opened(sides, amount=amount)
    assert sides[0].act("proposed", "同意", **{"amount-2": amount}) == 302
    assert sides[1].act("accepted", proposal=sides[1].proposal()) == 302


@pytest.mark.requirement("A57", "A62")
def test_what_both_agreed_on_is_given_once_however_often_they_agree(
    cast: Cast, sides: tuple[Side, Side], desk: TestDatabase
) -> None:
    for _ in range(2):
        agreed(sides, "-1350.00")
    assert "1,350.00" in sides[1].client.get(f"{sides[1].sheet}dispute/").content.decode()
    do_errands(desk)
    assert amounts(cast, THIS_MONTH)["agreed-sum-client-1"] == -450_00
    # Then the provider does something instead, and owes nothing of the 1,350.00 any more.
    ours, theirs = Page(cast, PROVIDER), Page(cast, CLIENT)
    due = f"{THIS_MONTH + timedelta(days=60):%Y-%m-%d}"
    remedy = {"clause": "deduction-1", "period": "2026-10", "what": "加班", "due": due, "note": ""}
    waiting = [ours.told("remedy", **remedy, waived="1000.00") for _ in range(2)]
    assert [theirs.answer(each, "yes") for each in waiting] == [302, 409]
    assert ours.tell("remedy", **remedy, waived="350.01").status_code == 422
    agreed(sides, "0.00")
    do_errands(desk)
    found = amounts(cast, THIS_MONTH)
    # 900.00 were taken off; all of it came back, and no more.
    assert found["agreed-sum-client-1"] + found["agreed-sum-provider-1"] == 900_00
    assert "¥ 17,100.00" in sides[1].client.get(sides[1].sheet).content.decode()


@pytest.mark.parametrize("amount", ["9" * 5000, "1." + "0" * 5000, "9" * 17])
def test_an_amount_beyond_all_disputes_is_said_at_its_line(
    sides: tuple[Side, Side], amount: str
) -> None:
    assert sides[1].open(DEDUCTION, amount).status_code == 422


@pytest.mark.requirement("A57")
def test_what_both_agreed_on_is_billed_though_new_terms_are_signed_already(
    cast: Cast, sides: tuple[Side, Side], desk: TestDatabase
) -> None:
    from pactdesk.apps.contracts.actions import replace_terms
    from pactdesk.apps.contracts.queries import terms_of, versions_of
    from pactdesk.apps.parties.scoping import scoped

    contract, next_month = cast.contract_baita, add_months(THIS_MONTH, 1)

    def signed() -> None:
        with scoped(cast["operator"]) as scope:
            terms = terms_of(scope, contract)
        replace_terms(
            cast["operator"], contract=contract, terms=terms, in_force_from=next_month, note="续签"
        )

    aside(signed)
    agreed(sides, "-1350.00")
    do_errands(desk)
    do_errands(desk)
    assert amounts(cast, THIS_MONTH)["agreed-sum-client-1"] == -450_00

    def held(on: date) -> list[str]:
        with scoped(cast["finance"]) as scope:
            assert versions_of(scope, contract).count() == 4
            terms = terms_of(scope, contract, on).on(on)
        return [each.id for each in terms.clauses if each.kind == "compensation"]

    assert aside(lambda: held(THIS_MONTH)) == ["agreed-sum-client-1"]
    assert aside(lambda: held(next_month)) == ["agreed-sum-client-1"]
