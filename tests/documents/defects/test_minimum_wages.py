"""An hour is compared with the figure that holds in the place, and only with a given one."""

from __future__ import annotations

import pytest

from pactdesk.calendars.minimum_wages import known_minimum_wages
from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.reading import read_contract
from tests.documents.defects.test_codes import source

TABLE = MinimumWages.from_plain(
    {
        "minimum_wages": [
            {"city": "义乌", "since": "2024-01-01", "hourly": "20", "source": "甲通知"},
            {"city": "义乌", "since": "2026-06-01", "hourly": "23.5", "source": "乙通知"},
        ]
    }
)


def paper(wage: str, since: str = "2026-03-01", place: str = "义乌") -> str:
    year, month, day = since.split("-")
    return (
        f"兼职客服协议\n甲方：{place}甲百货商行\n乙方：李小芳\n第一条 工作\n"
        "1.1 乙方为甲方的网店担任兼职客服，甲方每周向乙方支付报酬。\n"
        f"1.2 期限自{year}年{month}月{day}日起至2026年12月31日止。\n1.3 报酬为每小时{wage}元。"
    )


def told(text: str, wages: MinimumWages | None) -> list[Finding]:
    findings = read_contract(source(text), wages).findings
    return [f for f in findings if f.code == "PARTTIME_BELOW_MIN_WAGE"]


@pytest.mark.parametrize(
    ("wage", "since", "least"),
    [("19.5", "2026-03-01", "20"), ("21", "2026-07-01", "23.5")],
)
def test_less_than_the_place_allows_is_an_error(wage: str, since: str, least: str) -> None:
    (finding,) = told(paper(wage, since), TABLE)
    assert finding.severity is Severity.ERROR
    assert (finding.facts["place"], finding.facts["least"]) == ("义乌", least)


def test_as_much_as_the_place_allows_is_nothing() -> None:
    assert told(paper("20"), TABLE) == []


def test_a_place_that_no_table_has_is_to_be_looked_up() -> None:
    (finding,) = told(paper("21", place="酒泉"), TABLE)
    assert finding.severity is Severity.NOTE
    assert finding.facts["least"] == "—"


def test_no_figure_is_known_that_nobody_verified() -> None:
    assert known_minimum_wages().rows == ()
