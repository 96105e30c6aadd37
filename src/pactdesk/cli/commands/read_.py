"""`pactdesk read`: a paper contract becomes draft terms, with blanks and findings."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.files import write_whole
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.contract import contract_view
from pactdesk.cli.views.findings import finding_plain, findings_view
from pactdesk.core.terms.findings import Finding
from pactdesk.core.terms.rules.catalogue import lint
from pactdesk.core.terms.text import contract_to_plain, contract_to_yaml
from pactdesk.documents.reading import Reading, read_contract
from pactdesk.documents.source import read_source

View = Literal["accepted", "original"]


def read_paper(file: Path, view: View | None = None) -> tuple[Reading, tuple[Finding, ...]]:
    """Draft terms, and all findings: those of the text, then those of the terms."""
    reading = read_contract(read_source(file, view))
    of_text = {(finding.code, finding.clauses) for finding in reading.findings}
    of_terms = (f for f in lint(reading.contract) if (f.code, f.clauses) not in of_text)
    return reading, (*reading.findings, *of_terms)


@declared("read")
@click.argument("file", type=click.Path(path_type=Path))
@option("-o", "--output", type=click.Path(path_type=Path))
@option("--view", type=click.Choice(["accepted", "original"]))
@as_json_option
def command(file: Path, output: Path | None, view: View | None, as_json: bool) -> None:
    reading, findings = read_paper(file, view)
    if output is not None:
        write_whole(output, contract_to_yaml(reading.contract))
    if as_json:
        print_json(_plain(reading, findings))
        return
    screen = console()
    contract_view(reading.contract, screen)
    findings_view(findings, screen)
    if output is not None:
        screen.print(words("written", file=output))


def _plain(reading: Reading, findings: tuple[Finding, ...]) -> dict[str, Any]:
    return {
        "terms": contract_to_plain(reading.contract),
        "blanks": [
            {"path": path, "printed": blank.blank, "suggested": blank.suggested}
            for path, blank in reading.contract.blanks()
        ],
        "findings": [finding_plain(each) for each in findings],
    }
