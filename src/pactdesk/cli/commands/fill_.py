"""`pactdesk fill`: the blanks of a draft answered from a small YAML file."""

from __future__ import annotations

from pathlib import Path

import click

from pactdesk.cli.app import as_json_option, declared, option
from pactdesk.cli.exits import Exit
from pactdesk.cli.files import contract_in, write_whole, yaml_in
from pactdesk.cli.language import words
from pactdesk.cli.screen import console, print_json
from pactdesk.cli.views.contract import contract_view
from pactdesk.core.terms.contract import Contract
from pactdesk.core.terms.filling import filled
from pactdesk.core.terms.text import contract_to_plain, contract_to_yaml


def fill_draft(draft: Contract, answers: Path) -> Contract:
    """The draft with the answers in `answers` put in."""
    return filled(draft, yaml_in(answers), answers.name)


@declared("fill")
@click.argument("draft", type=click.Path(path_type=Path))
@option("--answers", type=click.Path(path_type=Path), required=True)
@option("-o", "--output", type=click.Path(path_type=Path), required=True)
@as_json_option
def command(draft: Path, answers: Path, output: Path, as_json: bool) -> int:
    contract = fill_draft(contract_in(draft), answers)
    write_whole(output, contract_to_yaml(contract))
    blanks = contract.blanks()
    if as_json:
        left = [path for path, _ in blanks]
        print_json({"file": str(output), "blanks": left, "terms": contract_to_plain(contract)})
    else:
        screen = console()
        contract_view(contract, screen, only_blanks=True)
        screen.print(words("written", file=output))
    return Exit.FAILED if blanks else Exit.DONE
