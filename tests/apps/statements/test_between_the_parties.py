"""Issuing, confirming, objecting, answering: who may, what follows, and what is refused."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.evidence.factlog import PostgresFactLog
from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.statements.actions import (
    answer_objection,
    confirm,
    issue,
    object_to_line,
    withdraw_objection,
)
from pactdesk.apps.statements.errors import (
    AlreadyConfirmed,
    ContentDiffers,
    LineObjected,
    ObjectionEnded,
    ObjectionOpen,
    ObjectionTooLate,
    ObjectionUnknown,
    ReasonMissing,
    ReasonTooLong,
    StatementUnknown,
)
from pactdesk.apps.statements.models import Confirmation, Objection, Statement
from pactdesk.apps.statements.objecting import LONGEST_REASON, deadline_of
from pactdesk.apps.statements.queries import (
    confirmations_of,
    objections_of,
    statement_of,
)
from pactdesk.apps.statements.values import consequence
from pactdesk.apps.walls.identifiers import new_id
from pactdesk.core.facts.fact import as_happened
from pactdesk.core.facts.kinds import FactKind
from pactdesk.core.settle.issuing import AlreadyIssued
from pactdesk.core.settle.month import NotSealed
from pactdesk.core.worktime.calendars import CalendarNotPublished
from pactdesk.documents.explain.line import LineUnknown
from tests.support.cast import PEOPLE, Cast
from tests.support.evidence import at_once
from tests.support.october import AT

Sealing = Callable[[date], None]

LATE_REPLIES = 2
READERS = {"lead", "finance", "manager_of_baita"}
"""Of 白塔's contract."""


def state(statement: UUID) -> str:
    return Statement.objects.using("unwalled").values_list("state", flat=True).get(pk=statement)


def objected(cast: Cast, statement: UUID, line: int = LATE_REPLIES) -> UUID:
    return object_to_line(
        cast["manager_of_baita"], statement=statement, line=line, reason="数据有误", at=AT
    )


def errands(connection: psycopg.Connection) -> list[tuple[str, str]]:
    rows = connection.execute(
        "SELECT kind, payload ->> 'to' FROM outbox_errand WHERE kind LIKE 'statements.%'"
        " ORDER BY id"
    )
    return [(kind, to) for kind, to in rows.fetchall()]


def test_an_issued_statement_is_what_the_sealed_facts_say(cast: Cast, statement: UUID) -> None:
    with scoped(cast["manager_of_baita"]) as scope:
        found = statement_of(scope, statement)
        assert (found.number, found.total_fen, found.state) == (
            "BT-XY-2026-01-2026-10", 1_800_000 - 5 * 18_000, "issued",
        )  # fmt: skip
        assert found.issued_by.name == "finance"


def test_a_statement_is_issued_once(cast: Cast, statement: UUID) -> None:
    with pytest.raises(AlreadyIssued):
        issue(cast["lead"], contract=cast.contract_baita, period="2026-10", at=AT)


def test_of_two_who_issue_at_once_one_does(cast: Cast, sealed: Sealing) -> None:
    sealed(date(2026, 11, 1))

    def one() -> UUID:
        return issue(cast["finance"], contract=cast.contract_baita, period="2026-10", at=AT)

    outcomes = at_once(one, one)
    assert sorted(type(each).__name__ for each in outcomes) == ["AlreadyIssued", "UUID"]
    assert Statement.objects.using("unwalled").count() == 1


@pytest.mark.parametrize("through", [None, date(2026, 10, 30)])
def test_a_month_that_is_not_sealed_is_refused(
    cast: Cast, sealed: Sealing, through: date | None
) -> None:
    if through:
        sealed(through)
    with pytest.raises(NotSealed) as refused:
        issue(cast["finance"], contract=cast.contract_baita, period="2026-10", at=AT)
    assert refused.value.facts["needed"] == "2026-10-31"
    assert Statement.objects.using("unwalled").count() == 0


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_issue(cast: Cast, sealed: Sealing, name: str) -> None:
    sealed(date(2026, 11, 1))
    try:
        issue(cast[name], contract=cast.contract_baita, period="2026-10", at=AT)
        outcome = "issued"
    except Exception as refused:
        outcome = type(refused).__name__
    in_contract = {"agent", "manager_of_baita", "operator"}
    refusal = "NotAllowed" if name in in_contract else "ContractUnknown"
    assert outcome == ("issued" if name in {"lead", "finance"} else refusal)


