"""What the demo's parties asked of each other: answered late, still waiting, data handed over."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from uuid import UUID

from pactdesk.apps.contracts.queries import terms_of
from pactdesk.apps.parties.scoping import scoped
from pactdesk.apps.requests import actions
from pactdesk.apps.requests.asking import Wanted, WantedData, duties_of
from pactdesk.apps.requests.delivering import HandedOver
from pactdesk.apps.requests.kinds import Ending, Ground, Kind, Urgency
from pactdesk.config.demo.founding import Ids
from pactdesk.config.demo.people import QINGHE
from pactdesk.core.facts.names import Party
from pactdesk.core.units.instants import instant_of
from pactdesk.gateways.vault.vault_keys import VaultKeys

GOODS = (
    "编号,名称,规格,售后政策\nQH-01,龙井礼盒,250 克,七天无理由\nQH-02,白瓷盖碗,150 毫升,破损包赔\n"
)


def asked_around(client: str, ids: Ids, at: datetime) -> None:
    """Three requests under the contract with `client`, in the days before `at`."""
    lead, contract = UUID(ids["person.lead"]), UUID(ids[f"contract.{client}"])
    manager = UUID(ids["person.qinghe" if client == QINGHE else "person.baita"])
    desk = _Desk(contract, at, _duty(lead, contract, at))
    gifts = desk.asks(
        lead,
        6,
        Kind.DECISION,
        "赠品规则以哪一版为准？",
        "活动页写满 300 送茶漏，客服手册写满 399，顾客今天问了十几次。",
    )
    desk.answers(manager, 3, gifts, "以活动页为准：满 300 送茶漏一只，赠完为止。手册下周更新。")
    desk.asks(
        UUID(ids["person.agent"]),
        0.02,
        Kind.ACCESS,
        "开通退款进度的查询权限",
        "三位客服需要在订单后台查看退款进度，现在只能逐个转问。",
    )
    goods = desk.asks_data(lead, 5)
    desk.delivers(manager, 4, goods)


class _Desk:
    """One contract, and days counted back from now."""

    def __init__(self, contract: UUID, at: datetime, clause: str) -> None:
        self.contract, self.at, self.clause = contract, at, clause
        self.vault = VaultKeys.from_environment(os.environ)

    def asks(self, by: UUID, days: float, kind: Kind, subject: str, words: str) -> str:
        wanted = Wanted(kind, subject, words, Urgency.NORMAL, self.clause)
        at = instant_of(self.at - timedelta(days=days))
        return actions.ask(by, contract=self.contract, wanted=wanted, at=at, vault=self.vault)

    def answers(self, by: UUID, days: float, code: str, words: str) -> None:
        at = instant_of(self.at - timedelta(days=days))
        actions.answer(by, contract=self.contract, code=code, words=words, at=at, vault=self.vault)

    def asks_data(self, by: UUID, days: float) -> str:
        asked = self.at - timedelta(days=days)
        wanted = WantedData(
            subject="本季在售商品表",
            words="编号、名称、规格、售后政策；xlsx 或 csv。",
            purpose="答复顾客的商品咨询；没有它客服只能逐件转问。",
            ground=Ground.NO_PERSONAL_DATA,
            until=(asked + timedelta(days=3)).date(),
            ending=Ending.DESTROY,
            ends_on=(self.at + timedelta(days=60)).date(),
            clause=self.clause,
        )
        at = instant_of(asked)
        return actions.ask_data(by, contract=self.contract, wanted=wanted, at=at, vault=self.vault)

    def delivers(self, by: UUID, days: float, code: str) -> None:
        given = HandedOver("全部在售商品，停产的不列。", [("在售商品表.csv", GOODS.encode())])
        at = instant_of(self.at - timedelta(days=days))
        actions.deliver(by, contract=self.contract, code=code, given=given, at=at, vault=self.vault)


def _duty(lead: UUID, contract: UUID, at: datetime) -> str:
    """The client's first duty under which something can be asked of it, if it has one."""
    with scoped(lead) as scope:
        terms = terms_of(scope, contract, at.date())
    return next((each.id for each in duties_of(terms, Party.CLIENT)), "")
