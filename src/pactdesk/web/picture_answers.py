"""How a picture of a conversation is sent: as a picture, and as nothing else."""

from __future__ import annotations

# Also somebody who opens it by itself gets a page in which nothing runs and nothing is loaded.
PICTURE_HEADERS = {
    "Content-Security-Policy": "sandbox; default-src 'none'",
    "X-Content-Type-Options": "nosniff",
    "Content-Disposition": "inline",
    "Cache-Control": "private, max-age=86400, immutable",
    "Cross-Origin-Resource-Policy": "cross-origin",
    "Referrer-Policy": "no-referrer",
}
