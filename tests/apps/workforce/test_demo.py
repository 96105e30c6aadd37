"""What the demo shows of work."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.support.cast import Cast


def test_the_demo_has_rules_to_sign_shifts_to_answer_and_somebody_at_work(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.apps.parties.scoping import scoped
    from pactdesk.apps.workforce.queries import own_shifts, own_stints, unsigned_by
    from pactdesk.config.demo import working
    from pactdesk.config.demo.people import QINGHE
    from pactdesk.core.units.instants import instant_of

    # The cast has two agents.
    monkeypatch.setattr(working, "_SHIFTS", {"agent": (9, 18), "agent2": (13, 22)})
    people = {"lead": "lead", "agent": "agent", "agent2": "agent_of_qinghe"}
    ids = {f"person.{one}": str(cast[name]) for one, name in people.items()}
    ids[f"contract.{QINGHE}"] = str(cast.contract_qinghe)
    at = datetime(2026, 11, 16, 6, tzinfo=UTC)  # two in the afternoon in Shanghai
    working.at_work(QINGHE, ids, at)
    with scoped(cast["agent"]) as scope:
        assert [each.name for each in unsigned_by(scope)] == ["客服行为规范"]
        states = [each.state for each in own_shifts(scope, instant_of(at))]
    assert states == ["agreed"] * 3 + ["offered"] * 4
    with scoped(cast["agent_of_qinghe"]) as scope:
        assert [each.state for each in own_stints(scope)] == ["open"]
