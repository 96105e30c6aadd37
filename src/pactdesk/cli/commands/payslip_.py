"""`pactdesk payslip`: what part-time agents are owed, by pay run, with hours and warnings."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import click

from pactdesk.calendars.china import load_china
from pactdesk.calendars.minimum_wages import known_minimum_wages
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole, yaml_in
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.payslip import pay_slip_view
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.facts.fact import RecordedFact
from pactdesk.core.measure.legal_hours import PartTimeLimits, limits_on
from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.settle.agent_facts import agents_in
from pactdesk.core.settle.pay_runs import run_named, runs_of
from pactdesk.core.settle.pay_warnings import PayWarning, Warned, pay_warnings
from pactdesk.core.settle.payslip import PaySlip, pay_slip
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.pay_runs import PayRuns
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.documents.payslip.render import render_pay_slip
from pactdesk.gateways.filelog import FileLog


class AgentNotClocked(PactError):
    """Nobody called `agent` clocked in or out in this log; those who did are `known`."""


@dataclass(frozen=True, slots=True)
class Looked:
    """One slip with what must be said of it."""

    slip: PaySlip
    limits: PartTimeLimits
    warnings: tuple[Warned, ...]

    def to_plain(self) -> dict[str, Any]:
        """JSON-ready."""
        return self.slip.to_plain() | {"warnings": [each.to_plain() for each in self.warnings]}


@declared("payslip")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--month", required=True)
@option("--run", "run_name")
@option("--agent")
@option("--wages", type=click.Path(path_type=Path))
@option("--on", type=click.DateTime(["%Y-%m-%d"]))
@option("-o", "--output", type=click.Path(path_type=Path))
@as_json_option
def command(
    terms: Path,
    folder: Path,
    month: str,
    run_name: str | None,
    agent: str | None,
    wages: Path | None,
    on: Any,
    output: Path | None,
    as_json: bool,
) -> int:
    contract, log = contract_in(terms).completed(), FileLog(folder)
    table = MinimumWages.from_plain(yaml_in(wages)) if wages else known_minimum_wages()
    facts = tuple(log.facts(contract.contract_id))
    asked_on = on.date() if on else None
    looked = [
        _looked(contract, facts, who, run, table, asked_on)
        for run in _runs(contract, Period.month(month), run_name)
        for who in _agents(facts, agent)
    ]
    chain = log.checkpoints()
    sealed = chain[-1].body.day.isoformat() if chain else None
    written = [file for each in looked for file in _written(each, contract, output, sealed)]
    if as_json:
        print_json([each.to_plain() for each in looked])
    else:
        screen = console()
        for each in looked:
            pay_slip_view(each.slip, contract, each.warnings, screen)
        for file in written:
            screen.print(words("written", file=file))
    wrong = {each.kind for look in looked for each in look.warnings} - {PayWarning.WAGE_NOT_CHECKED}
    return Exit.FAILED if wrong else Exit.DONE


def _runs(contract: Contract, month: Period, name: str | None) -> tuple[Period, ...]:
    clause = contract.on(month.last_day).one(PayRuns)
    if name is not None:
        return (run_named(clause, month, name),)
    return runs_of(agreed(clause.runs, f"{clause.id}.runs"), month)


def _agents(facts: tuple[RecordedFact, ...], agent: str | None) -> tuple[str, ...]:
    known = agents_in(facts)
    if agent is None:
        return known
    if agent not in known:
        raise AgentNotClocked(agent=agent, known=list(known) or "—")
    return (agent,)


def _looked(
    contract: Contract,
    facts: tuple[RecordedFact, ...],
    agent: str,
    run: Period,
    table: MinimumWages,
    on: date | None,
) -> Looked:
    slip, limits = pay_slip(contract, facts, load_china(), agent, run), limits_on(run.last_day)
    return Looked(slip, limits, pay_warnings(slip, contract, limits, table, on))


def _written(
    looked: Looked, contract: Contract, folder: Path | None, sealed: str | None
) -> Iterator[Path]:
    if folder is None:
        return
    slip = looked.slip
    pdf = render_pay_slip(
        slip, contract, looked.warnings, looked.limits, language=LANGUAGE, sealed=sealed
    )
    name = f"payslip-{slip.agent}-{slip.run}"
    yield write_whole(folder / f"{name}.json", canonical_json(slip.to_plain()) + b"\n")
    yield write_whole(folder / f"{name}.pdf", pdf)
