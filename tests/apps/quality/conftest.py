"""青禾's October: six closed conversations, sealed; the provider's plan draws four of them."""

from __future__ import annotations

from uuid import UUID

import pytest

from tests.support.cast import Cast, make_cast
from tests.support.database import TestDatabase
from tests.support.quality import AT, PERIOD, QUALITY_TERMS, conversations, seal_october


@pytest.fixture
def cast(desk: TestDatabase) -> Cast:
    """The cast, of whom 青禾 has terms that judge by scores."""
    return make_cast(desk, QUALITY_TERMS)


@pytest.fixture
def talks(desk: TestDatabase, cast: Cast) -> list[UUID]:
    """The conversations."""
    made = conversations(cast)
    seal_october(desk, cast)
    return made


@pytest.fixture
def sample(cast: Cast, talks: list[UUID]) -> UUID:
    """October, drawn by the provider: three, of each agent at least one, half of them twice."""
    from pactdesk.apps.quality.actions import draw_sample, make_plan
    from pactdesk.apps.quality.kinds import Cycle
    from pactdesk.apps.quality.planning import Wanted

    wanted = Wanted(Cycle.MONTH, number=3, double_percent=50)
    plan = make_plan(cast["qa"], contract=cast.contract_qinghe, wanted=wanted, at=AT)
    return draw_sample(cast["qa"], plan=plan, period=PERIOD, at=AT)
