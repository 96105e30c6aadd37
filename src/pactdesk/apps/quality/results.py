"""What reviews come to: average, pass rate, what costs most points, and whether two agree."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from pactdesk.apps.quality.errors import ContestsOpen, NothingReviewed
from pactdesk.apps.quality.models import Review
from pactdesk.apps.quality.queries import reviews_visible_to
from pactdesk.apps.quality.spans import span_of
from pactdesk.apps.quality.values import counting, given, has_passed, waits
from pactdesk.apps.walls.scope import Scope
from pactdesk.core.facts.families.works import ScoreGiven
from pactdesk.core.measure.agreement import Agreement, agreement
from pactdesk.core.units.periods import Period
from pactdesk.core.units.ratio import Ratio


@dataclass(frozen=True, slots=True)
class Result:
    """Of some reviews.

    score  points given ÷ full points, over all of them
    lost   item → share of its full points that was lost, the worst first
    """

    count: int
    score: Ratio
    passed: Ratio
    lost: tuple[tuple[str, Ratio], ...]
    red_lines: int
    contested: int


def of_month(scope: Scope, contract: UUID, month: Period) -> list[Review]:
    """Reviews of the samples whose period ends in the month.

    Of two people's reviews neither is among them before both are in, so that everybody reckons
    with the same ones.
    """
    every = reviews_visible_to(scope).filter(contract_id=contract)
    found = [each for each in every if span_of(each.pick.sample.period).last_day in month]
    given = Counter(each.pick_id for each in found)
    return [each for each in found if given[each.pick_id] == _wanted(each)]


def result_of(reviews: Sequence[Review]) -> Result:
    """All of them together; nothing reviewed is 0 of 0."""
    forms = [counting(each) for each in reviews]
    full: defaultdict[str, int] = defaultdict(int)
    kept: defaultdict[str, int] = defaultdict(int)
    for form in forms:
        for item in form.items:
            full[item.key] += item.most
            kept[item.key] += sum(each.points for each in form.marks if each.item == item.key)
    lost = {key: Ratio(most - kept[key], most) for key, most in full.items() if most}
    worst = sorted(lost.items(), key=lambda each: (-each[1].value, each[0]))
    return Result(
        count=len(forms),
        score=Ratio(sum(each.total for each in forms), sum(each.of for each in forms)),
        passed=Ratio(sum(has_passed(each) for each in reviews), len(forms)),
        lost=tuple(worst),
        red_lines=sum(bool(each.crossed) for each in forms),
        contested=sum(len(waits(each)) for each in reviews),
    )


def by_agent(reviews: Iterable[Review]) -> list[tuple[str, Result]]:
    """(name, result) of each agent, the lowest score first."""
    theirs: defaultdict[UUID, list[Review]] = defaultdict(list)
    for each in reviews:
        if each.agent_id is not None:
            theirs[each.agent_id].append(each)
    found = [
        (held[0].agent.name if held[0].agent else "", result_of(held)) for held in theirs.values()
    ]
    return sorted(found, key=lambda each: (each[1].score.value, each[0]))


def agreement_of(reviews: Iterable[Review]) -> Agreement:
    """Over the conversations that two people reviewed, by pass and fail as they first judged."""
    pairs: defaultdict[UUID, list[Review]] = defaultdict(list)
    for each in reviews:
        pairs[each.pick_id].append(each)
    judged = (sorted(held, key=lambda each: each.at) for held in pairs.values() if len(held) == 2)
    return agreement((_first_verdict(one), _first_verdict(other)) for one, other in judged)


def scores_of(reviews: Sequence[Review], items: Sequence[str], month: str) -> list[ScoreGiven]:
    """The facts that the month's score sheet looks for: exact sums, nothing rounded.

    items   of the score sheet; one that is no item of the form gets the whole score
    raises  NothingReviewed, ContestsOpen
    """
    if not reviews:
        raise NothingReviewed(period=month)
    waiting = sum(len(waits(each)) for each in reviews)
    if waiting:
        raise ContestsOpen(period=month, count=waiting)
    forms = [counting(each) for each in reviews]
    told = []
    for item in items:
        own = [each.most for form in forms for each in form.items if each.key == item]
        points = sum(form.points_of(item) if own else form.total for form in forms)
        full = sum(own) if own else sum(form.of for form in forms)
        told.append(ScoreGiven(item, month, points, full, ()))
    return told


def _wanted(review: Review) -> int:
    return 2 if review.pick.double else 1


def _first_verdict(review: Review) -> bool:
    return given(review).has_passed(review.pass_percent)
