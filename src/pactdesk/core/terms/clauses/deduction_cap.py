"""The most that all deductions of one period may come to."""

from __future__ import annotations

from typing import Literal

from pactdesk.core.terms.base import Amount, Blank, ClauseBase, Share


class DeductionCap(ClauseBase):
    """All deductions of a period together: at most `of_fee` of that period's fee.

    per_year    besides, in yuan, of all periods of one year of the contract together
    except_for  deductions outside of the cap, such as for a leak of data
    """

    kind: Literal["deduction_cap"] = "deduction_cap"
    of_fee: Share | Blank
    per_year: Amount | Blank | None = None
    except_for: tuple[str, ...] | None = None
