"""The designated platform: work from a device that nobody approved is recorded and told."""

from __future__ import annotations

from uuid import UUID

import psycopg
import pytest

from pactdesk.core.units.instants import Instant
from tests.support.cast import Cast

pytestmark = pytest.mark.requirement("D8")

NINE = Instant(1_794_790_800_000)
DAY = 24 * 3_600_000


def worked(cast: Cast, secret: str, at: int = NINE, name: str = "agent") -> bool:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.actions import note_work
    from pactdesk.apps.workforce.kinds import Deed

    with scoped(cast[name]) as scope:
        return note_work(
            scope, secret=secret, label="Edge · Windows", deed=Deed.CLOCK, at=Instant(at)
        )


def device_of(as_superuser: psycopg.Connection) -> UUID:
    [(found,)] = as_superuser.execute("SELECT id FROM workforce_device").fetchall()
    return UUID(str(found))


def told(as_superuser: psycopg.Connection) -> int:
    counted = as_superuser.execute(
        "SELECT (SELECT count(*) FROM workforce_offplatform), (SELECT count(*) FROM outbox_errand"
        " WHERE kind = 'workforce.off_platform')"
    ).fetchone()
    assert counted is not None
    assert counted[0] == counted[1]
    return int(counted[0])


def test_a_contract_that_asks_for_no_platform_only_lists_devices(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    assert not worked(cast, "home")
    assert told(as_superuser) == 0
    device_of(as_superuser)


def test_work_from_elsewhere_is_told_once_a_day_until_the_lead_approves(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.workforce.actions import ask_for_devices, decide_device

    ask_for_devices(cast["lead"], contract=cast.contract_qinghe, designated=True)
    assert worked(cast, "home")
    assert worked(cast, "home", NINE + 1000)
    assert told(as_superuser) == 1
    assert worked(cast, "home", NINE + DAY)
    assert told(as_superuser) == 2
    decide_device(cast["lead"], device=device_of(as_superuser), approves=True, at=NINE)
    assert not worked(cast, "home", NINE + 2 * DAY)
    assert told(as_superuser) == 2


def test_a_device_of_one_person_is_not_approved_for_another(
    cast: Cast, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.workforce.actions import ask_for_devices, decide_device

    ask_for_devices(cast["lead"], contract=cast.contract_qinghe, designated=True)
    assert worked(cast, "office")
    decide_device(cast["lead"], device=device_of(as_superuser), approves=True, at=NINE)
    assert worked(cast, "office", name="agent_of_qinghe")


@pytest.mark.parametrize("name", ["agent", "agent_of_qinghe", "planner", "qa", "manager_of_qinghe"])
def test_nobody_but_a_lead_approves(
    cast: Cast, as_superuser: psycopg.Connection, name: str
) -> None:
    from pactdesk.apps.parties.errors import NotAllowed
    from pactdesk.apps.workforce.actions import decide_device

    worked(cast, "home")
    with pytest.raises(NotAllowed):
        decide_device(cast[name], device=device_of(as_superuser), approves=True, at=NINE)
