"""A pay slip in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.console import Console
from rich.table import Table
from rich.text import Text

from pactdesk.cli.folding import folded
from pactdesk.cli.language import LANGUAGE
from pactdesk.core.settle.pay_warnings import Warned
from pactdesk.core.settle.payslip import PaySlip
from pactdesk.core.terms.contract import Contract
from pactdesk.documents.payslip.view import lines_told
from pactdesk.documents.payslip.words import (
    hours_shown,
    paid_text,
    run_text,
    warnings_told,
    week_text,
)
from pactdesk.messages.catalogue import text


def pay_slip_view(
    slip: PaySlip, contract: Contract, warnings: Sequence[Warned], screen: Console
) -> None:
    """Who and when, the lines and their sum, the hours of the weeks, and the warnings."""
    screen.print(Text(f"{_say('title')}  {slip.agent}  {run_text(slip)}", style="bold"))
    table = Table(box=box.SIMPLE_HEAD, pad_edge=False, show_footer=True)
    table.add_column(_say("column.item"), footer=_say("total"))
    table.add_column(_say("column.short"), overflow="fold")
    total = Text(str(slip.total), style="bold")
    table.add_column(_say("column.amount"), justify="right", footer=total, no_wrap=True)
    for row in lines_told(slip, contract, LANGUAGE):
        style = "dim" if row["is_zero"] else ""
        table.add_row(row["item"], row["short"], Text(row["amount"], style=style))
    screen.print(table)
    screen.print(Text(f"  {_say('hours.title', hours=hours_shown(slip.hours))}"))
    for week in slip.weeks:
        screen.print(Text(f"  {week_text(week)}  {hours_shown(week.hours)}", style="dim"))
    due = _say("amount.due", day=slip.due.isoformat())
    screen.print(Text(f"  {due}  {paid_text(slip, LANGUAGE)}"))
    for told in warnings_told(warnings, LANGUAGE):
        screen.print(Text(folded(f"  · {told}", screen.width), style="yellow"))
    screen.print()


def _say(key: str, **values: object) -> str:
    return text("payslip", key, LANGUAGE, **values)
