"""A pay slip as the template shows it: texts and figures only, in one language, JSON-ready."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from pactdesk.core.measure.legal_hours import PartTimeLimits
from pactdesk.core.measure.worked_hours import WorkedWeek
from pactdesk.core.settle.pay_warnings import Warned, asked_of
from pactdesk.core.settle.payslip import PaySlip
from pactdesk.core.terms.clauses.parties import Parties
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.money import Money
from pactdesk.core.units.uppercase import uppercase
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.line import explain_line
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import fen_text
from pactdesk.documents.payslip.words import (
    account_text,
    hours_shown,
    law_text,
    paid_text,
    run_text,
    warnings_told,
    week_text,
)
from pactdesk.messages.catalogue import Language, text

_FULL_DAY = Fraction(8)
"""Hours at which a bar is as high as its place, unless a day of the run was longer."""
_FRIDAY = 5


def pay_slip_view(
    slip: PaySlip,
    contract: Contract,
    warnings: Sequence[Warned],
    limits: PartTimeLimits,
    *,
    language: Language,
    sealed: str | None,
) -> dict[str, Any]:
    """Everything that the template prints.

    sealed  the last sealed day of the facts, or None when none is
    """
    terms = contract.on(slip.run.last_day)

    def say(key: str, **values: object) -> str:
        return text("payslip", key, language, **values)

    client, agent = _people(terms, slip)
    told = warnings_told(warnings, language)
    return {
        "lang": language,
        "title": say("title"),
        "subtitle": contract.title,
        "meta": [
            [say("meta.number"), slip.number],
            [say("meta.contract"), slip.contract_id],
            [say("meta.run"), run_text(slip)],
        ],
        "people": [[say("party.client"), client], [say("party.agent"), agent]],
        "amount": {
            "label": say("amount.label"),
            "currency": slip.currency,
            "digits": fen_text(slip.total.fen),
            "uppercase_label": say("amount.uppercase"),
            "uppercase": uppercase(Money(abs(slip.total.fen), slip.currency)),
            "due": say("amount.due", day=slip.due.isoformat()),
            "paid": paid_text(slip, language),
            "account": account_text(terms, language),
        },
        "lines": _lines(slip, contract, language),
        "hours": _days(slip, say("hours.title", hours=hours_shown(slip.hours)), limits),
        "weeks": _weeks(slip, terms, limits, language),
        "warnings": {
            "title": say("warnings.title"),
            "items": told,
            "none": say("warnings.none"),
        },
        "basis": {
            "title": say("basis.title"),
            "items": [
                say("basis.clocked"),
                say(
                    "basis.limits",
                    law=law_text(f"{limits.law}.both", language),
                    since=limits.since.isoformat(),
                ),
                say("basis.sealed", day=sealed) if sealed else say("basis.unsealed"),
            ],
        },
        "sign": [[say("sign.client"), say("sign.date")], [say("sign.agent"), say("sign.date")]],
        "footer": [say("footer.left", number=slip.number), say("footer.keep")],
    }


def _people(terms: Contract, slip: PaySlip) -> tuple[str, str]:
    """The employer and the agent; where the contract binds a person, by name too."""
    parties = terms.optional(Parties)
    if parties is None:
        return "—", slip.agent
    is_person = terms.contract_type == "part_time_agent"
    agent = f"{parties.provider.name} ({slip.agent})" if is_person else slip.agent
    return str(parties.client.name), agent


def lines_told(slip: PaySlip, contract: Contract, language: Language) -> list[dict[str, Any]]:
    """Item, clause, short formula and amount of every line; days where they differ."""
    plain = slip.to_plain() | {"statement": slip.number, "period": f"{slip.run.start:%Y-%m}"}
    names = Names(held_in(contract, plain["period"]), language)
    is_one = len({line.get("days") for line in plain["lines"]}) == 1
    rows = []
    for line in plain["lines"]:
        told = {key: value for key, value in line.items() if key != "days" or not is_one}
        rows.append(
            {
                "item": names.line_title(told),
                "clause": names.clause_number(line["clause"]),
                "short": explain_line(plain, contract, line["number"], language).short,
                "amount": fen_text(line["amount_fen"]),
                "is_zero": line["amount_fen"] == 0,
            }
        )
    return rows


def _lines(slip: PaySlip, contract: Contract, language: Language) -> dict[str, Any]:
    def column(name: str) -> str:
        return text("payslip", f"column.{name}", language)

    return {
        "columns": [column(each) for each in ("item", "clause", "short", "amount")],
        "rows": lines_told(slip, contract, language),
        "total_label": text("payslip", "total", language),
        "total": fen_text(slip.total.fen),
    }


def _days(slip: PaySlip, title: str, limits: PartTimeLimits) -> dict[str, Any]:
    """One bar for each day of the run; heights as parts of the place, in thousandths."""
    full = max([_FULL_DAY, *slip.by_day.values()])
    days = [
        {
            "day": str(day.day),
            "is_rest": day.isoweekday() > _FRIDAY,
            "height": int(hours / full * 1000),
            "hours": hours_shown(hours) if hours else "",
        }
        for day in slip.run
        for hours in (slip.by_day.get(day, Fraction(0)),)
    ]
    return {
        "title": title,
        "days": days,
        "limit": int(Fraction(limits.day_hours, _FULL_DAY) * 1000),
    }


def _weeks(
    slip: PaySlip, terms: Contract, limits: PartTimeLimits, language: Language
) -> dict[str, Any]:
    def column(name: str) -> str:
        return text("payslip", f"column.{name}", language)

    def row(week: WorkedWeek) -> dict[str, Any]:
        asked = asked_of(week, terms)
        return {
            "week": week_text(week),
            "hours": hours_shown(week.hours),
            "days": str(len(week.by_day)),
            "average": hours_shown(week.average_day),
            "asked": hours_shown(asked) if asked is not None else "—",
            "is_short": asked is not None and week.hours < asked,
            "is_long": week.hours > limits.week_hours,
            "is_dense": week.average_day > limits.day_hours,
        }

    return {
        "title": text("payslip", "weeks.title", language),
        "columns": [
            column("week"),
            column("asked"),
            column("hours"),
            text("payslip", "column.most", language, hours=limits.week_hours),
            column("days"),
            text("payslip", "column.average", language, hours=limits.day_hours),
        ],
        "most": str(limits.week_hours),
        "rows": [row(week) for week in slip.weeks],
        "none": text("payslip", "weeks.none", language),
    }
