"""Three months of a contract, each sealed, settled and issued in its turn, as an office does it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from pactdesk.calendars.china import load_china
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.facts.kinds import Party
from pactdesk.core.facts.log import seal_through
from pactdesk.core.settle.issuing import issue_statement
from pactdesk.core.settle.line import Line
from pactdesk.core.settle.month import settled_month
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import (
    contract_from_plain,
    contract_from_yaml,
    contract_to_plain,
    contract_to_yaml,
    plain_yaml,
)
from pactdesk.core.units.periods import Period
from pactdesk.documents.reading import read_contract
from pactdesk.documents.source import read_source
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import SigningKey, TrustedKeys
from tests.support.facts import SHANGHAI, Book, When, instant

QUARTERS = Path(__file__).parents[1] / "documents" / "quarters"
SEEDS = Path(__file__).parents[3] / "shared" / "seeds"
PAPERS = {path.name[:3]: path for path in sorted(SEEDS.glob("*.txt"))}
"""The papers themselves lie outside of the repository, and not on every machine."""

SEALED = {
    "2026-07": date(2026, 8, 3),
    "2026-08": date(2026, 9, 3),
    "2026-09": date(2026, 10, 8),
}
"""Month → the last sealed day; its statement is issued at nine on the morning after."""

_WORDS = {"attachments", "confidentiality", "dispute", "duty", "effectiveness", "notices",
          "parties", "price_adjustment", "scope", "termination", "third_parties"}  # fmt: skip
"""Kinds of clauses that no figure comes from: they repeat the paper's words."""


_PAPERS_OWN = ("source", "sources", "title")


@dataclass
class Told:
    """What happened, when it was recorded."""

    book: Book = field(default_factory=Book)
    late: dict[str, Book] = field(default_factory=dict)

    def recorded_on(self, day: str) -> Book:
        """A book of facts that come to light on that day at noon."""
        return self.late.setdefault(day, Book())

    def recorded(self, contract_id: str) -> list[RecordedFact]:
        """All of them, of that contract; ids are told apart by the day of recording."""
        told = [(each, each.recorded_at, "on-time") for each in self.book.facts]
        for day, book in self.late.items():
            noon = instant(f"{day} 12:00")
            told += [(each, noon, day) for each in book.facts]
        return [
            RecordedFact(
                replace(
                    each.fact, contract_id=contract_id, event_id=f"{name}-{each.fact.event_id}"
                ),
                at,
            )
            for each, at, name in told
        ]


@dataclass(frozen=True)
class Quarter:
    """The statements of July, August and September, and the log that they stand on."""

    contract: Contract
    log: FileLog
    statements: Mapping[str, Statement]
    bundles: Mapping[str, Path]
    trust: Path

    def amounts(self, month: str) -> dict[str, str]:
        """Clause → amount; with the days of its stretch, and the tax of a clause by itself."""
        return {_told(line): str(line.amount) for line in self.statements[month].lines}

    def facts(self) -> tuple[RecordedFact, ...]:
        return tuple(self.log.facts(self.contract.contract_id))


Quarters = Callable[[str], Quarter]
"""Seed → its quarter."""


def settled_quarter(contract: Contract, told: Told, folder: Path) -> Quarter:
    """Month by month: take in what was recorded by then, seal, settle, write, issue."""
    key = SigningKey.from_seed("quarters", Party.PROVIDER, demo=True)
    keys = TrustedKeys([key.public])
    keys.save(folder / "keys.json")
    log = FileLog.create(folder / "log", contract.contract_id, contract.zone)
    left = told.recorded(contract.contract_id)
    statements: dict[str, Statement] = {}
    bundles: dict[str, Path] = {}
    for month, day in SEALED.items():
        end = instant(f"{day + timedelta(days=1)} 00:00")
        log.record([each for each in left if each.recorded_at < end])
        left = [each for each in left if each.recorded_at >= end]
        seal_through(log, day, key)
        made = settled_month(contract, log, load_china(), Period.month(month))
        bundles[month] = folder / f"{month}.pactbundle"
        write_bundle(bundles[month], contract, load_china(), made.to_plain(), log, keys)
        issue_statement(made, log, at=instant(f"{day + timedelta(days=1)} 09:00"))
        statements[month] = made
    assert not left, "recorded after the quarter's last statement"
    return Quarter(contract, log, statements, bundles, folder / "keys.json")


def read_and_filled(name: str) -> Contract:
    """The paper, read, with the answers that the tests keep."""
    answers = QUARTERS / f"{name}.yaml"
    draft = read_contract(read_source(PAPERS[name])).contract
    return filled(draft, plain_yaml(answers.read_text("utf-8"), answers.name), answers.name)


def kept_terms(name: str) -> Contract:
    """The same terms as the tests keep them: what figures come from, without the paper's words."""
    file = QUARTERS / f"{name}.terms.yaml"
    return contract_from_yaml(file.read_text("utf-8"), file.name)


def without_words(contract: Contract) -> dict[str, Any]:
    """What figures come from: plain terms without sources and without clauses of words alone."""
    plain = contract_to_plain(contract)
    clauses = [each for each in plain["clauses"] if each["kind"] not in _WORDS]
    return {
        "contract_id": plain["contract_id"],
        "title": "季度结算示例",
        "contract_type": plain["contract_type"],
        "clauses": [_bare(each) for each in clauses],
        "amendments": [_bare(each) for each in plain.get("amendments", [])],
    }


def keep_terms() -> None:
    """Write the kept terms again, once a paper is read otherwise: `python -m` this module."""
    for name in PAPERS:
        terms = contract_from_plain(without_words(read_and_filled(name)))
        text = f"# What the figures of the quarter come from.\n{contract_to_yaml(terms)}"
        (QUARTERS / f"{name}.terms.yaml").write_text(text, "utf-8")


def at(day: date, hour: str) -> When:
    """That wall clock of the day, in Shanghai."""
    return datetime.combine(day, time.fromisoformat(hour), SHANGHAI).strftime("%Y-%m-%d %H:%M:%S")


def days(month: int, *numbers: int) -> list[date]:
    return [date(2026, month, number) for number in numbers]


def _bare(value: Any) -> Any:
    if isinstance(value, dict):
        kept = {name: _bare(each) for name, each in value.items()}
        return {name: each for name, each in kept.items() if name not in _PAPERS_OWN}
    return [_bare(each) for each in value] if isinstance(value, list) else value


def _told(line: Line) -> str:
    tax = " vat" if line.kind == "vat" else ""
    days = f" {line.days.start:%d}-{line.days.last_day:%d}" if line.days else ""
    return f"{line.clause}{tax}{days}"


if __name__ == "__main__":
    keep_terms()
