"""What the demo shows of work: rules that one has still to sign, a roster, a clock that runs."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.workforce import actions
from pactdesk.apps.workforce.models import RuleDocument
from pactdesk.config.demo.founding import Ids
from pactdesk.config.demo.people import QINGHE
from pactdesk.core.units.instants import Instant, instant_of, local_day, zone_named
from pactdesk.core.worktime.wallclock import wall_instant

NAME = "客服行为规范"
BODY = """一、称呼得体，语言文明，不与顾客争辩。

二、顾客发来的第一条消息 30 秒内应答；一时答不了，先说明何时答复。

三、不清楚的先查商品资料，仍不清楚的请商家协助，不猜测，不承诺合同之外的服务。"""
RED_LINES = (
    "不得泄露顾客的姓名、电话、地址和订单",
    "不得私下与顾客交易，不得索要好评",
    "不得辱骂顾客",
)
_ZONE = zone_named("Asia/Shanghai")
_DAYS = 7
_SHIFTS = {"agent": (9, 18), "agent2": (9, 18), "agent3": (13, 22)}


def at_work(client: str, ids: Ids, at: datetime) -> None:
    """Under 青禾's contract, at `at`: only 林小满 has not signed; the next days wait for her."""
    if client != QINGHE:
        return
    contract, lead = UUID(ids[f"contract.{client}"]), UUID(ids["person.lead"])
    agents = {name: UUID(ids[f"person.{name}"]) for name in _SHIFTS}
    now = instant_of(at)
    today = local_day(now, _ZONE)
    rules = actions.publish_rules(
        lead,
        contract=contract,
        name=NAME,
        body=BODY,
        red_lines=RED_LINES,
        due_on=today + timedelta(days=3),
        blocks=False,
    )
    with scoped(lead):
        text = RuleDocument.objects.get(pk=rules).sha256
    for signer in (lead, *(each for name, each in agents.items() if name != "agent")):
        actions.sign_rules(signer, document=rules, read=text)
    actions.set_week(agents["agent"], week={day: [(540, 1080)] for day in range(5)})
    for later in range(_DAYS):
        for name, agent in agents.items():
            _shift(lead, agent, contract, today + timedelta(days=later), _SHIFTS[name], now)
    actions.clock_in(agents["agent2"], contract=contract, at=Instant(now - 2 * 3_600_000))


def _shift(
    lead: UUID, agent: UUID, contract: UUID, day: date, hours: tuple[int, int], now: Instant
) -> None:
    """Offered; the near ones are agreed."""
    start, end = (wall_instant(day, hour * 60, _ZONE) for hour in hours)
    if end <= now:
        return
    shift = actions.propose_shift(
        lead, contract=contract, person=agent, starts_at=start, ends_at=end, at=now
    )
    if day <= local_day(now, _ZONE) + timedelta(days=2):
        actions.answer_shift(agent, shift=shift, agrees=True, at=now)
