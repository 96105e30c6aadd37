"""The closed lists of words that facts are told in."""

from __future__ import annotations

from enum import StrEnum


class FactKind(StrEnum):
    """What a fact is about."""

    INTERACTION_OPENED = "interaction.opened"
    INTERACTION_CLASSIFIED = "interaction.classified"
    INTERACTION_CLOSED = "interaction.closed"
    INTERACTION_ABANDONED = "interaction.abandoned"
    CLOCK = "clock"
    RATING = "rating"
    ATTENDANCE = "attendance"
    ASSIGNMENT = "assignment"
    PROBE = "probe"
    EXCLUSION = "exclusion"
    STATEMENT_ISSUED = "statement.issued"
    STATEMENT_RECEIVED = "statement.received"
    STATEMENT_CONFIRMED = "statement.confirmed"
    STATEMENT_ACCEPTED = "statement.accepted"
    STATEMENT_OBJECTED = "statement.objected"
    STATEMENT_ANSWERED = "statement.answered"
    INVOICE_RECEIVED = "invoice.received"
    PAYMENT = "payment"
    STATEMENT_MADE = "statement.made"
    USAGE = "usage"
    FORECAST = "forecast"
    WORK = "work"
    INCIDENT = "incident"
    SCORE = "score"
    SALE = "sale"
    EXPENSE = "expense"
    DEPOSIT = "deposit"
    LOSS = "loss"
    LEAVE = "leave"
    REWARD = "reward"
    PAY = "pay"
    NOTICE = "notice"
    CONTRACT = "contract"
    DUTY = "duty"


class ClockMetric(StrEnum):
    """What a clock waits for. `ANSWER` is a call waiting to be picked up."""

    FIRST_RESPONSE = "first_response"
    RESOLUTION = "resolution"
    ANSWER = "answer"


class ClockEvent(StrEnum):
    """What happens to a clock."""

    ACTIVATE = "activate"
    PAUSE = "pause"
    RESUME = "resume"
    FULFIL = "fulfil"
    BREACH = "breach"
    PROGRESS = "progress"  # of a resolution: the customer was told of clear progress (明确进展)


class Actor(StrEnum):
    """Who did it. An automatic reply is `SYSTEM`, and no first response."""

    CUSTOMER = "customer"
    AGENT = "agent"
    SYSTEM = "system"
    THIRD_PARTY = "third_party"


class AttendanceEvent(StrEnum):
    """An agent's day begins or ends."""

    CLOCK_IN = "clock_in"
    CLOCK_OUT = "clock_out"


class Party(StrEnum):
    """The two sides of a contract, named by what they do, never 甲 and 乙."""

    PROVIDER = "provider"
    CLIENT = "client"


class Verdict(StrEnum):
    """How a level was judged."""

    MET = "met"
    MISSED = "missed"
    UNDETERMINED = "undetermined"


class ObjectionOutcome(StrEnum):
    """How an objection to a line ended."""

    ACCEPTED = "accepted"
    REJECTED = "rejected"
    WITHDRAWN = "withdrawn"


class WorkEvent(StrEnum):
    """What became of a piece of work: delivered, taken over, or sent back."""

    DONE = "done"
    ACCEPTED = "accepted"
    REFUSED = "refused"


class SaleEvent(StrEnum):
    """An order was paid, or money went back."""

    PAID = "paid"
    REFUNDED = "refunded"


class ExpenseEvent(StrEnum):
    """An expense was claimed, and what the paying party said."""

    CLAIMED = "claimed"
    APPROVED = "approved"
    REFUSED = "refused"


class DepositEvent(StrEnum):
    """What happened to a deposit."""

    PAID = "paid"
    RETURNED = "returned"
    FORFEITED = "forfeited"


class NoticeEvent(StrEnum):
    """A notice works from its arrival (民法典 137)."""

    SENT = "sent"
    ARRIVED = "arrived"
    WITHDRAWN = "withdrawn"


class ContractEvent(StrEnum):
    """A step in the life of the contract itself."""

    SIGNED = "signed"
    DOCUMENTS_RECEIVED = "documents_received"
    DATA_SUPPLIED = "data_supplied"
    SUSPENDED = "suspended"
    RESUMED = "resumed"
    RENEWED = "renewed"
    RENEWAL_REFUSED = "renewal_refused"
    TERMINATED = "terminated"
    HANDED_OVER = "handed_over"


class DutyEvent(StrEnum):
    """What became of one instance of a duty; `ASKED`: the other party called for it."""

    ASKED = "asked"
    DONE = "done"
    WAIVED = "waived"
