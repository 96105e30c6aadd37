"""`pactdesk import`: facts from a CSV by a mapping, every row accounted for; safe to repeat."""

from __future__ import annotations

import time
from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import text_of
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.reconciliation import reconciliation_view
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping


@declared("import")
@click.argument("csv", type=click.Path(path_type=Path))
@option("--mapping", type=click.Path(path_type=Path), required=True)
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--contract")
@option("--recorded-at")
@as_json_option
def command(
    csv: Path,
    mapping: Path,
    folder: Path,
    contract: str | None,
    recorded_at: str | None,
    as_json: bool,
) -> int:
    rules = read_mapping(text_of(mapping), mapping.name)
    log = FileLog.create(folder, contract, rules.zone) if contract else FileLog(folder)
    now = Instant(time.time_ns() // 1_000_000)
    imported = import_rows(csv, rules, log.contract_id)
    report = load(log, imported, instant_at(recorded_at) if recorded_at else now)
    if as_json:
        print_json(report.to_plain())
    else:
        reconciliation_view(report, console())
        console().print(words("written", file=folder))
    return Exit.FAILED if report.rows_refused or report.conflicts else Exit.DONE
