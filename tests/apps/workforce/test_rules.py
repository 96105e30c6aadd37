"""Rules of conduct: versions, red lines, who signed which, and who has not."""

from __future__ import annotations

from datetime import date, timedelta
from uuid import UUID

import psycopg
import pytest

from pactdesk.core.units.instants import Instant
from tests.apps.workforce.conftest import Facts
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process

pytestmark = pytest.mark.requirement("D5")

NINE = Instant(1_794_790_800_000)
MONDAY = date(2026, 11, 16)


def published(cast: Cast, body: str = "礼貌、及时、准确。", **more: object) -> UUID:
    from pactdesk.apps.workforce.actions import publish_rules

    told = {"red_lines": ["不得泄露客户信息", " "], "due_on": MONDAY, "blocks": False} | more
    return publish_rules(
        cast["lead"],
        contract=cast.contract_qinghe,
        name="行为规范",
        body=body,
        **told,  # type: ignore[arg-type]  # as above
    )


def hash_of(cast: Cast, document: UUID) -> str:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.models import RuleDocument

    with scoped(cast["lead"]):
        return RuleDocument.objects.get(pk=document).sha256


def unsigned(cast: Cast, name: str) -> list[int]:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.queries import unsigned_by

    with scoped(cast[name]) as scope:
        return [one.number for one in unsigned_by(scope)]


def test_what_is_signed_is_the_text_with_its_red_lines(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.workforce.actions import sign_rules

    document = published(cast)
    assert unsigned(cast, "agent") == [1]
    for _ in range(2):  # a second click is not a second signature
        sign_rules(cast["agent"], document=document, read=hash_of(cast, document))
    assert unsigned(cast, "agent") == []
    assert unsigned(cast, "agent_of_qinghe") == [1]
    [row] = as_superuser.execute(
        "SELECT person_name, signature.sha256 = document.sha256 FROM workforce_rulesignature"
        " AS signature JOIN workforce_ruledocument AS document ON document_id = document.id"
    ).fetchall()
    assert row == ("agent", True)


def test_a_new_version_is_signed_anew_and_the_old_one_no_more(cast: Cast) -> None:
    from pactdesk.apps.workforce.actions import sign_rules
    from pactdesk.apps.workforce.errors import RuleChanged

    first = published(cast)
    sign_rules(cast["agent"], document=first, read=hash_of(cast, first))
    second = published(cast, "礼貌、及时、准确、耐心。")
    assert unsigned(cast, "agent") == [2]
    with pytest.raises(RuleChanged):
        sign_rules(cast["agent_of_qinghe"], document=first, read=hash_of(cast, first))
    with pytest.raises(RuleChanged):
        sign_rules(cast["agent"], document=second, read=hash_of(cast, first))


def test_who_has_not_signed_is_let_in_unless_the_rules_say_otherwise(cast: Cast) -> None:
    from pactdesk.apps.workforce.actions import clock_in, sign_rules
    from pactdesk.apps.workforce.errors import RuleNotSigned

    published(cast, due_on=MONDAY - timedelta(days=3))
    clock_in(cast["agent"], contract=cast.contract_qinghe, at=NINE)
    blocking = published(cast, due_on=MONDAY - timedelta(days=1), blocks=True)
    with pytest.raises(RuleNotSigned):
        clock_in(cast["agent_of_qinghe"], contract=cast.contract_qinghe, at=NINE)
    sign_rules(cast["agent_of_qinghe"], document=blocking, read=hash_of(cast, blocking))
    clock_in(cast["agent_of_qinghe"], contract=cast.contract_qinghe, at=NINE)


def test_after_the_last_day_missing_signatures_are_told_once(
    cast: Cast, desk: TestDatabase
) -> None:
    from pactdesk.apps.walls.scope import Scope, within
    from pactdesk.apps.workforce.actions import alert_unsigned

    published(cast)
    scope = Scope(contracts={cast.contract_qinghe: frozenset()})
    told = []
    with worker_process(desk):
        for later in range(3):
            with within(scope):
                day = MONDAY + timedelta(days=later)
                told.append(alert_unsigned(scope, cast.contract_qinghe, day, NINE))
    assert told == [0, 1, 0]


@pytest.mark.parametrize("name", ["agent", "planner", "manager_of_qinghe", "qa"])
def test_only_a_lead_publishes(cast: Cast, name: str) -> None:
    from pactdesk.apps.parties.errors import NotAllowed
    from pactdesk.apps.workforce.actions import publish_rules

    with pytest.raises(NotAllowed):
        publish_rules(
            cast[name],
            contract=cast.contract_qinghe,
            name="行为规范",
            body="礼貌",
            red_lines=[],
            due_on=MONDAY,
            blocks=False,
        )


def test_a_click_for_divided_time_asks_for_the_rules_of_every_contract(
    cast: Cast, facts: Facts
) -> None:
    from pactdesk.apps.workforce.actions import answer_shift, clock_in, propose_shift
    from pactdesk.apps.workforce.errors import RuleNotSigned

    for contract in (cast.contract_qinghe, cast.contract_baita):
        shift = propose_shift(
            cast["lead"],
            contract=contract,
            person=cast["agent"],
            starts_at=NINE,
            ends_at=Instant(NINE + 4 * 3_600_000),
            at=Instant(NINE - 1),
            share="1/2",
        )
        answer_shift(cast["agent"], shift=shift, agrees=True, at=Instant(NINE - 1))
    published(cast, due_on=MONDAY - timedelta(days=1), blocks=True)
    with pytest.raises(RuleNotSigned):
        clock_in(cast["agent"], contract=cast.contract_baita, at=NINE)
    assert facts("qinghe") == facts("baita") == []
