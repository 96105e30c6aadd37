"""Addresses of quality."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.quality import (
    views_contract,
    views_evaluation,
    views_mine,
    views_review,
    views_sample,
)

app_name = "quality"

_CONTRACT = "contracts/<uuid:contract>/quality/"
_EVALUATION = f"{_CONTRACT}evaluations/<str:period>/"

urlpatterns = [
    path("quality/", views_mine.mine, name="mine"),
    path("quality/samples/<uuid:sample>/", views_sample.sample, name="sample"),
    path("quality/samples/<uuid:sample>/recheck.csv", views_sample.recheck, name="recheck"),
    path("quality/picks/<uuid:pick>/", views_review.mark, name="mark"),
    path("quality/reviews/<uuid:review>/", views_review.review, name="review"),
    path("quality/reviews/<uuid:review>/contest/", views_review.contest, name="contest"),
    path("quality/contests/<uuid:contest>/", views_review.decide, name="decide"),
    path(_CONTRACT, views_contract.contract, name="contract"),
    path(f"{_CONTRACT}plan/", views_contract.plan, name="plan"),
    path(f"{_CONTRACT}draw/", views_contract.draw, name="draw"),
    path(f"{_CONTRACT}score/", views_contract.score, name="score"),
    path(_EVALUATION, views_evaluation.evaluation, name="evaluation"),
    path(f"{_EVALUATION}answer/", views_evaluation.answer, name="answer"),
]
