"""Scores summaries against labels, by the rules of the reading summary's format."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from pactdesk.documents.source import read_source
from pactdesk.documents.summary.summary import summary_of

FIELDS = (
    "contract_type",
    "provider_party",
    "client_party",
    "provider_name",
    "client_name",
    "term.start",
    "term.end",
    "term.months",
    "fee.basis",
    "fee.total",
    "fee.tax_rate",
    "payment.payer",
    "payment.cycle",
    "payment.due.kind",
    "payment.due.n",
    "payment.due.event",
    "payment.down_payment.pct",
    "payment.down_payment.amount",
    "payment.final_payment.pct",
    "payment.deposit.amount",
    "late_fee.rate_per_day",
    "late_fee.pct",
    "late_fee.cap.value",
    "provider_delay_penalty.rate_per_day",
    "provider_delay_penalty.pct",
    "suspension_after_days",
    "part_time.min_hours_per_week",
    "part_time.max_hours_per_week",
    "part_time.max_hours_per_day",
    "assessment.cycle",
    "assessment.pass_score",
    "assessment.consecutive_failures_to_terminate",
    "renewal.kind",
    "renewal.months",
    "confidentiality.during_term",
    "confidentiality.after_years",
    "confidentiality.indefinite",
    "dispute.route",
    "dispute.venue",
    "liability_cap.value",
)
LISTS: dict[str, tuple[str, tuple[str, ...]]] = {
    "amounts": ("fee.amounts", ("value", "unit")),
    "levels": ("service_levels", ("metric", "comparator", "threshold", "unit")),
    "deductions": ("deductions", ("metric", "trigger", "amount", "amount_unit")),
}
SURE = 0.9


@dataclass(slots=True)
class Score:
    """Counts over papers: fields right of all, list items found of labelled and of read."""

    right: int = 0
    fields: int = 0
    found: int = 0
    labelled: int = 0
    read: int = 0
    sure: int = 0
    sure_wrong: int = 0
    wrong: list[str] = field(default_factory=list)

    @property
    def overall(self) -> float:
        """Fields and list items together; what was sure and wrong counts double."""
        items = (self.labelled + self.read) / 2
        return (self.right + self.found - self.sure_wrong) / (self.fields + items)

    @property
    def wrong_when_sure(self) -> float:
        """The share of wrong values among those with a certainty of 0.9 or more."""
        return self.sure_wrong / self.sure if self.sure else 0.0

    def add(self, name: str, gold: dict[str, Any], read: dict[str, Any]) -> None:
        """Compares one paper."""
        for path in FIELDS:
            self._field(name, path, gold, read)
        for kind in (*LISTS, "notices", "blanks", "contradictions"):
            self._list(name, kind, gold, read)

    def _field(self, name: str, path: str, gold: dict[str, Any], read: dict[str, Any]) -> None:
        due, got = _same(_at(gold, path)), _same(_at(read, path))
        if not due and not got and not (due == 0 and due is not False):
            return
        self.fields += 1
        self.right += due == got
        if (read["confidence"].get(path) or 0) >= SURE:
            self.sure += 1
            self.sure_wrong += due != got
        if due != got:
            self.wrong.append(f"{name} {path}: {got!r} for {due!r}")

    def _list(self, name: str, kind: str, gold: dict[str, Any], read: dict[str, Any]) -> None:
        due, rest = _items(gold, kind), _items(read, kind)
        self.labelled += len(due)
        self.read += len(rest)
        for item in due:
            if item in rest:
                rest.remove(item)
                self.found += 1
            else:
                self.wrong.append(f"{name} {kind}: missed {item}")
        self.wrong += [f"{name} {kind}: invented {item}" for item in rest]


def papers_in(folder: Path) -> list[Path]:
    """The labelled papers of a folder."""
    return sorted(path for path in folder.glob("*.txt") if label_of(path).exists())


def label_of(paper: Path) -> Path:
    """The file of its label."""
    return paper.with_suffix(".gold.json")


@cache
def summary_at(paper: Path) -> dict[str, Any]:
    """The summary of a paper, as its JSON."""
    summary: dict[str, Any] = json.loads(json.dumps(summary_of(read_source(paper))))
    return summary


def score_of(papers: list[Path]) -> Score:
    """All papers together."""
    score = Score()
    for paper in papers:
        gold = json.loads(label_of(paper).read_text("utf-8"))
        score.add(paper.stem, gold, summary_at(paper))
    return score


def values_in(summary: dict[str, Any]) -> Iterator[str]:
    """The scored paths that are filled."""
    for path in FIELDS:
        if _at(summary, path) not in (None, False, [], ""):
            yield path


def _at(values: Any, path: str) -> Any:
    for name in path.split("."):
        values = values.get(name) if isinstance(values, dict) else None
    return values


def _same(value: Any) -> Any:
    """Numbers and texts in one form."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | float):
        return round(float(value), 6)
    if isinstance(value, list):
        return tuple(_same(item) for item in value)
    return value.strip() if isinstance(value, str) else value


def _items(values: dict[str, Any], kind: str) -> list[Any]:
    if kind in LISTS:
        path, names = LISTS[kind]
        return [tuple(_same(item.get(name)) for name in names) for item in _at(values, path) or []]
    if kind == "notices":
        notices = values.get("notice_days") or {}
        return [(purpose, _same(n["n"]), n["unit"]) for purpose, n in notices.items() if n]
    return [_same(item) for item in values.get(kind) or []]
