"""October of 青禾, of which samples are drawn: closed conversations, sealed, and terms that judge
by scores and ask the client for an evaluation.
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from functools import cache
from typing import TYPE_CHECKING
from uuid import UUID

from pactdesk.core.facts.kinds import Party
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.text import contract_from_plain, contract_to_plain
from pactdesk.core.units.instants import Instant, instant_of
from pactdesk.gateways.keys import SigningKey
from tests.support.cast import TERMS, Cast
from tests.support.chats import Chats
from tests.support.contracts import service_terms
from tests.support.database import TestDatabase
from tests.support.evidence import of
from tests.support.facts import SHANGHAI
from tests.support.logs import worker_process
from tests.support.october import october, under

if TYPE_CHECKING:  # models can be made only after Django is set up, which is after this is read
    from pactdesk.core.measure.marking import Mark

PERIOD = "2026-10"
AT = datetime(2026, 11, 3, 2, 0, tzinfo=UTC)
"""When people act: ten in the morning, in Shanghai."""

SAID = ("你好，我的订单到哪里了？", "您好，已经发出，明天到。")


@cache
def judged_terms() -> Contract:
    """A service agreement with a score sheet of one item, and a duty to evaluate."""
    plain = contract_to_plain(service_terms())
    plain["contract_id"] = "QH-ZJ-2026-01"
    plain["clauses"] += [
        {
            "id": "score-1",
            "kind": "score_sheet",
            "items": [{"kind": "given", "item": "service", "weight": "100"}],
            "bands": [{"score": "0", "payable": "0.90"}, {"score": "90", "payable": "1"}],
        },
        {"id": "duty-1", "kind": "duty", "by": "client", "topic": "evaluation"},
    ]
    return contract_from_plain(plain)


QUALITY_TERMS = {**TERMS, "qinghe": judged_terms}


def conversations(cast: Cast, number: int = 6) -> list[UUID]:
    """So many, opened, answered and closed in October; the first two by the second agent."""
    from pactdesk.apps.conversations.actions import close
    from pactdesk.apps.conversations.hands import agent

    chats = Chats(cast, QUALITY_TERMS)
    made = []
    for n in range(number):
        at = instant_of(datetime(2026, 10, 5 + n, 2, 0, tzinfo=UTC))
        person = "agent_of_qinghe" if n < 2 else "agent"
        one = chats.opened("qinghe", at, SAID[0])
        chats.answers("qinghe", one, at + 20_000, SAID[1], person)
        close(one, agent(cast[person]), at=Instant(at + 60_000), means=chats.means("qinghe"))
        made.append(one)
    return made


def seal_october(desk: TestDatabase, cast: Cast, through: date = date(2026, 11, 1)) -> None:
    """Facts that were recorded in October, and the checkpoints of its days."""
    from pactdesk.apps.evidence.actions import seal_days
    from pactdesk.apps.evidence.factlog import PostgresFactLog
    from pactdesk.apps.walls.scope import within

    code = judged_terms().contract_id
    log = PostgresFactLog(cast.contract_qinghe, code, SHANGHAI)
    with within(of(cast.contract_qinghe)):
        log.record(under(code, october().facts[:4]))
    signer = SigningKey.from_seed("tests", Party.PROVIDER, demo=True)
    with worker_process(desk):
        seal_days(of(cast.contract_qinghe), log, through, signer)


def all_marks(lost: int = 0) -> list[Mark]:
    """Full marks, but for the points that accuracy lost, shown by the second message."""
    from pactdesk.apps.quality.sheets import USUAL_REVIEW
    from pactdesk.core.measure.marking import Mark

    return [
        Mark(each.key, each.most - lost, "没有说清送达时间", 2)
        if each.key == "accuracy" and lost
        else Mark(each.key, each.most)
        for each in USUAL_REVIEW
    ]
