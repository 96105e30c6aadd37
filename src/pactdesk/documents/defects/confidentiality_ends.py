"""CONF_ENDS_WITH_CONTRACT: the words let secrecy stop with the contract."""

from __future__ import annotations

from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding
from pactdesk.documents.defects.confidentiality_conflict import confidentiality_conflict
from pactdesk.documents.defects.remark import passages, remark
from pactdesk.documents.defects.secrecy_words import STILL, STOPS
from pactdesk.documents.paper import Paper


def confidentiality_ends(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """ "保密义务于合同终止时自动解除"."""
    places = passages(
        paper.main,
        STOPS,
        without=STILL,
    )
    if not places or confidentiality_conflict(paper, contract):
        return ()
    return remark(paper, "CONF_ENDS_WITH_CONTRACT", places[0], clauses=("confidentiality-1",))
