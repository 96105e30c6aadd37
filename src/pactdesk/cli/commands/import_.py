"""`pactdesk import`: facts from a CSV by a mapping, every row accounted for; safe to repeat."""

from __future__ import annotations

import time
from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, text_of
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json, progress
from pactdesk.cli.views.reconciliation import reconciliation_view
from pactdesk.core.units.instants import Instant, instant_at
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.tabular.importing import import_rows, load
from pactdesk.gateways.tabular.mapping import read_mapping
from pactdesk.gateways.tabular.salts import salt_key as key_in


@declared("import")
@click.argument("csv", type=click.Path(path_type=Path))
@option("--mapping", type=click.Path(path_type=Path), required=True)
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--terms", type=click.Path(path_type=Path))
@option("--salt-key", type=click.Path(path_type=Path))
@option("--recorded-at")
@as_json_option
def command(
    csv: Path,
    mapping: Path,
    folder: Path,
    terms: Path | None,
    salt_key: Path | None,
    recorded_at: str | None,
    as_json: bool,
) -> int:
    rules = read_mapping(text_of(mapping), mapping.name)
    log = _log(folder, terms)
    salts = key_in(salt_key) if salt_key else None
    now = Instant(time.time_ns() // 1_000_000)
    imported = import_rows(csv, rules, log.contract_id, salt_key=salts)
    with progress(words("import.progress")) as on:
        report = load(
            log,
            imported,
            instant_at(recorded_at) if recorded_at else now,
            progress=lambda rows: on(rows, rows),
        )
    if as_json:
        print_json(report.to_plain(LANGUAGE))
    else:
        reconciliation_view(report, console())
    return Exit.DONE if report.is_complete else Exit.FAILED


def _log(folder: Path, terms: Path | None) -> FileLog:
    """The log in `folder`; with terms, made for their contract when it is not there yet."""
    if terms is None:
        return FileLog(folder)
    contract = contract_in(terms)
    return FileLog.create(folder, contract.contract_id, contract.zone)
