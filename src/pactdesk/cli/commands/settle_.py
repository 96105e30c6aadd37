"""`pactdesk settle`: the statement of a month as table, PDF, JSON with trace, and bundle."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import click

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.settling import settled_month
from pactdesk.cli.views.statement import levels_view, statement_view
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.periods import Period
from pactdesk.documents.statement.render import render_statement
from pactdesk.documents.statement.view import Recheck
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import TrustedKeys


@dataclass(frozen=True, slots=True)
class StatementFiles:
    """What `settle` leaves behind."""

    json: Path
    pdf: Path
    bundle: Path


@declared("settle")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--month", required=True)
@option("--keys", type=click.Path(path_type=Path), required=True)
@option("-o", "--output", type=click.Path(path_type=Path), required=True)
@as_json_option
def command(terms: Path, folder: Path, month: str, keys: Path, output: Path, as_json: bool) -> None:
    contract, log = contract_in(terms), FileLog(folder)
    statement = settled_month(contract, log, Period.month(month))
    files = write_statement(contract, statement, log, TrustedKeys.load(keys), output)
    if as_json:
        print_json(statement.to_plain())
        return
    screen = console()
    levels_view(contract, statement.measured.levels, statement.assessed, screen)
    statement_view(contract, statement, screen)
    for file in (files.json, files.pdf, files.bundle):
        screen.print(words("written", file=file))


def write_statement(
    contract: Contract, statement: Statement, log: FileLog, keys: TrustedKeys, folder: Path
) -> StatementFiles:
    """JSON, PDF and bundle; named after the month."""
    plain = statement.to_plain()
    name = f"statement-{statement.period}"
    files = StatementFiles(
        folder / f"{name}.json", folder / f"{name}.pdf", folder / f"{name}.pactbundle"
    )
    seal, calendar = log.checkpoints()[-1].body, load_china()
    recheck = Recheck(key_id=seal.key_id, bundle=files.bundle.name)
    pdf = render_statement(
        plain, contract, language=LANGUAGE, demo=seal.demo, recheck=recheck, calendar=calendar
    )
    write_whole(files.json, canonical_json(plain) + b"\n")
    write_whole(files.pdf, pdf)
    write_bundle(files.bundle, contract, calendar, plain, log, keys)
    return files
