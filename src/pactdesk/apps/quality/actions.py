"""What is done in matters of quality: each one transaction, one audit entry."""

from __future__ import annotations

from pactdesk.apps.quality.contesting import contest_mark, decide_contest
from pactdesk.apps.quality.drawing import draw_due, draw_sample
from pactdesk.apps.quality.evaluating import answer_evaluation, evaluate
from pactdesk.apps.quality.planning import make_plan
from pactdesk.apps.quality.reminding import remind_due
from pactdesk.apps.quality.reviewing import submit_review

__all__ = [
    "answer_evaluation",
    "contest_mark",
    "decide_contest",
    "draw_due",
    "draw_sample",
    "evaluate",
    "make_plan",
    "remind_due",
    "submit_review",
]
