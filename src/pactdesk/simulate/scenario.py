"""What a simulated operation is like: every number that a month is made from.

A scenario says nothing about the contract; opening hours, channels and levels come from its
terms.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pactdesk.core.facts.kinds import Actor, CaseType, Channel
from pactdesk.core.terms.clauses.service_level import Metric
from pactdesk.simulate.limits import Factors, PositiveCount
from pactdesk.simulate.parts import (
    Agent,
    AutomaticReply,
    CaseHabits,
    Demand,
    EarlierMonth,
    Handling,
    Instalment,
    MissedLevel,
    Platform,
    Promotion,
    Ratings,
    Recording,
    Resolution,
    Shifts,
    Spread,
    Wait,
)

_PHONE, _CHAT, _TICKET, _EMAIL = Channel.PHONE, Channel.CHAT, Channel.TICKET, Channel.EMAIL
_CHAT_HOURS: Factors = (
    0.3, 0.1, 0.1, 0.1, 0.1, 0.1, 0.2, 0.5, 1.8, 11.0, 13.0, 11.0,
    2.5, 10.0, 12.0, 12.0, 11.0, 9.0, 1.2, 1.2, 1.5, 1.5, 1.0, 0.5,
)  # fmt: skip
_CALL_HOURS: Factors = (
    0.1, 0.0, 0.0, 0.0, 0.0, 0.0, 0.1, 0.4, 3.5, 13.0, 14.0, 11.5,
    2.5, 9.5, 12.0, 12.0, 10.5, 8.5, 2.0, 1.0, 0.8, 0.5, 0.3, 0.1,
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Scenario:
    """A small desk of six: chat, phone, tickets and mail; made for October 2026.

    customers  how many people the customers of the period are drawn from
    """

    agents: tuple[Agent, ...] = (
        Agent("agent-01", (_CHAT, _TICKET, _EMAIL), pace=0.9),
        Agent("agent-02", (_CHAT, _TICKET, _EMAIL)),
        Agent("agent-03", (_CHAT, _TICKET, _EMAIL), starts_after_minutes=10),
        Agent("agent-04", (_PHONE,), pace=0.95),
        Agent("agent-05", (_PHONE,)),
        Agent("agent-06", (_CHAT, _PHONE, _EMAIL), starts_after_minutes=20, pace=1.15),
    )
    shifts: Shifts = field(default_factory=Shifts)
    demand: tuple[Demand, ...] = (
        Demand(_CHAT, 104, _CHAT_HOURS),
        Demand(_PHONE, 58, _CALL_HOURS, by_weekday=(1.15, 1.04, 1.0, 0.95, 1.0, 0.12, 0.08)),
        Demand(_TICKET, 15, _CHAT_HOURS),
        Demand(_EMAIL, 8, _CHAT_HOURS),
    )
    promotions: tuple[Promotion, ...] = (Promotion(open_day=12, factor=1.7),)
    handling: tuple[Handling, ...] = (
        Handling(
            channel=_CHAT, urgency=20, slots=1,
            reply=Spread(15.2, 0.6, 150), work=Spread(330, 0.6, 2_400),
            patience=Spread(150, 0.8, 1_800), stays=0.02, rated=0.3,
        ),
        Handling(
            channel=_PHONE, urgency=10, slots=None,
            reply=Spread(7.5, 0.45, 40), work=Spread(340, 0.65, 1_800),
            patience=Spread(70, 0.7, 600), stays=0, rated=0.2,
        ),
        Handling(
            channel=_TICKET, urgency=30, slots=1,
            reply=Spread(24, 0.5, 120), work=Spread(420, 0.6, 2_400),
            patience=None, stays=1, rated=0.15,
        ),
        Handling(
            channel=_EMAIL, urgency=30, slots=1,
            reply=Spread(30, 0.5, 120), work=Spread(480, 0.6, 2_400),
            patience=None, stays=1, rated=0.06, case_mix=(0.85, 0.05, 0.1),
        ),
    )  # fmt: skip
    cases: tuple[CaseHabits, ...] = (
        CaseHabits(
            CaseType.CONSULT, ahead=0, work=1,
            waits=0.08, slow=0.09, unresolved=0.025, reopened=0.04,
        ),
        CaseHabits(
            CaseType.COMPLAINT, ahead=15, work=1.5,
            waits=0.3, slow=0.2, unresolved=0.06, reopened=0.1,
        ),
        CaseHabits(
            CaseType.SUGGESTION, ahead=0, work=0.7,
            waits=0, slow=0.02, unresolved=0.01, reopened=0.01,
        ),
    )  # fmt: skip
    waits: tuple[Wait, ...] = (
        Wait("waiting_customer", Actor.CUSTOMER, "msg", 5, Spread(9_000, 1.1, 345_600), silent=0.1),
        Wait("waiting_logistics", Actor.THIRD_PARTY, "waybill", 3, Spread(72_000, 0.6, 345_600)),
        Wait("waiting_client", Actor.THIRD_PARTY, "confirmation", 2, Spread(28_800, 0.7, 259_200)),
    )
    resolution: Resolution = field(default_factory=Resolution)
    ratings: Ratings = field(default_factory=Ratings)
    platform: Platform = field(default_factory=Platform)
    automatic_reply: AutomaticReply = field(default_factory=AutomaticReply)
    closed_announcement: Spread = field(default_factory=lambda: Spread(14, 0.3, 40))
    recording: Recording = field(default_factory=Recording)
    customers: PositiveCount = 2_600
    earlier_statements: tuple[EarlierMonth, ...] = (
        EarlierMonth(
            months_before=2, of_fee="0.985", issued_working_day=2, invoice_working_days=1,
            payments=(Instalment(8, "1"),),
        ),
        EarlierMonth(
            months_before=1, of_fee="0.96", issued_working_day=1, invoice_working_days=0,
            payments=(Instalment(13, "0.6"), Instalment(20, "0.4")),
            missed=(MissedLevel(Metric.FIRST_RESPONSE_SHARE),),
        ),
    )  # fmt: skip
