"""What the door counts, in Prometheus' form."""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

_SECONDS = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5)


class Metrics:
    """One door's figures; each door has its own registry, so that tests can have several."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self.messages = Counter(
            "pactdesk_live_messages", "Messages answered", ["outcome"], registry=self.registry
        )
        self.streams = Gauge(
            "pactdesk_live_streams", "Streams that are open", ["who"], registry=self.registry
        )
        self.cut_off = Counter(
            "pactdesk_live_streams_cut_off", "Streams the door closed", ["why"],
            registry=self.registry,
        )  # fmt: skip
        self.batch = Histogram(
            "pactdesk_live_batch_messages",
            "Messages that shared a commit",
            buckets=(1, 2, 4, 8, 16, 32, 64),
            registry=self.registry,
        )
        self.durable = Histogram(
            "pactdesk_live_durable_seconds",
            "From a message's arrival until it is on disk",
            buckets=_SECONDS,
            registry=self.registry,
        )
        self.refused = Counter(
            "pactdesk_live_refused", "Requests refused", ["error"], registry=self.registry
        )

    def text(self) -> bytes:
        """All of them."""
        return generate_latest(self.registry)
