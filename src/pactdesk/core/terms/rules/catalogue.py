"""The rules in the order in which a reader meets their subjects."""

from __future__ import annotations

from pactdesk.core.terms.amendments import is_dated
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Rule
from pactdesk.core.terms.rules.amendment_backdated import amendment_backdated
from pactdesk.core.terms.rules.amendment_judging_open import amendment_judging_open
from pactdesk.core.terms.rules.arbitration_body_unspecified import arbitration_body_unspecified
from pactdesk.core.terms.rules.arbitration_or_court import arbitration_or_court
from pactdesk.core.terms.rules.arbitration_then_court import arbitration_then_court
from pactdesk.core.terms.rules.cap_exceeded import cap_exceeded
from pactdesk.core.terms.rules.confidentiality_ends import confidentiality_ends
from pactdesk.core.terms.rules.date_invalid import date_invalid
from pactdesk.core.terms.rules.deduction_without_breaches import deduction_without_breaches
from pactdesk.core.terms.rules.deduction_without_level import deduction_without_level
from pactdesk.core.terms.rules.deductions_uncapped import deductions_uncapped
from pactdesk.core.terms.rules.fee_conflict import fee_conflict
from pactdesk.core.terms.rules.fees_together import fees_together
from pactdesk.core.terms.rules.hours_overlap import hours_overlap
from pactdesk.core.terms.rules.late_fee_absent import late_fee_absent
from pactdesk.core.terms.rules.level_conflict import level_conflict
from pactdesk.core.terms.rules.penalty_excessive import penalty_excessive
from pactdesk.core.terms.rules.penalty_undetermined import penalty_undetermined
from pactdesk.core.terms.rules.percent_sum import percent_sum
from pactdesk.core.terms.rules.reference_unknown import reference_unknown
from pactdesk.core.terms.rules.share_out_of_range import share_out_of_range
from pactdesk.core.terms.rules.sme_payment import sme_payment
from pactdesk.core.terms.rules.term_mismatch import term_mismatch
from pactdesk.core.terms.rules.tiers_disordered import tiers_disordered
from pactdesk.core.terms.rules.units_unpriced import units_unpriced
from pactdesk.core.terms.rules.unspecified_consecutive import unspecified_consecutive
from pactdesk.core.terms.rules.venue_blank import venue_blank
from pactdesk.core.terms.rules.volume_cliff import volume_cliff

RULES: tuple[Rule, ...] = (
    term_mismatch,
    date_invalid,
    fee_conflict,
    fees_together,
    units_unpriced,
    volume_cliff,
    percent_sum,
    level_conflict,
    share_out_of_range,
    sme_payment,
    penalty_excessive,
    penalty_undetermined,
    deduction_without_level,
    deduction_without_breaches,
    deductions_uncapped,
    reference_unknown,
    tiers_disordered,
    cap_exceeded,
    hours_overlap,
    unspecified_consecutive,
    late_fee_absent,
    confidentiality_ends,
    arbitration_then_court,
    arbitration_or_court,
    arbitration_body_unspecified,
    venue_blank,
    amendment_backdated,
    amendment_judging_open,
)


def lint(contract: Contract) -> tuple[Finding, ...]:
    """What the rules say about the terms, and about what amendments make of them."""
    found = [finding for rule in RULES for finding in rule(contract)]
    if all(is_dated(each) for each in contract.amendments):
        for day in sorted({each.effective for each in contract.amendments}):
            later = (finding for rule in RULES for finding in rule(contract.on(day)))
            found += [finding for finding in later if finding not in found]
    return tuple(found)
