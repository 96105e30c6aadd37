"""Every quantity of the pages (docs/reference/lines), by its name, over the days of a line."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor, prod
from typing import Any

from pactverify.book import BOTH
from pactverify.canonical import LARGEST
from pactverify.counted_hours import CountedHours, Number
from pactverify.facts import Fact
from pactverify.interactions import Interaction, run_clock, within_scope
from pactverify.parts import cut_month, due_part, other_parts, parts_of
from pactverify.stretches import REFUNDED
from pactverify.worktime import ONE_DAY, months_after

_FEN = Fraction(1, 100)


@dataclass(slots=True)
class Sale:
    """One payment of an order, and what refunds took back of it."""

    at: int
    day: date
    order: str
    fen: int
    refunds: list[tuple[int, int]] = field(default_factory=list)

    def taken(self, since: int, until: int = LARGEST) -> int:
        """Fen taken back of it in [since, until)."""
        return sum(fen for at, fen in self.refunds if since <= at < until)


class Counted(CountedHours):
    """Its methods are the quantities; their arguments are those of a trace's leaf."""

    # --- volume ------------------------------------------------------------------------------

    def usage(self, measure: str) -> Number:
        told = self._told("usage", measure=measure)
        return sum(int(fact.measured["quantity"]) for fact in told)

    def interactions(self, channel: str, case: str) -> Number:
        found = self._earned(channel, case, lambda each: each.opened_at)
        return sum(day in self.span.days for *_, day in found)

    def calls(self, channel: str, case: str) -> Number:
        return sum(day in self.span.days for *_, day in self._earned(channel, case, self._answered))

    def call_minutes(self, channel: str, case: str, mode: str) -> Number:
        whole: dict[str, Callable[[Fraction], Number]]
        whole, total = {"up": ceil, "down": floor, "none": Fraction}, Fraction(0)
        for each, ended, day in self._earned(channel, case, self._ended_call):
            if day in self.span.days:
                total += whole[mode](Fraction(ended - (self._answered(each) or 0), 60_000))
        return total

    def valid_conversations(self, channel: str, case: str) -> Number:
        groups: dict[Any, date] = {}
        for each, _, day in self._earned(channel, case, self._replied):
            customer = each.told["customer"]
            group = (customer, self.book.day_of(each.opened_at)) if customer else each.name
            groups[group] = min(day, groups.get(group, day))
        return sum(day in self.span.days for day in groups.values())

    def _earned(
        self, channel: str, case: str, earned: Callable[[Interaction], int | None]
    ) -> Iterator[tuple[Interaction, int, date]]:
        """Interactions with the instant that makes them billable, and the day of the bill."""
        scope = {"channel": channel} | ({} if case == "any" else {"case_type": case})
        for each in self.book.interactions(self.span.month_end):
            at = earned(each) if within_scope(each, scope) else None
            if at is not None:
                month = self.book.day_of(at).replace(day=1)
                yield each, at, max(self.book.day_of(each.opened_at), month)

    def _answered(self, each: Interaction) -> int | None:
        return run_clock(each, "answer", self.span.month_end)[1]

    def _replied(self, each: Interaction) -> int | None:
        return run_clock(each, "first_response", self.span.month_end)[1]

    def _ended_call(self, each: Interaction) -> int | None:
        answered, cut_off = self._answered(each), self.span.month_end
        closed = (at for at in each.ended.get("closed", ()) if at < cut_off)
        return None if answered is None else next((at for at in closed if at >= answered), None)

    # --- sales -------------------------------------------------------------------------------

    def sales_paid(self, name: str) -> Number:
        sales, _ = self.payments(name)
        return sum(each.fen for each in sales if each.at >= self.span.start) * _FEN

    def sales_refunded(self, name: str) -> Number:
        sales, _ = self.payments(name)
        return sum(each.taken(self.span.start) for each in sales) * _FEN

    def refunds_refused(self, name: str) -> Number:
        return self.payments(name)[1] * _FEN

    def refunds_told(self, name: str) -> Number:
        return self.sales_refunded(name) + self.refunds_refused(name)

    def net_sales(self, name: str, month: str, when: str) -> Number:
        until, (sales, _) = self._instant(when), self.payments(name)
        made = [each for each in sales if each.day.isoformat()[:7] == month and each.at < until]
        return sum(each.fen - each.taken(-LARGEST, until) for each in made) * _FEN

    def payments(self, name: str) -> tuple[list[Sale], int]:
        """Every payment so far inside the term, with what refunds took back of it; and the fen of
        the days' refunds that took nothing back."""
        window, refused = self.terms.clauses[name]["settle_window"], 0
        payments: list[Sale] = []
        last, _ = self.book.last_day(self.span.month_end, self.term.last)
        for fact in self._so_far("sale"):
            told, day, left = fact.measured, self.book.day_of(fact.at), fact.measured["amount_fen"]
            if told["event"] == "paid":
                if self.term.first <= day <= last:
                    payments.append(Sale(fact.at, day, told["order"], left))
                continue
            for each in reversed(payments):
                if each.order == told["order"] and (day - each.day).days <= window:
                    taken = min(left, each.fen - each.taken(-LARGEST))
                    each.refunds.append((fact.at, taken))
                    left -= taken
            refused += left if fact.at >= self.span.start else 0
        return payments, refused

    # --- what was done, agreed, paid ---------------------------------------------------------

    def part_due(self, name: str, part: str) -> Number:
        clause = self.terms.clauses[name]
        (found,) = (e for e in parts_of(clause, self.span) if e.name == part)
        return int(due_part(clause, found, self.span))

    def other_parts(self, name: str) -> Number:
        clause = self.terms.clauses[name]
        return other_parts(clause, self.span)

    def cut_month(self, name: str) -> Number:
        return cut_month(self.terms.clauses[name], self.span)

    def lump_months(self, name: str) -> Number:
        paths = [part.path for part in parts_of(self.terms.clauses[name], self.span)]
        return max(0, paths.count("monthly") - ("final" not in paths))

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
        agreed = self.book.firsts("incident", self._instant(when), "incident", agreed=True)
        told = (fact.measured for fact in agreed.values())
        return [each for each in told if (each["what"], each["party"]) == (what, party)]

    def losses(self, party: str, when: str) -> Number:
        total = Fraction(0)
        agreed = self.book.firsts("loss", self._instant(when), "claim", agreed=True)
        for told in (fact.measured for fact in agreed.values()):
            if told["by"] == party:
                shares = (Fraction(told[name]) for name in ("severity", "impact", "fault"))
                total += told["evidenced_fen"] * _FEN * prod(shares)
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

    def fees_paid(self) -> Number:
        """What was paid of fees: of each statement, what its other debts leave of the payments."""
        made = self.book.firsts("statement.made", self.span.end, "statement")
        kinds, total = self.book.contract.kinds(), Fraction(0)
        for statement in {fact.measured["statement"] for fact in self._so_far("payment")}:
            paid = _yuan(self._so_far("payment", statement=statement))
            if statement in made:
                booked = made[statement].measured["booked"]
                fen = sum(each for name, each in booked.items() if kinds.get(name) in REFUNDED)
                others = max(0, sum(booked.values()) - fen) * _FEN
                paid = max(Fraction(0), min(paid - others, fen * _FEN))
            total += paid
        return total

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
        months = (month.year - first.year) * 12 + month.month - first.month
        year = months_after(first, months // 12 * 12).isoformat()[:7]
        counted = {each for each, clause in clauses.items()
                   if clause["kind"].startswith("deduction") and each not in excepted}  # fmt: skip
        issued, made = (self.book.firsts(f"statement.{each}", self.span.end, "statement")
                        for each in ("issued", "made"))  # fmt: skip
        in_year = (made[name].measured["booked"] for name, fact in issued.items() if name in made
                   and year <= fact.measured["period"] < self.span.month)  # fmt: skip
        deducted: int = sum(fen for booked in in_year for clause, fen in booked.items()
                            if clause in counted)  # fmt: skip
        return -_FEN * deducted


def _yuan(facts: Iterable[Fact]) -> Fraction:
    """What the facts' `amount_fen` come to."""
    return Fraction(sum(fact.measured["amount_fen"] for fact in facts), 100)
