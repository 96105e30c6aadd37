"""Sites: who puts a shop's chat window up, and who changes where it may be opened."""

from __future__ import annotations

import psycopg
import pytest

from pactdesk.apps.conversations.errors import OriginUnreadable, PrivacyUnreadable, SiteUnknown
from pactdesk.apps.conversations.sites import add_site, change_site, site_called
from pactdesk.apps.parties.errors import NotAllowed
from tests.support.cast import PEOPLE, Cast

SHOP, PRIVACY = "https://shop.example.com", "https://shop.example.com/privacy"


def test_a_site_is_changed_and_keeps_its_key(cast: Cast, as_superuser: psycopg.Connection) -> None:
    by = cast["lead"]
    made = add_site(by, cast.contract_qinghe, "青禾", [SHOP])
    assert made.privacy_url == ""
    change_site(by, made.id, "青禾家居", [SHOP, "http://127.0.0.1:8000"], privacy_url=PRIVACY)
    found = site_called(made.public_key)
    assert (found.name, found.privacy_url) == ("青禾家居", PRIVACY)
    assert found.origins == [SHOP, "http://127.0.0.1:8000"]
    told = as_superuser.execute("SELECT verb, contract_id FROM audit_entry ORDER BY id").fetchall()
    assert [verb for verb, _ in told] == ["conversations.add_site", "conversations.change_site"]
    assert {contract for _, contract in told} == {cast.contract_qinghe}


@pytest.mark.parametrize("name", sorted(PEOPLE.keys() - {"lead", "operator"}))
def test_nobody_else_adds_or_changes_one(cast: Cast, name: str) -> None:
    made = add_site(cast["operator"], cast.contract_baita, "白塔", [SHOP])
    with pytest.raises(NotAllowed):
        add_site(cast[name], cast.contract_baita, "白塔", [SHOP])
    with pytest.raises((NotAllowed, SiteUnknown)):
        change_site(cast[name], made.id, "别人的", [SHOP])
    assert site_called(made.public_key).name == "白塔"


@pytest.mark.parametrize(
    "address", ["shop.example.com/privacy", "javascript:alert(1)", 'https://a"b', "https://a b"]
)
def test_what_is_no_page_is_no_privacy_page(cast: Cast, address: str) -> None:
    with pytest.raises(PrivacyUnreadable):
        add_site(cast["operator"], cast.contract_baita, "白塔", [SHOP], privacy_url=address)


@pytest.mark.parametrize("origin", ["https://Shop.example.com", "https://shop.example.com/", "*"])
def test_what_is_no_origin_is_none(cast: Cast, origin: str) -> None:
    with pytest.raises(OriginUnreadable):
        add_site(cast["operator"], cast.contract_baita, "白塔", [origin])
