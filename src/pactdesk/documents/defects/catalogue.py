"""The defects that are looked for, in the order in which a reader meets their subjects."""

from __future__ import annotations

from collections.abc import Callable

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.confidentiality_conflict import confidentiality_conflict
from pactdesk.documents.defects.metric_misnamed import metric_misnamed
from pactdesk.documents.defects.missing_articles import missing_articles
from pactdesk.documents.defects.multi_court_venue import multi_court_venue
from pactdesk.documents.defects.nonbreach_as_breach import nonbreach_as_breach
from pactdesk.documents.defects.part_time import part_time
from pactdesk.documents.defects.party_not_identified import party_not_identified
from pactdesk.documents.defects.payment_direction_reversed import payment_direction_reversed
from pactdesk.documents.defects.payment_term_conflict import payment_term_conflict
from pactdesk.documents.defects.penalty_base_total import penalty_base_total
from pactdesk.documents.defects.penalty_overlap import penalty_overlap
from pactdesk.documents.defects.penalty_undetermined import penalty_undetermined
from pactdesk.documents.defects.placeholders_as_values import placeholders_as_values
from pactdesk.documents.defects.precedence_conflict import precedence_conflict
from pactdesk.documents.defects.renewal_conflict import renewal_conflict
from pactdesk.documents.defects.role_alias import role_alias
from pactdesk.documents.defects.role_inverted import role_inverted
from pactdesk.documents.defects.survival_conflict import survival_conflict
from pactdesk.documents.defects.term_mismatch import term_mismatch
from pactdesk.documents.defects.termination_empty import termination_empty
from pactdesk.documents.defects.text_missing import text_missing
from pactdesk.documents.defects.third_party_liability_shift import third_party_liability_shift
from pactdesk.documents.defects.toc_body_mismatch import toc_body_mismatch
from pactdesk.documents.defects.truncated import truncated
from pactdesk.documents.defects.unit_ambiguous import unit_ambiguous
from pactdesk.documents.defects.vague_standard import vague_standard
from pactdesk.documents.defects.venue_one_sided import venue_one_sided
from pactdesk.documents.paper import Paper

Defect = Callable[[Paper, Contract], tuple[Finding, ...]]

DEFECTS: tuple[Defect, ...] = (
    role_inverted,
    role_alias,
    party_not_identified,
    payment_direction_reversed,
    payment_term_conflict,
    penalty_undetermined,
    penalty_overlap,
    penalty_base_total,
    term_mismatch,
    renewal_conflict,
    placeholders_as_values,
    metric_misnamed,
    unit_ambiguous,
    vague_standard,
    text_missing,
    truncated,
    missing_articles,
    toc_body_mismatch,
    multi_court_venue,
    venue_one_sided,
    confidentiality_conflict,
    survival_conflict,
    precedence_conflict,
    termination_empty,
    third_party_liability_shift,
    nonbreach_as_breach,
    part_time,
)


def defects(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """What the words themselves show; it changes nothing."""
    return tuple(finding for defect in DEFECTS for finding in defect(paper, contract))
