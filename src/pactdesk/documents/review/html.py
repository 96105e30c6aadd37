"""Small pieces of HTML: escaped text, both languages side by side."""

from __future__ import annotations

import html
from collections.abc import Mapping

from pactdesk.messages.catalogue import LANGUAGES, Language, text


def esc(value: object) -> str:
    """Text inside an element or an attribute in double quotes."""
    return html.escape(str(value), quote=True)


def both(words: Mapping[Language, str]) -> str:
    """Each language in its own span; the page shows one of them."""
    if len(set(words.values())) == 1:
        return esc(next(iter(words.values())))
    return "".join(
        f'<span class="l-{language}" lang="{_LANG[language]}">{esc(words[language])}</span>'
        for language in LANGUAGES
    )


def say(key: str, **values: object) -> str:
    """A text of the section `review`, in both languages."""
    return both(told(key, **values))


def told(key: str, **values: object) -> dict[Language, str]:
    """A text of the section `review`, plain."""
    return {language: text("review", key, language, **values) for language in LANGUAGES}


def label(key: str, **values: object) -> str:
    """An attribute that the page sets to its language: data-zh, data-en."""
    words = told(key, **values)
    return " ".join(f'data-{language}="{esc(words[language])}"' for language in LANGUAGES)


_LANG: dict[Language, str] = {"zh": "zh-CN", "en": "en"}
