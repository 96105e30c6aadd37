"""ARB_BODY_UNSPECIFIED: arbitration without an institution."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank
from pactdesk.core.terms.clauses.dispute import Dispute, DisputeStep
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.evidence import quoted


def arbitration_body_unspecified(contract: Contract) -> tuple[Finding, ...]:
    """An arbitration agreement needs a chosen institution (A63, E37)."""
    return tuple(
        Finding(
            "ARB_BODY_UNSPECIFIED",
            Severity.WARNING if _is_gap(dispute) else Severity.ERROR,
            (dispute.id,),
            quoted(dispute, "arbitration_body"),
        )
        for dispute in contract.of_kind(Dispute)
        if _arbitrates(dispute) and not _is_named(dispute.arbitration_body)
    )


def _arbitrates(dispute: Dispute) -> bool:
    if isinstance(dispute.route, Blank):
        return "仲裁" in dispute.route.blank
    return DisputeStep.ARBITRATION in dispute.route


def _is_named(body: object) -> bool:
    """湖州仲裁委员会 is a name; 仲裁机构 is any."""
    return isinstance(body, str) and not _ANY_BODY.search(body)


_ANY_BODY = re.compile(
    r"\A(?:提交|向|由|交)?(?:有关|相关|当地|有权的?|有管辖权的)?仲裁(?:机构|委员会|部门)\Z"
)


def _is_gap(dispute: Dispute) -> bool:
    """A place for the name, that only needs filling."""
    body = dispute.arbitration_body
    if isinstance(body, Blank):
        return bool(_GAP.search(body.blank))
    return dispute.source is not None and bool(_OPEN_NAME.search(dispute.source.quote))


_GAP = re.compile(r"_{2,}|[\[【(（][\s_]*[\]】)）]")
_OPEN_NAME = re.compile(rf"(?:{_GAP.pattern})\s?仲裁")
