"""What both parties should look at before anyone pays; said in words, and nothing changes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pactdesk.core.settle.excess import Excess
from pactdesk.core.terms.clauses.deduction_cap import DeductionCap
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.held import as_signed, held_in
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, money_text, month_text
from pactdesk.documents.statement.excess import excess_sentences
from pactdesk.messages.catalogue import Language, text

_MONTHS = 12


def note_sentences(
    statement: Plain, contract: Contract, language: Language, excess: Sequence[Excess] = ()
) -> list[str]:
    """Verdicts that turned, months issued twice, deductions above the fee, excessive penalties."""
    known = as_signed(contract, statement)
    return [
        *_turned(statement, known, language),
        *_issued_twice(statement, language),
        *_above_the_fee(statement, known, language),
        *excess_sentences(excess, language),
    ]


def _turned(statement: Plain, contract: Contract, language: Language) -> Iterator[str]:
    """Verdicts of issued months that late facts or amendments turned: runs count them anew.

    Of the last twelve months: older ones give no right any more.
    """
    oldest = str(Period.counted(Period.month(statement["period"]).start, -_MONTHS))
    for entry in statement["ledger"]:
        if entry["period"] < oldest:
            continue
        held = held_in(contract, entry["period"])
        names = Names(held, language)
        levels = {each.id for each in held.of_kind(ServiceLevel)}
        for clause, verdict in entry.get("corrected", {}).items():
            yield text(
                "statement",
                "note.turned",
                language,
                statement=entry["statement"],
                month=month_text(entry["period"], language),
                level=names.level(clause) if clause in levels else clause,
                verdict=names.say(f"verdict.{verdict}"),
            )


def _issued_twice(statement: Plain, language: Language) -> Iterator[str]:
    """A log that was brought along may hold two statements of one month."""
    for entry in statement["ledger"]:
        if "also" in entry:
            yield text(
                "statement",
                "note.issued_twice",
                language,
                month=month_text(entry["period"], language),
                first=entry["statement"],
                others=entry["also"],
            )


def _above_the_fee(statement: Plain, contract: Contract, language: Language) -> Iterator[str]:
    fee, deducted = (
        sum(line["amount_fen"] for line in statement["lines"] if line["kind"].startswith(kind))
        for kind in ("fee_", "deduction")
    )
    held = held_in(contract, statement["period"])
    if -deducted > max(0, fee) and not held.of_kind(DeductionCap):
        yield text(
            "statement",
            "note.above_the_fee",
            language,
            deducted=money_text(-deducted, language),
            fee=money_text(fee, language),
        )
