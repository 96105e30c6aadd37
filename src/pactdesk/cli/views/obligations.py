"""Obligations in the terminal: what presses first."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.language import LANGUAGE
from pactdesk.core.settle.obligations.obligation import Obligation, State
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.obligations.words import ObligationWords

_STYLES = {State.OVERDUE: "bold red", State.OPEN: "", State.WAITING: "dim", State.STANDING: "dim"}
_COLUMNS = ("party", "action", "due", "state", "clause", "follows")


def obligations_view(
    contract: Contract, found: Sequence[Obligation], on: date, screen: Console
) -> None:
    """One table; what is over stands below in grey."""
    words = ObligationWords(contract, LANGUAGE)
    screen.print(Text(words.say("title", contract=contract.title, on=on.isoformat()), style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False)
    for column in _COLUMNS:
        table.add_column(words.say(f"column.{column}"), overflow="fold")
    for each in found:
        table.add_row(
            words.party(each),
            words.action(each),
            words.due(each),
            words.state(each),
            words.clause(each.clause),
            words.follows(each),
            style=_STYLES.get(each.state, "grey50"),
        )
    screen.print(table)
