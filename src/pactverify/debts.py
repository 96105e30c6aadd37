"""Pay, penalties, losses, what goes back, late fees (docs/reference/lines)."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from pactverify.consequences import price_of_event
from pactverify.helping import grown, refuse
from pactverify.ledger import Entry
from pactverify.sheet import ZERO, Sheet
from pactverify.worktime import months_after

_PERIODS = {"month": Fraction(1), "quarter": Fraction(1, 3), "year": Fraction(1, 12)}
_CHANNELS = {"conversation": "chat", "valid_conversation": "chat", "call": "phone",
             "call_minute": "phone", "ticket": "ticket"}  # fmt: skip
_VOLUMES = {"conversation": "interactions", "ticket": "interactions", "call": "calls",
            "valid_conversation": "valid_conversations", "call_minute": "call_minutes"}  # fmt: skip
_COUNTS = {"incident": "incidents", "quantity": "incident_size"}


def _cap_in_yuan(sheet: Sheet) -> Fraction | None:
    return sheet.term("cap") if sheet.has("cap") else None


def reward(sheet: Sheet) -> Fraction:
    return grown(lambda when: sheet.count("rewards", when), _cap_in_yuan(sheet))


def damage(sheet: Sheet) -> Fraction:
    so_far, before = (sheet.count("losses", "client", when) for when in ("end", "start"))
    if so_far == before:
        return ZERO
    wage = sum(
        sheet.lines(lambda each: each.kind.startswith("fee_") or each.kind == "reward"), ZERO
    )
    hourly = sheet.terms.of_kind("fee_hourly")
    hours = sum((sheet.count("paid_hours", each["id"]) for each in hourly), ZERO)
    above_minimum = wage - sheet.term("minimum_hourly") * hours
    return -max(ZERO, min(so_far - before, sheet.term("cap") * wage, above_minimum))


def delay(sheet: Sheet) -> Fraction:
    def owed(when: str) -> Fraction:
        days = sheet.count("delay_days", sheet.id, when)
        if sheet.has("rate_once"):
            return min(days, Fraction(1)) * sheet.term("rate_once") * sheet.term("of")
        return days * sheet.term("rate_per_day") * sheet.term("of")

    refuse(when=sheet.has("rate_once") == sheet.has("rate_per_day"), why="rate")
    cap = sheet.term("cap") * sheet.term("of") if sheet.has("cap") else None
    return -grown(owed, cap)


def breach(sheet: Sheet) -> Fraction:
    party, what, cap = sheet.clause["party"], sheet.clause["what"], _cap_in_yuan(sheet)
    name = _COUNTS[sheet.clause.get("counts", "incident")]
    changing = sheet.clause["price"]["kind"] in ("share_of_fee", "daily_fees")
    refuse(when=cap is not None and changing, why="cap")
    events = sheet.count(name, what, party)
    if not events:
        return ZERO
    price = price_of_event(sheet)
    owed = events * price
    if cap is not None:
        owed = grown(lambda when: price * sheet.count(f"{name}_ever", what, party, when), cap)
    return {"provider": -owed, "client": owed}[party]


def compensation(sheet: Sheet) -> Fraction:
    by = sheet.clause["claimant"]
    owed = grown(lambda when: sheet.count("losses", by, when), _cap_in_yuan(sheet))
    return {"client": -owed, "provider": owed}[by]


def refund(sheet: Sheet) -> Fraction:
    ended = next(sheet.span.book.before("contract", sheet.span.end, event="terminated"), None)
    if ended is None or ended.at < sheet.span.start or ended.measured["by"] != "provider":
        return ZERO
    back = sheet.term("share") * sheet.count("paid")
    if {"unserved": True, "paid": False}[sheet.clause["of"]]:
        back *= sheet.count("days_left", "provider") / sheet.count("days_of_term")
    return -back


def expenses(sheet: Sheet) -> Fraction:
    agreed, total = sheet.clause["reimbursed"], ZERO
    for at, each in enumerate(agreed):
        spent = sheet.count("expenses", sheet.id, each["category"])
        if "cap_per_month" in each:
            spent = min(spent, sheet.prorated(sheet.term(f"reimbursed.{at}.cap_per_month")))
        total += spent
    return total


def deposit(sheet: Sheet) -> Fraction:
    amount, days = sheet.term("amount"), sheet.days
    moved = {each: sheet.count("deposit_moved", sheet.id, each) for each in ("paid", "returned")}
    sheet.count("deposit_balance", sheet.id)
    asked = back = ZERO
    if days.first <= sheet.term_days.first <= days.last:
        asked = max(ZERO, amount - moved["paid"])
    book = sheet.span.book
    end, brought = book.last_day(sheet.span.end, sheet.term_days.last)
    until = _last_day_of_return(sheet, end) if days.last > end else date.min
    until = until if brought is None else max(book.day_of(brought), until)
    if days.last > end and days.first <= until <= days.last:
        kept = sheet.count("deposit_forfeited", sheet.id)
        back = max(ZERO, amount - moved["returned"] - kept)
    return {"client": asked - back, "provider": back - asked}[sheet.clause["paid_by"]]


def _last_day_of_return(sheet: Sheet, end: date) -> date:
    n, unit = sheet.clause["returned_after"]["n"], sheet.clause["returned_after"]["unit"]
    calendar = sheet.span.book.calendar
    if unit == "working_day":
        return calendar.working_days_after(end, n)
    if unit == "day":
        return calendar.on_or_after(end + timedelta(days=n))
    return calendar.on_or_after(months_after(end, n * {"month": 1, "year": 12}[unit]))


# --- late fees -------------------------------------------------------------------------------


def late_fee(sheet: Sheet) -> Fraction:
    refuse(when=sheet.has("rate_once") == sheet.has("rate_per_day"), why="rate")
    return sum((_late_fee_of(sheet, entry) for entry in sheet.ledger), ZERO)


def _late_fee_of(sheet: Sheet, entry: Entry) -> Fraction:
    """For one earlier statement, the late days inside the line's days."""
    late = entry.late_days(sheet.span, sheet.clause.get("grace_days", 0))
    stretches = list(_late_stretches(sheet, entry, late))
    if not stretches:
        return ZERO
    first, base, _ = stretches[0]
    if sheet.has("rate_once"):
        inside = sheet.days.first <= first <= sheet.days.last
        return base * sheet.term("rate_once") if inside else ZERO

    def owed(since: date, until: date) -> Fraction:
        days = {day: fen for day, fen in late.items() if since <= day < until}
        parts = _late_stretches(sheet, entry, days)
        return sheet.term("rate_per_day") * sum((base * count for _, base, count in parts), ZERO)

    now = owed(sheet.days.first, date.max)
    if not sheet.has("cap"):
        return now
    cap = sheet.term("cap") * Fraction(late[first], 100)
    return min(owed(first, date.max), cap) - min(owed(first, sheet.days.first), cap)


def _late_stretches(
    sheet: Sheet, entry: Entry, late: Mapping[date, int]
) -> Iterator[tuple[date, Fraction, Fraction]]:
    """(first day, base in yuan, days that count) of each stretch of equal unpaid amount."""
    working = {"calendar": False, "working": True}[sheet.clause.get("days", "calendar")]
    whole = {"unpaid": False, "whole": True}[sheet.clause.get("base", "unpaid")]
    for fen, days in groupby(late, key=late.__getitem__):
        held = list(days)
        first, last = held[0], held[-1]
        of = f"{entry.statement}|{first}|{last}"
        base = sheet.hand("unpaid", of, Fraction(fen, 100))
        sheet.hand("unpaid", f"{entry.statement}|{first}|{first}", base)
        if whole:
            total = Fraction(entry.total_fen, 100)
            base = sheet.hand("counted", f"statement_total|{entry.statement}", total)
        count = sheet.hand("late_days", of, len(held))
        if working:
            count = sheet.count("late_working_days", str(first), str(last))
        if count:
            yield first, base, count
