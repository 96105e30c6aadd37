"""Levels as the pages show them: measured against target, with what was left out and why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from pactdesk.apps.statements.behind import times_behind
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.measure.level import Standing
from pactdesk.core.terms.clauses.service_level import Metric, ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import exact_value
from pactdesk.documents.explain.counting import counted
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.level import explain_level, ratio_text, value_of_level
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain
from pactdesk.web.portal.explained import Explained, Link
from pactdesk.web.portal.said import say
from pactdesk.web.ui.words import page_language

_HEADROOM = Fraction(5, 4)
"""Beyond target or value, whichever is more, where a bar of seconds ends."""

LinkOf = Callable[[str], str]
"""Clause id → address of the interactions behind its level."""


@dataclass(frozen=True, slots=True)
class LevelShown:
    """One level.

    verdict  met, missed, undetermined; provisional while the month runs and it is not missed
    length, target_at  of 100, on the bar
    left_out  sentences: taken out and why, carried, unknown, why it is not judged
    """

    clause_id: str
    clause: str
    name: str
    verdict: str
    value: str
    target: str
    ratio: str
    length: Decimal
    target_at: Decimal
    is_measured: bool
    left_out: tuple[str, ...]
    run: int
    has_figure: bool
    why: Explained
    link: Link | None

    @property
    def bar_words(self) -> str:
        """The bar for those who do not see it."""
        return say("levels.bar", name=self.name, value=self.value, target=self.target)


Times = Mapping[str, Mapping[str, int]]
"""Level → interaction → milliseconds on its clock, where pages name what was late."""

NO_TIMES: Times = {}


def times_of(scope: Scope, contract: UUID, period: str, plain: Plain) -> Times:
    """Of the levels that anything missed; of the others nobody is named."""
    missed = [each["clause"] for each in plain["levels"] if each["missed"]]
    return times_behind(scope, contract, period, missed)


def levels_shown(
    plain: Plain, contract: Contract, link_of: LinkOf | None = None, times: Times = NO_TIMES
) -> tuple[LevelShown, ...]:
    """Every level of a statement, or of a month so far in the same form."""
    names = Names(held_in(contract, plain["period"]), page_language())
    return tuple(
        _shown(plain, level, judged, names, link_of, times)
        for level, judged in zip(plain["levels"], plain["assessment"], strict=True)
    )


def _shown(
    plain: Plain,
    level: Plain,
    judged: Plain,
    names: Names,
    link_of: LinkOf | None,
    times: Times,
) -> LevelShown:
    clause_id = level["clause"]
    name = names.for_days(names.level(clause_id), level)
    value = value_of_level(level, names, 2)
    target = exact_value(judged["target"])
    is_measured = level["value"] is not None
    length, target_at = _places(level, target)
    link = behind(names.contract, clause_id, link_of)
    left_out = counted(level, names)[1:]
    return LevelShown(
        clause_id=clause_id,
        clause=names.clause_number(clause_id),
        name=name,
        verdict=judged["verdict"],
        value=value,
        target=names.target(clause_id, target),
        ratio=ratio_text(level, names) if level["denominator"] else "",
        length=length,
        target_at=target_at,
        is_measured=is_measured,
        left_out=left_out if is_measured or left_out else (say("levels.nothing"),),
        run=judged["misses_in_a_row"],
        has_figure=bool(level["by_day"]) and level["standing"] != Standing.PROVISIONAL,
        why=Explained(
            key="-".join(["level", clause_id, *level.get("days", "").split("|")]).rstrip("-"),
            label=name,
            value=value,
            why=explain_level(
                *(plain, names.contract, clause_id, names.language),
                elapsed_ms=times.get(clause_id),
                days=level.get("days"),
            ),
            links=(link,) if link else (),
        ),
        link=link,
    )


def behind(contract: Contract, clause_id: str, link_of: LinkOf | None) -> Link | None:
    """To the interactions that were counted; availability counts time, not interactions."""
    clause = level_clause(contract, clause_id)
    if link_of is None or clause is None or clause.metric is Metric.AVAILABILITY:
        return None
    return Link(say("levels.behind"), link_of(clause_id))


def _places(level: Plain, target: Fraction) -> tuple[Decimal, Decimal]:
    """How far the bar reaches, and where the target's mark stands."""
    value = Fraction(0) if level["value"] is None else exact_value(level["value"])
    whole = Fraction(1)
    if level["metric"] == Metric.FIRST_RESPONSE_AVERAGE:
        whole = max(value, target) * _HEADROOM or Fraction(1)
    return _of_hundred(value / whole), _of_hundred(target / whole)


def _of_hundred(part: Fraction) -> Decimal:
    hundredths = min(max(part, Fraction(0)), Fraction(1)) * 10_000
    return Decimal(hundredths.numerator // hundredths.denominator) / 100


def level_clause(contract: Contract, clause_id: str) -> ServiceLevel | None:
    """The level clause with this id."""
    return next((one for one in contract.of_kind(ServiceLevel) if one.id == clause_id), None)


def plain_level(plain: Plain, clause_id: str) -> dict[str, Any] | None:
    """The measured level of this clause."""
    return next((dict(one) for one in plain["levels"] if one["clause"] == clause_id), None)
