"""A total for the whole term, paid in parts (包干总价: 首付款、月度款、分期、尾款)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Day, Model, Share
from pactdesk.core.terms.clauses.work_parts import Gate, PartName, PartPrice
from pactdesk.core.terms.durations import Duration


class AdvanceEvent(StrEnum):
    """What an advance is owed upon."""

    CONTRACT_SIGNED = "contract_signed"
    DOCUMENTS_RECEIVED = "documents_received"  # 资质证明


class Advance(PartPrice):
    """首付款: owed upon `event`; `within` says how long the client has from then."""

    event: AdvanceEvent | Blank
    within: Duration | Blank | None = None


class Instalment(PartPrice):
    """分期: owed from `day` on, once its gates are open."""

    name: PartName
    day: Day | Blank


class MonthlyPart(PartPrice):
    """月度款: the same for each whole month of the term, once that month's gates are open."""


class FinalPart(Model):
    """尾款: `share` of what no other part takes, after the end of the term, upon the work summary.

    within  how long the client has from then
    """

    share: Share | Blank
    within: Duration | Blank | None = None


class LumpSumFee(ClauseBase):
    """`total` yuan for the whole term (合同总额).

    gates  what every part but the advance waits for beside its own time
    """

    kind: Literal["fee_lump_sum"] = "fee_lump_sum"
    total: Amount | Blank
    advance: Advance | None = None
    instalments: tuple[Instalment, ...] = ()
    monthly: MonthlyPart | None = None
    final: FinalPart | None = None
    gates: tuple[Gate, ...] | Blank = ()
    tax_rate: Share | Blank | None = None
    tax_included: bool | Blank | None = None
