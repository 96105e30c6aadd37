"""Addresses of the portal."""

from __future__ import annotations

from django.urls import path

from pactdesk.web.portal import (
    views_contracts,
    views_deeds,
    views_disputes,
    views_downloads,
    views_events,
    views_evidence,
    views_interactions,
    views_levels,
    views_obligations,
    views_review,
    views_statements,
)

app_name = "portal"

_CONTRACT = "contracts/<uuid:contract>/"
_LEVEL = f"{_CONTRACT}levels/<slug:clause>/"
_STATEMENT = "statements/<uuid:statement>/"
_OBJECTION = "objections/<uuid:objection>/"
_DISPUTE = "statements/disputes/<uuid:dispute>/"

urlpatterns = [
    path("contracts/", views_contracts.contracts, name="contracts"),
    path(_CONTRACT, views_contracts.contract, name="contract"),
    path(
        f"{_CONTRACT}documents/<uuid:document>/",
        views_contracts.document,
        name="document",
    ),
    path(
        f"{_CONTRACT}documents/<uuid:document>/review/",
        views_review.review,
        name="review",
    ),
    path(f"{_CONTRACT}levels/", views_levels.levels, name="levels"),
    path(f"{_LEVEL}daily.svg", views_levels.level_plot, name="level_plot"),
    path(f"{_LEVEL}interactions/", views_levels.interactions, name="interactions"),
    path(f"{_LEVEL}interactions.csv", views_levels.interactions_csv, name="interactions_csv"),
    path(
        f"{_CONTRACT}interactions/<str:code>/",
        views_interactions.interaction,
        name="interaction",
    ),
    path(f"{_CONTRACT}obligations/", views_obligations.obligations, name="obligations"),
    path(f"{_CONTRACT}obligations.ics", views_obligations.calendar, name="obligations_ics"),
    path(f"{_CONTRACT}obligations/fulfil/", views_obligations.fulfil, name="fulfil"),
    path(f"{_CONTRACT}events/", views_events.events, name="events"),
    path(f"{_CONTRACT}events/tell/<str:kind>/", views_events.tell, name="tell"),
    path(f"{_CONTRACT}events/answer/", views_events.answer, name="answer_event"),
    path(f"{_CONTRACT}evidence/", views_evidence.evidence, name="evidence"),
    path(f"{_CONTRACT}evidence/checkpoint/", views_evidence.checkpoint, name="checkpoint"),
    path(f"{_CONTRACT}evidence/keys/", views_downloads.keys, name="keys"),
    path(f"{_CONTRACT}statements/<str:period>/issue/", views_deeds.issue, name="issue"),
    path("statements/", views_statements.statements, name="statements"),
    path(_STATEMENT, views_statements.statement, name="statement"),
    path(
        f"{_STATEMENT}levels/<slug:clause>/daily.svg",
        views_statements.statement_plot,
        name="statement_plot",
    ),
    path(f"{_STATEMENT}pdf/", views_downloads.pdf, name="statement_pdf"),
    path(f"{_STATEMENT}xlsx/", views_downloads.xlsx, name="statement_xlsx"),
    path(f"{_STATEMENT}bundle/", views_downloads.bundle, name="statement_bundle"),
    path(f"{_STATEMENT}confirm/", views_deeds.confirm, name="confirm"),
    path(f"{_STATEMENT}lines/<int:line>/object/", views_deeds.object_to, name="object"),
    path(f"{_STATEMENT}dispute/", views_disputes.dispute_open, name="dispute_open"),
    path(_DISPUTE, views_disputes.dispute, name="dispute"),
    path(f"{_DISPUTE}act/", views_disputes.dispute_act, name="dispute_act"),
    path(f"{_DISPUTE}file/", views_disputes.dispute_zip, name="dispute_file"),
    path(f"{_OBJECTION}answer/", views_deeds.answer, name="answer"),
    path(f"{_OBJECTION}withdraw/", views_deeds.withdraw, name="withdraw"),
]
