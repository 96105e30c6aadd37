"""`pactdesk simulate`: a seeded month of a real operation under the contract writes facts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, text_of
from pactdesk.cli.language import words
from pactdesk.cli.screen import Advance, console, print_json, progress
from pactdesk.core.facts.log import AppendReport
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.gateways.filelog import FileLog
from pactdesk.simulate.run import by_day, simulate
from pactdesk.simulate.scenario import Scenario
from pactdesk.simulate.scenario_file import scenario_from_yaml

DEFAULT_SEED = 7


def simulate_month(
    contract: Contract, folder: Path, period: Period, *, scenario: Scenario, seed: int, on: Advance
) -> AppendReport:
    """Writes the facts of a simulated month into the log in `folder`; what became of them."""
    log = FileLog.create(folder, contract.contract_id, contract.zone)
    if log.days():
        # The log tells its own past: no statements are invented beside what stands there.
        scenario = replace(scenario, earlier_statements=())
    batches = simulate(contract, load_china(), period, scenario, seed, progress=on)
    days = list(by_day(batches, contract))
    return log.record(
        [recorded for day in days for recorded in day.facts],
        [field for day in days for field in day.personal],
    )


@declared("simulate")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--month", required=True)
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--seed", type=int, default=DEFAULT_SEED, show_default=True)
@option("--scenario", type=click.Path(path_type=Path))
@as_json_option
def command(
    terms: Path, month: str, folder: Path, seed: int, scenario: Path | None, as_json: bool
) -> int:
    contract = contract_in(terms).completed()
    chosen = scenario_from_yaml(text_of(scenario), scenario.name) if scenario else Scenario()
    with progress(words("simulate.progress")) as on:
        report = simulate_month(
            contract, folder, Period.month(month), scenario=chosen, seed=seed, on=on
        )
    count = {
        "added": report.added,
        "duplicates": report.duplicates,
        "conflicts": len(report.conflicts),
        "refused": len(report.refused),
    }
    if as_json:
        print_json(count)
    else:
        console().print(words("simulate.done", folder=folder, **count))
    return Exit.FAILED if report.conflicts or report.refused else Exit.DONE
