"""`pactdesk lint`: findings about a paper or about terms; exit 1 when one is an error."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared
from pactdesk.cli.commands.read_ import read_paper
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.findings import finding_plain, findings_view
from pactdesk.core.terms.findings import Finding, Severity
from pactdesk.core.terms.rules.catalogue import lint

TERMS = {".yaml", ".yml", ".json"}


def findings_of(file: Path) -> tuple[Finding, ...]:
    """Of a terms file by the rules over terms; of a paper also by those over its text."""
    if file.suffix.lower() in TERMS:
        return lint(contract_in(file))
    return read_paper(file).findings


@declared("lint")
@click.argument("file", type=click.Path(path_type=Path))
@as_json_option
def command(file: Path, as_json: bool) -> int:
    findings = findings_of(file)
    if as_json:
        print_json([finding_plain(each) for each in findings])
    else:
        findings_view(findings, console())
    return Exit.FAILED if any(f.severity is Severity.ERROR for f in findings) else Exit.DONE
