"""Customer satisfaction (满意度): satisfied ÷ ratings. Neutral is a rating, not satisfaction.

Source: PRACTICE 1 满意度. An interaction counts once: on the day of its first rating, with the
last rating before the cut-off.
"""

from __future__ import annotations

import re
from fractions import Fraction

from pactdesk.core.measure.context import Context
from pactdesk.core.measure.interactions import Interaction
from pactdesk.core.measure.levels.outcome import Counted, Outcome, TakenOut
from pactdesk.core.measure.summary import Summary
from pactdesk.core.terms.base import agreed
from pactdesk.core.terms.clauses.service_level import ServiceLevel
from pactdesk.core.units.errors import PactError
from pactdesk.core.units.instants import Instant

_SCORE_OF_SCALE = re.compile(r"(\d{1,4})/(\d{1,4})\Z")


class SatisfactionUndefined(PactError):
    """Clause `clause` does not say from which score of which scale (1/5 … 5/5) one is satisfied."""


def outcome(
    interaction: Interaction, clause: ServiceLevel, _context: Context, cutoff: Instant
) -> Outcome:
    """satisfied or not by the last rating; unrated interactions are no part of it."""
    given = [rating for at, rating in interaction.ratings if at < cutoff]
    if not given:
        return TakenOut("unrated")
    satisfied = Fraction(given[-1].score, given[-1].scale) >= satisfied_from(clause)
    return Counted("met" if satisfied else "missed", missed=not satisfied)


def ratio(summary: Summary, _clause: ServiceLevel) -> tuple[int, int]:
    """satisfied ÷ ratings."""
    return summary.count("met"), summary.count("met", "missed")


def satisfied_from(clause: ServiceLevel) -> Fraction:
    """ "4/5": from four points of five."""
    text = agreed(clause.satisfied_from, f"{clause.id}.satisfied_from")
    found = _SCORE_OF_SCALE.match(text or "")
    if not found or not 0 < int(found[1]) <= int(found[2]):
        raise SatisfactionUndefined(clause=clause.id)
    return Fraction(int(found[1]), int(found[2]))
