"""Quantities of days, seats and hours (docs/reference/lines), over the days of a line."""

from collections.abc import Iterable, Iterator
from datetime import date
from fractions import Fraction
from typing import Any

from pactverify import worktime
from pactverify.book import Seat, Span
from pactverify.facts import Fact
from pactverify.terms import chosen, rounded
from pactverify.worktime import ONE_DAY, Days, Interval, common, length, months_after

MS_PER_HOUR = 3_600_000
Number = Fraction | int


class CountedHours:
    """Its methods are quantities; their arguments are those of a trace's leaf."""

    def __init__(self, span: Span) -> None:
        self.span, self.book, self.terms, self.term = span, span.book, span.terms, span.term
        self.calendar, self.agents = span.book.calendar, span.book.seats.values()

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
        return Days.named(first, last).count

    def days_of_term(self) -> Number:
        return self.term.count

    def working_days(self) -> Number:
        return self.calendar.working_days(self.span.days)

    def working_days_of_month(self) -> Number:
        return self.calendar.working_days(self.span.days.month)

    def late_working_days(self, first: str, last: str) -> Number:
        return self.calendar.working_days(Days.named(first, last))

    def fee_periods(self, name: str) -> Number:
        """Paid periods whose first or last day inside the term lies in the line's days."""
        clause, paid, total = self.terms.clauses[name], 0, Fraction(0)
        since = date.fromisoformat(clause.get("since", self.term.first.isoformat()))
        months = {"month": 1, "quarter": 3, "year": 12}[clause["per"]]
        in_advance = chosen(clause, "billing", "in_advance", "in_arrears")
        while (first := months_after(since, paid * months)) <= self.term.last:
            paid += 1
            period = Days(first, months_after(since, paid * months) - ONE_DAY)
            inside = period.shared(self.term)
            if inside.count and (inside.first if in_advance else inside.last) in self.span.days:
                total += Fraction(inside.count, period.count)
        return total

    def passed_share(self, name: str, when: str) -> Number:
        """Of the quarter or year, what is over by the start or end of the days."""
        months = {"month": 1, "quarter": 3, "year": 12}[self.terms.clauses[name]["per"]]
        first, days, month = self.term.first, self.span.days, self.span.days.month
        over = (month.first.year - first.year) * 12 + month.first.month - first.month
        passed = (days.first - month.first).days + {"start": 0, "end": days.count}[when]
        return (over % months + Fraction(passed, month.count)) / months

    # --- seats -------------------------------------------------------------------------------

    def seat_days(self) -> Number:
        most = Fraction(self.working_days())
        shares = (sum(self._weights(seat).values(), Fraction(0)) for seat in self.agents)
        return sum((min(most, share) for share in shares), Fraction(0))

    def marked_days(self, name: str) -> Number:
        rule = self.terms.clauses[name]["rule"]["marked"]
        weights = (self._weights(seat).items() for seat in self.agents)
        return sum((weight for each in weights for day, weight in each if self._marked(day, rule)),
                   Fraction(0))  # fmt: skip

    def marked_ms(self, name: str) -> Number:
        rule, days = self.terms.clauses[name]["rule"], self.span.days
        marked = (day for day in Days(days.first - ONE_DAY, days.last)
                  if self._marked(day, rule["marked"]))  # fmt: skip
        times = common(self.span.opened, self._windows(marked, rule["windows"]))
        seated = (seat.weighted(common(seat.sessions, times)) for seat in self.agents)
        return sum(seated, Fraction(0))

    def _marked(self, day: date, rule: Any) -> bool:
        if day.isoformat() in rule.get("dates", []):
            return True
        return rule.get("holidays", False) is True and self.calendar.kind_of(day) == "holiday"

    def _windows(self, days: Iterable[date], windows: list[str]) -> list[Interval]:
        parsed = [worktime.minutes_of(text) for text in windows]
        return worktime.union(worktime.window_on(day, each, self.book.zone)
                              for day in days for each in parsed)  # fmt: skip

    def _weights(self, seat: Seat) -> dict[date, Fraction]:
        """Day → weighted share of the open time of the sessions that belong to it."""
        found: dict[date, list[Interval]] = {}
        for start, end in seat.sessions:
            if end > self.span.start and start < self.span.end:
                parts = self.span.service.open_between(start, end)
                if parts and (day := self.book.day_of(parts[0][0])) in self.span.days:
                    found.setdefault(day, []).extend(parts)
        return {day: seat.weighted(parts) / length(parts) for day, parts in found.items()}

    # --- paid hours --------------------------------------------------------------------------

    def paid_hours(self, name: str) -> Number:
        return self._paid(name, [(self.span.month_start, self.span.end)])

    def paid_hours_at(self, name: str, number: str) -> Number:
        clause, at = self.terms.clauses[name], int(number)
        times = [self._times_of(rule) for rule in clause["multipliers"]]
        paid = times[at]
        if len(times) > 1 and chosen(clause, "overlap", "highest", "add"):
            rates = [Fraction(rule["times"]) for rule in clause["multipliers"]]
            for other, rate in enumerate(rates):
                if rate > rates[at] or (rate == rates[at] and other < at):
                    paid = worktime.without(paid, times[other])
        return self._paid(name, paid)

    def _paid(self, name: str, times: list[Interval]) -> Fraction:
        """Rounded hours of the month up to the end of the days, less those up to their start."""
        if chosen(self.terms.clauses[name], "paid_time", "service_hours", "clocked"):
            opened = self.span.service.open_between(self.span.month_start, self.span.end)
            times = common(opened, times)
        rounding, total = self.terms.rounding("hours_rounding"), Fraction(0)
        for seat in self.agents:
            for until, sign in ((self.span.end, 1), (self.span.start, -1)):
                paid = common(times, [(self.span.month_start, until)])
                hours = seat.weighted(common(seat.sessions, paid)) / MS_PER_HOUR
                total += sign * rounded(hours, *rounding)
        return total

    def _times_of(self, rule: Any) -> list[Interval]:
        """When a multiplier holds, from the day before the month to the line's last day."""
        days = Days(self.span.days.month.first - ONE_DAY, self.span.days.last)
        if rule["when"] == "every_day":
            return self._windows(days, rule["windows"])
        held = {
            "rest_days": lambda day: (
                self.calendar.kind_of(day) == "ordinary" and day.weekday() >= worktime.SATURDAY
            ),
            "holidays": lambda day: self.calendar.kind_of(day) == "holiday",
            "dates": lambda day: day in Days.named(rule["first"], rule["last"]),
        }[rule["when"]]
        return self._windows(filter(held, days), rule.get("windows", ["00:00-24:00"]))
