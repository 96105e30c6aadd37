"""The month so far says how much of a quota is used (B30)."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.template.loader import render_to_string

from pactdesk.core.facts.families.works import UsageCounted
from tests.support.contracts import agreement, fixed_fee, settled
from tests.support.facts import Book

QUOTA = {
    "id": "fee-2",
    "kind": "fee_per_unit",
    "measure": "message",
    "tiering": "graduated",
    "tiers": [{"price": "3.00"}],
    "included": "2000",
}


@pytest.mark.requirement("B30")
@pytest.mark.parametrize(
    ("sent", "state", "said", "share", "width"),
    [
        (1000, "额度之内", "已用 1,000 / 2,000", "50%", "50"),
        (1640, "接近额度", "已用 1,640 / 2,000", "82%", "82"),
        (2500, "超出额度", "已用 2,500 / 2,000", "125%", "100"),
    ],
)
def test_the_page_says_how_much_of_the_quota_is_used(
    sent: int, state: str, said: str, share: str, width: str
) -> None:
    from pactdesk.apps.statements.standing import Standing
    from pactdesk.web.portal.quotas import quotas_of

    terms = agreement(fixed_fee(), QUOTA)
    book = Book().told("2026-10-12 10:00", UsageCounted("message", sent))
    plain = settled(terms, book.facts).to_plain()
    quotas = quotas_of(Standing(uuid4(), "2026-10", 0, plain), terms)
    page = render_to_string("portal/quotas.html", {"quotas": quotas})
    assert [(each.name, each.state) for each in quotas] == [("消息", state)]
    assert said in page
    assert f">{share}<" in page
    assert f'class="bar-part" width="{width}"' in page


def test_a_contract_without_a_quota_shows_none() -> None:
    from pactdesk.apps.statements.standing import Standing
    from pactdesk.web.portal.quotas import quotas_of

    terms = agreement(fixed_fee())
    plain = settled(terms).to_plain()
    assert quotas_of(Standing(uuid4(), "2026-10", 0, plain), terms) == ()
