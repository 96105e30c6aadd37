"""A promised level: what is measured, how, and the target (服务标准, 考核指标)."""

from __future__ import annotations

from enum import StrEnum
from typing import Literal

from pactdesk.core.terms.base import Blank, ClauseBase, Count, Model, Quantity, Step
from pactdesk.core.terms.clauses.scope import CaseType, Channel
from pactdesk.core.terms.durations import Duration


class Metric(StrEnum):
    """What is measured; formulas in PRACTICE 1 and `core/measure/levels`."""

    FIRST_RESPONSE_SHARE = "first_response_share"  # first responses within N ÷ conversations
    FIRST_RESPONSE_AVERAGE = "first_response_average"  # mean seconds to the first response
    RESOLUTION_SHARE = "resolution_share"  # resolved within N service hours ÷ cases
    RESOLUTION_RATE = "resolution_rate"  # resolved ÷ accepted
    ANSWER_SHARE = "answer_share"  # calls answered within N (F1–F4) ÷ calls
    AVAILABILITY = "availability"  # up time ÷ service time
    CSAT = "csat"  # satisfied ÷ ratings


class AnswerFormula(StrEnum):
    """The four service-level formulas in use; the contract names one (PRACTICE 1, 服务水平)."""

    F1 = "F1"  # (answered ≤ Y + abandoned ≤ Y) ÷ (answered + abandoned)
    F2 = "F2"  # answered ≤ Y ÷ answered
    F3 = "F3"  # answered ≤ Y ÷ (answered + abandoned)
    F4 = "F4"  # answered ≤ Y ÷ (answered + abandoned after Y)


class Clock(StrEnum):
    """Whose time counts."""

    SERVICE_HOURS = "service_hours"
    WALL_CLOCK = "wall_clock"


class Attribution(StrEnum):
    """The instant that decides to which day an interaction belongs."""

    OPENED = "opened"
    FIRST_ANSWERED = "first_answered"
    CLOSED = "closed"


class Comparator(StrEnum):
    """Which side of the target is good. Exactly at the target is met, for both."""

    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class AboveForecast(Model):
    """A month is above its forecast with more than `times` the forecast quantity of `measure`."""

    measure: str
    times: Step | Blank


class ServiceLevel(ClauseBase):
    """One level, judged each assessment period.

    target      a share ("0.95"), or seconds ("30") for FIRST_RESPONSE_AVERAGE
    within      N of "within N"; for shares of responses, resolutions, answers
    satisfied_from  CSAT: the lowest score that counts as satisfied, with its scale ("4/5")
    or_progress     RESOLUTION_SHARE: clear progress told in time is as good (解决方案或明确进展)
    minimum_sample  fewer judged interactions than this: not judged
    above_forecast  from when on a month may be excluded for its volume ("above_forecast")
    """

    kind: Literal["service_level"] = "service_level"
    metric: Metric | Blank
    title: str | None = None
    target: Quantity | Blank
    comparator: Comparator = Comparator.AT_LEAST
    within: Duration | Blank | None = None
    channel: Channel | None = None
    case_type: CaseType | None = None
    formula: AnswerFormula | Blank | None = None
    satisfied_from: str | Blank | None = None
    clock: Clock | Blank = Clock.SERVICE_HOURS
    attribution: Attribution | Blank = Attribution.OPENED
    minimum_sample: Count | None = None
    above_forecast: AboveForecast | None = None
    or_progress: bool | None = None
