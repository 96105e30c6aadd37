"""Run the door: `python -m pactdesk.web.live --host 127.0.0.1 --port 8001`."""

from __future__ import annotations

import argparse
import logging
import os

import uvicorn
from starlette.types import ASGIApp

STOP_SECONDS = 10


def app_of_environment(generosity: float = 1.0) -> ASGIApp:
    """The door of this environment; see docs/reference/live.md."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "pactdesk.config.settings")
    import django

    django.setup()
    from django.conf import settings

    from pactdesk.gateways.vault.vault_keys import VaultKeys
    from pactdesk.web.live.database import address_of
    from pactdesk.web.live.door import make_door
    from pactdesk.web.live.limits import Limits

    return make_door(
        address_of(settings.DATABASES["default"]),
        VaultKeys.from_environment(os.environ),
        settings.PAGES_URL.rstrip("/"),
        Limits().times(generosity),
    )


def main() -> None:
    """Serve until SIGTERM or Ctrl-C."""
    parser = argparse.ArgumentParser(prog="python -m pactdesk.web.live")
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8001)
    parser.add_argument("--generosity", type=float, default=1.0)
    given = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(name)s %(message)s")
    # Addresses carry tickets, so no access log; streams that were cut off are no errors.
    logging.getLogger("uvicorn.error").addFilter(_no_cut_streams)
    uvicorn.run(
        app_of_environment(given.generosity),
        host=given.host,
        port=given.port,
        loop="uvloop",
        http="httptools",
        lifespan="on",
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        date_header=False,
        timeout_graceful_shutdown=STOP_SECONDS,
    )


def _no_cut_streams(record: logging.LogRecord) -> bool:
    return "without completing response" not in record.getMessage()


if __name__ == "__main__":
    main()
