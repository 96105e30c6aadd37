"""A month in which terms change, cut into stretches (amendments.md; lines/after_term.md)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from pactverify.terms import Contract, Terms, exact
from pactverify.worktime import ONE_DAY, Days

FEES = ("fee_fixed", "fee_headcount_hours", "fee_per_unit", "fee_lump_sum", "fee_milestones",
        "fee_hourly", "fee_commission", "fee_base_performance", "fee_seats",
        "fee_surcharge")  # fmt: skip
LINES = (*FEES, "vat", "deduction", "deduction_event", "deduction_unserved", "deduction_overlap",
         "deduction_cap", "score_sheet", "bonus", "reward", "wage_deduction", "delay_penalty",
         "breach_penalty", "compensation", "refund", "expenses", "deposit",
         "late_fee")  # fmt: skip
_LASTING = {"fee_lump_sum", "fee_milestones", "delay_penalty", "breach_penalty", "compensation",
            "refund", "expenses", "deposit", "late_fee"}  # fmt: skip
_BY_SERVICE_HOURS = {"service_level", "fee_headcount_hours", "fee_hourly", "fee_seats",
                     "fee_surcharge"}  # fmt: skip
_JUDGED = {"service_level", "deduction_cap", "deduction_overlap", "score_sheet"}
OTHERS = {"service_level", "service_hours", "conventions", "period"}


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


class Stretches:
    """The stretches of every clause in one month."""

    def __init__(self, contract: Contract, month: Days) -> None:
        self._contract, self.month = contract, month
        self.last_terms = contract.on(month.last)
        term = self.last_terms.one("period")
        self.term = Days(*(date.fromisoformat(term[name]) for name in ("start", "end")))
        self.served = month.shared(self.term)
        self.after = Days(max(month.first, self.term.last + ONE_DAY), month.last)
        lasting = self.last_terms
        if self.served.count:
            lasting = contract.on(self.served.last)
        self._lasting = lasting if self.after.count and lasting.of_kind(*_LASTING) else None
        if not self.served.count and self._lasting is None:
            raise ValueError(f"{month} outside {self.term}")
        self.versions = list(self._versions())
        self.final_terms = self.versions[-1][1] if self.versions else self.last_terms

    def _versions(self) -> Iterator[tuple[Days, Terms]]:
        """The served days, cut where an amendment changes anything."""
        changes = {date.fromisoformat(each["effective_from"]) for each in self._contract.amendments}
        firsts = sorted({self.served.first} | {day for day in changes if day > self.served.first})
        parts: list[tuple[date, Terms]] = []
        for first in firsts:
            terms = self._contract.on(first)
            if first <= self.served.last and not (
                parts and list(map(_plain, parts[-1][1].clauses.values()))
                == list(map(_plain, terms.clauses.values()))
            ):  # fmt: skip
                parts.append((first, terms))
        ends = [*(first - ONE_DAY for first, _ in parts[1:]), self.served.last]
        for (first, terms), last in zip(parts, ends, strict=True):
            yield Days(first, last), terms

    def of_kind(self, kind: str) -> Iterator[Stretch]:
        """Every stretch that makes a level (`service_level`) or a line of this kind, in order."""
        every = [terms for _, terms in self.versions] + ([self._lasting] if self._lasting else [])
        for name in dict.fromkeys(name for terms in every for name in _makers(kind, terms)):
            yield from self._of_clause(kind, name)
            lasting = self._lasting
            if lasting and name in _makers(kind, lasting) and kind in _LASTING | {"vat"}:
                yield Stretch(lasting.clauses[name], lasting, self.after, self.after, None)

    def _of_clause(self, kind: str, name: str) -> Iterator[Stretch]:
        runs = list(self._runs(kind, name))
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

    def _runs(self, kind: str, name: str) -> Iterator[tuple[Days, Terms, list[Any]]]:
        """Neighbouring versions in which the clause and all that it depends on are equal."""
        runs: list[tuple[Days, Terms, list[Any]]] = []
        for days, terms in self.versions:
            ids = _depends(kind, name, terms) if name in _makers(kind, terms) else set()
            depended = [_plain(each) for each in terms.clauses.values() if each["id"] in ids]
            if runs and runs[-1][2] == depended:
                runs[-1] = (Days(runs[-1][0].first, days.last), *runs[-1][1:])
            else:
                runs.append((days, terms, depended))
        return iter(runs)

    def _judged(self, kind: str, name: str, runs: list[tuple[Days, Terms, Any]]) -> str | None:
        """The word that says how the month is judged; None where no word is needed."""
        present = [terms for _, terms in self.versions if name in _makers(kind, terms)]
        ids = {each: terms for terms in present for each in _depends(kind, name, terms)}
        levels = [each for each, terms in ids.items() if terms.at(each)["kind"] == "service_level"]
        if len(runs) < 2 or not (levels or kind in _JUDGED):
            return None
        words = set()
        for days, _, _ in runs[1:]:
            said = set(self._contract.words(days.first, set(ids)))
            if not said:
                raise ValueError(f"judged: {name}, {days.first}")
            words |= said
        (word,) = words
        return word


def taxed_outside(terms: Terms) -> list[Any]:
    """The fee clauses whose price is without tax."""
    every = (each for each in terms.clauses.values() if each["kind"] in FEES)
    return [each for each in every if "tax_rate" in each and each.get("tax_included") is False]


def tax_groups(terms: Terms) -> dict[str, set[str]]:
    """First clause → all clauses of its rate."""
    rates: dict[Any, list[str]] = {}
    for each in taxed_outside(terms):
        rates.setdefault(exact(each["tax_rate"]), []).append(each["id"])
    return {names[0]: set(names) for names in rates.values()}


def _makers(kind: str, terms: Terms) -> list[str]:
    """The ids of the clauses that make entries or lines of a kind."""
    if kind == "vat":
        first = tax_groups(terms)
        return [each["id"] for each in terms.of_kind(*FEES) if each["id"] in first]
    return [each["id"] for each in terms.of_kind(kind)]


def _depends(kind: str, name: str, terms: Terms) -> set[str]:
    """The ids of a clause and of all that it depends on."""
    found: set[str] = set()
    waiting = [name, *(each["id"] for each in terms.of_kind("conventions"))]
    waiting += [each["id"] for each in terms.of_kind(*FEES)] if kind == "vat" else []
    while waiting:
        clause = terms.clauses[waiting.pop()]
        if clause["id"] not in found:
            found.add(clause["id"])
            waiting += [each for each in _texts(_plain(clause)) if each in terms.clauses]
            if clause["kind"] in _BY_SERVICE_HOURS:
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
