"""`pactdesk measure`: the levels of a month so far, against their targets."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json, terminal_of
from pactdesk.cli.views.contested import contested_view
from pactdesk.cli.views.plots import plot_files, terminal_plots
from pactdesk.cli.views.statement import levels_view
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.level_form import level_to_plain
from pactdesk.core.settle.month import MonthSoFar, contested, measured_month
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.held import held_in
from pactdesk.gateways.filelog import FileLog


@declared("measure")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--month", required=True)
@option("--plot", type=click.Path(path_type=Path))
@as_json_option
def command(terms: Path, folder: Path, month: str, plot: Path | None, as_json: bool) -> int:
    contract = contract_in(terms).completed()
    log = FileLog(folder)
    so_far = measured_month(contract, log, load_china(), Period.month(month))
    contract = held_in(contract, month)
    period, levels = so_far.measured.period, so_far.measured.levels
    images = plot_files(contract, levels, period, load_china()) if plot else ()
    written = [write_whole(plot / name, image) for name, image in images] if plot else []
    if as_json:
        print_json(_plain(so_far))
    else:
        contested_view(contested(log), console())
        _show(contract, so_far, written)
    missed = any(each.verdict is Verdict.MISSED for each in so_far.assessed)
    return Exit.FAILED if missed else Exit.DONE


def _show(contract: Contract, so_far: MonthSoFar, written: list[Path]) -> None:
    screen = console()
    levels_view(contract, so_far.measured.levels, so_far.assessed, screen)
    plots = terminal_plots(
        contract,
        so_far.measured.levels,
        so_far.assessed,
        so_far.measured.period,
        load_china(),
        terminal_of(screen),
    )
    for drawn in plots:
        screen.print(Text.from_ansi(drawn))
    for file in written:
        screen.print(words("written", file=file))


def _plain(so_far: MonthSoFar) -> dict[str, object]:
    return {
        "period": str(so_far.measured.period),
        "levels": [level_to_plain(level) for level in so_far.measured.levels],
        "assessment": [each.to_plain() for each in so_far.assessed],
    }
