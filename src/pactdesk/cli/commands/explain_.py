"""`pactdesk explain`: why is a line what it is? The clause, the formula with its numbers, facts."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.folding import folded
from pactdesk.cli.language import LANGUAGE
from pactdesk.cli.screen import console, print_json
from pactdesk.core.measure.listing import running_times
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.periods import Period
from pactdesk.documents.explain.explanation import Explanation
from pactdesk.documents.explain.held import held_in
from pactdesk.documents.explain.level import explain_level
from pactdesk.documents.explain.line import explain_line
from pactdesk.gateways.bundle import Bundle, read_bundle


class NothingChosen(PactError):
    """`explain` was given neither a line nor a level; `lines` and `levels` are there."""


@declared("explain")
@click.argument("bundle", type=click.Path(path_type=Path))
@option("--line", type=int)
@option("--level")
@as_json_option
def command(bundle: Path, line: int | None, level: str | None, as_json: bool) -> None:
    opened = read_bundle(bundle)
    if line is not None:
        explanation = explain_bundled_line(opened, line)
    elif level is not None:
        known = {each["clause"] for each in opened.statement["levels"]}
        times = times_of(opened, level) if level in known else None
        statement, contract = opened.statement, opened.contract
        explanation = explain_level(statement, contract, level, LANGUAGE, elapsed_ms=times)
    else:
        raise NothingChosen(
            lines=f"1–{len(opened.statement['lines'])}",
            levels=", ".join(each["clause"] for each in opened.statement["levels"]),
        )
    if as_json:
        print_json(explanation.to_plain())
    else:
        click.echo(folded(explanation.prose(LANGUAGE), console().width))


def explain_bundled_line(opened: Bundle, line: int) -> Explanation:
    """A line, with the times of the interactions behind it."""
    contract, statement = opened.contract, opened.statement
    clauses = {each["number"]: each["clause"] for each in statement["lines"]}
    named = held_in(contract, statement["period"])
    level = getattr(named.clause(clauses[line]), "level", None) if line in clauses else None
    times = times_of(opened, level) if level else None
    return explain_line(statement, contract, line, LANGUAGE, elapsed_ms=times)


def times_of(opened: Bundle, level: str) -> dict[str, int]:
    """Interaction → milliseconds, from the facts in the bundle."""
    period = Period.month(opened.statement["period"])
    contract = held_in(opened.contract, opened.statement["period"])
    return running_times(contract, opened.facts, opened.calendar, period, level)
