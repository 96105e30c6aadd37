"""A statement as a page shows it: every figure from the plain form that both parties hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pactdesk.core.settle.excess import Excess
from pactdesk.core.terms.contract import Contract
from pactdesk.core.worktime.calendars import WorkCalendar
from pactdesk.documents.explain.held import held
from pactdesk.documents.explain.line import explain_line
from pactdesk.documents.explain.names import Names
from pactdesk.documents.explain.values import Plain, fen_text, month_text
from pactdesk.documents.statement.view import Recheck, statement_hash, statement_view
from pactdesk.web.portal.explained import Explained
from pactdesk.web.portal.levels import NO_TIMES, LevelShown, LinkOf, Times, behind, levels_shown
from pactdesk.web.ui.words import page_language


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line: what, by which clause, how in short, how much."""

    number: int
    item: str
    clause: str
    short: str
    amount: str
    is_zero: bool
    is_less: bool
    why: Explained


@dataclass(frozen=True, slots=True)
class Sheet:
    """The statement: the same tables as on its PDF.

    told  what `statement_view` says: parties, amount, rights, ledger, evidence
    """

    number: str
    month: str
    days: str
    lines: tuple[LineShown, ...]
    levels: tuple[LevelShown, ...]
    total: str
    hash: str
    told: dict[str, Any]


def sheet_of(
    plain: Plain,
    contract: Contract,
    *,
    recheck: Recheck,
    calendar: WorkCalendar | None,
    link_of: LinkOf,
    demo: bool = False,
    times: Times = NO_TIMES,
    excess: Sequence[Excess] = (),
) -> Sheet:
    """The page's values of a statement."""
    language = page_language()
    told = statement_view(
        plain,
        contract,
        language=language,
        demo=demo,
        recheck=recheck,
        calendar=calendar,
        excess=excess,
    )
    return Sheet(
        number=plain["statement"],
        month=month_text(plain["period"], language),
        days=told["meta"][3][1],
        lines=tuple(_line(line, plain, contract, link_of, times) for line in plain["lines"]),
        levels=levels_shown(plain, contract, link_of, times),
        total=fen_text(plain["total_fen"]),
        hash=statement_hash(plain),
        told=told,
    )


def line_of(
    plain: Plain, contract: Contract, number: int, link_of: LinkOf, times: Times = NO_TIMES
) -> LineShown | None:
    """One line of a statement."""
    found = (line for line in plain["lines"] if line["number"] == number)
    line = next(found, None)
    return None if line is None else _line(line, plain, contract, link_of, times)


def _line(
    line: Plain, plain: Plain, contract: Contract, link_of: LinkOf, times: Times
) -> LineShown:
    language = page_language()
    names = Names(held(contract, plain, line), language)
    # A deduction stands on a level, and so on the interactions counted under it.
    level = getattr(names.contract.clause(line["clause"]), "level", None)
    elapsed = times.get(level, {}) if level else {}
    why = explain_line(plain, contract, line["number"], language, elapsed_ms=elapsed)
    item = names.line_title(line)
    link = behind(names.contract, level, link_of) if level else None
    amount = fen_text(line["amount_fen"])
    links = (link,) if link else ()
    return LineShown(
        number=line["number"],
        item=item,
        clause=names.clause_number(line["clause"]),
        short=why.short,
        amount=amount,
        is_zero=line["amount_fen"] == 0,
        is_less=line["amount_fen"] < 0,
        why=Explained(f"line-{line['number']}", item, amount, why, links),
    )
