"""PARTTIME_BELOW_MIN_WAGE: less an hour than the least that the place allows."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal
from fractions import Fraction

from pactdesk.core.measure.minimum_wages import MinimumWage
from pactdesk.core.terms.clauses.period import TermPeriod
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.documents.defects.remark import passage, passages, remark
from pactdesk.documents.grammar.amounts import amounts_in
from pactdesk.documents.paper import Paper

_WAIVED = (
    r"(?:可|可以|允许)?(?:低于|不受|不适用|不执行|不参照)[^。；;]{0,10}最低(?:小时)?工资"
    r"|不以[^。；;]{0,8}最低(?:小时)?工资"
)
_HOURLY = re.compile(r"时薪|每(?:个?小时|钟头)|[元块]\s?/\s?(?:小时|时|h)|小时(?:工资|报酬|单价)")
# Nobody's figures: below the first one an hour is an error wherever it is worked, and between both
# a person has to look up the place; a table of the places' own figures says it exactly.
_NOWHERE, _LOOK = Decimal("13"), Decimal("25")
_EXTRA = re.compile(r"(?:另|再|增|多)?加\s?\d+(?:\.\d+)?\s?元|补贴|津贴|补助")
_UNKNOWN = "—"


def parttime_below_min_wage(paper: Paper, contract: Contract) -> tuple[Finding, ...]:
    """The wage may fall below the least, or already has; where no table tells, a note."""
    if contract.contract_type != "part_time_agent":
        return ()
    least = _least(paper, contract)
    waived = passages(paper.main, _WAIVED, without=r"不得?低于")
    if waived:
        return _told(paper, waived[0], _UNKNOWN, least)
    for sentence in paper.main:
        match = _HOURLY.search(sentence.text)
        amount = next(iter(amounts_in(sentence.text)), None) if match else None
        if match is None or amount is None or _EXTRA.search(sentence.text):
            continue
        severity = _severity(amount.value, least)
        if severity is not None:
            place = passage(sentence, match)
            return _told(paper, place, f"{amount.value:f}", least, severity)
    return ()


def _told(
    paper: Paper,
    place: tuple[int, int],
    wage: str,
    least: MinimumWage | None,
    severity: Severity = Severity.ERROR,
) -> tuple[Finding, ...]:
    return remark(
        paper,
        "PARTTIME_BELOW_MIN_WAGE",
        place,
        severity=severity,
        wage=wage,
        place=least.city if least else _UNKNOWN,
        least=f"{float(least.hourly):g}" if least else _UNKNOWN,
        source=least.source if least else _UNKNOWN,
    )


def _severity(wage: Decimal, least: MinimumWage | None) -> Severity | None:
    if least is not None:
        return Severity.ERROR if Fraction(wage) < least.hourly else None
    if wage >= _LOOK:
        return None
    return Severity.ERROR if wage < _NOWHERE else Severity.NOTE


def _least(paper: Paper, contract: Contract) -> MinimumWage | None:
    """The figure of the place that the paper names first, on the first day of the contract."""
    cities = {row.city for row in paper.wages.rows if row.city in paper.text}
    if not cities:
        return None
    period = next(iter(contract.of_kind(TermPeriod)), None)
    day = period.start if period and isinstance(period.start, date) else date.max
    return paper.wages.on(min(cities, key=paper.text.index), day)
