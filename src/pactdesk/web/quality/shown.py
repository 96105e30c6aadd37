"""Rows of quality as the pages show them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.urls import reverse

from pactdesk.apps.quality.models import Contest, Evaluation, Pick, Review
from pactdesk.apps.quality.results import Result
from pactdesk.apps.quality.values import counting, given, has_passed, waits
from pactdesk.core.measure.marking import Mark
from pactdesk.core.units.ratio import Ratio
from pactdesk.web.portal.said import moment_text
from pactdesk.web.quality.said import item_name, party_name, period_text, points_text, say
from pactdesk.web.ui.words import bar_length, percent_text


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its name and its length of 100."""

    label: str
    value: str
    length: Decimal


@dataclass(frozen=True, slots=True)
class AgentRow:
    """One agent's reviews."""

    name: str
    count: int
    score: str
    passed: str
    worst: str


@dataclass(frozen=True, slots=True)
class MarkRow:
    """One mark of a review, and what was said to it."""

    item: str
    name: str
    points: int
    first: int
    most: int
    reason: str
    quote: int | None
    is_line: bool
    contest: ContestRow | None

    @property
    def is_lost(self) -> bool:
        """Whether anything was taken as it was handed in."""
        return self.is_line or self.first < self.most

    @property
    def is_corrected(self) -> bool:
        """Whether a decision changed it."""
        return self.contest is not None and self.contest.outcome == "corrected"


@dataclass(frozen=True, slots=True)
class ContestRow:
    """A contested mark."""

    id: str
    reason: str
    who: str
    when: str
    outcome: str
    words: str
    answer: str
    answered: str


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """A review in a list."""

    url: str
    code: str
    period: str
    party: str
    points: str
    passed: bool
    when: str
    agent: str
    contested: int


@dataclass(frozen=True, slots=True)
class PickRow:
    """A conversation of a sample; `mark_url` where the visitor may review it."""

    rank: int
    code: str
    agent: str
    double: bool
    reviews: tuple[ReviewRow, ...]
    given: int
    wanted: int
    mark_url: str


@dataclass(frozen=True, slots=True)
class EvaluationMark:
    """An item of an evaluation."""

    name: str
    points: int
    most: int
    reason: str


def bars_of(result: Result) -> list[Bar]:
    """What costs points, the worst first; what costs none is left out."""
    return [
        Bar(item_name(key), percent_text(lost), bar_length(lost))
        for key, lost in result.lost
        if lost.numerator
    ]


def agents_of(every: Iterable[tuple[str, Result]]) -> list[AgentRow]:
    """For the provider."""
    return [
        AgentRow(
            name=name,
            count=result.count,
            score=points_text(result.score.value),
            passed=_share(result.passed),
            worst=item_name(result.lost[0][0]) if result.lost and result.lost[0][1].value else "",
        )
        for name, result in every
    ]


def review_row(review: Review, zone: ZoneInfo, *, names: bool) -> ReviewRow:
    """`names`: whether agents are named."""
    form = counting(review)
    return ReviewRow(
        url=reverse("quality:review", args=[review.pk]),
        code=review.pick.code,
        period=period_text(review.pick.sample.period),
        party=party_name(review.party),
        points=f"{form.total} / {form.of}",
        passed=has_passed(review),
        when=moment_text(review.at, zone),
        agent=review.agent.name if names and review.agent else "",
        contested=len(waits(review)),
    )


def pick_row(
    pick: Pick, reviews: Sequence[Review], given: int, zone: ZoneInfo, *, names: bool, may: bool
) -> PickRow:
    """given  how many reviews there are, also those that are not shown yet"""
    wanted = 2 if pick.double else 1
    return PickRow(
        rank=pick.rank,
        code=pick.code,
        agent=pick.agent.name if names and pick.agent else "",
        double=pick.double,
        reviews=tuple(review_row(each, zone, names=names) for each in reviews),
        given=given,
        wanted=wanted,
        mark_url=reverse("quality:mark", args=[pick.pk]) if may and given < wanted else "",
    )


def marks_of(review: Review, zone: ZoneInfo) -> list[MarkRow]:
    """Items, then red lines, each with what was said to it."""
    form, now = given(review), counting(review)
    most = {each.key: each.most for each in form.items}
    points = {each.item: each.points for each in now.marks}
    contests = {each.item: each for each in review.contests.all()}

    def row(mark: Mark, is_line: bool) -> MarkRow:
        found = contests.get(mark.item)
        return MarkRow(
            item=mark.item,
            name=item_name(mark.item),
            points=points.get(mark.item, 0),
            first=mark.points,
            most=most.get(mark.item, 0),
            reason=mark.reason,
            quote=mark.quote,
            is_line=is_line,
            contest=contest_row(found, zone) if found else None,
        )

    return [*(row(each, False) for each in form.marks), *(row(each, True) for each in form.crossed)]


def contest_row(contest: Contest, zone: ZoneInfo) -> ContestRow:
    """What was said, and how it ended."""
    outcome, said = contest.outcome or "", ""
    is_own = contest.by_id == contest.agent_id
    if outcome == "corrected":
        said = say("contest.corrected", points=contest.points)
    elif outcome:
        said = say("contest.kept")
    return ContestRow(
        id=str(contest.pk),
        reason=contest.reason,
        who=say("contest.agent") if is_own else party_name(contest.party),
        when=moment_text(contest.at, zone),
        outcome=outcome,
        words=said or say("contest.open"),
        answer=contest.answer,
        answered=moment_text(contest.answered_at, zone) if contest.answered_at else "",
    )


def evaluation_marks(evaluation: Evaluation) -> list[EvaluationMark]:
    """Items with their reasons."""
    form = given(evaluation)
    most = {each.key: each.most for each in form.items}
    return [
        EvaluationMark(item_name(each.item), each.points, most[each.item], each.reason)
        for each in form.marks
    ]


def _share(ratio: Ratio) -> str:
    return percent_text(ratio) if ratio.denominator else ""
