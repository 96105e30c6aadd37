"""One sample: what was drawn, how to recheck it, how far its reviews are."""

from __future__ import annotations

import csv
import io
from collections import Counter, defaultdict
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from pactdesk.apps.quality.drawing import candidates_of, closed_in
from pactdesk.apps.quality.hands import REVIEWING, may, side_of
from pactdesk.apps.quality.models import Review, Sample
from pactdesk.apps.quality.queries import reviews_visible_to, sample_of, to_review
from pactdesk.apps.quality.spans import span_of
from pactdesk.core.facts.names import Party
from pactdesk.core.measure.sampling import Candidate, in_order, place_of
from pactdesk.core.units.instants import zone_named
from pactdesk.web.access import PersonRequest
from pactdesk.web.portal.files import attachment
from pactdesk.web.quality.access import contract_seen_by, first_step, for_readers
from pactdesk.web.quality.said import party_name, period_text, say, size_text
from pactdesk.web.quality.shown import pick_row


@require_GET
@for_readers
def sample(request: PersonRequest, sample: UUID) -> HttpResponse:
    """The conversations in the order of the draw."""
    scope = request.scope
    found = sample_of(scope, sample)
    contract = contract_seen_by(scope, found.contract_id)
    zone, ours = zone_named(contract.zone), side_of(scope, contract)
    reviews: defaultdict[UUID, list[Review]] = defaultdict(list)
    for each in reviews_visible_to(scope).filter(pick__sample=found):
        reviews[each.pick_id].append(each)
    counts = Counter(Review.objects.filter(pick__sample=found).values_list("pick_id", flat=True))
    may_review = may(scope, contract, Party(found.party), REVIEWING)
    waiting = {e.pk for e in to_review(scope, [contract.pk])} if may_review else set()
    picks = found.picks.select_related("agent").order_by("rank")
    shown = {
        "contract": contract,
        "sample": found,
        "heading": say(
            "sample.heading", period=period_text(found.period), party=party_name(found.party)
        ),
        "size": size_text(found.plan),
        "rows": [
            pick_row(
                each,
                reviews[each.pk],
                counts[each.pk],
                zone,
                names=ours is Party.PROVIDER,
                may=each.pk in waiting,
            )
            for each in picks
        ],
        "names": ours is Party.PROVIDER,
        "trail": (
            first_step(scope),
            (contract.title, reverse("quality:contract", args=[contract.pk])),
        ),
    }
    return render(request, "quality/sample.html", shown)


@require_GET
@for_readers
def recheck(request: PersonRequest, sample: UUID) -> HttpResponse:
    """Every conversation of the period with its place in the order, for one's own reckoning."""
    found = sample_of(request.scope, sample)
    contract = contract_seen_by(request.scope, found.contract_id)
    days = span_of(found.period)
    codes = dict(closed_in(contract, days).values_list("id", "code"))
    content = _table(found, candidates_of(contract, days), codes)
    return attachment(content, f"{contract.code}-{found.period}.csv", "text/csv; charset=utf-8")


def _table(sample: Sample, candidates: list[Candidate], codes: dict[UUID, str]) -> bytes:
    kept = io.StringIO()
    writer = csv.writer(kept)
    writer.writerow([say(f"csv.{each}") for each in ("rank", "id", "code", "hash", "drawn")])
    drawn = {str(each) for each in sample.picks.values_list("conversation_id", flat=True)}
    ordered = in_order(candidates, sample.seed)
    for rank, each in enumerate(ordered, start=1):
        code, chosen = codes[UUID(each.conversation)], each.conversation in drawn
        place = place_of(sample.seed, each.conversation)
        writer.writerow([rank, each.conversation, code, place, int(chosen)])
    return kept.getvalue().encode("utf-8-sig")
