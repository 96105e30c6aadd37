"""`pactdesk settle`: a month as table, PDF, spreadsheet, JSON with trace, and bundle."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from pactdesk.calendars.china import load_china
from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.contested import contested_view
from pactdesk.cli.views.statement import levels_view, statement_view, warnings_view
from pactdesk.core.facts.canonical import canonical_json
from pactdesk.core.settle.excess import Excess, penalties_over_loss
from pactdesk.core.settle.issuing import issue_statement
from pactdesk.core.settle.month import contested, settled_month
from pactdesk.core.settle.statement import Statement
from pactdesk.core.terms.contract import Contract
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.statement.notes import note_sentences
from pactdesk.documents.statement.render import render_statement
from pactdesk.documents.statement.view import Recheck
from pactdesk.documents.workbook.book import workbook
from pactdesk.gateways.bundle import write_bundle
from pactdesk.gateways.filelog import FileLog
from pactdesk.gateways.keys import TrustedKeys


@dataclass(frozen=True, slots=True)
class StatementFiles:
    """What `settle` leaves behind."""

    json: Path
    pdf: Path
    xlsx: Path
    bundle: Path


class KeysMissing(PactError):
    """The log was sealed with `key_ids`, which the file `file` does not hold."""


@declared("settle")
@click.argument("terms", type=click.Path(path_type=Path))
@option("--log", "folder", type=click.Path(path_type=Path), required=True)
@option("--month", required=True)
@option("--keys", type=click.Path(path_type=Path), required=True)
@option("-o", "--output", type=click.Path(path_type=Path), required=True)
@option("--issue", is_flag=True)
@as_json_option
def command(
    terms: Path, folder: Path, month: str, keys: Path, output: Path, issue: bool, as_json: bool
) -> None:
    contract, log, trusted = contract_in(terms), FileLog(folder), TrustedKeys.load(keys)
    statement = settled_month(contract, log, load_china(), Period.month(month))
    _refuse_missing_keys(log, trusted, keys.name)
    if issue:
        issue_statement(statement, log, at=Instant(time.time_ns() // 1_000_000))
    facts = log.facts(contract.contract_id, through=log.checkpoints()[-1].body.day)
    excess = penalties_over_loss(statement, facts, contract.zone)
    files = write_statement(contract, statement, log, trusted, output, excess)
    if as_json:
        print_json(statement.to_plain())
        return
    screen = console()
    contested_view(contested(log), screen)
    told = held_in(contract, month)
    levels_view(told, statement.measured.levels, statement.assessed, screen)
    statement_view(contract, statement, screen)
    warnings_view(note_sentences(statement.to_plain(), contract, LANGUAGE, excess), screen)
    for file in (files.json, files.pdf, files.xlsx, files.bundle):
        screen.print(words("written", file=file))


def _refuse_missing_keys(log: FileLog, keys: TrustedKeys, file: str) -> None:
    """A bundle whose checkpoints nobody can check would be worthless."""
    used = {each.body.key_id for each in log.checkpoints()}
    missing = sorted(key_id for key_id in used if keys.key(key_id) is None)
    if missing:
        raise KeysMissing(key_ids=missing, file=file)


def write_statement(
    contract: Contract,
    statement: Statement,
    log: FileLog,
    keys: TrustedKeys,
    folder: Path,
    excess: Sequence[Excess] = (),
) -> StatementFiles:
    """JSON, PDF, spreadsheet and bundle; named after the month."""
    plain = statement.to_plain()
    name = f"statement-{statement.period}"
    files = StatementFiles(
        json=folder / f"{name}.json",
        pdf=folder / f"{name}.pdf",
        xlsx=folder / f"{name}.xlsx",
        bundle=folder / f"{name}.pactbundle",
    )
    seal, calendar = log.checkpoints()[-1].body, load_china()
    recheck = Recheck(key_id=seal.key_id, bundle=files.bundle.name)
    pdf = render_statement(
        plain,
        contract,
        language=LANGUAGE,
        demo=seal.demo,
        recheck=recheck,
        calendar=calendar,
        excess=excess,
    )
    write_whole(files.json, canonical_json(plain) + b"\n")
    write_whole(files.pdf, pdf)
    write_whole(files.xlsx, workbook(plain, contract, LANGUAGE))
    write_bundle(files.bundle, contract, calendar, plain, log, keys)
    return files
