"""What the demo shows of requests."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pactdesk.config.demo.people import BAITA
from pactdesk.gateways.vault.vault_keys import IN_ENVIRONMENT
from tests.apps.requests.conftest import Desk
from tests.support.cast import Cast
from tests.support.chats import VAULT


def test_the_demo_has_something_late_something_waiting_and_data(
    baita: Desk, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    from pactdesk.apps.requests.excusing import may_be_excused
    from pactdesk.config.demo.asking import asked_around

    monkeypatch.setenv(IN_ENVIRONMENT, VAULT.to_text())
    ids = {
        f"contract.{BAITA}": str(cast.contract_baita),
        "person.baita": str(cast["manager_of_baita"]),
        "person.lead": str(cast["lead"]),
        "person.agent": str(cast["agent"]),
    }
    asked_around(BAITA, ids, datetime(2026, 10, 21, 2, tzinfo=UTC))
    late, waiting, data = (baita.row(code) for code in ("R-1", "R-2", "D-1"))
    assert may_be_excused(late)
    assert (waiting.state, waiting.awaits) == ("open", "client")
    assert (data.state, data.awaits) == ("answered", "provider")
