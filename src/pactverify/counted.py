"""Every quantity of the pages (docs/reference/lines), by its name, over the days of a line."""

from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from fractions import Fraction
from math import ceil, floor
from typing import Any

from pactverify.book import BOTH, Seat, Span
from pactverify.canonical import LARGEST
from pactverify.facts import Fact
from pactverify.interactions import Interaction, run_clock
from pactverify.parts import due_part, other_parts, parts_of, prices_of
from pactverify.terms import rounded
from pactverify.worktime import (
    ONE_DAY,
    Days,
    Interval,
    common,
    length,
    minutes_of,
    months_after,
    union,
    window_on,
    without,
)

MS_PER_HOUR = 3_600_000
_FEN = Fraction(1, 100)
Number = Fraction | int


class Counted:
    """Its methods are the quantities; their arguments are those of a trace's leaf."""

    def __init__(self, span: Span) -> None:
        self.span, self.book, self.terms = span, span.book, span.terms
        self.calendar = span.book.calendar
        self.term = span.term

    def _told(self, kind: str, **fields: Any) -> Iterator[Fact]:
        return self.book.told(kind, self.span.start, self.span.end, **fields)

    def _so_far(self, kind: str, **fields: Any) -> Iterator[Fact]:
        return self.book.before(kind, self.span.end, **fields)

    def _instant(self, when: str) -> int:
        return {"start": self.span.start, "end": self.span.end}[when]

    # --- days --------------------------------------------------------------------------------

    def days(self) -> Number:
        return self.span.days.count

    def days_of_month(self) -> Number:
        return self.span.days.month.count

    def days_between(self, first: str, last: str) -> Number:
        return Days(date.fromisoformat(first), date.fromisoformat(last)).count

    def days_of_term(self) -> Number:
        return self.term.count

    def working_days(self) -> Number:
        return sum(map(self.calendar.works, self.span.days))

    def working_days_of_month(self) -> Number:
        return sum(map(self.calendar.works, self.span.days.month))

    def late_working_days(self, first: str, last: str) -> Number:
        days = Days(date.fromisoformat(first), date.fromisoformat(last))
        return sum(map(self.calendar.works, days))

    def fee_periods(self, name: str) -> Number:
        """Paid periods whose first or last day inside the term lies in the line's days."""
        clause, paid, total = self.terms.clauses[name], 0, Fraction(0)
        since = date.fromisoformat(clause.get("since", self.term.first.isoformat()))
        months = {"month": 1, "quarter": 3, "year": 12}[clause["per"]]
        while (first := months_after(since, paid * months)) <= self.term.last:
            paid += 1
            period = Days(first, months_after(since, paid * months) - ONE_DAY)
            inside = period.shared(self.term)
            edge = {"in_advance": inside.first, "in_arrears": inside.last}[clause["billing"]]
            if inside.count and self.span.days.first <= edge <= self.span.days.last:
                total += Fraction(inside.count, period.count)
        return total

    # --- volume ------------------------------------------------------------------------------

    def usage(self, measure: str) -> Number:
        told = self._told("usage", measure=measure)
        return sum(int(fact.measured["quantity"]) for fact in told)

    def interactions(self, channel: str, case: str) -> Number:
        found = self._earned(channel, case, lambda each: each.opened_at)
        return sum(self._lies_in(day) for _, _, day in found)

    def calls(self, channel: str, case: str) -> Number:
        return sum(self._lies_in(day) for _, _, day in self._earned(channel, case, self._answered))

    def call_minutes(self, channel: str, case: str, mode: str) -> Number:
        whole: dict[str, Callable[[Fraction], Number]]
        whole = {"up": ceil, "down": floor, "none": lambda minutes: minutes}
        total: Number = 0
        for each, ended, day in self._earned(channel, case, self._ended_call):
            if self._lies_in(day):
                total += whole[mode](Fraction(ended - (self._answered(each) or 0), 60_000))
        return total

    def valid_conversations(self, channel: str, case: str) -> Number:
        groups: dict[Any, date] = {}
        for each, _, day in self._earned(channel, case, self._replied):
            customer = each.told["customer"]
            group = (customer, self.book.day_of(each.opened_at)) if customer else each.name
            groups[group] = min(day, groups.get(group, day))
        return sum(map(self._lies_in, groups.values()))

    def _earned(
        self, channel: str, case: str, earned: Callable[[Interaction], int | None]
    ) -> Iterator[tuple[Interaction, int, date]]:
        """Interactions with the instant that makes them billable, and the day of the bill."""
        for each in self.book.interactions(self.span.month_end):
            fits = each.told["channel"] == channel and case in ("any", each.told["case_type"])
            at = earned(each) if fits else None
            if at is not None:
                month = self.book.day_of(at).replace(day=1)
                yield each, at, max(self.book.day_of(each.opened_at), month)

    def _lies_in(self, day: date) -> bool:
        return self.span.days.first <= day <= self.span.days.last

    def _answered(self, each: Interaction) -> int | None:
        return run_clock(each, "answer", self.span.month_end)[1]

    def _replied(self, each: Interaction) -> int | None:
        return run_clock(each, "first_response", self.span.month_end)[1]

    def _ended_call(self, each: Interaction) -> int | None:
        answered, cut_off = self._answered(each), self.span.month_end
        closed = (at for at in each.ended.get("closed", ()) if at < cut_off)
        return None if answered is None else next((at for at in closed if at >= answered), None)

    # --- seats and hours ---------------------------------------------------------------------

    def seat_days(self) -> Number:
        most = Fraction(self.working_days())
        weights = (self._weights(seat) for seat in self.book.seats.values())
        return sum((min(most, sum(each.values(), Fraction(0))) for each in weights), Fraction(0))

    def marked_days(self, name: str) -> Number:
        rule = self.terms.clauses[name]["rule"]["marked"]
        weights = (self._weights(seat).items() for seat in self.book.seats.values())
        marked = (w for each in weights for day, w in each if self._marked(day, rule))
        return sum(marked, Fraction(0))

    def marked_ms(self, name: str) -> Number:
        rule, zone, days = self.terms.clauses[name]["rule"], self.book.zone, self.span.days
        windows = [minutes_of(text) for text in rule["windows"]]
        marked = [day for day in Days(days.first - ONE_DAY, days.last)
                  if self._marked(day, rule["marked"])]  # fmt: skip
        times = union(window_on(day, each, zone) for day in marked for each in windows)
        return self._seated(common(self.span.opened, times))

    def _seated(self, times: list[Interval]) -> Fraction:
        """Weighted milliseconds of all agents inside these times."""
        seats = self.book.seats.values()
        return sum((seat.weighted(common(seat.sessions, times)) for seat in seats), Fraction(0))

    def _marked(self, day: date, rule: Any) -> bool:
        if day.isoformat() in rule.get("dates", []):
            return True
        return rule.get("holidays", False) is True and self.calendar.kind_of(day) == "holiday"

    def _weights(self, seat: Seat) -> dict[date, Fraction]:
        """Day → weighted share of the open time of the sessions that belong to it."""
        found: dict[date, list[Interval]] = {}
        for start, end in seat.sessions:
            if end > self.span.start and start < self.span.end:
                parts = self.span.service.open_between(start, end)
                day = self.book.day_of(parts[0][0]) if parts else date.max
                if self._lies_in(day):
                    found.setdefault(day, []).extend(parts)
        return {day: seat.weighted(parts) / length(parts) for day, parts in found.items()}

    def paid_hours(self, name: str) -> Number:
        return self._paid_hours(name, [(self.span.month_start, self.span.end)])

    def paid_hours_at(self, name: str, number: str) -> Number:
        clause, at = self.terms.clauses[name], int(number)
        times = [self._times_of(rule) for rule in clause["multipliers"]]
        paid = times[at]
        if len(times) > 1 and {"highest": True, "add": False}[clause["overlap"]]:
            rates = [Fraction(rule["times"]) for rule in clause["multipliers"]]
            for other, rate in enumerate(rates):
                if rate > rates[at] or (rate == rates[at] and other < at):
                    paid = without(paid, times[other])
        return self._paid_hours(name, paid)

    def _paid_hours(self, name: str, times: list[Interval]) -> Fraction:
        """Rounded hours of the month up to the end of the days, less those up to their start."""
        basis = self.terms.clauses[name]["paid_time"]
        if {"clocked": False, "service_hours": True}[basis]:
            opened = self.span.service.open_between(self.span.month_start, self.span.end)
            times = common(opened, times)
        rounding, total = self.terms.rounding("hours_rounding"), Fraction(0)
        for seat in self.book.seats.values():
            for until, sign in ((self.span.end, 1), (self.span.start, -1)):
                paid = common(times, [(self.span.month_start, until)])
                hours = seat.weighted(common(seat.sessions, paid)) / MS_PER_HOUR
                total += sign * rounded(hours, *rounding)
        return total

    def _times_of(self, rule: Any) -> list[Interval]:
        """When a multiplier holds, from the day before the month to the line's last day."""
        found: list[Interval] = []
        for day in Days(self.span.days.month.first - ONE_DAY, self.span.days.last):
            if self._holds_on(day, rule):
                windows = [minutes_of(each) for each in rule.get("windows", ["00:00-24:00"])]
                found += [window_on(day, each, self.book.zone) for each in windows]
        return union(found)

    def _holds_on(self, day: date, rule: Any) -> bool:
        match rule["when"]:
            case "every_day":
                return "windows" in rule or bool(rule["windows"])
            case "rest_days":
                return self.calendar.kind_of(day) == "ordinary" and day.weekday() >= 5
            case "holidays":
                return self.calendar.kind_of(day) == "holiday"
            case "dates":
                return date.fromisoformat(rule["first"]) <= day <= date.fromisoformat(rule["last"])
        raise ValueError(rule["when"])

    # --- sales -------------------------------------------------------------------------------

    def sales_paid(self, name: str) -> Number:
        made = (each for each in self.payments(name) if each.at >= self.span.start)
        return sum(each.fen for each in made) * _FEN

    def sales_refunded(self, name: str) -> Number:
        return sum(each.taken(self.span.start) for each in self.payments(name)) * _FEN

    def refunds_refused(self, name: str) -> Number:
        self.payments(name)
        return self._refused_fen * _FEN

    def refunds_told(self, name: str) -> Number:
        return self.sales_refunded(name) + self.refunds_refused(name)

    def net_sales(self, name: str, month: str, when: str) -> Number:
        until, total = self._instant(when), 0
        for each in self.payments(name):
            if each.day.isoformat()[:7] == month and each.at < until:
                total += each.fen - each.taken(-LARGEST, until)
        return total * _FEN

    def payments(self, name: str) -> "list[Sale]":
        """Every payment so far inside the term, with what refunds took back of it."""
        window = timedelta(days=self.terms.clauses[name]["settle_window"])
        payments: list[Sale] = []
        last, _ = self.book.last_day(self.span.month_end, self.term.last)
        self._refused_fen = 0
        for fact in self._so_far("sale"):
            told, day, left = fact.measured, self.book.day_of(fact.at), fact.measured["amount_fen"]
            if told["event"] == "paid":
                if self.term.first <= day <= last:
                    payments.append(Sale(fact.at, day, told["order"], left))
                continue
            for each in reversed(payments):
                if each.order == told["order"] and each.day + window >= day:
                    taken = min(left, each.fen - each.taken(-LARGEST))
                    each.refunds.append((fact.at, taken))
                    left -= taken
            self._refused_fen += left if fact.at >= self.span.start else 0
        return payments

    # --- what was done, agreed, paid ---------------------------------------------------------

    def part_due(self, name: str, part: str) -> Number:
        clause = self.terms.clauses[name]
        (found,) = (e for e in parts_of(clause, self.span, self.term) if e.name == part)
        return int(due_part(clause, found, self.span, self.term))

    def other_parts(self, name: str) -> Number:
        clause = self.terms.clauses[name]
        *_, last = parts_of(clause, self.span, self.term)
        return other_parts(clause, self.span, prices_of(clause, self.span), last.name)

    def lump_months(self, name: str) -> Number:
        parts = parts_of(self.terms.clauses[name], self.span, self.term)
        monthly = [part for part in parts if part.path == "monthly"]
        return max(0, len(monthly) - (parts[-1].path != "final"))

    def expenses(self, name: str, category: str) -> Number:
        clause, total = self.terms.clauses[name], Fraction(0)
        (agreed,) = (each for each in clause["reimbursed"] if each["category"] == category)
        decided, receipts = set(), set()
        for fact in self._so_far("expense"):
            told = fact.measured
            claim = told["expense"]
            receipts |= {claim} if told["receipt"] else set()
            proven = claim in receipts or clause.get("needs_receipt") is not True
            if told["event"] == "approved" and proven and claim not in decided:
                decided.add(claim)
                if told["category"] == category and fact.at >= self.span.start:
                    fen = told["amount_fen"] * _FEN
                    total += min(fen, Fraction(agreed.get("cap_per_item", fen)))
        return total

    def deposit_moved(self, name: str, event: str) -> Number:
        return _yuan(self._so_far("deposit", deposit=name, event=event))

    def deposit_balance(self, name: str) -> Number:
        paid, returned, forfeited = (
            self.deposit_moved(name, event) for event in ("paid", "returned", "forfeited")
        )
        return paid - returned - forfeited

    def deposit_forfeited(self, name: str) -> Number:
        clause = self.terms.clauses[name]
        amount = Fraction(clause["amount"])
        for fact in self._so_far("incident", party=clause["paid_by"]):
            told = fact.measured
            named = told["what"] in clause.get("forfeited_for", [])
            if named and set(told["approved_by"]) == BOTH:
                return min(amount, self.deposit_moved(name, "forfeited") or amount)
        return 0

    def incidents(self, what: str, party: str) -> Number:
        return self.incidents_ever(what, party, "end") - self.incidents_ever(what, party, "start")

    def incident_size(self, what: str, party: str) -> Number:
        ever = self.incident_size_ever
        return ever(what, party, "end") - ever(what, party, "start")

    def incidents_ever(self, what: str, party: str, when: str) -> Number:
        return len(self._incidents(what, party, when))

    def incident_size_ever(self, what: str, party: str, when: str) -> Number:
        return sum(int(each["quantity"]) for each in self._incidents(what, party, when))

    def _incidents(self, what: str, party: str, when: str) -> list[Any]:
        agreed = self.book.agreed("incident", self._instant(when), "incident")
        told = (fact.measured for fact in agreed)
        return [each for each in told if (each["what"], each["party"]) == (what, party)]

    def losses(self, party: str, when: str) -> Number:
        total = Fraction(0)
        for fact in self.book.agreed("loss", self._instant(when), "claim"):
            told = fact.measured
            if told["by"] == party:
                shares = (Fraction(told[name]) for name in ("severity", "impact", "fault"))
                total += told["evidenced_fen"] * _FEN * _product(shares)
        return total

    def accepted_share(self, item: str) -> Number:
        share = Fraction(1)
        for told in (fact.measured for fact in self._told("work", item=item)):
            if told["event"] != "done":
                given = Fraction(told["share"])
                share = given if told["event"] == "accepted" else 1 - given
        return share

    def delay_days(self, name: str, when: str) -> Number:
        clause, days = self.terms.clauses[name], self.span.days
        done = self._so_far("work", item=clause["item"], event="done")
        last = days.last if when == "end" else days.first - ONE_DAY
        last = min([last, *(self.book.day_of(fact.at) for fact in done)])
        return max(0, (last - date.fromisoformat(clause["due"])).days)

    def paid(self) -> Number:
        return _yuan(self._so_far("payment"))

    def days_left(self, _party: str) -> Number:
        last, _ = self.book.last_day(self.span.end, self.term.last, renewable=False)
        return (self.term.last - last).days

    def rewards(self, when: str) -> Number:
        return _yuan(self.book.told("reward", self.span.month_start, self._instant(when)))

    def mark(self, item: str) -> Number | None:
        """None where no mark was agreed."""
        told = self.book.before("score", LARGEST, item=item, period=self.span.month)
        agreed = [f.measured for f in told if set(f.measured["approved_by"]) == BOTH]
        return Fraction(agreed[-1]["points"], agreed[-1]["of"]) if agreed else None

    def deducted_before(self, name: str) -> Number:
        """What earlier statements of the running contract year deducted under the cap `name`."""
        clauses, excepted = self.terms.clauses, self.terms.clauses[name].get("except_for", [])
        month, first = self.span.days.month.first, self.term.first.replace(day=1)
        year = months_after(first, ((month.year - first.year) * 12 + month.month - first.month)
                            // 12 * 12).isoformat()[:7]  # fmt: skip
        counted = {each for each, clause in clauses.items()
                   if clause["kind"].startswith("deduction") and each not in excepted}  # fmt: skip
        months: dict[str, str] = {}
        for told in (fact.measured for fact in self._so_far("statement.issued")):
            months.setdefault(told["statement"], told["period"])
        booked: dict[str, Any] = {}
        for told in (fact.measured for fact in self._so_far("statement.made")):
            booked.setdefault(told["statement"], told["booked"])
        deducted: int = sum(
            fen for statement, told in booked.items() for clause, fen in told.items()
            if clause in counted and year <= months.get(statement, "") < self.span.month
        )  # fmt: skip
        return -_FEN * deducted


class Sale:
    """One payment of an order, and what refunds took back of it."""

    def __init__(self, at: int, day: date, order: str, fen: int) -> None:
        self.at, self.day, self.order, self.fen = at, day, order, fen
        self.refunds: list[tuple[int, int]] = []

    def taken(self, since: int, until: int = LARGEST) -> int:
        """Fen taken back of it in [since, until)."""
        return sum(fen for at, fen in self.refunds if since <= at < until)


def _yuan(facts: Iterable[Fact]) -> Fraction:
    """What the facts' `amount_fen` come to."""
    return Fraction(sum(fact.measured["amount_fen"] for fact in facts), 100)


def _product(values: Any) -> Fraction:
    total = Fraction(1)
    for each in values:
        total *= each
    return total
