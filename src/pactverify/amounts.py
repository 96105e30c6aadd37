"""What each kind of line comes to: one formula each, as its page in docs/reference says."""

from collections.abc import Callable, Mapping
from fractions import Fraction

from pactverify import consequences, debts, fees
from pactverify.sheet import Sheet

AMOUNTS: Mapping[str, Callable[[Sheet], Fraction]] = {
    "fee_fixed": fees.fixed,
    "fee_headcount_hours": fees.headcount_hours,
    "fee_per_unit": fees.per_unit,
    "fee_lump_sum": fees.parts,
    "fee_milestones": fees.parts,
    "fee_hourly": fees.hourly,
    "fee_commission": fees.commission,
    "fee_base_performance": fees.base_performance,
    "fee_seats": fees.seats,
    "fee_surcharge": fees.surcharge,
    "vat": fees.vat,
    "deduction": consequences.deduction,
    "deduction_event": consequences.event,
    "deduction_unserved": consequences.unserved,
    "deduction_overlap": consequences.overlap,
    "deduction_cap": consequences.cap,
    "score_sheet": consequences.score_sheet,
    "bonus": consequences.bonus,
    "reward": debts.reward,
    "wage_deduction": debts.damage,
    "delay_penalty": debts.delay,
    "breach_penalty": debts.breach,
    "compensation": debts.compensation,
    "refund": debts.refund,
    "expenses": debts.expenses,
    "deposit": debts.deposit,
    "late_fee": debts.late_fee,
}
