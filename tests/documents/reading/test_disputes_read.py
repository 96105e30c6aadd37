"""How long the parties talk before the next step of a dispute."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pactdesk.core.terms.clauses.dispute import Dispute
from pactdesk.documents.reading import Reading

TAIL = "协商不成的，提交湖州仲裁委员会仲裁，仲裁裁决是终局的。"


@pytest.mark.requirement("A66")
@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("自争议发生之日起30日内协商解决；", (30, "day")),
        ("自一方提出协商之日起十五个工作日内未能解决的，按下列方式处理；", (15, "working_day")),
        ("一方应在争议发生后____日内向对方提出并协商；", None),
        ("双方友好协商；", None),
    ],
)
def test_the_time_for_talks_is_read_where_it_is_named(
    reading_of: Callable[[str], Reading], words: str, meant: tuple[int, str] | None
) -> None:
    told = reading_of(f"第一条 争议解决\n1.1 本合同发生争议的，{words}{TAIL}")
    clause = told.contract.one(Dispute)
    found = clause.negotiation
    assert (found and (getattr(found, "n", None), getattr(found, "unit", None))) == meant
