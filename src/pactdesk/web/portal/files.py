"""Handing files out: always as attachments that no browser may take for a page of ours."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attachment(content: bytes, name: str, media_type: str = "") -> HttpResponse:
    """A file to keep; only types that browsers show safely keep their name."""
    kept = media_type if media_type in _HARMLESS else "application/octet-stream"
    response = HttpResponse(content, content_type=kept)
    header = content_disposition_header(as_attachment=True, filename=name)
    response.headers["Content-Disposition"] = header or "attachment"
    return response_kept_private(response)


def response_kept_private(response: HttpResponse) -> HttpResponse:
    """Nothing of it stays in a shared cache, nothing in it runs."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Cache-Control"] = "private, no-store"
    response.headers["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


SPREADSHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

_HARMLESS = frozenset(
    {
        "application/pdf",
        "application/json",
        "text/csv; charset=utf-8",
        "text/calendar; charset=utf-8",
        SPREADSHEET,
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    }
)
