"""The closed list of quantities by the name that a trace's `counted` leaf gives.

A new quantity is a file here, a row of the page `docs/reference/recheck.md`, and a function of
the independent verifier.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from fractions import Fraction

from pactdesk.core.settle.quantities import (
    accepted_share,
    charged_twice,
    cut_month,
    days,
    deducted,
    delay,
    deposits,
    ending,
    expenses,
    incidents,
    lateness,
    losses,
    marked,
    marks,
    paid_hours,
    part_prices,
    passed_share,
    payable,
    rewards,
    sales,
    term_days,
    usage,
)
from pactdesk.core.settle.quantities.presence import (
    seat_days,
    working_days,
    working_days_of_month,
)
from pactdesk.core.settle.quantities.volume import calls, minutes, opened, valid

QUANTITIES: Mapping[str, Callable[..., Fraction]] = {
    "accepted_share": accepted_share.counted,
    "charged_twice": charged_twice.counted,
    "cut_month": cut_month.counted,
    "days": days.counted,
    "days_of_month": days.of_month,
    "days_between": days.between,
    "days_left": ending.days_left,
    "days_of_term": ending.days_of_term,
    "deducted_before": deducted.before,
    "delay_days": delay.counted,
    "deposit_balance": deposits.balance,
    "deposit_forfeited": deposits.forfeited,
    "deposit_moved": deposits.moved,
    "expenses": expenses.counted,
    "fee_periods": term_days.counted,
    "fees_paid": ending.fees_paid,
    "incident_size": incidents.size,
    "incident_size_ever": incidents.size_ever,
    "incidents": incidents.number,
    "incidents_ever": incidents.number_ever,
    "late_working_days": lateness.working_days,
    "losses": losses.counted,
    "lump_months": payable.months,
    "mark": marks.counted,
    "net_sales": sales.net,
    "paid": ending.paid,
    "passed_share": passed_share.counted,
    "paid_hours": paid_hours.counted,
    "paid_hours_at": paid_hours.at,
    "refunds_refused": sales.refused,
    "refunds_told": sales.told,
    "rewards": rewards.counted,
    "sales_paid": sales.paid,
    "sales_refunded": sales.refunded,
    "other_parts": part_prices.counted,
    "part_due": payable.counted,
    "statement_total": lateness.statement_total,
    "usage": usage.counted,
    "interactions": opened,
    "valid_conversations": valid,
    "calls": calls,
    "call_minutes": minutes,
    "seat_days": seat_days,
    "working_days": working_days,
    "working_days_of_month": working_days_of_month,
    "marked_days": marked.days,
    "marked_ms": marked.milliseconds,
}
