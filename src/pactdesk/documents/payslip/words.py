"""Pay slips in words: warnings with their law, pay days, hours. For terminal and paper alike."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from pactdesk.core.measure.worked_hours import WorkedWeek
from pactdesk.core.settle.pay_warnings import PayWarning, Warned
from pactdesk.core.settle.payslip import PaySlip
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.exact import decimal_text
from pactdesk.core.units.money import Money
from pactdesk.documents.explain.values import fen_text
from pactdesk.messages.catalogue import Language, text

_OF_HOURS = (PayWarning.WEEK_ABOVE_LEGAL, PayWarning.DAY_ABOVE_LEGAL)


def warning_text(warned: Warned, language: Language) -> str:
    """One sentence: what is wrong, by how much, and which clause or law says so."""
    facts = dict(warned.facts)
    if "law" in facts:
        about = "hours" if warned.kind in _OF_HOURS else "pay"
        facts["law"] = law_text(f"{facts['law']}.{about}", language)
    return text("payslip", f"warning.{warned.kind}", language, **facts)


def law_text(law: str, language: Language) -> str:
    """The law, and the article about hours or pay where one of them is meant."""
    return text("payslip", f"law.{law}", language)


def hours_shown(hours: Fraction) -> str:
    """Hours with two decimals at most, cut."""
    return decimal_text(hours, 2)


def run_text(slip: PaySlip) -> str:
    """2026-10-01 – 2026-10-15."""
    return f"{slip.run.start.isoformat()} – {slip.run.last_day.isoformat()}"


def week_text(week: WorkedWeek) -> str:
    """10-12 – 10-18."""
    return f"{week.monday:%m-%d} – {week.sunday:%m-%d}"


def paid_text(slip: PaySlip, language: Language) -> str:
    """Which day it was paid on, or what of it is open."""
    if slip.paid_on is not None:
        return text("payslip", "paid.all", language, day=slip.paid_on.isoformat())
    reached = sum(fen for _, fen in slip.paid)
    open_ = slip.total - Money(reached, slip.currency)
    key = "paid.part" if reached else "paid.none"
    return text("payslip", key, language, open=fen_text(open_.fen))


def account_text(terms: Contract, language: Language) -> str:
    """Where the pay goes, by the last four digits only; empty where no account is agreed."""
    account = terms.one(PayRuns).account
    if account is None:
        return ""
    said = {"bank": account.bank, "holder": account.holder, "tail": str(account.number)[-4:]}
    return text("payslip", "account", language, **said)


def warnings_told(warnings: Sequence[Warned], language: Language) -> list[str]:
    """All of them; one sentence when there is none."""
    return [warning_text(each, language) for each in warnings]
