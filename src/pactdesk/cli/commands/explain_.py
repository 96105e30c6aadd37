"""`pactdesk explain`: why is a line what it is? The clause, the formula with its numbers, facts."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.language import LANGUAGE
from pactdesk.cli.screen import print_json
from pactdesk.core.units.errors import PactError
from pactdesk.documents.explain.level import explain_level
from pactdesk.documents.explain.line import explain_line
from pactdesk.gateways.bundle import read_bundle


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
        explanation = explain_line(opened.statement, opened.contract, line, LANGUAGE)
    elif level is not None:
        explanation = explain_level(opened.statement, opened.contract, level, LANGUAGE)
    else:
        raise NothingChosen(
            lines=f"1–{len(opened.statement['lines'])}",
            levels=", ".join(each["clause"] for each in opened.statement["levels"]),
        )
    if as_json:
        print_json(explanation.to_plain())
    else:
        click.echo(explanation.prose(LANGUAGE))
