"""One real day of calls, counted straight from the CSV; nothing of pactdesk is used here.

What is offered, answered, abandoned follows the words of the data's own description: a time of
zero did not happen, and a HANG after zero seconds of queue ended in the voice menu.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BANK_CALLS = ROOT.parent / "shared" / "data" / "bank_calls_one_day.csv"
BANK_MAPPING = ROOT / "tests" / "gateways" / "tabular" / "bank_calls.yaml"


@dataclass(frozen=True)
class Call:
    """A call that was offered to agents; seconds of the day.

    wait  to the agent, or to hanging up
    """

    name: str
    dialled: int
    queued: int
    answered: int | None
    ended: int | None
    left: int | None
    agent: str | None

    @property
    def wait(self) -> int:
        end = self.answered if self.answered is not None else self.left
        assert end is not None
        return end - self.queued


@dataclass(frozen=True)
class Day:
    """The day: calls that count, and how many rows do not, by why."""

    rows: int
    calls: tuple[Call, ...]
    in_the_menu: int
    phantoms: int
    impossible: int

    @property
    def answered(self) -> list[Call]:
        return [call for call in self.calls if call.answered is not None]

    @property
    def abandoned(self) -> list[Call]:
        return [call for call in self.calls if call.left is not None]

    @property
    def seats(self) -> dict[str, tuple[int, int]]:
        """agent → first answer, end of the last talk."""
        spans: dict[str, tuple[int, int]] = {}
        for call in self.answered:
            if call.agent and call.answered is not None and call.ended is not None:
                first, last = spans.get(call.agent, (call.answered, call.ended))
                spans[call.agent] = (min(first, call.answered), max(last, call.ended))
        return spans


def counted_by_hand(path: Path = BANK_CALLS) -> Day:
    """The day as the file tells it."""
    calls: list[Call] = []
    in_the_menu = phantoms = impossible = rows = 0
    with path.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            rows += 1
            if row["outcome"] == "PHANTOM":
                phantoms += 1
            elif row["outcome"] == "HANG" and row["q_time"] == "0":
                in_the_menu += 1
            else:
                call = _call(row)
                if call is None:
                    impossible += 1
                else:
                    calls.append(call)
    return Day(rows, tuple(calls), in_the_menu, phantoms, impossible)


def overlap(start: int, end: int, windows: Iterable[tuple[int, int]]) -> int:
    """Seconds of start–end inside the windows."""
    return sum(max(0, min(end, close) - max(start, begin)) for begin, close in windows)


def _call(row: dict[str, str]) -> Call | None:
    """None when its times contradict each other, or the one that matters is not there."""
    times = {
        name: _seconds(row[name]) for name in row if name.endswith(("_entry", "_exit", "_start"))
    }
    dialled, menu_end = times["vru_entry"], times["vru_exit"]
    queue, queue_end = times["q_start"], times["q_exit"]
    talk, talk_end = times["ser_start"], times["ser_exit"]
    agent = row["outcome"] == "AGENT"
    if menu_end < dialled or queue_end < queue or talk_end < talk or (agent and not talk):
        return None
    queued = queue or talk
    if queued < dialled or (agent and talk < queued):
        return None
    return Call(
        name=f"{row['vru+line']}-{row['call_id']}",
        dialled=dialled,
        queued=queued,
        answered=talk if agent else None,
        ended=talk_end if agent else None,
        left=None if agent else queue_end,
        agent=row["server"] if agent and row["server"] != "NO_SERVER" else None,
    )


def _seconds(text: str) -> int:
    hours, minutes, seconds = text.split(":")
    return int(hours) * 3600 + int(minutes) * 60 + int(seconds)
