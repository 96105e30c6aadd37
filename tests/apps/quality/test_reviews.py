"""Samples that nobody chooses, reviews with reasons, contests and what they change."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from uuid import UUID

import psycopg
import pytest

from pactdesk.apps.parties.errors import NotAllowed
from pactdesk.apps.parties.scoping import scoped
from pactdesk.core.measure.marking import LossUnexplained, Mark
from pactdesk.core.measure.sampling import place_of
from pactdesk.core.units.periods import MonthUnreadable, Period
from tests.support.cast import PEOPLE, Cast
from tests.support.database import TestDatabase
from tests.support.evidence import at_once
from tests.support.logs import worker_process
from tests.support.quality import AT, PERIOD, all_marks

pytestmark = pytest.mark.requirement("A21")

OCTOBER = Period.month(PERIOD)
READERS = {"lead", "qa", "finance", "manager_of_qinghe"}


def picks_of(cast: Cast, sample: UUID, person: str = "lead") -> list[tuple[UUID, UUID, UUID, bool]]:
    """(pick, conversation, agent, reviewed twice) in the order of the draw."""
    from pactdesk.apps.quality.queries import picks_visible_to

    with scoped(cast[person]) as scope:
        rows = picks_visible_to(scope).filter(sample_id=sample)
        return list(rows.values_list("id", "conversation_id", "agent_id", "double"))


def reviewed(cast: Cast, pick: UUID, person: str = "qa", lost: int = 0, **more: object) -> UUID:
    from pactdesk.apps.quality.actions import submit_review

    told = {"marks": all_marks(lost), "at": AT, **more}
    return submit_review(cast[person], pick=pick, **told)  # type: ignore[arg-type]


def test_the_sample_is_the_beginning_of_an_order_that_anybody_can_reckon(
    cast: Cast, talks: list[UUID], sample: UUID
) -> None:
    from pactdesk.apps.evidence.queries import checkpoints_of
    from pactdesk.apps.quality.queries import sample_of

    with scoped(cast["manager_of_qinghe"]) as scope:
        found = sample_of(scope, sample)
        [seal] = [
            e.body for e in checkpoints_of(cast.contract_qinghe) if e.body.day == OCTOBER.last_day
        ]
    assert (found.seed, found.population) == (seal.digest, len(talks))
    ordered = sorted(talks, key=lambda each: place_of(found.seed, str(each)))
    drawn = picks_of(cast, sample)
    assert [each[1] for each in drawn[:3]] == ordered[:3]
    assert {each[2] for each in drawn} == {cast["agent"], cast["agent_of_qinghe"]}


def test_the_same_period_is_drawn_once_whoever_asks(cast: Cast, sample: UUID) -> None:
    from pactdesk.apps.quality.actions import draw_sample, make_plan
    from pactdesk.apps.quality.errors import PeriodNotOver, PeriodNotSealed
    from pactdesk.apps.quality.kinds import Cycle
    from pactdesk.apps.quality.planning import Wanted

    more = Wanted(Cycle.MONTH, percent=100)
    plan = make_plan(cast["lead"], contract=cast.contract_qinghe, wanted=more, at=AT)
    assert draw_sample(cast["lead"], plan=plan, period=PERIOD, at=AT) == sample
    with pytest.raises(PeriodNotOver):
        draw_sample(cast["lead"], plan=plan, period="2026-11", at=AT)
    with pytest.raises(PeriodNotSealed):
        draw_sample(cast["lead"], plan=plan, period="2026-11", at=datetime(2026, 12, 1, tzinfo=UTC))
    with pytest.raises(MonthUnreadable):  # the plan is for months
        draw_sample(cast["lead"], plan=plan, period="2026-W40", at=AT)
    with pytest.raises(NotAllowed):  # it is the provider's plan
        draw_sample(cast["manager_of_qinghe"], plan=plan, period=PERIOD, at=AT)


def test_every_lost_point_has_its_reason_and_nobody_reviews_their_own_talk(
    cast: Cast, sample: UUID
) -> None:
    from pactdesk.apps.quality.errors import QuoteUnknown, SampleReviewed, SampleUnknown

    pick = next(one for one, _, _, double in picks_of(cast, sample) if not double)
    without = [Mark(e.item, e.points) for e in all_marks(5)]
    with pytest.raises(LossUnexplained):
        reviewed(cast, pick, marks=without)
    with pytest.raises(QuoteUnknown):
        reviewed(cast, pick, crossed=[Mark("leak", 0, "说了别人的地址", 9)])
    for person in ("manager_of_qinghe", "finance"):
        with pytest.raises(NotAllowed):
            reviewed(cast, pick, person)
    with pytest.raises(SampleUnknown):
        reviewed(cast, pick, "agent")
    reviewed(cast, pick)
    with pytest.raises(SampleReviewed):
        reviewed(cast, pick, "lead")


def test_two_reviewers_do_not_see_each_other_before_both_are_done(cast: Cast, sample: UUID) -> None:
    from pactdesk.apps.quality.queries import reviews_visible_to
    from pactdesk.apps.quality.results import agreement_of, of_month

    def seen_by(person: str) -> int:
        with scoped(cast[person]) as scope:
            return reviews_visible_to(scope).count()

    pick, _, agent, _ = next(each for each in picks_of(cast, sample) if each[3])
    name = next(name for name, one in cast.people.items() if one == agent)
    reviewed(cast, pick, "qa")
    assert [seen_by(each) for each in ("qa", "lead", "manager_of_qinghe", name)] == [1, 0, 0, 0]
    with scoped(cast["qa"]) as scope:  # whoever gave it reckons with no other month than the rest
        assert of_month(scope, cast.contract_qinghe, OCTOBER) == []
    reviewed(cast, pick, "lead", crossed=[Mark("abuse", 0, "骂人", 2)])
    assert [seen_by(each) for each in ("qa", "lead", "manager_of_qinghe", name)] == [2, 2, 2, 2]
    with scoped(cast["lead"]) as scope:
        found = agreement_of(reviews_visible_to(scope))
    assert (found.cases, found.same) == (1, 0)


def test_a_contested_mark_is_decided_by_the_lead_and_both_words_stay(
    cast: Cast, sample: UUID, as_superuser: psycopg.Connection
) -> None:
    from pactdesk.apps.quality.actions import contest_mark, decide_contest
    from pactdesk.apps.quality.errors import ContestEnded, ContestOpen, ContestsOpen, NothingLost
    from pactdesk.apps.quality.kinds import Outcome
    from pactdesk.apps.quality.results import of_month, result_of, scores_of

    pick, _, agent, _ = next(each for each in picks_of(cast, sample) if not each[3])
    review = reviewed(cast, pick, lost=15)

    def contested(by: UUID, item: str = "accuracy") -> UUID:
        return contest_mark(by, review=review, item=item, reason="下一条就说了", at=AT)

    with pytest.raises(NothingLost):
        contested(agent, "courtesy")
    with pytest.raises(NotAllowed):
        contested(cast["qa"])  # one's own party objects to nothing
    mine = contested(agent)
    with pytest.raises(ContestOpen):
        contested(cast["manager_of_qinghe"])
    with scoped(cast["lead"]) as scope, pytest.raises(ContestsOpen):
        scores_of(of_month(scope, cast.contract_qinghe, OCTOBER), ["service"], PERIOD)

    def decided(person: str) -> None:
        decide_contest(
            cast[person],
            contest=mine,
            outcome=Outcome.CORRECTED,
            points=20,
            answer="确实说了",
            at=AT,
        )

    for person in ("qa", "manager_of_qinghe"):
        with pytest.raises(NotAllowed):
            decided(person)
    decided("lead")
    with pytest.raises(ContestEnded):
        decided("lead")
    with scoped(cast["lead"]) as scope:
        reviews = of_month(scope, cast.contract_qinghe, OCTOBER)
        result = result_of(reviews)
        [score] = scores_of(reviews, ["service"], PERIOD)
    # 100 − 15, and then − 5
    assert (result.score.value, result.passed.value) == (Fraction(95, 100), Fraction(1))
    assert (score.item, score.period, score.points, score.of) == ("service", PERIOD, 95, 100)
    kept = as_superuser.execute(
        "SELECT marks -> 1 ->> 'points', reason, answer FROM quality_review"
        " JOIN quality_contest ON review_id = quality_review.id"
    ).fetchone()
    assert kept == ("10", "下一条就说了", "确实说了")


def test_a_red_line_makes_the_whole_conversation_nothing(cast: Cast, sample: UUID) -> None:
    from pactdesk.apps.quality.results import of_month, result_of

    [*picks] = [one for one, _, _, double in picks_of(cast, sample) if not double]
    reviewed(cast, picks[0], crossed=[Mark("diversion", 0, "引到私人微信付款", 2)])
    with scoped(cast["lead"]) as scope:
        result = result_of(of_month(scope, cast.contract_qinghe, OCTOBER))
    assert (result.score.numerator, result.passed.numerator, result.red_lines) == (0, 0, 1)


def test_the_wall_and_the_filters_let_the_same_rows_by_each_without_the_other(
    cast: Cast, sample: UUID
) -> None:
    from pactdesk.apps.quality.models import Contest, Pick, Plan, Review, Sample
    from pactdesk.apps.quality.queries import picks_visible_to, reviews_visible_to

    pick, _, agent, _ = next(each for each in picks_of(cast, sample) if not each[3])
    review = reviewed(cast, pick, lost=5)
    for name in PEOPLE:
        reads, about = name in READERS, cast[name] == agent
        expected = {review} if reads or about else set()
        with scoped(cast[name]) as scope:
            assert {one.pk for one in Review.objects.all()} == expected, name
            assert {one.pk for one in reviews_visible_to(scope)} == expected, name
            assert Plan.objects.count() == reads, name
            assert Pick.objects.filter(pk=pick).exists() is (reads or about), name
            serves = name in ("agent", "agent_of_qinghe")
            assert Sample.objects.exists() is (reads or serves), name
            assert Contest.objects.count() == 0
        unwalled = reviews_visible_to(scope).using("unwalled")
        assert {one.pk for one in unwalled} == expected, name
        seen = picks_visible_to(scope).using("unwalled").filter(pk=pick)
        assert seen.exists() is (reads or about), name


def test_what_was_drawn_and_marked_stays(cast: Cast, as_app: psycopg.Connection) -> None:
    from pactdesk.apps.parties.scoping import ENTER_SCOPE

    for change in (
        "UPDATE quality_review SET marks = '[]'",
        "UPDATE quality_sample SET seed = ''",
        "UPDATE quality_pick SET rank = 1",
        "UPDATE quality_plan SET number = 1",
        "DELETE FROM quality_review",
        "DELETE FROM quality_contest",
    ):
        as_app.execute(ENTER_SCOPE, [cast["lead"]])
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            as_app.execute(change.encode())
        as_app.rollback()


def test_nobody_speaks_for_another_past_the_actions(cast: Cast) -> None:
    from django.db import ProgrammingError

    from pactdesk.apps.quality.models import Evaluation, Plan

    contract = cast.contract_qinghe
    given = {"contract_id": contract, "period": PERIOD, "items": [], "marks": [], "at": AT}
    for person, by in (("lead", "lead"), ("lead", "manager_of_qinghe"), ("qa", "qa")):
        with pytest.raises(ProgrammingError, match="row-level security"), scoped(cast[person]):
            Evaluation(by_id=cast[by], **given).save(force_insert=True)
    plan = {"contract_id": contract, "cycle": "month", "number": 1, "each_agent": False}
    plan |= {"double_percent": 0, "pass_percent": 80, "made_at": AT}
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(cast["lead"]):
        Plan(party="client", made_by_id=cast["lead"], **plan).save(force_insert=True)


def test_an_agent_contests_nothing_of_a_colleague_past_the_actions(
    cast: Cast, sample: UUID
) -> None:
    from django.db import ProgrammingError

    from pactdesk.apps.quality.models import Contest

    pick, _, agent, _ = next(each for each in picks_of(cast, sample) if not each[3])
    review = reviewed(cast, pick, lost=5)
    [other] = {cast["agent"], cast["agent_of_qinghe"]} - {agent}
    told = {"contract_id": cast.contract_qinghe, "review_id": review, "item": "accuracy"}
    told |= {"reason": "r", "party": "provider", "at": AT, "by_id": other, "agent_id": other}
    with pytest.raises(ProgrammingError, match="row-level security"), scoped(other):
        Contest(**told).save(force_insert=True)


def test_the_round_draws_what_the_plan_asks_for(
    cast: Cast, talks: list[UUID], desk: TestDatabase
) -> None:
    from pactdesk.apps.contracts.queries import contract_of
    from pactdesk.apps.quality.actions import draw_due, make_plan
    from pactdesk.apps.quality.kinds import Cycle
    from pactdesk.apps.quality.models import Pick
    from pactdesk.apps.quality.planning import Wanted
    from pactdesk.apps.walls.scope import within
    from tests.support.evidence import of

    before = datetime(2026, 10, 20, tzinfo=UTC)
    wanted = Wanted(Cycle.MONTH, percent=50, each_agent=False)
    make_plan(cast["manager_of_qinghe"], contract=cast.contract_qinghe, wanted=wanted, at=before)
    with worker_process(desk), within(of(cast.contract_qinghe)) as scope:
        contract = contract_of(scope, cast.contract_qinghe)
        assert [draw_due(scope, contract, AT) for _ in range(2)] == [1, 0]
        assert Pick.objects.count() == 3


def test_a_mark_is_contested_once_and_one_plan_holds_whoever_acts_at_the_same_moment(
    cast: Cast, sample: UUID
) -> None:
    from pactdesk.apps.quality.actions import contest_mark, make_plan
    from pactdesk.apps.quality.kinds import Cycle
    from pactdesk.apps.quality.models import Plan
    from pactdesk.apps.quality.planning import Wanted

    [pick, *_] = [each[0] for each in picks_of(cast, sample) if not each[3]]
    review = reviewed(cast, pick, lost=5)
    told = {"item": "accuracy", "reason": "说清了", "at": AT}

    def contested() -> UUID:
        return contest_mark(cast["manager_of_qinghe"], review=review, **told)  # type: ignore[arg-type]

    def planned() -> UUID:
        wanted = Wanted(Cycle.WEEK, number=2)
        person, contract = cast["manager_of_qinghe"], cast.contract_qinghe
        return make_plan(person, contract=contract, wanted=wanted, at=AT)

    outcomes = at_once(*[contested] * 3)
    assert sorted(type(each).__name__ for each in outcomes) == [
        "ContestOpen",
        "ContestOpen",
        "UUID",
    ]
    outcomes = at_once(*[planned] * 3)
    assert {type(each).__name__ for each in outcomes} == {"UUID"}
    plans = Plan.objects.using("unwalled").filter(party="client")
    assert (plans.count(), plans.filter(ended_at__isnull=True).count()) == (3, 1)