@pytest.mark.parametrize("name", PEOPLE)
def test_who_may_do_what_with_an_issued_statement(cast: Cast, statement: UUID, name: str) -> None:
    who, mine = cast[name], objected(cast, statement)
    said = {"reason": "算错了", "at": AT}

    def outcome_of(*actions: object) -> list[str]:
        outcomes = []
        for action in actions:
            try:
                action()  # type: ignore[operator]  # each is a lambda below
                outcomes.append("done")
            except (NotAllowed, StatementUnknown, ObjectionUnknown) as refusal:
                outcomes.append(type(refusal).__name__)
        return outcomes

    outcomes = outcome_of(
        lambda: object_to_line(who, statement=statement, line=1, **said),  # type: ignore[arg-type]
        lambda: answer_objection(who, objection=mine, answer="核对无误", accepted=False, at=AT),
    )
    if name not in READERS:
        assert outcomes == ["StatementUnknown", "ObjectionUnknown"]
    elif name == "manager_of_baita":
        assert outcomes == ["done", "NotAllowed"]
    else:
        assert outcomes == ["NotAllowed", "done"]


def test_it_is_agreed_when_both_have_confirmed(
    cast: Cast, statement: UUID, log: PostgresFactLog, as_superuser: psycopg.Connection
) -> None:
    assert confirm(cast["manager_of_baita"], statement=statement, at=AT) is False
    assert state(statement) == "issued"
    assert confirm(cast["finance"], statement=statement, at=AT) is True
    assert state(statement) == "agreed"
    with scoped(cast["manager_of_baita"]) as scope:
        who = [(one.party, one.person.name) for one in confirmations_of(scope, statement)]
        kinds = (
            FactKind.STATEMENT_ACCEPTED,
            FactKind.STATEMENT_CONFIRMED,
            FactKind.STATEMENT_ISSUED,
        )
        told = [each.fact.kind for each in as_happened(log.facts(log.contract_id), *kinds)]
    assert who == [("client", "manager_of_baita"), ("provider", "finance")]
    assert sorted(told) == [
        "statement.accepted", "statement.accepted", "statement.confirmed", "statement.issued",
    ]  # fmt: skip
    assert errands(as_superuser) == [
        ("statements.tell_issued", "client"),
        ("statements.tell_agreed", "provider"),
        ("statements.tell_agreed", "client"),
    ]
    verbs = as_superuser.execute(
        "SELECT verb FROM audit_entry WHERE verb LIKE 'statements.%' ORDER BY id"
    )
    assert [verb for (verb,) in verbs] == [
        "statements.issue", "statements.confirm", "statements.confirm",
    ]  # fmt: skip


def test_each_party_confirms_once_and_only_what_it_has_read(cast: Cast, statement: UUID) -> None:
    with pytest.raises(ContentDiffers):
        confirm(cast["manager_of_baita"], statement=statement, at=AT, seen_hash="0" * 64)
    confirm(cast["lead"], statement=statement, at=AT)
    with pytest.raises(AlreadyConfirmed):
        confirm(cast["finance"], statement=statement, at=AT)


def test_of_racing_confirmations_each_party_has_one_and_one_of_them_agrees(
    cast: Cast, statement: UUID
) -> None:
    people = ("manager_of_baita", "lead", "finance", "manager_of_baita")
    outcomes = at_once(
        *(lambda name=name: confirm(cast[name], statement=statement, at=AT) for name in people)
    )
    assert sorted(map(repr, outcomes), key=len)[:2] == ["True", "False"]
    assert [type(one) for one in outcomes].count(AlreadyConfirmed) == 2
    assert Confirmation.objects.using("unwalled").count() == 2
    assert state(statement) == "agreed"


def test_a_confirmation_and_an_objection_that_race_never_both_stand(
    cast: Cast, statement: UUID
) -> None:
    outcomes = at_once(
        lambda: confirm(cast["manager_of_baita"], statement=statement, at=AT),
        lambda: objected(cast, statement),
    )
    refused = [one for one in outcomes if isinstance(one, ObjectionOpen | AlreadyConfirmed)]
    assert len(refused) == 1
    rows = (Confirmation.objects.using("unwalled"), Objection.objects.using("unwalled"))
    assert sum(each.count() for each in rows) == 1


def test_an_open_objection_keeps_the_client_from_confirming_until_it_is_answered(
    cast: Cast, statement: UUID, as_superuser: psycopg.Connection
) -> None:
    mine = objected(cast, statement)
    assert state(statement) == "objected"
    with pytest.raises(ObjectionOpen):
        confirm(cast["manager_of_baita"], statement=statement, at=AT)
    answer_objection(cast["lead"], objection=mine, answer="漏记一次停机", accepted=True, at=AT)
    assert state(statement) == "issued"
    with scoped(cast["manager_of_baita"]) as scope:
        [found] = objections_of(scope, statement)
        assert (found.outcome, found.answer) == ("accepted", "漏记一次停机")
        assert "下一期结算单" in consequence(found, "zh")
    confirm(cast["manager_of_baita"], statement=statement, at=AT)
    assert confirm(cast["lead"], statement=statement, at=AT)
    assert errands(as_superuser)[1:3] == [
        ("statements.tell_objected", "provider"), ("statements.tell_answered", "client"),
    ]  # fmt: skip


