"""结算口径: what no paper states is proposed here, every field a blank with a default."""

from __future__ import annotations

import re

from pactdesk.core.terms.base import Blank, Source
from pactdesk.core.terms.clauses.conventions import Conventions, Steps
from pactdesk.documents.paper import Paper, silent

_STEPS = (
    (Steps.PROPORTIONAL, r"不足[^。；;]{0,12}按比例|按比例(?:折算|扣)"),
    (Steps.STARTED, r"不足[^。；;]{0,12}按[^。；;]{0,8}(?:一|1)个?(?:百分点|点)?[^。；;]{0,4}计"),
    (Steps.FULL, r"每[^。；;]{0,10}满\s?\d"),
)


def read(paper: Paper) -> list[Conventions]:
    """One clause, always."""
    sources: dict[str, Source] = {}
    return [
        Conventions(
            id="conventions-1",
            money_rounding=silent("money_rounding", {"unit": "0.01", "mode": "half_up"}),
            hours_rounding=silent("hours_rounding", {"unit": "0.01", "mode": "half_up"}),
            cap_order=silent("cap_order", "cap_then_round"),
            steps=_steps(paper, sources),
            zero_volume=silent("zero_volume", "not_judged"),
            undetermined=silent("undetermined", "neutral"),
            counts_payment_day=silent("counts_payment_day", True),
            unanswered_after_abandon=silent("unanswered_after_abandon", False),
            sources=sources,
        )
    ]


def _steps(paper: Paper, sources: dict[str, Source]) -> Steps | Blank:
    for steps, pattern in _STEPS:
        for sentence in paper.saying(r"扣|减付"):
            found = re.search(pattern, sentence.text)
            if found:
                sources["steps"] = paper.source_of(
                    sentence.at(found.start()), sentence.at(found.end())
                )
                return steps
    return silent("steps", Steps.FULL.value)
