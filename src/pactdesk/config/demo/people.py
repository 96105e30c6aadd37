"""Who plays in the demo: one person for each role, with the same password everywhere."""

from __future__ import annotations

from dataclasses import dataclass

from pactdesk.apps.parties.kinds import Role

PASSWORD = "kefu-2026-demo"  # noqa: S105  shown on the screen: the demo listens on this machine only

PROVIDER, QINGHE, BAITA = "心语客服", "青禾", "白塔"
OFFICE = "明衡会计师事务所"


@dataclass(frozen=True, slots=True)
class Player:
    """One person.

    roles  contract (by its client) → roles
    """

    key: str
    name: str
    org: str
    roles: dict[str, tuple[Role, ...]]
    is_administrator: bool = False

    @property
    def email(self) -> str:
        """What they log in with."""
        return f"{self.key}@demo.example"


def _both(*roles: Role) -> dict[str, tuple[Role, ...]]:
    return {QINGHE: roles, BAITA: roles}


ADMINISTRATOR = Player("admin", "沈知行", PROVIDER, {}, is_administrator=True)

PLAYERS = (
    ADMINISTRATOR,
    Player("lead", "顾晓岚", PROVIDER, _both(Role.LEAD)),
    Player("agent", "林小满", PROVIDER, _both(Role.AGENT)),
    Player("agent2", "陆一鸣", PROVIDER, _both(Role.AGENT)),
    Player("agent3", "许可", PROVIDER, {QINGHE: (Role.AGENT,)}),
    Player("qa", "姚真", PROVIDER, _both(Role.QA)),
    Player("planner", "方舟", PROVIDER, _both(Role.PLANNER)),
    Player("finance", "钱多多", PROVIDER, _both(Role.FINANCE)),
    Player("officer", "严谨", PROVIDER, _both(Role.CONTRACT_OFFICER)),
    Player("qinghe", "苏禾", QINGHE, {QINGHE: (Role.CLIENT_MANAGER,)}, is_administrator=True),
    Player("qinghe-finance", "金账", QINGHE, {QINGHE: (Role.FINANCE,)}),
    Player("baita", "白露", BAITA, {BAITA: (Role.CLIENT_MANAGER,)}, is_administrator=True),
    Player("auditor", "程实", OFFICE, {QINGHE: (Role.THIRD_PARTY,)}),
)

SHOWN = ("agent", "lead", "finance", "admin", "qinghe", "baita", "auditor")
"""Those whom the screen names; the others have the same password."""

AGENTS = ("agent", "agent2", "agent3")
