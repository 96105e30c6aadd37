"""The script's address, the demo's shops, and pictures for people who are logged in."""

from __future__ import annotations

import gzip
from uuid import uuid4

import pytest
from django.test import Client, override_settings

from pactdesk.web.widget.bundle import MODULES, bundle

MOST_ZIPPED = 20 * 1024


@pytest.fixture
def client() -> Client:
    return Client()


def test_the_script_is_small_and_the_same_zipped_or_plain(client: Client) -> None:
    plain = client.get("/widget.js")
    zipped = client.get("/widget.js", headers={"accept-encoding": "br, gzip"})
    assert zipped["Content-Encoding"] == "gzip"
    assert gzip.decompress(zipped.content) == plain.content
    assert len(zipped.content) < MOST_ZIPPED
    assert plain["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_a_browser_that_has_the_script_is_not_sent_it_again(client: Client) -> None:
    tag = client.get("/widget.js")["ETag"]
    again = client.get("/widget.js", headers={"if-none-match": tag})
    assert (again.status_code, again.content) == (304, b"")
    assert "max-age" in again["Cache-Control"]


def test_the_script_names_its_own_door_and_needs_no_neighbours() -> None:
    made = bundle("https://live.example.test/").plain.decode()
    assert 'LIVE_URL="https://live.example.test"' in made
    assert not [line for line in made.splitlines() if line.startswith(("import", "export"))]
    assert "eval(" not in made
    assert "innerHTML" not in made
    assert len(MODULES) == len(set(MODULES))


def test_another_script_has_another_tag() -> None:
    assert bundle("https://a.example.test").tag != bundle("https://b.example.test").tag


def test_there_are_no_shops_in_production(client: Client) -> None:
    with override_settings(PACTDESK_MODE="production"):
        assert client.get("/shop/any/").status_code == 404


def test_whoever_is_not_logged_in_is_led_to_the_log_in_and_sees_no_picture(client: Client) -> None:
    answer = client.get(f"/files/pictures/{uuid4()}/")
    assert answer.status_code == 302
    assert "/account/" in answer["Location"]
