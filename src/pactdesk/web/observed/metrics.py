"""What Prometheus is told of the pages. They run in one process with threads, so that a plain
registry in memory is the whole truth; `serve` starts exactly one.
"""

from __future__ import annotations

from prometheus_client import CONTENT_TYPE_LATEST, Counter, Histogram, generate_latest

_REQUESTS = Counter(
    "pactdesk_requests_total", "Answers of the pages.", ["method", "route", "status"]
)
_SECONDS = Histogram(
    "pactdesk_request_seconds",
    "Time to answer, by route.",
    ["route"],
    buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10),
)
_METHODS = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})


def count_request(method: str, route: str, status: int, seconds: float) -> None:
    """Count one answer. Few labels: routes are patterns, and odd methods are one."""
    _REQUESTS.labels(method if method in _METHODS else "other", route, str(status)).inc()
    _SECONDS.labels(route).observe(seconds)


def exposition() -> tuple[bytes, str]:
    """Everything counted so far, and its media type."""
    return generate_latest(), CONTENT_TYPE_LATEST
