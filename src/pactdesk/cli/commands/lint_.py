"""`pactdesk lint`: findings about a paper or about terms; exit 1 while an error stands."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.commands.read_ import read_paper, wages_in
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.code import code_plain, code_view
from pactdesk.cli.views.findings import finding_plain, findings_view
from pactdesk.core.terms.acceptance import Acceptance
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.findings import Finding, acceptance_of, stands
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import contract_to_json, contract_to_yaml
from pactdesk.core.units.errors import PactError
from pactdesk.documents.finding_words import code_words
from pactdesk.documents.points.render import points_file

TERMS = {".yaml", ".yml", ".json"}


class FindingNotThere(PactError):
    """`file` has no finding `code` at clause `clause`; there are `found`."""


class AcceptanceReasonMissing(PactError):
    """`code` is accepted only with a reason."""


class NoRecord(PactError):
    """`file` is a paper; an acceptance needs the terms file that keeps it."""


def findings_of(file: Path) -> tuple[Finding, ...]:
    """Of a terms file by the rules over terms; of a paper also by those over its text."""
    return _linted(file)[1]


@declared("lint")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@option("--explain", metavar="CODE")
@option("--points", type=click.Path(path_type=Path))
@option("--accept", metavar="CODE")
@option("--clause")
@option("--reason")
@option("--by")
@option("--record", type=click.Path(path_type=Path))
@option("--wages", type=click.Path(path_type=Path))
@as_json_option
@click.pass_context
def command(
    context: click.Context,
    file: Path | None,
    explain: str | None,
    points: Path | None,
    accept: str | None,
    clause: str | None,
    reason: str | None,
    by: str | None,
    record: Path | None,
    wages: Path | None,
    as_json: bool,
) -> int:
    if explain is not None:
        told = code_words(explain, LANGUAGE)
        print_json(code_plain(told)) if as_json else code_view(told, console())
        return Exit.DONE
    if file is None:
        raise click.MissingParameter(ctx=context, param=context.command.params[0])
    contract, findings = _linted(file, wages)
    keeper = record or (file if _is_terms(file) else None)
    accepted = contract_in(keeper).accepted if keeper else contract.accepted
    if accept is not None:
        given = _acceptance(accept, clause, reason, by, zone=contract.zone)
        accepted = _accept(given, findings, keeper, file)
    if points is not None:
        open_points = [f for f in findings if acceptance_of(f, accepted) is None]
        write_whole(points, points_file(contract, open_points, points.suffix, LANGUAGE))
    _show(findings, accepted, as_json=as_json)
    if points is not None and not as_json:
        console().print(words("written", file=points))
    return Exit.FAILED if any(stands(f, accepted) for f in findings) else Exit.DONE


def _linted(file: Path, wages: Path | None = None) -> tuple[Contract, tuple[Finding, ...]]:
    if _is_terms(file):
        contract = contract_in(file)
        return contract, lint(contract)
    reading = read_paper(file, wages=wages_in(wages))
    return reading.contract, reading.findings


def _is_terms(file: Path) -> bool:
    return file.suffix.lower() in TERMS


def _acceptance(
    code: str, clause: str | None, reason: str | None, by: str | None, *, zone: str
) -> Acceptance:
    if not (reason or "").strip():
        raise AcceptanceReasonMissing(code=code)
    today: date = datetime.now(ZoneInfo(zone)).date()
    return Acceptance(code=code.upper(), clause=clause, reason=str(reason), by=by, on=today)


def _accept(
    given: Acceptance, findings: Sequence[Finding], keeper: Path | None, file: Path
) -> tuple[Acceptance, ...]:
    """Writes it into the terms file; the same one twice is one."""
    if not any(acceptance_of(finding, [given]) for finding in findings):
        found = sorted({f"{f.code} {_where(f)}".strip() for f in findings})
        raise FindingNotThere(
            file=str(file), code=given.code, clause=given.clause or "—", found=found or ["—"]
        )
    if keeper is None:
        raise NoRecord(file=str(file))
    contract = contract_in(keeper)
    others = [
        each for each in contract.accepted if (each.code, each.clause) != (given.code, given.clause)
    ]
    kept = contract.model_copy(update={"accepted": (*others, given)})
    as_text = contract_to_json if keeper.suffix == ".json" else contract_to_yaml
    write_whole(keeper, as_text(kept))
    return kept.accepted


def _where(finding: Finding) -> str:
    return next((quote.clause for quote in finding.quotes if quote.clause), "")


def _show(findings: Sequence[Finding], accepted: Sequence[Acceptance], *, as_json: bool) -> None:
    if as_json:
        print_json([finding_plain(each, accepted) for each in findings])
    else:
        findings_view(tuple(findings), console(), accepted)
