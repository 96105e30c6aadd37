"""`pactdesk measure`: the levels of a month so far, against their targets."""

from __future__ import annotations

from pathlib import Path

import click
from rich.text import Text

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.folding import folded
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json, terminal_of
from pactdesk.cli.views.contested import contested_view
from pactdesk.cli.views.plots import plot_files, terminal_plots
from pactdesk.cli.views.statement import levels_view
from pactdesk.core.facts.kinds import Verdict
from pactdesk.core.settle.adjustment import Adjustment
from pactdesk.core.settle.level_form import level_to_plain
from pactdesk.core.settle.month import MonthSoFar, contested, measured_month, pending_adjustments
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.values import money_text, month_text
from pactdesk.gateways.filelog import FileLog


@declared("measure")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--month", required=True)
@option("--plot", type=click.Path(path_type=Path))
@as_json_option
def command(terms: Path, folder: Path, month: str, plot: Path | None, as_json: bool) -> int:
    completed = contract_in(terms).completed()
    log = FileLog(folder)
    so_far = measured_month(completed, log, load_china(), Period.month(month))
    contract = held_in(completed, month)
    period, levels = so_far.measured.period, so_far.measured.levels
    images = plot_files(contract, levels, period, load_china()) if plot else ()
    written = [write_whole(plot / name, image) for name, image in images] if plot else []
    pending = _pending(completed, so_far)
    if as_json:
        print_json(_plain(so_far, pending))
    else:
        contested_view(contested(log), console())
        _show(contract, so_far, written)
        _show_pending(pending)
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


def _pending(contract: Contract, so_far: MonthSoFar) -> tuple[Adjustment, ...]:
    """What late facts change in issued months; none of terms that cannot be settled."""
    try:
        return pending_adjustments(contract, so_far, load_china())
    except PactError:
        return ()


def _show_pending(pending: tuple[Adjustment, ...]) -> None:
    screen = console()
    for each in pending:
        told = words(
            "pending",
            month=month_text(str(each.made.month), LANGUAGE),
            amount=money_text(each.fen, LANGUAGE),
            since=each.before.isoformat(),
        )
        screen.print(Text(folded(f"  ! {told}", screen.width), style="bold yellow"))


def _plain(so_far: MonthSoFar, pending: tuple[Adjustment, ...]) -> dict[str, object]:
    adjusted = [{**each.to_plain(), "amount_fen": each.fen} for each in pending]
    return {
        "period": str(so_far.measured.period),
        "levels": [level_to_plain(level) for level in so_far.measured.levels],
        "assessment": [each.to_plain() for each in so_far.assessed],
        "pending_adjustments": adjusted,
    }
