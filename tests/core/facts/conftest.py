"""A chain of checkpoints to check and to tamper with."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from pactdesk.core.facts.checkpoints import SignedCheckpoint, seal_day
from pactdesk.core.facts.kinds import Party
from pactdesk.gateways.keys import SigningKey, TrustedKeys


@pytest.fixture(scope="session")
def signer() -> SigningKey:
    return SigningKey.from_seed("tests", Party.PROVIDER, demo=True)


@pytest.fixture(scope="session")
def trust(signer: SigningKey) -> TrustedKeys:
    return TrustedKeys([signer.public])


@pytest.fixture(scope="session")
def chain(signer: SigningKey) -> tuple[SignedCheckpoint, ...]:
    """Seven days: day n has n records, the first none."""
    made: list[SignedCheckpoint] = []
    for n in range(7):
        made.append(
            seal_day(
                contract_id="c",
                day=date(2026, 9, 28) + timedelta(days=n),
                leaves=[f"{n}.{m}".encode() for m in range(n)],
                chain=made,
                signer=signer,
            )
        )
    return tuple(made)
