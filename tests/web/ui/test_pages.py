"""The components as Django renders them, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.template.loader import render_to_string
from django.test import Client, override_settings
from django.utils import translation

from pactdesk.messages.catalogue import LANGUAGES, has_text
from pactdesk.web import ui

TEMPLATES = sorted((Path(ui.__file__).parent / "templates").rglob("*.html"))
GUIDE = "/_styleguide/"


def page(client: Client, **headers: str) -> str:
    response = client.get(GUIDE, headers=headers)
    assert response.status_code == 200
    return response.content.decode()


def test_the_style_guide_uses_every_component(client: Client) -> None:
    client.get(GUIDE)
    names = {str(file.relative_to(file.parents[1])) for file in TEMPLATES}
    used = {name for name in names if name.startswith("ui/")} - {"ui/offline.html"}
    text = "\n".join(file.read_text(encoding="utf-8") for file in TEMPLATES)
    tags = (Path(ui.__file__).parent / "templatetags" / "ui.py").read_text(encoding="utf-8")
    view = {"ui/styleguide.html"}
    assert {name for name in used if f'"{name}"' not in text + tags} - view == set()


def test_there_is_no_style_guide_unless_the_settings_say_so(client: Client) -> None:
    with override_settings(SHOW_STYLEGUIDE=False):
        assert client.get(GUIDE).status_code == 404


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_no_template_holds_an_inline_script_or_style(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)|javascript:", text)
    assert "//" not in re.sub(r"<!doctype[^>]*>", "", text), "nothing comes from another host"


@pytest.mark.parametrize("file", TEMPLATES, ids=lambda file: file.name)
def test_every_word_of_a_template_comes_from_the_catalogue(file: Path) -> None:
    text = file.read_text(encoding="utf-8")
    for match in re.finditer(r'{% say [\'"]([\w.]+)[\'"](?! *\|)([^%]*)%}', text):
        section = "styleguide" if "styleguide" in match[2] else "ui"
        if not match[1].endswith("."):
            assert all(has_text(section, match[1], language) for language in LANGUAGES), match[1]
    assert not re.search(r"[一-鿿]", text)


def test_chinese_is_what_a_visitor_sees_who_asked_for_nothing(client: Client) -> None:
    text = page(client)
    assert '<html lang="zh-CN" data-theme="auto">' in text
    assert "跳到正文" in text


def test_a_visitor_who_prefers_english_gets_it_and_the_quote_stays_chinese(client: Client) -> None:
    text = page(client, accept_language="en")
    assert '<html lang="en"' in text
    assert "Skip to content" in text
    assert '<blockquote lang="zh-CN">乙方' in text


def test_the_language_switch_is_remembered(client: Client) -> None:
    chosen = client.post("/_display/language/", {"language": "en", "next": GUIDE})
    assert chosen.headers["Location"] == GUIDE
    assert '<html lang="en"' in page(client)


def test_the_theme_switch_is_remembered(client: Client) -> None:
    chosen = client.post("/_display/theme/", {"theme": "dark", "next": GUIDE})
    assert chosen.headers["Location"] == GUIDE
    cookie = chosen.cookies["theme"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert 'data-theme="dark"' in page(client)


def test_a_theme_that_does_not_exist_is_refused_and_ignored(client: Client) -> None:
    assert client.post("/_display/theme/", {"theme": "x"}).status_code == 400
    assert client.get("/_display/theme/").status_code == 405
    client.cookies["theme"] = '"><script>'
    assert 'data-theme="auto"' in page(client)


@pytest.mark.parametrize("after", ["https://elsewhere.test/", "//elsewhere.test", "javascript:1"])
def test_a_switch_never_leads_to_another_site(client: Client, after: str) -> None:
    answer = client.post("/_display/theme/", {"theme": "light", "next": after})
    assert answer.headers["Location"] == "/"


@pytest.mark.parametrize("language", ["zh-hans", "en"])
@pytest.mark.parametrize("name", ["403.html", "404.html", "500.html", "ui/offline.html"])
def test_an_error_page_needs_nothing_but_itself(site: None, name: str, language: str) -> None:
    with translation.override(language):
        text = render_to_string(name)
    assert "<h1" in text
    assert "<script" not in text


def test_a_page_that_does_not_exist_is_our_own(client: Client) -> None:
    answer = client.get("/nothing/")
    assert answer.status_code == 404
    assert "没有这一页" in answer.content.decode()


def test_a_wrong_field_names_its_error_to_a_screen_reader(client: Client) -> None:
    text = page(client)
    match = re.search(r'<input type="email"[^>]*id="id_wrong-email"[^>]*>', text)
    assert match
    assert 'aria-invalid="true"' in match[0]
    assert 'aria-describedby="id_wrong-email_help id_wrong-email_error"' in match[0]
    assert 'id="id_wrong-email_error"' in text


def test_every_id_is_given_once(client: Client) -> None:
    ids = re.findall(r'\sid="([^"]+)"', page(client))
    assert sorted(ids) == sorted(set(ids))
