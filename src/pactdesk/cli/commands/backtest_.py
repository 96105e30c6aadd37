"""`pactdesk backtest`: what each version of the terms would have paid on the same facts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json, terminal_of
from pactdesk.cli.views.backtest import backtest_view, series_of
from pactdesk.core.settle.backtest import (
    Outcome,
    Tested,
    backtest,
    line_names,
    months_between,
    months_of,
)
from pactdesk.core.settle.month import ZoneDiffers
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.documents.figures.backtest import backtest_figure, terminal_backtest
from pactdesk.gateways.filelog import FileLog
from pactdesk.messages.catalogue import say


class NothingToTest(PactError):
    """The log of `contract` holds no fact, and no months were asked for."""


@declared("backtest")
@click.option(
    "--terms",
    type=click.Path(path_type=Path),
    multiple=True,
    required=True,
    help=words("help.versions"),
)
@option("--facts", type=click.Path(path_type=Path), required=True)
@option("--from", "first")
@option("--to", "last")
@option("--plot", type=click.Path(path_type=Path))
@as_json_option
def command(
    terms: tuple[Path, ...],
    facts: Path,
    first: str | None,
    last: str | None,
    plot: Path | None,
    as_json: bool,
) -> int:
    log = FileLog(facts)
    versions = [(path.stem, contract_in(path)) for path in terms]
    for _, contract in versions:
        if contract.zone != log.zone.key:
            raise ZoneDiffers(terms=contract.zone, log=log.zone.key)
    known = tuple(log.facts(log.contract_id))
    months = _months(months_of(known, log.zone.key), first, last)
    if not months:
        raise NothingToTest(contract=log.contract_id)
    tested = backtest(versions, known, load_china(), months)
    written = _figures(tested, months, plot) if plot else []
    if as_json:
        print_json(_plain(tested, months))
    else:
        _show(tested, months, written)
    is_whole = all(each.statement for one in tested for each in one.outcomes)
    return Exit.DONE if is_whole else Exit.FAILED


def _months(told: tuple[Period, ...], first: str | None, last: str | None) -> tuple[Period, ...]:
    """Those asked for; an end that is left open is that of the facts."""
    if not told and not (first and last):
        return ()
    return months_between(first or str(told[0]), last or str(told[-1]))


def _show(tested: tuple[Tested, ...], months: tuple[Period, ...], written: list[Path]) -> None:
    screen = console()
    backtest_view(tested, months, screen)
    names, series = series_of(tested, months)
    plot = terminal_backtest(names, series, language=LANGUAGE, terminal=terminal_of(screen))
    screen.print(plot, markup=False)
    for file in written:
        screen.print(words("written", file=file))


def _figures(tested: tuple[Tested, ...], months: tuple[Period, ...], folder: Path) -> list[Path]:
    names, series = series_of(tested, months)
    return [
        write_whole(
            folder / f"backtest.{fmt}",
            backtest_figure(names, series, language=LANGUAGE, fmt=fmt),
        )
        for fmt in ("svg", "png")
    ]


def _plain(tested: tuple[Tested, ...], months: tuple[Period, ...]) -> dict[str, Any]:
    return {
        "versions": [each.name for each in tested],
        "months": [_month(tested, at, month) for at, month in enumerate(months)],
        "total_fen": {each.name: each.total_fen for each in tested},
    }


def _month(tested: tuple[Tested, ...], at: int, month: Period) -> dict[str, Any]:
    outcomes = {each.name: each.outcomes[at] for each in tested}
    refused = {name: say(each.refused, LANGUAGE) for name, each in outcomes.items() if each.refused}
    return {
        "month": str(month),
        "total_fen": {name: each.total_fen for name, each in outcomes.items()},
        "lines": [
            {
                "kind": kind,
                "clause": clause,
                "amount_fen": {name: _fen(each, (kind, clause)) for name, each in outcomes.items()},
            }
            for kind, clause in line_names(outcomes.values())
        ],
        "refused": refused,
    }


def _fen(outcome: Outcome, name: tuple[str, str]) -> int | None:
    """None where the version has no such line."""
    amount = outcome.amounts.get(name)
    return None if amount is None else amount.fen
