"""The demo's quality: the finished month is sampled, and some of it reviewed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.quality.actions import draw_sample, make_plan, submit_review
from pactdesk.apps.quality.kinds import Cycle
from pactdesk.apps.quality.planning import Wanted
from pactdesk.apps.quality.queries import pick_of, to_review
from pactdesk.apps.quality.reviewing import form_for
from pactdesk.config.demo.contracts import Agreed
from pactdesk.config.demo.founding import Ids
from pactdesk.config.demo.history import FINISHED
from pactdesk.core.measure.marking import Mark

_DRAWN, _TWICE_PERCENT, _REVIEWED = 10, 20, 6
_REASONS = {
    "accuracy": (5, "没有说明依据的是哪条规则，顾客又问了一遍。"),
    "resolution": (4, "没有说清谁在什么时候跟进。"),
    "process": (3, "结束前没有确认顾客还有没有别的问题。"),
}


def inspected(agreed: Agreed, ids: Ids, at: datetime) -> None:
    """Plan, draw and review; the rest waits for whoever looks around."""
    qa, contract = UUID(ids["person.qa"]), UUID(ids[f"contract.{agreed.client}"])
    wanted = Wanted(Cycle.MONTH, number=_DRAWN, double_percent=_TWICE_PERCENT)
    plan = make_plan(qa, contract=contract, wanted=wanted, at=at)
    draw_sample(qa, plan=plan, period=str(FINISHED), at=at)
    with scoped(qa) as scope:
        waiting = list(to_review(scope, [contract]).values_list("id", flat=True))
    for number, pick in enumerate(waiting[:_REVIEWED]):
        submit_review(qa, pick=pick, marks=_marks(qa, pick, number), at=at)


def _marks(qa: UUID, pick: UUID, number: int) -> list[Mark]:
    """Every other one loses points on one item after the other."""
    with scoped(qa) as scope:
        items = form_for(scope, pick_of(scope, pick)).items
    losing = list(_REASONS)[number // 2 % len(_REASONS)] if number % 2 else ""
    return [
        Mark(each.key, each.most - _REASONS[losing][0], _REASONS[losing][1])
        if each.key == losing
        else Mark(each.key, each.most)
        for each in items
    ]
