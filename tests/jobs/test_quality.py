"""Letters about quality: reminders once, evaluations and contests to whoever is to act."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest
from django.test import override_settings

from pactdesk.jobs import letters
from pactdesk.jobs.errands import do_errands
from pactdesk.jobs.quality import inspect_quality
from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.quality import QUALITY_TERMS
from tests.support.smtp import postbox
from tests.web.walls.quality_things import FOUND, inspected

letters.load()


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """The cast, of whom 青禾 is asked for evaluations."""
    return make_cast(desk, QUALITY_TERMS)


@pytest.mark.requirement("C15", "A21")
def test_who_is_to_act_is_written_to_and_what_it_is_about_stays_inside(
    desk: TestDatabase, cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from datetime import UTC, datetime

    from pactdesk.apps.outbox.actions import leave_errand
    from pactdesk.apps.quality.contesting import TELL_CONTESTED
    from pactdesk.apps.quality.evaluating import TELL_EVALUATED
    from pactdesk.apps.walls.scope import within
    from tests.support.evidence import of

    with psycopg.connect(desk.address("pactdesk_admin")) as connection:
        things = inspected(connection, cast, UUID(int=1), datetime.now(UTC))
    contract = cast.contract_baita
    with postbox() as box, worker_process(desk), override_settings(SMTP_URL=box.plain_address):
        inspect_quality()
        inspect_quality()  # once is enough
        reminded = do_errands()["done"]
        with within(of(contract)) as scope:
            contested = {"review": things["review"], "to": "provider"}
            leave_errand(scope, TELL_CONTESTED, contested, contract=contract)
            given = {"period": "2026-10", "to": "provider"}
            leave_errand(scope, TELL_EVALUATED, given, contract=contract)
        assert do_errands()["done"] == 2
    # Of the two months that ended last; only 青禾's contract asks for it.
    assert reminded == 2
    reminders, others = box.received[:2], box.received[2:]
    assert {each["To"] for each in reminders} == {"manager_of_qinghe@example.test"}
    assert all("请在" in each["Subject"] for each in reminders)
    address = f"/contracts/{cast.contract_qinghe}/quality/evaluations/"
    assert all(address in each.get_content() for each in reminders)
    assert [each["To"] for each in others] == ["lead@example.test"] * 2
    assert f"/quality/reviews/{things['review']}/" in others[0].get_content()
    assert not [each for each in box.received if FOUND in each.get_content()]
