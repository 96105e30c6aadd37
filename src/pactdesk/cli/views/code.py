"""What a code of the linter means, on the screen."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from pactdesk.cli.language import words
from pactdesk.documents.finding_words import CodeWords


def code_view(told: CodeWords, screen: Console) -> None:
    """Title, then why, law, suggestion and who decides, then the laws in full."""
    head = Text("  ")
    head.append(told.code, style="bold")
    head.append(f"  {told.title}")
    screen.print(head)
    for part in ("why", "law", "suggestion", "decides"):
        screen.print(Padding(Text(words(f"code.{part}"), style="dim"), (1, 2, 0, 4)))
        screen.print(Padding(Text(getattr(told, part)), (0, 2, 0, 6)))
    for law in told.laws:
        screen.print(Padding(Text(law, style="dim"), (0, 2, 0, 6)))


def code_plain(told: CodeWords) -> dict[str, Any]:
    """As JSON."""
    return asdict(told)
