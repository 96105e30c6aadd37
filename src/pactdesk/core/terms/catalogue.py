"""The closed catalogue of clause kinds. We write no language: a new kind is a new file here."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from pactdesk.core.terms.clauses.assessment import Assessment
from pactdesk.core.terms.clauses.attachments import Attachments
from pactdesk.core.terms.clauses.bonus import Bonus
from pactdesk.core.terms.clauses.breach_penalty import BreachPenalty
from pactdesk.core.terms.clauses.compensation import Compensation
from pactdesk.core.terms.clauses.confidentiality import Confidentiality
from pactdesk.core.terms.clauses.conventions import Conventions
from pactdesk.core.terms.clauses.deduction import Deduction
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.deduction_event import DeductionEvent
from pactdesk.core.terms.clauses.deduction_overlap import DeductionOverlap
from pactdesk.core.terms.clauses.deduction_unserved import DeductionUnserved
from pactdesk.core.terms.clauses.delay_penalty import DelayPenalty
from pactdesk.core.terms.clauses.deposit import Deposit
from pactdesk.core.terms.clauses.dispute import Dispute
from pactdesk.core.terms.clauses.duty import Duty
from pactdesk.core.terms.clauses.effectiveness import Effectiveness
from pactdesk.core.terms.clauses.expenses import Expenses
from pactdesk.core.terms.clauses.fee_base_performance import BasePerformanceFee
from pactdesk.core.terms.clauses.fee_commission import CommissionFee
from pactdesk.core.terms.clauses.fee_fixed import FixedFee
from pactdesk.core.terms.clauses.fee_headcount_hours import HeadcountHoursFee
from pactdesk.core.terms.clauses.fee_hourly import HourlyFee
from pactdesk.core.terms.clauses.fee_lump_sum import LumpSumFee
from pactdesk.core.terms.clauses.fee_milestones import MilestonesFee
from pactdesk.core.terms.clauses.fee_per_unit import PerUnitFee
from pactdesk.core.terms.clauses.fee_seats import SeatsFee
from pactdesk.core.terms.clauses.fee_surcharge import Surcharge
from pactdesk.core.terms.clauses.late_fee import LateFee
from pactdesk.core.terms.clauses.notices import Notices
from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.clauses.payment import Payment
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.clauses.price_adjustment import PriceAdjustment
from pactdesk.core.terms.clauses.refund import Refund
from pactdesk.core.terms.clauses.reward import Reward
from pactdesk.core.terms.clauses.scope import Scope
from pactdesk.core.terms.clauses.score_sheet import ScoreSheet
from pactdesk.core.terms.clauses.service_hours import ServiceHours
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.clauses.suspension import Suspension
from pactdesk.core.terms.clauses.termination import Termination
from pactdesk.core.terms.clauses.third_parties import ThirdParties
from pactdesk.core.terms.clauses.wage_deduction import WageDeduction
from pactdesk.core.terms.clauses.weekly_hours import WeeklyHours

Clause = Annotated[
    Parties
    | TermPeriod
    | Effectiveness
    | Scope
    | ServiceHours
    | ServiceLevel
    | FixedFee
    | HeadcountHoursFee
    | PerUnitFee
    | LumpSumFee
    | MilestonesFee
    | Expenses
    | Deposit
    | HourlyFee
    | CommissionFee
    | BasePerformanceFee
    | PayRuns
    | WeeklyHours
    | SeatsFee
    | Surcharge
    | Payment
    | PriceAdjustment
    | LateFee
    | Suspension
    | Deduction
    | DeductionEvent
    | DeductionUnserved
    | DeductionOverlap
    | DeductionCap
    | ScoreSheet
    | Bonus
    | DelayPenalty
    | BreachPenalty
    | Compensation
    | Refund
    | Reward
    | WageDeduction
    | Assessment
    | Confidentiality
    | Termination
    | Dispute
    | ThirdParties
    | Attachments
    | Notices
    | Duty
    | Conventions,
    Field(discriminator="kind"),
]
