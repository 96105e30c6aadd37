"""The words of quality: items, red lines, sizes, periods."""

from __future__ import annotations

from fractions import Fraction

from pactdesk.apps.quality.kinds import Cycle
from pactdesk.apps.quality.models import Plan
from pactdesk.apps.quality.spans import span_of
from pactdesk.core.facts.names import Party
from pactdesk.documents.explain.values import month_text
from pactdesk.messages.catalogue import has_text, text
from pactdesk.web.ui.words import page_language


def say(key: str, **facts: object) -> str:
    """A text of the section `quality` in the page's language."""
    return text("quality", key, page_language(), **facts)


def item_name(key: str) -> str:
    """An item or a red line; one of the contract's own in its own words."""
    for kind in ("item", "line"):
        if has_text("quality", f"{kind}.{key}", page_language()):
            return say(f"{kind}.{key}")
    known = has_text("events", f"word.{key}", page_language())
    return text("events", f"word.{key}", page_language()) if known else key


def item_help(key: str) -> str:
    """What to look at; empty for the contract's own items."""
    known = has_text("quality", f"help.{key}", page_language())
    return say(f"help.{key}") if known else ""


def party_name(party: str) -> str:
    """服务方 or 委托方."""
    return say(f"party.{Party(party)}")


def period_text(period: str) -> str:
    """2026年10月; a week by its days."""
    if "W" not in period:
        return month_text(period, page_language())
    days = span_of(period)
    return say("week", start=days.start.isoformat(), end=f"{days.last_day:%m-%d}")


def size_text(plan: Plan) -> str:
    """每月 20 件，每名客服至少 1 件."""
    cycle = Cycle(plan.cycle)
    key = f"plan.{'number' if plan.number is not None else 'percent'}.{cycle}"
    words = say(key, n=plan.number if plan.number is not None else plan.percent)
    return words + (say("plan.each_agent") if plan.each_agent else "")


def points_text(value: Fraction) -> str:
    """Points of a hundred with one decimal, cut: 89.96 is not 90.

    >>> points_text(Fraction(8996, 10000))
    '89.9'
    """
    tenths = value.numerator * 1000 // value.denominator
    return f"{tenths // 10}.{tenths % 10}"


def kappa_text(kappa: Fraction) -> str:
    """Two decimals, towards zero."""
    hundredths = abs(kappa.numerator) * 100 // kappa.denominator
    sign = "\N{MINUS SIGN}" if kappa < 0 and hundredths else ""
    return f"{sign}{hundredths // 100}.{hundredths % 100:02}"
