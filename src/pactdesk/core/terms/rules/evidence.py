"""The quotes that a finding shows: the field's own span where it is known, else its clause."""

from __future__ import annotations

from pactdesk.core.terms.base import Blank, ClauseBase, Source


def quoted(clause: ClauseBase | None, *fields: str) -> tuple[Source, ...]:
    """The spans of `fields` of a clause; without one, the clause itself; without that, none.

    A field that is a blank with its own source is quoted from there.
    """
    if clause is None:
        return ()
    spans = [_span(clause, field) for field in fields]
    found = tuple(dict.fromkeys(span for span in spans if span is not None))
    return found or ((clause.source,) if clause.source else ())


def _span(clause: ClauseBase, field: str) -> Source | None:
    value = getattr(clause, field, None)
    if isinstance(value, Blank) and value.source is not None:
        return value.source
    return clause.sources.get(field)
