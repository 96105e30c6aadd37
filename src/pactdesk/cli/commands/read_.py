"""`pactdesk read`: a paper contract becomes draft terms, with blanks and findings."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, Literal

import click
from rich.console import Console
from rich.text import Text

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.files import write_whole, yaml_in
from pactdesk.cli.language import LANGUAGE, words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.contract import contract_view
from pactdesk.cli.views.findings import finding_plain, findings_view
from pactdesk.core.measure.minimum_wages import MinimumWages
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import contract_to_plain, contract_to_yaml
from pactdesk.documents.other_papers import refuse_other_papers
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.review.page import review_page
from pactdesk.documents.source import SourceText, read_source
from pactdesk.documents.summary.summary import summary_of

View = Literal["accepted", "original"]


def read_paper(file: Path, view: View | None = None, wages: MinimumWages | None = None) -> Reading:
    """Draft terms with their blanks, all findings, and the sentences that nothing used."""
    return read_contract(_contract_source(file, view), wages)


def wages_in(file: Path | None) -> MinimumWages | None:
    """The minimum wages of a user's own table; None where none is given."""
    return MinimumWages.from_plain(yaml_in(file)) if file else None


def _contract_source(file: Path, view: View | None) -> SourceText:
    """The text of a customer-service contract; other papers are refused by name."""
    source = read_source(file, view)
    refuse_other_papers(source)
    return source


@declared("read")
@click.argument("file", type=click.Path(path_type=Path))
@option("-o", "--output", type=click.Path(path_type=Path))
@option("--view", type=click.Choice(["accepted", "original"]))
@option("--summary", is_flag=True)
@option("--html", type=click.Path(path_type=Path))
@option("--answers", type=click.Path(path_type=Path))
@option("--wages", type=click.Path(path_type=Path))
@as_json_option
def command(
    file: Path,
    output: Path | None,
    view: View | None,
    summary: bool,
    html: Path | None,
    answers: Path | None,
    wages: Path | None,
    as_json: bool,
) -> None:
    if summary:
        print_json(summary_of(_contract_source(file, view), wages_in(wages)))
        return
    source = _contract_source(file, view)
    reading = read_contract(source, wages_in(wages))
    record = yaml_in(answers) if answers else None
    if record is not None:
        contract = filled(reading.contract, record, answers.name if answers else "")
    else:
        contract = reading.contract
    if html is not None:
        write_whole(html, review_page(source, reading, language=LANGUAGE, record=record))
    reading = replace(reading, contract=contract)
    if output is not None:
        write_whole(output, contract_to_yaml(reading.contract))
    if as_json:
        print_json(_plain(reading))
        return
    screen = console()
    reading_view(reading, screen)
    for written in (output, html):
        if written is not None:
            screen.print(words("written", file=written))


def reading_view(reading: Reading, screen: Console) -> None:
    """Terms, blanks and findings, and how much of the paper nothing used."""
    contract_view(reading.contract, screen)
    findings_view(reading.findings, screen)
    if reading.unused:
        screen.print(Text("  " + words("unused", count=len(reading.unused)), style="dim"))


def _plain(reading: Reading) -> dict[str, Any]:
    return {
        "terms": contract_to_plain(reading.contract),
        "blanks": [
            {"path": path, "printed": blank.blank, "suggested": blank.suggested}
            for path, blank in reading.contract.blanks()
        ],
        "findings": [finding_plain(each) for each in reading.findings],
        "unused": [each.model_dump(mode="json", exclude_none=True) for each in reading.unused],
    }
