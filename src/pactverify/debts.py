"""Pay, penalties, losses, what goes back, late fees (docs/reference/lines)."""

from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from fractions import Fraction
from itertools import groupby

from pactverify.consequences import COUNTS, price_of_event
from pactverify.ledger import Entry
from pactverify.sheet import ZERO, Sheet, refuse
from pactverify.terms import chosen
from pactverify.worktime import months_after

_ON_NO_PAPER = "agreed-sum-"  # clauses that both agreed to when they settled something


def _grown(amount: Callable[[str], Fraction], cap: Fraction | None) -> Fraction:
    """What came to it in the days: of all so far, and of all before, not more than the cap."""
    so_far, before = amount("end"), amount("start")
    return so_far - before if cap is None else min(so_far, cap) - min(before, cap)


def reward(sheet: Sheet) -> Fraction:
    return _grown(lambda when: sheet.count("rewards", when), sheet.maybe("cap"))


def wage_deduction(sheet: Sheet) -> Fraction:
    damage = _grown(lambda when: sheet.count("losses", "client", when), None)
    if not damage:
        return ZERO
    wage = sheet.total(lambda each: each.is_fee or each.kind == "reward")
    hourly = sheet.terms.of_kind("fee_hourly")
    hours = sum((sheet.count("paid_hours", each["id"]) for each in hourly), ZERO)
    above_minimum = wage - sheet.term("minimum_hourly") * hours
    return -max(ZERO, min(damage, sheet.term("cap") * wage, above_minimum))


def delay_penalty(sheet: Sheet) -> Fraction:
    def owed(when: str) -> Fraction:
        days = sheet.count("delay_days", sheet.id, when)
        if sheet.has("rate_once"):
            return min(days, Fraction(1)) * sheet.term("rate_once") * sheet.term("of")
        return days * sheet.term("rate_per_day") * sheet.term("of")

    refuse(when=sheet.has("rate_once") == sheet.has("rate_per_day"), why="rate")
    cap = sheet.term("cap") * sheet.term("of") if sheet.has("cap") else None
    return -_grown(owed, cap)


def breach_penalty(sheet: Sheet) -> Fraction:
    party, what, cap = sheet.clause["party"], sheet.clause["what"], sheet.maybe("cap")
    name = COUNTS[sheet.clause.get("counts", "incident")]
    changing = sheet.clause["price"]["kind"] in ("share_of_fee", "daily_fees")
    refuse(when=cap is not None and changing, why="cap")
    events = sheet.count(name, what, party)
    if not events:
        return ZERO
    price = price_of_event(sheet)
    owed = events * price
    if cap is not None:
        owed = _grown(lambda when: price * sheet.count(f"{name}_ever", what, party, when), cap)
    return owed if chosen(sheet.clause, "party", "client", "provider") else -owed


def compensation(sheet: Sheet) -> Fraction:
    by = sheet.clause["claimant"]
    if sheet.id.startswith(_ON_NO_PAPER):
        beside = sheet.terms.clauses.items()
        if any(
            e["kind"] == "compensation"
            and e["claimant"] == by
            and not name.startswith(_ON_NO_PAPER)
            for name, e in beside
        ):
            return ZERO  # what both agree on is billed by the paper's own clause, once
    owed = _grown(lambda when: sheet.count("losses", by, when), sheet.maybe("cap"))
    return owed if chosen(sheet.clause, "claimant", "provider", "client") else -owed


def refund(sheet: Sheet) -> Fraction:
    ended = next(sheet.span.book.before("contract", sheet.span.end, event="terminated"), None)
    if ended is None or ended.at < sheet.span.start or ended.measured["by"] != "provider":
        return ZERO
    paid = "paid" if sheet.span.book.rules_version == 1 else "fees_paid"
    back = sheet.term("share") * sheet.count(paid)
    if chosen(sheet.clause, "of", "unserved", "paid"):
        back *= sheet.count("days_left", "provider") / sheet.count("days_of_term")
    return -back


def expenses(sheet: Sheet) -> Fraction:
    total = ZERO
    for at, each in enumerate(sheet.clause["reimbursed"]):
        spent = sheet.count("expenses", sheet.id, each["category"])
        if "cap_per_month" in each:
            spent = min(spent, sheet.prorated(sheet.term(f"reimbursed.{at}.cap_per_month")))
        total += spent
    return total


def deposit(sheet: Sheet) -> Fraction:
    amount, days, book = sheet.term("amount"), sheet.days, sheet.span.book
    lodged, returned = (
        sheet.count("deposit_moved", sheet.id, each) for each in ("paid", "returned")
    )
    sheet.count("deposit_balance", sheet.id)
    asked = max(ZERO, amount - lodged) if sheet.span.term.first in days else ZERO
    back = ZERO
    end, brought = book.last_day(sheet.span.end, sheet.span.term.last)
    if days.last > end:
        until = _last_day_of_return(sheet, end)
        if (until if brought is None else max(book.day_of(brought), until)) in days:
            back = max(ZERO, amount - returned - sheet.count("deposit_forfeited", sheet.id))
    owed = asked - back
    return owed if chosen(sheet.clause, "paid_by", "client", "provider") else -owed


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
    owed = [_late_fee_of(sheet, entry) for entry in sheet.ledger]
    so_far, before = (sum((each[at] for each in owed), ZERO) for at in (0, 1))
    if _adds_up(sheet):
        return sheet.rounded(so_far) - sheet.rounded(before)
    return so_far - before


def _adds_up(sheet: Sheet) -> bool:
    return sheet.clause.get("adds_up") is True and not sheet.has("rate_once")


def _late_fee_of(sheet: Sheet, entry: Entry) -> tuple[Fraction, Fraction]:
    """What one earlier statement costs by the end of the line's days, and what of it does not
    count for them."""
    late = entry.late_days(sheet.span, sheet.clause.get("grace_days", 0))
    stretches = list(_late_stretches(sheet, entry, late))
    if not stretches:
        return ZERO, ZERO
    first, base, _ = stretches[0]
    if sheet.has("rate_once"):
        return base * sheet.term("rate_once") if first in sheet.days else ZERO, ZERO

    def owed(since: date, until: date) -> Fraction:
        days = {day: fen for day, fen in late.items() if since <= day < until}
        parts = _late_stretches(sheet, entry, days)
        return sheet.term("rate_per_day") * sum((base * count for _, base, count in parts), ZERO)

    inside = owed(sheet.days.first, date.max)
    if not sheet.has("cap") and not _adds_up(sheet):
        return inside, ZERO
    so_far, before = owed(first, date.max), owed(first, sheet.days.first)
    cap = sheet.term("cap") * Fraction(late[first], 100) if sheet.has("cap") else so_far
    return min(so_far, cap), min(before, cap)


def _late_stretches(
    sheet: Sheet, entry: Entry, late: Mapping[date, int]
) -> Iterator[tuple[date, Fraction, Fraction]]:
    """(first day, base in yuan, days that count) of each stretch of equal unpaid amount."""
    working = chosen(sheet.clause, "days", "working", "calendar", absent="calendar")
    whole = chosen(sheet.clause, "base", "whole", "unpaid", absent="unpaid")
    for fen, days in groupby(late, key=late.__getitem__):
        first, *_, last = [*(held := list(days)), held[-1]]
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
