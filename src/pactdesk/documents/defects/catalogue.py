"""The defects that are looked for, in the order in which a reader meets their subjects."""

from __future__ import annotations

from collections.abc import Callable

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.amount_words_digits import amount_words_digits
from pactdesk.documents.defects.arbitration_then_court import arbitration_then_court
from pactdesk.documents.defects.confidentiality_conflict import confidentiality_conflict
from pactdesk.documents.defects.confidentiality_ends import confidentiality_ends
from pactdesk.documents.defects.crossref_broken import crossref_broken
from pactdesk.documents.defects.data_retained import data_retained
from pactdesk.documents.defects.date_invalid import date_invalid
from pactdesk.documents.defects.deposit_from_worker import deposit_from_worker
from pactdesk.documents.defects.dispute_conflict import dispute_conflict
from pactdesk.documents.defects.entrusted_data import entrusted_data
from pactdesk.documents.defects.fee_total_mismatch import fee_total_mismatch
from pactdesk.documents.defects.id_card_retention import id_card_retention
from pactdesk.documents.defects.labor_dispute_route import labor_dispute_route
from pactdesk.documents.defects.labour_character import labour_character
from pactdesk.documents.defects.late_payment_term import late_payment_term
from pactdesk.documents.defects.level_conflict import level_conflict
from pactdesk.documents.defects.mediation_body_odd import mediation_body_odd
from pactdesk.documents.defects.metric_misnamed import metric_misnamed
from pactdesk.documents.defects.missing_articles import missing_articles
from pactdesk.documents.defects.multi_court_venue import multi_court_venue
from pactdesk.documents.defects.no_deletion_cert import no_deletion_cert
from pactdesk.documents.defects.nonbreach_as_breach import nonbreach_as_breach
from pactdesk.documents.defects.overtime_waiver import overtime_waiver
from pactdesk.documents.defects.parttime_below_min_wage import parttime_below_min_wage
from pactdesk.documents.defects.parttime_no_cap import parttime_no_cap
from pactdesk.documents.defects.parttime_over_24h import parttime_over_24h
from pactdesk.documents.defects.parttime_pay_cycle import parttime_pay_cycle
from pactdesk.documents.defects.parttime_penalty import parttime_penalty
from pactdesk.documents.defects.parttime_probation import parttime_probation
from pactdesk.documents.defects.party_not_identified import party_not_identified
from pactdesk.documents.defects.payment_direction_reversed import payment_direction_reversed
from pactdesk.documents.defects.payment_term_conflict import payment_term_conflict
from pactdesk.documents.defects.penalty_base_total import penalty_base_total
from pactdesk.documents.defects.penalty_excessive import penalty_excessive
from pactdesk.documents.defects.penalty_overlap import penalty_overlap
from pactdesk.documents.defects.penalty_undetermined import penalty_undetermined
from pactdesk.documents.defects.percent_sum import percent_sum
from pactdesk.documents.defects.placeholders_as_values import placeholders_as_values
from pactdesk.documents.defects.precedence_conflict import precedence_conflict
from pactdesk.documents.defects.renewal_conflict import renewal_conflict
from pactdesk.documents.defects.role_alias import role_alias
from pactdesk.documents.defects.role_inverted import role_inverted
from pactdesk.documents.defects.service_before_payment import service_before_payment
from pactdesk.documents.defects.subprocess_unapproved import subprocess_unapproved
from pactdesk.documents.defects.survival_conflict import survival_conflict
from pactdesk.documents.defects.term_mismatch import term_mismatch
from pactdesk.documents.defects.termination_empty import termination_empty
from pactdesk.documents.defects.text_missing import text_missing
from pactdesk.documents.defects.third_party_liability_shift import third_party_liability_shift
from pactdesk.documents.defects.toc_body_mismatch import toc_body_mismatch
from pactdesk.documents.defects.truncated import truncated
from pactdesk.documents.defects.unilateral_metrics import unilateral_metrics
from pactdesk.documents.defects.unit_ambiguous import unit_ambiguous
from pactdesk.documents.defects.unspecified_consecutive import unspecified_consecutive
from pactdesk.documents.defects.vague_standard import vague_standard
from pactdesk.documents.defects.venue_blank import venue_blank
from pactdesk.documents.defects.venue_one_sided import venue_one_sided
from pactdesk.documents.defects.wage_deduction import wage_deduction
from pactdesk.documents.paper import Paper

Defect = Callable[[Paper, Contract], tuple[Finding, ...]]

DEFECTS: tuple[Defect, ...] = (
    role_inverted,
    role_alias,
    party_not_identified,
    date_invalid,
    term_mismatch,
    renewal_conflict,
    amount_words_digits,
    fee_total_mismatch,
    percent_sum,
    payment_direction_reversed,
    payment_term_conflict,
    late_payment_term,
    service_before_payment,
    penalty_undetermined,
    penalty_excessive,
    penalty_overlap,
    penalty_base_total,
    placeholders_as_values,
    level_conflict,
    metric_misnamed,
    unit_ambiguous,
    vague_standard,
    unilateral_metrics,
    unspecified_consecutive,
    text_missing,
    truncated,
    missing_articles,
    crossref_broken,
    toc_body_mismatch,
    multi_court_venue,
    venue_blank,
    venue_one_sided,
    arbitration_then_court,
    mediation_body_odd,
    dispute_conflict,
    confidentiality_conflict,
    confidentiality_ends,
    survival_conflict,
    precedence_conflict,
    termination_empty,
    third_party_liability_shift,
    nonbreach_as_breach,
    entrusted_data,
    subprocess_unapproved,
    data_retained,
    no_deletion_cert,
    parttime_over_24h,
    parttime_no_cap,
    parttime_pay_cycle,
    parttime_probation,
    parttime_below_min_wage,
    parttime_penalty,
    wage_deduction,
    deposit_from_worker,
    id_card_retention,
    overtime_waiver,
    labour_character,
    labor_dispute_route,
)


def defects(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """What the words themselves show; it changes nothing."""
    return tuple(finding for defect in DEFECTS for finding in defect(paper, contract))
