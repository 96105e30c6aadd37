"""A warning above every figure: events that were told in two ways and count in neither."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from pactdesk.cli.folding import folded
from pactdesk.cli.language import words
from pactdesk.core.facts.log import Conflict

LISTED = 5


def contested_view(conflicts: tuple[Conflict, ...], screen: Console) -> None:
    """Nothing when there are none."""
    if not conflicts:
        return
    names = [f"{each.source}/{each.event_id}" for each in conflicts[:LISTED]]
    said = words("contested", count=len(conflicts), names=names)
    screen.print(Text(folded(f"  {said}", screen.width), style="bold yellow"))
