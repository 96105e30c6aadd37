"""A month in which terms change, cut into stretches (amendments.md; lines/after_term.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactverify.book import Book
from pactverify.canonical import Refused
from pactverify.terms import Terms, exact
from pactverify.worktime import ONE_DAY, Days

FEES = ("fee_fixed", "fee_headcount_hours", "fee_per_unit", "fee_lump_sum", "fee_milestones",
        "fee_hourly", "fee_commission", "fee_base_performance", "fee_seats",
        "fee_surcharge")  # fmt: skip
LINES = (*FEES, "vat", "deduction", "deduction_event", "deduction_unserved", "deduction_overlap",
         "deduction_cap", "score_sheet", "bonus", "reward", "wage_deduction", "delay_penalty",
         "breach_penalty", "compensation", "refund", "expenses", "deposit",
         "late_fee")  # fmt: skip
REFUNDED = {*FEES, "deduction", "deduction_event", "deduction_unserved", "deduction_overlap",
            "deduction_cap", "score_sheet", "bonus", "reward", "wage_deduction",
            "conventions"}  # fmt: skip
"""What a refund goes by: the lines of these clauses (adjustments are booked under conventions)."""
_LASTING = {"fee_lump_sum", "fee_milestones", "fee_commission", "delay_penalty", "breach_penalty",
            "compensation", "refund", "expenses", "deposit", "late_fee"}  # fmt: skip
_BY_SERVICE_HOURS = {"fee_headcount_hours", "fee_hourly", "fee_seats",
                     "fee_surcharge"}  # fmt: skip
_NEEDED = ("service_hours", "conventions", "period")
_AT_MOST_ONE = ("payment", "assessment", "suspension", "deduction_cap", "late_fee")
_JUDGED = {"service_level", "deduction_cap", "deduction_overlap", "score_sheet"}
KNOWN = {*LINES, "service_level", "service_hours", "conventions", "period", "payment", "assessment",
         "suspension", "attachments", "confidentiality", "dispute", "duty", "effectiveness",
         "notices", "parties", "pay_runs", "price_adjustment", "scope", "termination",
         "third_parties", "weekly_hours"}  # fmt: skip
"""Of these kinds a verifier knows what they come to, be it nothing; any other is refused."""


class NoDayInTerm(ValueError):
    """A month in which nothing is settled."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """What one entry or line is for: its days, its terms, the days that it is measured over."""

    clause: Any
    terms: Terms
    days: Days
    measured: Days
    judged: str | None

    def told(self) -> dict[str, str]:
        """The fields `days` and `judged`, where they are due."""
        days = {} if self.days == self.days.month else {"days": str(self.days)}
        return days | ({"judged": self.judged} if self.judged else {})


Version = tuple[Days, Terms]
Run = tuple[Days, Terms, list[Any]]


class Stretches:
    """The stretches of every clause in one month."""

    def __init__(self, book: Book, month: Days) -> None:
        self._contract = book.contract
        self.last_terms = book.contract.on(month.last)
        period = self.last_terms.one("period")
        first, end = (date.fromisoformat(period[name]) for name in ("start", "end"))
        last, _ = book.last_day(month.instants(book.zone)[1], end)
        self.served = month.shared(Days(first, last))
        after = Days(max(month.first, min(last, month.last) + ONE_DAY), month.last)
        self.versions = self._versions(self.served)
        self._after = self._versions(after) if self.last_terms.of_kind(*_LASTING) else []
        if not (self.versions or self._after):
            raise NoDayInTerm(f"{month} outside {first} … {last}")
        for _, terms in [*self.versions, *self._after]:
            unknown = {each["kind"] for each in terms.clauses.values()} - KNOWN
            if unknown:
                raise Refused("kind_unknown", kinds=", ".join(sorted(unknown)))
        settled = [terms for _, terms in self.versions or self._after]
        for terms in settled:
            for kind in (*_NEEDED, *_AT_MOST_ONE):
                if kind in _NEEDED or terms.of_kind(kind):
                    terms.one(kind)
        self.final_terms = settled[-1]

    def _versions(self, days: Days) -> list[Version]:
        """The days, cut where an amendment changes anything."""
        found: list[Version] = []
        for part, terms in self._contract.parts_of(days):
            first = part.first
            if found and _comparable(found[-1][1]) == _comparable(terms):
                first = found.pop()[0].first
            found.append((Days(first, part.last), terms))
        return found

    def of_kind(self, kind: str) -> Iterator[Stretch]:
        """Every stretch that makes a level (`service_level`) or a line of this kind, in order."""
        after = self._after if kind in {*_LASTING, "vat"} else []
        every = [terms for _, terms in self.versions or after]
        makers = {name for terms in every for name in _makers(kind, terms)}
        kinds = FEES if kind == "vat" else (kind,)
        held = (clause["id"] for each in kinds for terms in every for clause in terms.of_kind(each))
        for name in dict.fromkeys(name for name in held if name in makers):
            yield from self._of_clause(kind, name)
            for days, terms, depended in _runs(kind, name, after):
                if depended:
                    yield Stretch(terms.clauses[name], terms, days, days, None)

    def _of_clause(self, kind: str, name: str) -> Iterator[Stretch]:
        runs = _runs(kind, name, self.versions)
        judged, served = self._judged(kind, name, runs), self.served
        kept = [(days, terms) for days, terms, depended in runs if depended]
        if judged in ("old", "new"):
            _, terms, depended = runs[0 if judged == "old" else -1]
            kept = [(served, terms)] if depended else []
        elif judged not in (None, "separate", "weighted"):
            raise ValueError(judged)
        for days, terms in kept:
            measured = served if judged == "weighted" else days
            yield Stretch(terms.clauses[name], terms, days, measured, judged)

    def _judged(self, kind: str, name: str, runs: list[tuple[Days, Terms, Any]]) -> str | None:
        """The word that says how the month is judged; None where no word is needed."""
        present = [terms for _, terms in self.versions if name in _makers(kind, terms)]
        ids = {each: terms for terms in present for each in _depends(kind, name, terms)}
        levels = [each for each, terms in ids.items() if terms.at(each)["kind"] == "service_level"]
        if len(runs) < 2 or kind == "vat" or not (levels or kind in _JUDGED):
            return None
        words = set()
        for days, _, _ in runs[1:]:
            said = self._contract.words(days.first, set(ids))
            if not said:
                raise ValueError(f"judged: {name}, {days.first}")
            words |= said
        (word,) = words
        return word


def _runs(kind: str, name: str, versions: list[Version]) -> list[Run]:
    """Neighbouring versions in which the clause and all that it depends on are equal."""
    runs: list[Run] = []
    for days, terms in versions:
        ids = _depends(kind, name, terms) if name in _makers(kind, terms) else set()
        depended = [_plain(each) for each in terms.clauses.values() if each["id"] in ids]
        first = days.first
        if runs and runs[-1][2] == depended:
            first = runs.pop()[0].first
        runs.append((Days(first, days.last), terms, depended))
    return runs


def _comparable(terms: Terms) -> list[Any]:
    return [_plain(each) for each in terms.clauses.values()]


def tax_groups(terms: Terms) -> dict[str, set[str]]:
    """Of the fee clauses whose price is without tax: the first of each rate → all of that rate."""
    rates: dict[Any, list[str]] = {}
    for each in terms.clauses.values():
        if each["kind"] in FEES and "tax_rate" in each and each.get("tax_included") is False:
            rates.setdefault(exact(each["tax_rate"]), []).append(each["id"])
    return {names[0]: set(names) for names in rates.values()}


def _makers(kind: str, terms: Terms) -> list[str]:
    """The ids of the clauses that make entries or lines of a kind."""
    if kind == "vat":
        return list(tax_groups(terms))
    return [each["id"] for each in terms.of_kind(kind)]


def _depends(kind: str, name: str, terms: Terms) -> set[str]:
    """The ids of a clause and of all that it depends on."""
    found = {each["id"] for each in terms.of_kind(*FEES)} - {name} if kind == "vat" else set()
    waiting = [name, *(each["id"] for each in terms.of_kind("conventions"))]
    while waiting:
        clause = terms.clauses[waiting.pop()]
        if clause["id"] not in found:
            found.add(clause["id"])
            waiting += [each for each in _texts(_plain(clause)) if each in terms.clauses]
            own = kind == clause["kind"] and kind in _BY_SERVICE_HOURS
            if own or clause["kind"] == "service_level":
                waiting += [each["id"] for each in terms.of_kind("service_hours")]
    return found


def _plain(clause: Any) -> Any:
    return {name: held for name, held in clause.items() if name not in ("source", "sources")}


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    held = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    for each in held:
        yield from _texts(each)
