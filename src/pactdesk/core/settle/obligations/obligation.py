"""One obligation, or one right that lapses: who, what, by when, under which clause, and then?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any, Literal

Who = Literal["provider", "client", "both"]


class Action(StrEnum):
    """What is to be done, or may be."""

    SIGN = "sign"
    ISSUE_STATEMENT = "issue_statement"
    PAY_STATEMENT = "pay_statement"
    HAND_IN_DOCUMENTS = "hand_in_documents"
    PAY_PART = "pay_part"
    DELIVER_SUMMARY = "deliver_summary"
    LODGE_DEPOSIT = "lodge_deposit"
    RETURN_DEPOSIT = "return_deposit"
    PAY_PENALTY = "pay_penalty"
    PAY_AGENT = "pay_agent"
    OBJECT_TO_STATEMENT = "object_to_statement"
    ANSWER_OBJECTION = "answer_objection"
    DELIVER_REPORT = "deliver_report"
    EVALUATE = "evaluate"
    DELIVER_WORK = "deliver_work"
    REMEDY = "remedy"
    AGREED_REMEDY = "agreed_remedy"
    RESUME_SERVICE = "resume_service"
    SUSPEND_SERVICE = "suspend_service"
    TERMINATE = "terminate"
    REFUSE_RENEWAL = "refuse_renewal"
    AGREE_RENEWAL = "agree_renewal"
    HAND_OVER = "hand_over"
    KEEP_SECRET = "keep_secret"  # noqa: S105 - a duty, no password
    STANDING_DUTY = "standing_duty"
    ANSWER_REQUEST = "answer_request"
    RETURN_DATA = "return_data"


class State(StrEnum):
    """How it stands on the day that was asked for."""

    WAITING = "waiting"  # its clock has not started
    OPEN = "open"
    OVERDUE = "overdue"
    DONE = "done"
    DONE_LATE = "done_late"
    WAIVED = "waived"
    LAPSED = "lapsed"  # a right that was not used in time
    STANDING = "standing"  # holds all the time, no day makes it due
    ENDED = "ended"


@dataclass(frozen=True, slots=True)
class Effect:
    """What follows: a word of the catalogue, and the clause that says so, if one does."""

    what: str
    clause: str | None = None


@dataclass(frozen=True, slots=True)
class Obligation:
    """`party` owes `action` under `clause`; or may do it, when it is a right.

    instance     which of several: a month, a statement, a notice
    due          the last day; None while its clock waits, or when no day makes it due
    waits_for    what starts the clock, or the year whose calendar is not published
    amount_fen   what is to be paid, of a payment
    """

    party: Who
    action: Action
    clause: str
    instance: str
    state: State
    due: date | None = None
    done_on: date | None = None
    waits_for: str | None = None
    is_right: bool = False
    amount_fen: int | None = None
    on_fulfilled: tuple[Effect, ...] = ()
    on_breached: tuple[Effect, ...] = ()

    @property
    def key(self) -> str:
        """Stable from day to day: "payment-1/pay_statement/hz-2026-10"."""
        return f"{self.clause}/{self.action}/{self.instance}"

    def to_plain(self) -> dict[str, Any]:
        """For JSON and for programs."""
        return {
            "key": self.key,
            "party": self.party,
            "action": str(self.action),
            "clause": self.clause,
            "instance": self.instance,
            "state": str(self.state),
            "due": self.due.isoformat() if self.due else None,
            "done_on": self.done_on.isoformat() if self.done_on else None,
            "waits_for": self.waits_for,
            "is_right": self.is_right,
            "amount_fen": self.amount_fen,
            "on_fulfilled": [_plain(each) for each in self.on_fulfilled],
            "on_breached": [_plain(each) for each in self.on_breached],
        }


def _plain(effect: Effect) -> dict[str, str | None]:
    return {"what": effect.what, "clause": effect.clause}


def state_on(on: date, due: date | None, done_on: date | None, *, is_right: bool = False) -> State:
    """The state of something with a last day.

    >>> str(state_on(date(2026, 10, 9), date(2026, 10, 8), None))
    'overdue'
    """
    if done_on is not None:
        return State.DONE if due is None or done_on <= due else State.DONE_LATE
    if due is None or on <= due:
        return State.OPEN
    return State.LAPSED if is_right else State.OVERDUE
