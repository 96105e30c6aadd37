"""One self-contained page: no outside host, works from a file, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pactdesk.documents.reading import Reading
from pactdesk.documents.review.body import put_in, resource, review_body
from pactdesk.documents.review.html import esc, label, say
from pactdesk.documents.source import SourceText
from pactdesk.messages.catalogue import Language

_SAID = ("kicker", "download", "print", "skip")


def review_page(
    source: SourceText,
    reading: Reading,
    *,
    language: Language = "zh",
    record: Mapping[str, Any] | None = None,
) -> str:
    """The page for a paper and its reading.

    record  an earlier `corrections.yaml`: its marks are shown as made
    """
    parts = {
        "lang": "zh-CN" if language == "zh" else "en",
        "language": language,
        "page_style": resource("page.css"),
        "style": resource("static/review/review.css"),
        "script": resource("static/review/review.js"),
        "title": esc(reading.contract.title),
        "file": esc(source.name),
        "sha256": esc(source.sha256[:12]),
        "body": review_body(source, reading, language=language, record=record),
        "label_theme": label("theme"),
        **{f"say_{key}": say(key) for key in _SAID},
    }
    return put_in("page.html", parts)
