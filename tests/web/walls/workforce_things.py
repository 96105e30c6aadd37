"""Work under 白塔's contract: a clock that was corrected, rules, a shift, a device."""

from __future__ import annotations

from datetime import datetime, timedelta

from pactdesk.core.units.instants import Instant, instant_of
from tests.support.cast import Cast

RULED = "白塔的红线不外传"
CORRECTED = "白塔的更正理由"
HOUR = 3_600_000


def worked(cast: Cast, at: datetime) -> dict[str, str]:
    """One of everything, of 白塔's agent; by the names that addresses use."""
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce import actions
    from pactdesk.apps.workforce.kinds import Deed
    from pactdesk.apps.workforce.models import Device

    now = instant_of(at)
    stint = actions.add_stint(
        cast["lead"],
        contract=cast.contract_baita,
        person=cast["agent"],
        times=(Instant(now - 9 * HOUR), Instant(now - HOUR)),
        reason=CORRECTED,
        at=now,
    )
    rule = actions.publish_rules(
        cast["lead"],
        contract=cast.contract_baita,
        name="行为规范",
        body=RULED,
        red_lines=[RULED],
        due_on=(at + timedelta(days=7)).date(),
        blocks=False,
    )
    shift = actions.propose_shift(
        cast["lead"],
        contract=cast.contract_baita,
        person=cast["agent"],
        starts_at=Instant(now + 24 * HOUR),
        ends_at=Instant(now + 28 * HOUR),
        at=now,
    )
    with scoped(cast["agent"]) as scope:
        actions.note_work(scope, secret="walls", label="Edge", deed=Deed.DESK, at=now)
        device = Device.objects.get().pk
    told = {"stint": stint, "rule": rule, "shift": shift, "device": device}
    return {name: str(one) for name, one in told.items()}
