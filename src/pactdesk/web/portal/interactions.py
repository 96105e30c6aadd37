"""Rows of the table of interactions behind a level."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from pactdesk.core.measure.listing import Listed, Place
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.documents.explain.names import Names
from pactdesk.web.portal.said import say, second_text, time_taken

SORTS = ("taken", "opened")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class InteractionRow:
    """One interaction in one level."""

    code: str
    opened: str
    channel: str
    taken: str
    verdict: str
    why: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A choice of the filter, with how many there are."""

    label: str
    count: int
    query: str
    is_current: bool


def row_of(item: Listed, clause: ServiceLevel, names: Names, zone: ZoneInfo) -> InteractionRow:
    """As the table shows it; only a limit makes something late or in time."""
    return InteractionRow(
        code=item.interaction,
        opened=second_text(item.opened_at, zone),
        channel=say(f"channel.{item.channel}"),
        taken="—" if item.elapsed_ms is None else time_taken(item.elapsed_ms),
        verdict=_verdict(item.place, clause),
        why=_why(item, names),
    )


def in_order(items: Iterable[Listed], sort: str) -> list[Listed]:
    """The longest first, or by opening; those without a time last."""
    if sort == "opened":
        return sorted(items, key=lambda each: (each.opened_at, each.interaction))
    return sorted(items, key=lambda each: (-(each.elapsed_ms or -1), each.interaction))


def filters_of(
    places: Mapping[Place, int], chosen: Place | None, month: str, sort: str
) -> list[Filter]:
    """All, then each place that has any."""
    whole = sum(places.values())
    every = (None, say("interactions.filter.all"), whole)
    told = [(place, say(f"outcome_of.{place}"), places.get(place, 0)) for place in Place]
    return [
        Filter(label, count, query_of(place, month, sort), chosen is place)
        for place, label, count in (every, *told)
        if count or place is None or place is chosen
    ]


def query_of(place: Place | None, month: str, sort: str) -> str:
    """The address's question."""
    return urlencode({"month": month, "sort": sort, **({"place": place.value} if place else {})})


def csv_bytes(items: Iterable[Listed], clause: ServiceLevel, names: Names, zone: ZoneInfo) -> bytes:
    """The table for a spreadsheet, which reads Chinese only after a byte order mark.

    No cell begins as a formula: a spreadsheet would run it.
    """
    kept = io.StringIO()
    writer = csv.writer(kept)
    columns = ("code", "opened", "channel", "taken_ms", "verdict", "why")
    writer.writerow([say(f"csv.{column}") for column in columns])
    for item in items:
        row = row_of(item, clause, names, zone)
        taken = "" if item.elapsed_ms is None else str(item.elapsed_ms)
        verdict = say(f"outcome_of.{row.verdict}")
        cells = (row.code, row.opened, row.channel, taken, verdict, row.why)
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells])
    return kept.getvalue().encode("utf-8-sig")


def _verdict(place: Place, clause: ServiceLevel) -> str:
    if place is Place.MET and clause.within is None:
        return "counted"
    return place.value


def _why(item: Listed, names: Names) -> str:
    if item.reason:
        return names.cause(item.reason)
    return say(f"place_why.{item.place}") if item.place in (Place.CARRIED, Place.LEFT_OUT) else ""
