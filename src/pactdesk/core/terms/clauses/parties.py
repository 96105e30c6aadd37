"""Who serves and who pays. Which of 甲方 and 乙方 it is differs from contract to contract."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Model


class Party(Model):
    """One side. `label` is the paper's word for it: 甲方, 乙方, 客户, 服务提供商."""

    label: str | Blank
    name: str | Blank
    address: str | Blank | None = None
    credit_code: str | Blank | None = None  # 统一社会信用代码, GB 32100
    contact: str | Blank | None = None


class Parties(ClauseBase):
    """The two sides, decided from the deeds (who serves, who pays), not from the labels."""

    kind: Literal["parties"] = "parties"
    provider: Party
    client: Party
