"""Letters about forgotten clocks, unsigned rules, unknown devices, shifts that wait."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest
from django.test import override_settings

from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.jobs import letters
from pactdesk.jobs.errands import do_errands
from tests.support.cast import Cast
from tests.support.database import TestDatabase
from tests.support.logs import worker_process
from tests.support.smtp import postbox

letters.load()

HOUR = 3_600_000


@pytest.mark.requirement("A25", "D5", "D7", "D8")
def test_whoever_has_to_do_something_about_work_is_written_to_once(
    desk: TestDatabase, cast: Cast
) -> None:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce import actions
    from pactdesk.apps.workforce.kinds import Deed
    from pactdesk.jobs.workforce import look_after_work

    today = datetime.now(UTC)
    now, contract = instant_of(today), cast.contract_qinghe
    actions.ask_for_devices(cast["lead"], contract=contract, designated=True)
    with scoped(cast["agent"]) as scope:
        actions.note_work(scope, secret="home", label="Edge", deed=Deed.REPLY, at=now)
    actions.clock_in(cast["agent"], contract=contract, at=Instant(now - 20 * HOUR))
    actions.publish_rules(
        cast["lead"],
        contract=contract,
        name="行为规范",
        body="礼貌",
        red_lines=[],
        due_on=(today - timedelta(days=3)).date(),
        blocks=False,
    )
    for later, by in ((24, "lead"), (48, "lead"), (72, "agent")):
        actions.propose_shift(
            cast[by],
            contract=contract,
            person=cast["agent"],
            starts_at=Instant(now + later * HOUR),
            ends_at=Instant(now + (later + 4) * HOUR),
            at=now,
        )
    with postbox() as box, worker_process(desk), override_settings(SMTP_URL=box.plain_address):
        look_after_work()
        look_after_work()
        assert do_errands() == {"done": 5}
    told = sorted((_to(each), _about(each["Subject"])) for each in box.received)
    assert told == [
        *(("agent", "clock"), ("agent", "rules"), ("agent", "two shifts")),
        ("agent_of_qinghe", "rules"),
        *(("lead", "clock"), ("lead", "device"), ("lead", "one shift"), ("lead", "rules")),
    ]


def _to(letter: EmailMessage) -> str:
    return str(letter["To"]).partition("@")[0]


def _about(subject: str) -> str:
    said = {
        "下班": "clock",
        "签署": "rules",
        "未批准的设备": "device",
        "2 个班次等您确认": "two shifts",
        "申请了 1 个班次": "one shift",
    }
    return next(about for words, about in said.items() if words in subject)
