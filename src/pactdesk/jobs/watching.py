"""The worker, watched from outside: is it alive, does it work, how much; as pages and door say it.

GET /health/live   200 as long as the process answers
GET /health/ready  200, or 503: the database is away, or errands were not looked through lately
GET /metrics       for whoever asks here directly, not through a proxy
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

from django.db import Error, connection
from django.utils import timezone
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

from pactdesk.apps.outbox.queries import errands_in_trouble, open_errands

log = logging.getLogger(__name__)

HEARTBEAT, LONGEST_SILENCE_S = "do_errands", 300.0
"""Comes every five seconds; a hundred letters to a slow mail server may take minutes."""
_PASSED_ON = ("X-Forwarded-For", "X-Real-IP", "Forwarded")
_SECONDS = (0.01, 0.05, 0.1, 0.5, 1, 5, 10, 30, 60, 300)


class Watch:
    """What one worker counts; each has its own registry, so that tests can have several."""

    def __init__(self) -> None:
        self.registry = registry = CollectorRegistry()
        self._rounds = Counter(
            "pactdesk_jobs_rounds", "Rounds, by outcome.", ["round", "outcome"], registry=registry
        )
        self._seconds = Histogram(
            "pactdesk_jobs_round_seconds", "Time of a round.", ["round"],
            buckets=_SECONDS, registry=registry,
        )  # fmt: skip
        self._last = Gauge(
            "pactdesk_jobs_round_last_timestamp_seconds", "End of the last round that went well.",
            ["round"], registry=registry,
        )  # fmt: skip
        self._errands = Counter(
            "pactdesk_jobs_errands", "Errands, by outcome.", ["outcome"], registry=registry
        )
        self._open = Gauge("pactdesk_outbox_open", "Errands to be done.", registry=registry)
        self._trouble = Gauge(
            "pactdesk_outbox_trouble", "Errands that failed, given up or not.", registry=registry
        )
        self._oldest = Gauge(
            "pactdesk_outbox_oldest_seconds", "Age of the oldest to be done.", registry=registry
        )
        self.heard_at = time.monotonic()

    @contextmanager
    def round(self, name: str) -> Iterator[None]:
        """Around a round's work."""
        began = time.perf_counter()
        try:
            yield
        except BaseException:
            self._rounds.labels(name, "failed").inc()
            raise
        self._rounds.labels(name, "done").inc()
        self._seconds.labels(name).observe(time.perf_counter() - began)
        self._last.labels(name).set_to_current_time()
        if name == HEARTBEAT:
            self.heard_at = time.monotonic()

    def errands(self, outcomes: Mapping[str, int]) -> None:
        """What became of a round's errands."""
        for outcome, count in outcomes.items():
            self._errands.labels(outcome).inc(count)

    def ready(self) -> dict[str, bool]:
        """Part → whether it is as it must be."""
        works = time.monotonic() - self.heard_at < LONGEST_SILENCE_S
        return {"database": _database_answers(), "works": works}

    def text(self) -> bytes:
        """Everything counted so far, in Prometheus' form; without a database what it was last."""
        try:
            oldest = open_errands().values_list("recorded_at", flat=True).first()
            self._open.set(open_errands().count())
            self._trouble.set(errands_in_trouble().count())
            self._oldest.set((timezone.now() - oldest).total_seconds() if oldest else 0)
        except Error:
            log.warning("the outbox could not be counted")
        finally:
            connection.close()
        return generate_latest(self.registry)


WATCH = Watch()
"""This process's own."""


def watched(host: str, port: int, watch: Watch = WATCH) -> ThreadingHTTPServer:
    """Answers in threads beside the work, from now on; the process's end is its end."""
    server = ThreadingHTTPServer((host, port), _handler(watch))
    server.daemon_threads = True
    Thread(target=server.serve_forever, name="watched", daemon=True).start()
    return server


def _handler(watch: Watch) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            if self.path == "/health/live":
                self._tell(200, {"live": True})
            elif self.path == "/health/ready":
                parts = watch.ready()
                fine = all(parts.values())
                self._tell(200 if fine else 503, {"ready": fine, **parts})
            elif self.path == "/metrics" and not any(name in self.headers for name in _PASSED_ON):
                self._send(200, watch.text(), "text/plain; version=0.0.4; charset=utf-8")
            else:
                self._tell(404, {"error": "NotFound"})

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  as its parent's
            """Probes are no news."""

        def version_string(self) -> str:
            """Nothing of what runs here."""
            return "pactdesk"

        def _tell(self, status: int, told: Mapping[str, object]) -> None:
            self._send(status, json.dumps(told).encode(), "application/json")

        def _send(self, status: int, body: bytes, kind: str) -> None:
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            self.wfile.write(body)

    return Handler


def _database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        return False
    finally:
        connection.close()
    return True
