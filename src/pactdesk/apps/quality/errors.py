"""What can be wrong about samples, reviews and evaluations."""

from __future__ import annotations

from pactdesk.core.units.errors import PactError


class PlanUnknown(PactError):
    """No sampling plan `plan` can be seen."""


class PlanUnclear(PactError):
    """A plan says neither a number from 1 on nor a share from 1 to 100 %, or says both."""


class SampleUnknown(PactError):
    """No sample `sample` can be seen."""


class PeriodNotOver(PactError):
    """The period `period` still runs: what is drawn from it is not known yet."""


class PeriodNotSealed(PactError):
    """No checkpoint was sealed since the end of `period`; its digest is what draws."""


class SampleReviewed(PactError):
    """Every review that the conversation `code` was drawn for has been given."""


class OwnConversation(PactError):
    """The conversation `code` was answered by whoever wants to review it."""


class ReviewUnknown(PactError):
    """No review `review` can be seen."""


class QuoteUnknown(PactError):
    """The conversation has no message number `sequence`."""


class ItemNotMarked(PactError):
    """The review has no item or red line `item`."""


class NothingLost(PactError):
    """The item `item` has all its points: there is nothing to contest."""


class ContestUnknown(PactError):
    """No contested mark `contest` can be seen."""


class ContestOpen(PactError):
    """The item `item` is contested already, or was decided about."""


class ContestEnded(PactError):
    """The contested mark was decided about already."""


class QualityReasonMissing(PactError):
    """A contest, a decision, an answer needs its reason."""


class QualityTextTooLong(PactError):
    """What was written has `length` characters; `longest` can be kept."""


class EvaluationUnknown(PactError):
    """No evaluation of `period` can be seen."""


class EvaluationGiven(PactError):
    """The client evaluated `period` already; what was said stays."""


class EvaluationTooEarly(PactError):
    """`period` is not over yet, or no cycle of the assessment ends with it."""


class EvaluationAnswered(PactError):
    """The provider answered the evaluation of `period` already."""


class ContestsOpen(PactError):
    """`count` contested marks of `period` wait for a decision: the score is not known yet."""


class NothingReviewed(PactError):
    """Nothing of `period` has been reviewed: there is no score."""