def test_an_accepted_objection_does_not_edit_the_statement(cast: Cast, statement: UUID) -> None:
    rows = Statement.objects.using("unwalled")
    before = rows.values("plain", "plain_hash", "total_fen").get(pk=statement)
    mine = objected(cast, statement)
    answer_objection(cast["lead"], objection=mine, answer="属实", accepted=True, at=AT)
    after = rows.values("plain", "plain_hash", "total_fen").get(pk=statement)
    assert {**before, "plain": bytes(before["plain"])} == {**after, "plain": bytes(after["plain"])}


def test_a_withdrawn_objection_is_told_to_the_provider(
    cast: Cast, statement: UUID, as_superuser: psycopg.Connection
) -> None:
    mine = objected(cast, statement)
    withdraw_objection(cast["manager_of_baita"], objection=mine, at=AT)
    assert state(statement) == "issued"
    assert errands(as_superuser)[-1] == ("statements.tell_answered", "provider")
    with pytest.raises(ObjectionEnded):
        answer_objection(cast["lead"], objection=mine, answer="已处理", accepted=True, at=AT)


def test_the_reasons_of_both_are_personal_texts_that_the_seal_commits_to(
    cast: Cast, statement: UUID, log: PostgresFactLog
) -> None:
    mine = objected(cast, statement)
    answer_objection(cast["lead"], objection=mine, answer="核对无误", accepted=False, at=AT)
    with scoped(cast["manager_of_baita"]):
        assert {one.value for one in log.personal_fields()} == {"数据有误", "核对无误"}


@pytest.mark.parametrize(
    ("line", "reason", "refusal"),
    [
        (9, "没有这一行", LineUnknown),
        (0, "没有这一行", LineUnknown),
        (1, "  \n", ReasonMissing),
        (1, "字" * (LONGEST_REASON + 1), ReasonTooLong),
    ],
)
def test_an_objection_names_a_line_and_a_reason(
    cast: Cast, statement: UUID, line: int, reason: str, refusal: type[Exception]
) -> None:
    with pytest.raises(refusal):
        object_to_line(
            cast["manager_of_baita"], statement=statement, line=line, reason=reason, at=AT
        )
    assert state(statement) == "issued"


def test_about_one_line_one_objection_is_open_at_a_time(cast: Cast, statement: UUID) -> None:
    mine = objected(cast, statement)
    with pytest.raises(LineObjected):
        objected(cast, statement)
    objected(cast, statement, line=1)
    answer_objection(cast["lead"], objection=mine, answer="核对无误", accepted=False, at=AT)
    assert state(statement) == "objected"
    objected(cast, statement)


def test_what_the_client_has_confirmed_it_no_longer_objects_to(cast: Cast, statement: UUID) -> None:
    confirm(cast["manager_of_baita"], statement=statement, at=AT)
    with pytest.raises(AlreadyConfirmed):
        objected(cast, statement)


def test_objections_end_with_the_contracts_time_limit(cast: Cast, statement: UUID) -> None:
    with scoped(cast["manager_of_baita"]) as scope:
        until = deadline_of(scope, statement_of(scope, statement))
    assert until == date(2026, 11, 9)  # five working days after Monday, 2 November
    in_time = AT + timedelta(days=7, hours=13, minutes=59)
    with pytest.raises(ObjectionTooLate):
        object_to_line(
            cast["manager_of_baita"],
            statement=statement,
            line=1,
            reason="太晚了",
            at=in_time + timedelta(minutes=1),
        )
    object_to_line(
        cast["manager_of_baita"], statement=statement, line=1, reason="还来得及", at=in_time
    )


def test_nobody_is_too_late_for_a_day_that_no_calendar_knows_yet(
    cast: Cast, statement: UUID, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unknown(*_: object) -> date:
        raise CalendarNotPublished(day=date(2027, 1, 1), version="cn-2026")

    monkeypatch.setattr("pactdesk.apps.statements.objecting.objections_until", unknown)
    objected(cast, statement)


def test_a_statement_that_is_not_there_is_unknown(cast: Cast, statement: UUID) -> None:
    with pytest.raises(StatementUnknown):
        confirm(cast["lead"], statement=new_id(), at=AT)
    with pytest.raises(StatementUnknown):
        confirm(cast["manager_of_qinghe"], statement=statement, at=AT)
