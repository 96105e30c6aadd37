"""The worker: one process that does the jobs until it is told to stop, then finishes them."""

from __future__ import annotations

from procrastinate import App, PsycopgConnector
from procrastinate.contrib.django.utils import connector_params

from pactdesk.jobs.tasks import add_to

CONCURRENCY = 2
GRACE_SECONDS = 20.0
"""After SIGTERM: a letter on its way leaves, and everything else is done again anyhow."""


def worker_app() -> App:
    """The queue in our database, as the role of jobs."""
    app = App(connector=PsycopgConnector(kwargs=connector_params(), min_size=1, max_size=4))
    add_to(app)
    return app


def work() -> None:
    """Do jobs until SIGTERM or Ctrl-C."""
    app = worker_app()
    with app.open():
        app.run_worker(
            concurrency=CONCURRENCY,
            delete_jobs="successful",
            shutdown_graceful_timeout=GRACE_SECONDS,
        )
